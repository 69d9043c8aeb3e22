"""`manage.py run`: web, worker and beat in one process, and the Valkey it starts (the embedded mode)."""

import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.embedded import broker, prepare
from portal.embedded.jobs import Beat, Worker
from portal.embedded.web import Web

HOST = "127.0.0.1"  # a proxy of the operator's stands before it; the demo is for this machine alone


class Command(BaseCommand):
    help = "Serves the pages and does the recurring jobs in one process, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument("--prepare", action="store_true", help="first migrate, and fill an empty database with the demo")

    def handle(self, *args, **options):
        enough = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: enough.set())
        web = self.take_port()
        self.make_ready(options["prepare"])
        parts = [web, Worker(), Beat()]
        for part in parts:
            part.start()
        self.introduce()
        while not enough.wait(timeout=1):
            broker.keep()
        self.say("Stopping.")
        for part in reversed(parts):
            part.stop()
        broker.stop()

    def take_port(self) -> Web:
        try:
            return Web(HOST, settings.PORT)
        except OSError:
            raise CommandError(f"Port {settings.PORT} is taken: stop what uses it, or choose another with PORT=…") from None

    def make_ready(self, prepares: bool) -> None:
        if not (settings.DEBUG or (settings.STATIC_ROOT / "staticfiles.json").exists()):
            raise CommandError("The static files are not collected: run `make run`, or `manage.py collectstatic` first.")
        if not prepare.is_migrated():
            if not prepares:
                raise CommandError("The database is not up to date: run `manage.py migrate` first.")
            self.say("Making the tables…")
            prepare.migrate()
        if prepares:
            prepare.fill_if_empty(self.say)

    def introduce(self) -> None:
        for account in prepare.accounts() if settings.DEMO else []:
            self.stdout.write(f"  {account['role']:<16} {account['email']:<36} {account['password']}")
        self.say(f"Ready: {settings.SITE_URL}/   (Ctrl-C stops everything)")

    def say(self, line: str) -> None:
        """At once, also into a pipe: whoever started us waits for it."""
        self.stdout.write(line)
        self.stdout.flush()
