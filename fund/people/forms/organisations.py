"""Forms of organisations: which one it is, who speaks for it and until when, where it is paid."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Form, OnceForm

from ..models.organisations import KINDS


def day_field(label, **options):
    widget = forms.DateInput({"type": "date", "class": "w-date"}, format="%Y-%m-%d")
    error = {"invalid": _("Enter a date, for example 31.12.2027")}
    return forms.DateField(
        label=label, required=False, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], error_messages=error, **options
    )


class DigitsField(forms.CharField):
    """A number people copy with spaces and dashes: only its digits are kept."""

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "class": "w-half"})

    def to_python(self, value):
        return "".join(sign for sign in super().to_python(value) if sign not in " \u00a0\u202f-")


class OrganisationForm(Form):
    """What may be corrected of an organisation."""

    name = forms.CharField(label=_("Short name"), max_length=200)
    full_name = forms.CharField(label=_("Full name, as in its charter"), max_length=400, required=False)
    ogrn = DigitsField(label=_("OGRN or OGRNIP"), max_length=30, required=False, help_text=_("13 digits, of a sole trader 15"))
    address = forms.CharField(label=_("Address"), max_length=300, required=False)


class TermForm(Form):
    """As what, and in which term, somebody speaks for an organisation."""

    position = forms.CharField(
        label=_("Position"), max_length=120, required=False, help_text=_("For example: director, by power of attorney")
    )
    starts_on = day_field(_("Speaks for it from"))
    ends_on = day_field(_("Until"), help_text=_("Leave empty if the mandate has no end"))


class RegisterOrganisationForm(OnceForm, TermForm, OrganisationForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=lambda: [(key, capfirst(words)) for key, words in KINDS], widget=forms.RadioSelect
    )
    inn = DigitsField(
        label=_("INN"), max_length=30, required=False, help_text=_("10 digits, of a sole trader 12; an informal group has none")
    )
    field_order = ("kind", "name", "full_name", "inn", "ogrn", "address", "position", "starts_on", "ends_on", "once")


class RepresentativeForm(OnceForm, TermForm):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("They sign in with this address and say yes; then an officer confirms")
    )
    field_order = ("email", "position", "starts_on", "ends_on", "once")


class ConfirmMandateForm(Form):
    paper = forms.CharField(
        label=_("Which paper did you see?"),
        help_text=_("For example: power of attorney No. 4 of 12 March 2026. It stands in the record"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class BankDetailsForm(Form):
    """Where it is paid. What is written is shown to the fund's officers and accountants alone."""

    bank = forms.CharField(label=_("Bank"), max_length=200)
    bik = DigitsField(label=_("BIK"), max_length=20, help_text=_("9 digits"))
    account_number = DigitsField(label=_("Account number"), max_length=40, help_text=_("20 digits"))
    correspondent_account = DigitsField(label=_("Correspondent account"), max_length=40, required=False, help_text=_("20 digits"))
