""".env.example explains every name an operator may set, and no other."""

import re

from . import rooms

NAMES = {
    *("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "PORT", "SECRET_KEY", "DEBUG", "DEMO", "PROFILE", "TIME_ZONE"),
    *("MEDIA_ROOT", "TEST_DATABASE_URL", "TEST_REDIS_URL"),
}


def explained() -> list[tuple[str, str]]:
    """Each name with the line above it."""
    lines = (rooms.ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = re.compile(r"^(?:# )?([A-Z_]+)=")
    return [(match[1], before) for before, line in zip(["", *lines], lines, strict=False) if (match := named.match(line))]


def test_every_promised_name_stands_in_the_example():
    assert NAMES - {name for name, _ in explained()} == set()


def test_every_name_the_settings_read_stands_in_the_example():
    read = re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", (rooms.ROOT / "fund/settings.py").read_text(encoding="utf-8"))

    assert set(read) - {name for name, _ in explained()} == set()


def test_every_name_has_a_line_of_explanation():
    assert [name for name, before in explained() if not before.startswith("# ") and not name.startswith("TEST_REDIS")] == []
