"""`export_call CALL`: the regulation in force, as the file it could be imported from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.calls.models import Call
from grants.calls.regulation import write_regulation


class Command(BaseCommand):
    help = "Prints the regulation of a call as YAML."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("call", help="the key of the call, as in its address")

    def handle(self, *args: Any, call: str, **options: Any) -> None:
        found = Call.objects.filter(slug=call).first()
        if found is None:
            raise CommandError(f"There is no call {call}.")
        self.stdout.write(write_regulation(found.regulation), ending="")
