"""One form field per type of question. A field takes whatever can be kept; what is wrong with it is said when asked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fund.core.bilingual import say
from fund.core.parts import Text
from fund.documents.formats import USUAL
from fund.documents.forms import DocumentInput

from ..schema import Question
from ..validation import read_date, unstorable
from .rows import RowsInput

FEW = 7  # up to so many choices all stand on the page


class Kept:
    """Takes a draft as it is: an empty or odd answer is no error of the form, only what cannot be stored is."""

    def validate(self, value: Any) -> None:
        pass

    def run_validators(self, value: Any) -> None:
        if (fault := unstorable(value)) is not None:
            raise ValidationError(fault, code="unstorable")


class TextAnswer(Kept, forms.CharField):
    pass


class ChoiceAnswer(Kept, forms.ChoiceField):
    pass


class SeveralAnswer(Kept, forms.MultipleChoiceField):
    pass


class RowsAnswer(Kept, forms.Field):
    widget = RowsInput

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Rows without a single word in them are not kept."""
        return [row for row in value or [] if any(cell.strip() for cell in row.values())]


class FileAnswer(DocumentInput):
    """New files for an answer; those already there are listed beside it, so an empty choice is no error."""

    def clean(self, data: Any, initial: Any = None):
        return super().clean(data, initial=True)


class DayInput(forms.DateInput):
    """The browser's calendar; a day it could not show is shown as it was typed."""

    input_type = "date"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict:
        context = super().get_context(name, value, attrs)
        try:
            context["widget"]["value"] = read_date(value).isoformat() if value else value
        except ValueError:
            context["widget"]["type"] = "text"
        return context


def field_of(question: Question) -> forms.Field:
    """The field that asks this question, labelled and hinted in the reader's language."""
    words = {"label": marked(question.label), "required": question.required}
    return BUILDERS[question.type](question, words)


def marked(words: Text, after: str = "") -> SafeString:
    """The text for the reader, its language named where it is another than the page's."""
    said = say(words)
    return format_html('<span lang="{}">{}</span>{}' if said.is_foreign else "{1}{2}", said.lang, said, after)


def _short(question: Question, words: dict) -> forms.Field:
    attrs = {"data-limit": question.max_length} if question.max_length else {}
    return TextAnswer(widget=forms.TextInput(attrs), help_text=_hint(question, _length(question)), **words)


def _long(question: Question, words: dict) -> forms.Field:
    rows = 4 if (question.max_length or 2000) <= 500 else 8
    attrs = {"rows": rows, **({"data-limit": question.max_length} if question.max_length else {})}
    return TextAnswer(strip=False, widget=forms.Textarea(attrs), help_text=_hint(question, _length(question)), **words)


def _number(question: Question, words: dict) -> forms.Field:
    if question.unit:
        words["label"] = marked(question.label, f", {say(question.unit)}")
    attrs = {"inputmode": "decimal" if question.decimals else "numeric", "autocomplete": "off", "class": "w-date"}
    return TextAnswer(widget=forms.TextInput(attrs), help_text=_hint(question), **words)


def _money(question: Question, words: dict) -> forms.Field:
    words["label"] = marked(question.label, ", ₽")
    attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "w-sum"}
    return TextAnswer(widget=forms.TextInput(attrs), help_text=_hint(question), **words)


def _date(question: Question, words: dict) -> forms.Field:
    return TextAnswer(widget=DayInput(attrs={"class": "w-date"}), help_text=_hint(question), **words)


def _link(question: Question, words: dict) -> forms.Field:
    attrs = {"inputmode": "url", "autocomplete": "off"}
    return TextAnswer(widget=forms.TextInput(attrs), help_text=_hint(question), **words)


def _choice(question: Question, words: dict) -> forms.Field:
    choices = [(choice.key, marked(choice.label)) for choice in question.choices]
    if len(choices) <= FEW:
        return ChoiceAnswer(choices=choices, widget=forms.RadioSelect, help_text=_hint(question), **words)
    return ChoiceAnswer(choices=[("", _("Choose…")), *choices], widget=forms.Select, help_text=_hint(question), **words)


def _several(question: Question, words: dict) -> forms.Field:
    choices = [(choice.key, marked(choice.label)) for choice in question.choices]
    most = _("Choose at most %(most)s") % {"most": question.most} if question.most else ""
    return SeveralAnswer(choices=choices, widget=forms.CheckboxSelectMultiple, help_text=_hint(question, most), **words)


def _file(question: Question, words: dict) -> forms.Field:
    field = FileAnswer(allowed=question.file_types or USUAL, most=question.most or 1, **words)
    field.help_text = _hint(question, str(field.help_text))
    return field


def _table(question: Question, words: dict) -> forms.Field:
    return RowsAnswer(widget=RowsInput(question.columns, most=question.most), help_text=_hint(question), **words)


def _length(question: Question) -> str:
    return _("Up to %(most)s characters") % {"most": question.max_length} if question.max_length else ""


def _hint(question: Question, limit: str = "") -> str:
    """The hint and the limit, as sentences of their own."""
    limit = f"{limit}." if limit and not limit.endswith(".") else limit
    if question.hint is None:
        return limit
    stop = "" if say(question.hint).endswith((".", "?", "!", ":")) else "."
    return marked(question.hint, f"{stop} {limit}".rstrip())


BUILDERS = {
    "short_text": _short,
    "long_text": _long,
    "number": _number,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "several": _several,
    "file": _file,
    "link": _link,
    "table": _table,
}
