"""Texts in two languages: two columns or one JSON object behind one name; a missing English shows the Russian, marked."""

from django.utils.translation import get_language

from .parts import Words

__all__ = ["Bilingual", "Said", "Words", "say"]


class Said(str):
    """A text that knows its language, so that a page can mark it when the reader's language is another."""

    lang: str

    def __new__(cls, text: str, lang: str):
        said = super().__new__(cls, text)
        said.lang = lang
        return said

    @property
    def is_foreign(self) -> bool:
        return bool(self) and self.lang != reader()


def reader() -> str:
    """The reader's language, ru or en."""
    return "en" if (get_language() or "ru").startswith("en") else "ru"


def say(words: "Words | dict | str | None", lang: str | None = None) -> Said:
    """One of the two texts: the reader's, else Russian."""
    lang = lang or reader()
    if words is None or isinstance(words, str):
        return Said(words or "", getattr(words, "lang", "ru"))
    ru, en = (words.ru, words.en) if isinstance(words, Words) else (words.get("ru", ""), words.get("en", ""))
    return Said(en, "en") if lang == "en" and en else Said(ru, "ru")


class Bilingual:
    """`title = Bilingual("title")` reads title_ru and title_en of the same row."""

    def __init__(self, name: str):
        self.name = name

    def __get__(self, thing, owner=None):
        if thing is None:
            return self
        return say({"ru": getattr(thing, f"{self.name}_ru"), "en": getattr(thing, f"{self.name}_en")})
