"""One English text has one Russian in all rooms: Django puts the rooms' words into one catalogue, where one of two would win."""

import ast
from collections import defaultdict

import polib

from . import rooms


def test_rooms_agree_on_their_words():
    said = defaultdict(set)
    for path in sorted((rooms.ROOT / "locale").glob("*/ru/LC_MESSAGES/django.po")):
        for entry in polib.pofile(path):
            if not entry.obsolete:
                said[entry.msgctxt, entry.msgid].add(entry.msgstr or tuple(entry.msgstr_plural.values()))

    assert {key: words for key, words in said.items() if len(words) > 1} == {}


def test_no_translation_holds_its_original():
    """Notes of translators, like "Yes => Да", are no words for readers."""
    noted = [
        (path.parts[-4], entry.msgstr)
        for path in sorted((rooms.ROOT / "locale").glob("*/ru/LC_MESSAGES/django.po"))
        for entry in polib.pofile(path)
        if not entry.obsolete and " => " in "".join([entry.msgstr, *entry.msgstr_plural.values()])
    ]

    assert noted == []


def in_formatted(source: str) -> list[int]:
    """Lines where a text is translated inside an f-string."""
    formatted = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [
        node for one in formatted for node in ast.walk(one) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    return [call.lineno for call in calls if call.func.id in ("_", "N_", "gettext", "ngettext", "pgettext")]


def test_no_text_hides_in_a_formatted_string():
    """What collects the texts does not look into f-strings: such a text stays English for everyone."""
    assert in_formatted("x = f\"{words} {_('Hand in')}\"") == [1]
    found = {
        str(path.relative_to(rooms.ROOT)): lines
        for top in ("fund", "grants", "portal")
        for path in (rooms.ROOT / top).rglob("*.py")
        if (lines := in_formatted(path.read_text()))
    }

    assert found == {}
