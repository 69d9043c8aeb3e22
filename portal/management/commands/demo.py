"""`demo`: fills an empty database with a believable fund."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fund.audit.actions import chain
from portal.demo.fund import make_fund
from portal.demo.scale import multiply


class Command(BaseCommand):
    help = "Fills an empty database with a fund in full swing: calls in every state, an account for every role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="so many times the applications, for benchmarks")
        parser.add_argument("--json", action="store_true", help="print the accounts for programs")

    def handle(self, *args: Any, scale: int, json: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo prints passwords: it is made only with DEMO=true.")
        if get_user_model().objects.exists():
            raise CommandError("This database already holds people: the demo fills only an empty one.")
        if scale < 1:
            raise CommandError("--scale must be 1 or more.")
        now = timezone.now()
        made = make_fund(now)
        chain()
        counts = made.counts | (multiply(scale, now=now) if scale > 1 else {})
        self.stdout.write(self.printed(made.accounts, counts, as_json=json))

    def printed(self, accounts: list[dict], counts: dict[str, int], *, as_json: bool) -> str:
        if as_json:
            return json.dumps({"accounts": accounts, "counts": counts}, ensure_ascii=False, indent=1)
        lines = [f"{one['role']:<12} {one['email']:<40} {one['password']}" for one in accounts]
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        return "\n".join([*lines, "", f"Made {told}."])
