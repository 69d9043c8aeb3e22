"""How sums are written: `1 250 000,50 ₽` in Russian, `₽1,250,000.50` in English; whole sums without kopecks."""

from decimal import Decimal

from .bilingual import reader

NBSP = "\u00a0"


def money(amount: Decimal, *, sign: bool = True, lang: str | None = None) -> str:
    amount = Decimal(amount).quantize(Decimal("0.01"))
    text = f"{abs(amount):,.2f}".removesuffix(".00")
    minus = "−" if amount < 0 else ""
    if (lang or reader()) == "en":
        return f"{minus}₽{text}" if sign else minus + text
    text = minus + text.replace(",", NBSP).replace(".", ",")
    return f"{text}{NBSP}₽" if sign else text
