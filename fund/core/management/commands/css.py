"""`manage.py css`: joins static/css into the git-ignored static/site.css."""

from django.conf import settings
from django.core.management.base import BaseCommand

from fund.core.stylesheet import join


class Command(BaseCommand):
    help = "Joins static/css into static/site.css"
    requires_system_checks = ()

    def handle(self, *args, **options):
        static = settings.BASE_DIR / "static"
        target = static / "site.css"
        sheet = join(static / "css")
        # Untouched when nothing changed: its hashed name and every cache of it stay.
        if not target.exists() or target.read_text(encoding="utf-8") != sheet:
            target.write_text(sheet, encoding="utf-8")
        if options["verbosity"] > 1:
            self.stdout.write(f"{target}: {len(sheet.encode())} bytes")
