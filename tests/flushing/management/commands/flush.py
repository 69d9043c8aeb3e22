"""`flush` for tests: append-only tables refuse to be emptied, so their triggers step aside for that moment."""

from django.core.management.commands import flush

from fund.audit import triggers


class Command(flush.Command):
    def handle(self, **options):
        options["inhibit_post_migrate"] = True  # the triggers are put back here; nothing else of it is needed
        triggers.drop(options["database"])
        try:
            super().handle(**options)
        finally:
            triggers.install(options["database"])
