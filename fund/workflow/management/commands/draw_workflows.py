"""Prints every workflow into docs/workflows.md."""

from django.conf import settings
from django.core.management.base import BaseCommand

from fund.workflow.drawing import draw_all


class Command(BaseCommand):
    help = "Draws every workflow into docs/workflows.md."

    def handle(self, **options):
        path = settings.BASE_DIR / "docs" / "workflows.md"
        path.write_text(draw_all(), encoding="utf-8")
        self.stdout.write(f"Drawn into {path.relative_to(settings.BASE_DIR)}.")
