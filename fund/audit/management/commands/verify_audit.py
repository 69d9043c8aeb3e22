"""`verify_audit`: walks the chain of the journal and names what was altered, cut out, or never chained."""

import re

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from fund.audit.queries import verify


def written_down(text: str) -> tuple[int, str]:
    """ "120:ab…" as this command and the directors' letter print it."""
    if not re.fullmatch(r"[1-9][0-9]{0,17}:[0-9a-f]{64}", text):
        raise ValueError
    position, _, digest = text.partition(":")
    return int(position), digest


written_down.__name__ = "POSITION:DIGEST"  # what argparse says was expected


class Command(BaseCommand):
    help = "Checks the chain of the journal; prints its last position and digest. Exits 1 and names the rows when it is broken."

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            type=written_down,
            metavar="POSITION:DIGEST",
            help="a position and digest printed before (here, or in a director's daily digest): shows a tail that was cut",
        )

    def handle(self, *, expect: tuple[int, str] | None, **options):
        found = verify(now=timezone.now(), expected=expect)
        last = found.last or "0: nothing is chained yet"
        self.stdout.write(f"{found.links} entries chained, {found.erased} without a personal side.\nLast: {last}")
        if found.faults:
            raise CommandError("The journal was tampered with, or is not chained:\n" + "\n".join(found.faults))
        self.stdout.write("The chain is whole.")
