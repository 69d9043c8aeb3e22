"""Form bases: how every form of the product is drawn, which texts it refuses, how a creating form is replayed safely."""

import secrets
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .fields import refuse_unclean

OPTIONAL = _("(optional)")
NOTHING_SAID = forms.Field.default_error_messages["required"]  # the framework's own words, where a form has none


class Drawn:
    """How our forms are drawn: no browser bubbles, no asterisks, text fields that refuse what cannot be stored."""

    use_required_attribute = False
    marks_optional = True  # False where every field is: then the form's own text says so once, and no label does

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators = [refuse_unclean, *field.validators]
            if isinstance(field.widget, forms.Textarea) and "maxlength" in field.widget.attrs:
                # One may type beyond the limit and shorten afterwards; js/counter.js says how much is left.
                field.widget.attrs["data-limit"] = field.widget.attrs.pop("maxlength")

    def full_clean(self):
        for field in self.fields.values():
            if field.error_messages.get("required") is NOTHING_SAID and field.label:
                named = strip_tags(field.label) if isinstance(field.label, SafeString) else field.label
                field.error_messages["required"] = _asked(field) % {"label": named}
        super().full_clean()

    def refuse(self, refusal: Any) -> None:
        """Puts a verb's refusal where the person can mend it: at its field if this form has it, else above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


def _asked(field: forms.Field) -> Any:
    """What an empty field asks for, by name: above the form stand only the sentences, and several may be alike."""
    if isinstance(field, forms.FileField):
        return _("Choose a file: “%(label)s”")
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s”")
    return _("Choose: “%(label)s”") if hasattr(field, "choices") else _("Fill in “%(label)s”")


class Form(Drawn, forms.Form):
    pass


class ModelForm(Drawn, forms.ModelForm):
    pass


def new_token() -> str:
    return secrets.token_urlsafe(24)


class OnceForm(Form):
    """A form that creates something: its token makes pressing twice the same as pressing once."""

    once = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput, initial=new_token)


class Confirm(Form):
    """A button and nothing else: a move that needs no words."""


class Reason(Form):
    """A move that must say why."""

    why = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
