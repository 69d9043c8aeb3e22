"""Forms of those who look after people: roles, employment, consent texts."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from fund.core.forms import Form, OnceForm

from ..models import Person
from ..permissions import can_grant_role
from ..roles import ROLES


class GrantRoleForm(OnceForm):
    """Whose, which, why."""

    email = forms.EmailField(label=_("E-mail of the account"))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        granted = [role for role in ROLES.values() if can_grant_role(by, role.key)]
        self.fields["role"].choices = [(role.key, f"{role.name}. {role.description}") for role in granted]

    def clean_email(self):
        email = self.cleaned_data["email"]
        self.account = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if self.account is None:
            raise ValidationError(_("There is no account with this address"))
        return email


class CreatePersonForm(OnceForm):
    """Names, and how to reach them."""

    last_name = forms.CharField(label=_("Last name"), max_length=80)
    first_name = forms.CharField(label=_("First name"), max_length=80)
    middle_name = forms.CharField(label=_("Middle name"), max_length=80, required=False)
    phone = PhoneNumberField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter the phone number with its area code, for example +7 401 234-56-78")},
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    field_order = ("last_name", "first_name", "middle_name", "phone", "email", "once")


class EmploymentForm(Form):
    """What conflicts of interest are found by, and whether calls for employees are open to the person."""

    is_employee = forms.BooleanField(label=_("Works in the cluster"), required=False)
    department = forms.CharField(label=_("Department"), max_length=120, required=False)
    manager = forms.EmailField(
        label=_("Manager"),
        required=False,
        help_text=_("The address the manager signs in with: conflicts of interest are found by it"),
    )

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        if person.account is None:
            del self.fields["is_employee"]

    def clean_manager(self):
        email = self.cleaned_data["manager"]
        manager = Person.objects.filter(account__email__iexact=email).first() if email else None
        if email and manager is None:
            raise ValidationError(_("There is no account with this address"))
        return manager


class ConsentTextForm(Form):
    """A new text of one purpose, in both languages."""

    text_ru = forms.CharField(label=_("Text in Russian"), max_length=20_000, widget=forms.Textarea({"rows": 14}))
    text_en = forms.CharField(label=_("Text in English"), max_length=20_000, widget=forms.Textarea({"rows": 14}))
