"""Model and form fields that every room shares: money and clean text."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .text import is_clean

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009₽]|руб\.?")
MOST = Decimal("999999999999.99")


class MoneyField(models.DecimalField):
    """Roubles with kopecks; Decimal always, never a float."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


def parse_money(text: str) -> Decimal:
    """Reads `118 400,50`, `118400.50`, `118 400 ₽`; raises ValueError for anything else, negative or too long."""
    digits = _SPACES.sub("", str(text)).replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", digits, re.ASCII):
        raise ValueError(text)
    try:
        return Decimal(digits).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(text) from error


class MoneyInput(forms.CharField):
    """An amount as people type it."""

    def __init__(self, *, least: Decimal | None = None, most: Decimal | None = None, **kwargs):
        self.least, self.most = least, most
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.attrs.update({"inputmode": "decimal", "class": "w-sum", "autocomplete": "off"})

    def clean(self, value):
        value = super().clean(value)
        if value in (None, ""):
            return None
        try:
            amount = parse_money(value)
        except ValueError:
            raise ValidationError(_("Enter the amount in digits, for example 412,300"), code="money") from None
        from .money import money

        if self.least is not None and amount < self.least:
            raise ValidationError(_("The amount must be %(least)s or more") % {"least": money(self.least)}, code="least")
        if self.most is not None and amount > self.most:
            raise ValidationError(
                _("The amount must be %(most)s or less; it is %(now)s now") % {"most": money(self.most), "now": money(amount)},
                code="most",
            )
        return amount

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            from .money import money

            return money(value, sign=False)
        return value


def refuse_unclean(value) -> None:
    """A validator for every text field of every form."""
    if isinstance(value, str) and not is_clean(value):
        raise ValidationError(_("The text holds characters that cannot be read. Type it anew."), code="unclean")
