"""Templates keep to the strict policy, and every message has its three."""

import re

import pytest

from fund.notices.registry import KINDS

from . import rooms

TEMPLATES = rooms.ROOT / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if TEMPLATES / "notices" not in path.parents)
REFUSED = {
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\s(src=|type=\"application/json\"))", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "another site's file": re.compile(r"(src|srcset)\s*=\s*[\"'](https?:)?//", re.I),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape off"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_no_page_holds(fault):
    found = [f"{path.relative_to(TEMPLATES)}" for path in PAGES if REFUSED[fault].search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_every_message_has_its_three_templates():
    own = (kind for name, kind in KINDS.items() if not name.startswith("tests."))
    lacking = [
        f"{kind.template}.{ending}"
        for kind in own
        for ending in ("subject.txt", "txt", "html")
        if not (TEMPLATES / f"{kind.template}.{ending}").exists()
    ]

    assert lacking == []


def test_every_letter_template_belongs_to_a_message():
    stems = {str(path.relative_to(TEMPLATES)).split(".")[0] for path in (TEMPLATES / "notices").glob("*/*.subject.txt")}

    assert sorted(stems - {kind.template for kind in KINDS.values()}) == []
