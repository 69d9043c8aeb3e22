"""One English text has one Russian in all rooms: Django puts the rooms' words into one catalogue, where one of two would win."""

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
