"""Forms of the profile and of consents."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from fund.accounts.models import LANGUAGES
from fund.core.bilingual import say
from fund.core.forms import Form
from fund.core.moments import ZONES

from ..models import ConsentDocument


def zones() -> list[tuple]:
    return [("", _("as the fund"))] + [(key, say(words)) for key, words in ZONES.items()]


class ProfileForm(Form):
    """Who I am and how to reach me; what is asked here once is filled in everywhere else."""

    last_name = forms.CharField(label=_("Last name"), max_length=80, widget=forms.TextInput({"autocomplete": "family-name"}))
    first_name = forms.CharField(label=_("First name"), max_length=80, widget=forms.TextInput({"autocomplete": "given-name"}))
    middle_name = forms.CharField(label=_("Middle name"), max_length=80, required=False)
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Needed if you are under 18: a parent or guardian then answers for you"),
        widget=forms.DateInput({"type": "date", "autocomplete": "bday", "class": "w-date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    phone = PhoneNumberField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("Enter the phone number with its area code, for example +7 401 234-56-78")},
    )
    language = forms.ChoiceField(label=_("Language of pages and letters"), choices=LANGUAGES, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Clock"), choices=zones, required=False, help_text=_("Times on pages and in letters"))

    def clean_birth_date(self):
        born = self.cleaned_data["birth_date"]
        if born and not date(1900, 1, 1) <= born <= timezone.localdate():
            raise ValidationError(_("Enter a date between 1900 and today"))
        return born


class ConsentsForm(Form):
    """One box per purpose, never ticked beforehand; only what is not agreed to yet is asked."""

    def __init__(self, *args, documents: list[ConsentDocument], **kwargs):
        self.documents = {f"purpose_{document.purpose}": document for document in documents}
        super().__init__(*args, **kwargs)
        for name, document in self.documents.items():
            self.fields[name] = forms.BooleanField(label=document.said.name, required=False, help_text=document.said.description)

    @property
    def asked(self):
        return [(name, document, self[name]) for name, document in self.documents.items()]

    @property
    def agreed(self) -> list[ConsentDocument]:
        return [document for name, document in self.documents.items() if self.cleaned_data[name]]
