"""`import_call FILE`: the verb of the upload page from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from fund.accounts.models import Account
from fund.core.errors import Refused
from grants.calls.actions import import_call
from grants.calls.queries import Upload, read_upload
from grants.scoring.files import read_text
from grants.scoring.marked import BadFile


class Command(BaseCommand):
    help = "Makes a draft call of a regulation file, or writes it into the draft it belongs to. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the regulation, YAML (docs/regulation.md)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument("--curator", metavar="EMAIL", help="the officer who answers for it (default: the first officer)")

    def handle(self, *args: Any, file: str, dry_run: bool, curator: str | None, **options: Any) -> None:
        try:
            text = read_text(file)
            self.stdout.write(self.planned(file, text) if dry_run else self.imported(file, text, curator))
        except BadFile as bad:
            for problem in bad.problems:
                self.stderr.write(problem.say(gettext))
            raise SystemExit(1) from None
        except Refused as refusal:
            raise CommandError(f"{file}: {refusal}") from None

    def planned(self, file: str, text: str) -> str:
        upload = read_upload(Path(file).name, text, timezone.now())
        if upload.problems:
            raise BadFile(upload.problems)
        return says(upload)

    def imported(self, file: str, text: str, curator: str | None) -> str:
        account = Account.objects.filter(email__iexact=curator).first() if curator else None
        if curator and account is None:
            raise CommandError(f"There is no account {curator}.")
        now = timezone.now()
        before = read_upload(file, text, now)
        call = import_call(file=file, text=text, by=None, curator=account, now=now)
        return f"{says(before)} Version {call.version.number}, digest {call.version.digest[:12]}."


def says(upload: Upload) -> str:
    """One line about what an import does."""
    if upload.regulation is None:
        return ""
    key = upload.regulation.call.key
    if upload.call is None:
        return f"A new draft call {key}; {len(upload.examples)} worked examples come out right."
    if upload.is_unchanged:
        return f"Call {key}: nothing to change."
    lines = [f"Call {key}: {len(upload.changes)} changes.", *(f"  {one.kind} {one.path}" for one in upload.changes)]
    return "\n".join(lines)
