"""Forms of a household: children, the adult who answers for a minor, that adult's answer; whom an officer acts for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Form, OnceForm

from .profile import ConsentsForm


class ChildForm(Form):
    """A child: a name and the year of birth, nothing more is asked."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        widget=forms.TextInput({"inputmode": "numeric", "class": "w-year", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter the year in four digits, for example 2015")},
    )


class RegisterChildForm(OnceForm, ChildForm):
    field_order = ("first_name", "last_name", "birth_year", "once")


class NameGuardianForm(OnceForm):
    """The adult who answers, and where to write to them."""

    first_name = forms.CharField(label=_("First name of the adult"), max_length=80)
    last_name = forms.CharField(label=_("Last name of the adult"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail of the adult"),
        max_length=254,
        help_text=_("They get a letter with a link and agree without an account"),
    )
    field_order = ("first_name", "last_name", "email", "once")


class GuardianAnswerForm(ConsentsForm):
    """Each consent apart, never ticked beforehand."""


class ActForForm(Form):
    why = forms.CharField(
        label=_("How did the person ask for it?"),
        help_text=_("For example: called on 20 November, dictates the application. It stands in the record"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
