"""The name a file came with: kept for people to recognise it, never used as a path."""

import unicodedata

LONGEST = 120


def clean_name(name: str) -> str:
    """The last part of the path, without control and direction characters (a name may not pretend another ending)."""
    last = str(name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(" " if unicodedata.category(char) in ("Zs", "Zl", "Zp") else char for char in last if not _is_hidden(char))
    stem, dot, ending = " ".join(unicodedata.normalize("NFC", kept).split()).rpartition(".")
    if not dot:
        return ending[:LONGEST]
    return f"{stem[: LONGEST - len(ending[:10]) - 1].rstrip(' .')}.{ending[:10]}".lstrip(".")


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")


def extension_of(name: str) -> str:
    """`smeta.PDF` → `pdf`; nothing for a name without an ending."""
    return name.rpartition(".")[2].lower() if "." in name else ""
