"""Gathers the messages of each room from its Python and templates, and finds what its translation lacks.

Written with Babel and polib because msgfmt and xgettext may be absent where the product is installed.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polib
from django.utils.translation.template import templatize

KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "N_"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLURALS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|(?<!%)%([sd])|\{(\w*)\}")
# templates/notices holds the letters of all rooms; the pages of that room stand under another name.
PAGES = {"notices": "inbox"}
# Templates that lie outside their room's folder of the same name.
MORE_TEMPLATES = {
    "core": ("components", "gs", "allauth", "*.html", "notices/base.*"),
    "people": ("account", "mfa", "usersessions"),
}


@dataclass(frozen=True)
class Message:
    """One message: its context ("" for none), singular and plural ("" for none), and where it was met first."""

    context: str
    text: str
    plural: str
    where: str

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def gather(label: str, folder: Path, base: Path) -> dict[tuple, Message]:
    """All messages of a room, by context and text, in the order of files."""
    found: dict[tuple, Message] = {}
    for path in sources(label, folder, base):
        for message in read(path, base):
            # A text used both alone and with a plural is one entry, the one with the plural.
            if message.key not in found or (message.plural and not found[message.key].plural):
                found[message.key] = message
    return found


def sources(label: str, folder: Path, base: Path) -> list[Path]:
    templates = base / "templates"
    files = [p for p in sorted(folder.rglob("*.py")) if "migrations" not in p.parts]
    for pattern in (PAGES.get(label, label), f"notices/{label}", *MORE_TEMPLATES.get(label, ())):
        for place in sorted(templates.glob(pattern)):
            files += sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
    return files


def read(path: Path, base: Path) -> list[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize leaves is not quite Python: without indents it has the right tokens in the right order.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    from babel.messages.extract import extract  # a tool of the tests; compiling what is gathered needs none

    where = path.relative_to(base).as_posix()
    found = extract("python", BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"})
    return [_message(words, context, where) for _line, words, _notes, context in found]


def _message(words, context: str | None, where: str) -> Message:
    text, plural = words[:2] if isinstance(words, tuple) else (words, "")
    return Message(context or "", text, plural, where)


def merge(file: polib.POFile, found: dict[tuple, Message]) -> None:
    """Adds what is new, drops what is gone, keeps every translation; entries stand in the order of the sources."""
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in file if not entry.obsolete}
    entries = []
    for key, message in found.items():
        entry = old.get(key) or polib.POEntry(msgid=message.text, msgctxt=message.context or None)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {i: entry.msgstr_plural.get(i, "") for i in range(3)}
            entry.msgstr = ""
        entry.occurrences = [(message.where, "")]
        entry.flags = []
        entries.append(entry)
    file[:] = entries


def new_file(language: str = "ru") -> polib.POFile:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS,
    }
    return file


def faults(file: polib.POFile, found: dict[tuple, Message]) -> list[str]:
    """Everything that would show a reader English, a wrong form or a broken sentence."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in file if not entry.obsolete}
    told = [f"missing: {key[1]!r} ({message.where})" for key, message in found.items() if key not in known]
    told += [f"no longer used: {key[1]!r}" for key in known if key not in found]
    told += [f"obsolete: {entry.msgid!r}" for entry in file if entry.obsolete]
    for entry in known.values():
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            told.append(f"fuzzy: {entry.msgid!r}")
        if not texts or not all(texts) or (entry.msgid_plural and len(texts) != 3):
            told.append(f"empty: {entry.msgid!r}")
        elif any(placeholders(text) != placeholders(entry.msgid_plural or entry.msgid) for text in texts):
            told.append(f"placeholders differ: {entry.msgid!r}")
    return told


def placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}
