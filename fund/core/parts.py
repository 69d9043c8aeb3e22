"""The small things that data read from files and forms is built of: strict parts, keys, texts, money, faults with a path."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

Place = tuple[str | int, ...]


def N_(sentence: str) -> str:  # noqa: N802 -- the name gettext tools look for
    """Marks a sentence for the catalogue; it is translated where it is shown."""
    return sentence


class Strict(BaseModel):
    """A part of a file: unknown keys are refused, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Words(Strict):
    """One text in both languages; English may be missing, Russian may not."""

    ru: str
    en: str = ""


def wrong(code: str, sentence: str, *, at: Place = (), **facts: Any) -> PydanticCustomError:
    """A fault raised inside a schema; `at` continues the path of the model that raises it."""
    told = {name: plain(fact) for name, fact in facts.items()}
    return PydanticCustomError(code, sentence, {"sentence": sentence, "at": list(at), "facts": told})


def plain(fact: object) -> object:
    """A Decimal as people write it: 60, never 6E+1 or 60.0."""
    if isinstance(fact, Decimal):
        return written(fact)
    return fact


def written(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _in_russian(value: object) -> object:
    return {"ru": value} if isinstance(value, str) else value


def not_rounded(value: object) -> object:
    """A float comes only from a hand-made file; its shortest writing is what was meant. Digits are 0 to 9."""
    if isinstance(value, str) and not value.isascii():
        raise wrong("decimal_parsing", N_("this must be a number"))
    return str(value) if isinstance(value, float) else value


# Said last in a type: limits before it are compared by the schema itself, after it one by one in Python. A field with
# another limit of the same side is a type of its own: beside `Field(gt=0)` the limit of the type would win.
Exact = BeforeValidator(not_rounded)
KEY, SLUG, PROGRAMME, PREFIX = (
    r"^[a-z][a-z0-9_]{0,39}$",
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    r"^[a-z][a-z0-9-]{0,39}$",
    r"^[A-ZА-ЯЁ]{1,4}$",
)
FORMS = {
    KEY: N_("small Latin letters, digits and _ are expected here, beginning with a letter, 40 at most"),
    SLUG: N_("small Latin letters and digits are expected here, with single hyphens between them"),
    PROGRAMME: N_("small Latin letters, digits and hyphens are expected here, beginning with a letter, 40 at most"),
    PREFIX: N_("one to four capital letters are expected here"),
}
Key = Annotated[str, Field(pattern=KEY)]


def _no_count(value: object) -> object:
    """The schema library takes a bare number for seconds since 1970; nobody who writes one means that."""
    if isinstance(value, int | float | Decimal) or (isinstance(value, str) and NUMERAL.fullmatch(value.strip())):
        raise wrong("datetime_parsing", N_("a bare number is no date: write it as 2026-10-15"))
    return value


def _of_our_time(value: date) -> date:
    if not EARLIEST <= value.year <= LATEST:
        raise wrong("year", N_("the year must lie between {earliest} and {latest}"), earliest=EARLIEST, latest=LATEST)
    return value


EARLIEST, LATEST = 2000, 2199
NUMERAL = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)")
Instant = Annotated[AwareDatetime, BeforeValidator(_no_count), AfterValidator(_of_our_time)]
Moment = Annotated[datetime, BeforeValidator(_no_count), AfterValidator(_of_our_time)]
Day = Annotated[date, BeforeValidator(_no_count), AfterValidator(_of_our_time)]
Text = Annotated[Words, BeforeValidator(_in_russian, json_schema_input_type=str | Words)]
Money = Annotated[Decimal, Field(ge=0, lt=10**12, decimal_places=2), Exact]
