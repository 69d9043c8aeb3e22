"""How numbers are written to people: the decimal mark, thousands, shares; sums have a module of their own (money)."""

from decimal import ROUND_HALF_UP, Decimal

from .bilingual import reader

NBSP = "\u00a0"


def num(value, digits: int | None = None) -> str:
    """`1 240,5` in Russian, `1,240.5` in English; `digits` fixes the decimals, rounding half up. Nothing for None."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    if digits is not None:
        number = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{abs(number):,f}"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "−" if number < 0 else ""
    if reader() == "en":
        return sign + text
    return sign + text.replace(",", NBSP).replace(".", ",")


def percent(part, whole, digits: int = 0) -> str:
    """`19 %` in Russian, `19%` in English; a share of nothing is a dash."""
    if not whole:
        return "—"
    text = num(Decimal(str(part)) * 100 / Decimal(str(whole)), digits)
    return f"{text}%" if reader() == "en" else f"{text}{NBSP}%"
