"""Sends letters where there is no Redis (--loop), or says how the outbox stands (--status)."""

import json
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from fund.notices import actions, queries

PAUSE = 1.0
EACH = {actions.heal: 30.0, actions.declare: 60.0, actions.gather: 900.0, actions.tidy: 3600.0}


class Command(BaseCommand):
    help = "Sends what waits in the outbox, until stopped (--loop), or shows its state (--status)."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--loop", action="store_true", help="send, remind and heal until stopped")
        what.add_argument("--status", action="store_true", help="counts per state, the oldest waiting, speed")
        parser.add_argument("--json", action="store_true", help="the status for programs")

    def handle(self, *, loop: bool, json: bool, **options):
        if loop:
            self.loop()
        else:
            self.show(queries.status(timezone.now()), as_json=json)

    def show(self, status: dict, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(status))
            return
        for state, count in status.pop("states").items():
            self.stdout.write(f"{state:12}{count:8}")
        for name, value in status.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {'–' if value is None else value}")

    def loop(self) -> None:
        done: dict = {}
        self.stdout.write("Sending until stopped.")
        try:
            while True:
                close_old_connections()
                try:
                    self.round(done)
                except DatabaseError as error:  # the database restarts: nothing is lost, look again in a moment
                    self.stderr.write(type(error).__name__)
                time.sleep(PAUSE)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def round(self, done: dict) -> None:
        for act, pause in EACH.items():
            if time.monotonic() - done.get(act, -pause) >= pause:
                done[act] = time.monotonic()
                act(now=timezone.now())
        actions.send_due()
