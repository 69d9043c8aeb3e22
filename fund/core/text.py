"""Plain-text rules shared by forms, imports and search: what may be stored, how it is compared."""

import re
import unicodedata
from functools import lru_cache

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"\w+")


def is_clean(text: str) -> bool:
    """Can this text be stored and shown? NUL, control characters and lone surrogates cannot."""
    return _FORBIDDEN.search(text) is None


def one_line(text: str) -> str:
    """Collapses all white space: what goes into a subject, a heading, a list."""
    return " ".join(text.split())


def nested(text: str) -> str:
    """Quotation marks inside quotation marks as printers set them: «Остановка «Музыка»» becomes «Остановка „Музыка“».

    Marks that do not pair are left as they are.
    """
    if text.count("«") != text.count("»") or text.count("«") < 2:
        return text
    depth, signs = 0, []
    for sign in text:
        depth += sign == "«"
        inner = depth > 1
        signs.append({"«": "„", "»": "“"}.get(sign, sign) if inner else sign)
        depth -= sign == "»"
        if depth < 0:
            return text
    return "".join(signs)


def within(text: str) -> str:
    """A name that will stand between quotation marks: its own become „the inner ones“."""
    return text.replace("«", "„").replace("»", "“")


def normalised(text: str) -> str:
    """Lower case, ё as е, composed: both databases then compare Cyrillic alike (SQLite's own lower knows only ASCII)."""
    return unicodedata.normalize("NFKC", text).lower().replace("ё", "е")


def search_text(*texts: str) -> str:
    """What is stored beside a row for searching: normalised, stemmed words of all its texts."""
    return " ".join(stem(word) for text in texts for word in _WORD.findall(normalised(text or "")))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    return _stemmer("russian" if re.search("[а-я]", word) else "english").stemWord(word)


@lru_cache
def _stemmer(language: str):
    import snowballstemmer

    return snowballstemmer.stemmer(language)
