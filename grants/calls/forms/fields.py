"""One form field per leaf of a sketch. A field takes whatever can be stored; what is wrong with it is said when asked."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.core.numerals import num
from fund.questions.forms.fields import ChoiceAnswer, Kept, SeveralAnswer, TextAnswer

from ..sketching import Context
from ..sketching.leaves import Check, Choice, Day, Leaf, Moment, Names, Number, Several, Whole, Words

MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


class Ticked(Kept, forms.BooleanField):
    pass


class NumberInput(forms.TextInput):
    """A number as the reader writes it: 0,5 in Russian; thousands apart, so that zeros can be counted."""

    def format_value(self, value: Any) -> Any:
        if not (isinstance(value, str) and PLAIN.fullmatch(value)):
            return value
        # A comma between thousands would be read back as a decimal comma.
        return num(value).replace(",", "\u00a0").replace("−", "-") if "." in num("1.5") else num(value).replace("−", "-")


def field_of(leaf: Leaf, value: Any, context: Context, at: tuple) -> forms.Field:
    """The field of a leaf over what is kept: what the browser's own input could not show stands in a plain one."""
    words = {"label": leaf.label, "help_text": leaf.hint, "required": not leaf.optional or leaf.quiet or isinstance(leaf, Check)}
    if leaf.default is not None:
        words["required"] = True  # something holds there in any case: "(optional)" would say otherwise
    if isinstance(leaf, Several):
        return SeveralAnswer(choices=chosen_first(leaf, value, context, at), widget=forms.CheckboxSelectMultiple, **words)
    if isinstance(leaf, Choice):
        return ChoiceAnswer(choices=with_kept(leaf, value, context, at), widget=forms.Select, **words)
    if isinstance(leaf, Check):
        return Ticked(**words)
    return TextAnswer(strip=False, widget=widget_of(leaf, value), **words)


def widget_of(leaf: Leaf, value: str) -> forms.Widget:
    if isinstance(leaf, Words):
        is_long = leaf.is_long or "\n" in value
        return forms.Textarea({"rows": 4}) if is_long else forms.TextInput({"autocomplete": "off"})
    if isinstance(leaf, Names):
        return forms.Textarea({"rows": 2})
    if isinstance(leaf, Moment):
        fits = not value or MINUTE.fullmatch(value)
        return forms.TextInput({"type": "datetime-local" if fits else "text", "class": "w-sum"})
    if isinstance(leaf, Day):
        fits = not value or DATE.fullmatch(value)
        return forms.TextInput({"type": "date" if fits else "text", "class": "w-date"})
    if isinstance(leaf, Number) or type(leaf) is Leaf:
        mode = "numeric" if isinstance(leaf, Whole) else "decimal"
        return NumberInput({"inputmode": mode, "autocomplete": "off"})
    return forms.TextInput({"autocomplete": "off"})


def with_kept(leaf: Choice, value: str, context: Context, at: tuple) -> list:
    """The choices, with what is kept although it is none of them: nothing typed may vanish."""
    choices = leaf.choices_in(context, at)
    lost = [(value, value)] if value and value not in dict(choices) else []
    return [*([] if leaf.default is not None else [("", "—" if leaf.optional else _("Choose…"))]), *choices, *lost]


def chosen_first(leaf: Several, value: list, context: Context, at: tuple) -> list:
    """The chosen ones in their order, then the others: what is sent keeps the order."""
    known = dict(leaf.choices_in(context, at))
    return [*((key, known.get(key, key)) for key in value), *((key, words) for key, words in known.items() if key not in value)]
