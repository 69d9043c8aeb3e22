"""Decimal the way scores need it: exact enough that one rounding, half-up, at the end, is always the right one."""

import re
from contextlib import AbstractContextManager
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import Annotated

from pydantic import AfterValidator, Field

from fund.core.parts import N_, Exact, Text, Words, wrong

ZERO, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)

# Scores and weights have at most six decimals and stay below a million, so a total is a fraction with a small
# denominator: it either lies exactly on a rounding boundary or further from it than 1e-40. Sixty digits leave the
# divisions an error below 1e-50; `half_up` first removes that (to forty decimals), then rounds. See docs/scoring.md.
WORKING_DIGITS = 60
SNAP = Decimal("1e-40")
CONTEXT = Context(prec=WORKING_DIGITS, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero])


def exact() -> AbstractContextManager[Context]:
    """The context in which all scores are computed, whatever the thread's own is."""
    return localcontext(CONTEXT)


# Decimal itself would take 1_0, ٣ and NaN too.
WRITTEN = re.compile(r"[-+]?([0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})([eE][-+]?[0-9]{1,3})?")


def number_in(text: str) -> Decimal | None:
    """The number that a cell or a field says, with a point or a comma; None if it says none."""
    text = text.strip().replace(",", ".")
    return Decimal(text) if WRITTEN.fullmatch(text) else None


def half_up(value: Decimal, digits: int) -> Decimal:
    """`value` rounded once, half away from zero, to `digits` decimals (0 to 6).

    Source: domain.md, "rounding is stated in the regulation (digits, half-up) and applied once, at the end".
    """
    unit = UNITS[digits]
    return value.quantize(SNAP, ROUND_HALF_EVEN, CONTEXT).quantize(unit, ROUND_HALF_UP, CONTEXT) + ZERO


def snapped(value: Decimal) -> Decimal:
    """`value` without the error of its divisions: what unrounded values are compared by."""
    return value.quantize(SNAP, ROUND_HALF_EVEN, CONTEXT)


UNITS = tuple(ONE.scaleb(-digits) for digits in range(7))


def _said(value: Words) -> Words:
    if not any(sign.isprintable() and not sign.isspace() for sign in value.ru):
        raise wrong("empty", N_("the Russian text is empty"))
    return value


Number = Annotated[Decimal, Field(gt=-1_000_000, lt=1_000_000, decimal_places=6), Exact]
Above = Annotated[Decimal, Field(gt=0, lt=1_000_000, decimal_places=6), Exact]
Weight = Annotated[Decimal, Field(ge=0, lt=1_000_000, decimal_places=6), Exact]
Label = Annotated[Text, AfterValidator(_said)]
