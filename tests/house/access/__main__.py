"""Writes docs/access.md: the tables, and the visibility rules by name."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.house import rooms  # noqa: E402
from tests.house.access.document import text  # noqa: E402

(rooms.ROOT / "docs/access.md").write_text(text(), encoding="utf-8")
