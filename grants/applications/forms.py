"""Input of this room: eligibility and beginning, sending and stepping back, the officer's checks and decisions."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import say
from fund.core.forms import Form, OnceForm, Reason
from fund.documents.forms import DocumentInput
from fund.people.models import Organisation
from fund.people.queries import organisations_of
from fund.questions.forms.fields import marked
from grants.proposals.models import APPLICANT_KINDS, PAYEES
from grants.proposals.parts import COSTS

from .models import APPLICANT, CHECKS, FILES, REASONS, TEAM

PREFIX = "e_"  # an eligibility question may be called like a field of the form
PART_LABELS = {APPLICANT: _("Who applies and who is paid"), COSTS: _("The costs"), TEAM: _("The team"), FILES: _("The documents")}


class EligibilityForm(OnceForm):
    """The conditions of a call as questions, each with its choices; nothing is chosen beforehand."""

    def __init__(self, *args: Any, call: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.requirements = call.regulation.eligibility if call else ()
        for one in self.requirements:
            self.fields[PREFIX + one.key] = self._field(one)

    def _field(self, one: Any) -> forms.Field:
        words = {"label": marked(one.label), "help_text": marked(one.hint) if one.hint else ""}
        if one.is_number:
            error = {"required": _("Enter a number: “%(label)s”") % {"label": say(one.label)}}
            widget = forms.TextInput({"inputmode": "decimal", "class": "w-year", "autocomplete": "off"})
            return forms.CharField(max_length=24, widget=widget, error_messages=error, **words)
        error = {"required": _("Choose an answer: “%(label)s”") % {"label": say(one.label)}}
        choices = [(choice.key, marked(choice.label)) for choice in one.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=error, **words)

    def eligibility(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[PREFIX + one.key] for one in self.requirements}

    def refuse(self, refusal: Any) -> None:
        name = PREFIX + (refusal.field or "")
        if name in self.fields:
            self.add_error(name, refusal.message)
        else:
            super().refuse(refusal)


class StartForm(EligibilityForm):
    """A2: the conditions, then who applies, where the call leaves a choice."""

    def __init__(self, *args: Any, call: Any, person: Any, day: Any, **kwargs: Any):
        super().__init__(*args, call=call, **kwargs)
        words, mine = dict(APPLICANT_KINDS), Organisation.objects.filter(pk__in=organisations_of(person, day))
        kinds = [(kind, capfirst(words[kind])) for kind in call.regulation.call.applicants]
        one = len(kinds) == 1
        self.fields["applicant_kind"] = forms.ChoiceField(
            label=_("Who applies?"),
            choices=kinds,
            initial=kinds[0][0] if one else None,
            widget=forms.HiddenInput if one else forms.RadioSelect,
            error_messages={"required": _("Choose who applies")},
        )
        if "organisation" in call.regulation.call.applicants and mine:
            self.fields["organisation"] = forms.ModelChoiceField(
                mine,
                label=_("Which organisation?"),
                required=False,
                to_field_name="uid",
                empty_label=_("None: I apply for myself or a team"),
                help_text=_("Organisations you speak for"),
            )


class ApplicantForm(Form):
    """Who applies, where the call leaves a choice; and who is paid, as far as it is known by now."""

    payee_kind = forms.ChoiceField(
        label=_("Who is paid, if it is known"),
        help_text=_("What the agreement and the tax depend on. It can be said later too"),
        required=False,
        choices=lambda: [("", _("Not known yet")), *((key, capfirst(words)) for key, words in PAYEES)],
    )
    field_order = ("applicant_kind", "organisation", "payee_kind")

    def __init__(self, *args: Any, call: Any, person: Any, day: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        words, mine = dict(APPLICANT_KINDS), Organisation.objects.filter(pk__in=organisations_of(person, day))
        kinds = [(kind, capfirst(words[kind])) for kind in call.regulation.call.applicants]
        self.fields["applicant_kind"] = forms.ChoiceField(
            label=_("Who applies?"),
            choices=kinds,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose who applies")},
        )
        if "organisation" in call.regulation.call.applicants:
            self.fields["organisation"] = forms.ModelChoiceField(
                mine,
                label=_("Which organisation?"),
                required=False,
                to_field_name="uid",
                empty_label=_("None: I apply for myself or a team"),
                help_text=_("Organisations you speak for"),
            )
        self.order_fields(self.field_order)


class LikenessForm(Reason):
    """Kept or dismissed, and why."""

    decision = forms.ChoiceField(
        label=_("What about the likeness?"),
        choices=[
            ("keep", _("Keep the flag: it matters for the decision")),
            ("dismiss", _("Dismiss it: the likeness is innocent")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision")},
    )
    field_order = ("decision", "why")


class ContinueForm(EligibilityForm):
    """The conditions of the other call, chosen before."""

    call = forms.SlugField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Any, **kwargs: Any):
        super().__init__(*args, call=call, **kwargs)
        self.initial["call"] = call.slug if call else ""


class SendForm(OnceForm):
    """One button; its token makes pressing twice the same as pressing once."""


class WithdrawForm(Form):
    why = forms.CharField(
        label=_("Why, if you want to say"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LateForm(OnceForm):
    why = forms.CharField(
        label=_("What happened?"),
        help_text=_("The curator reads this together with your draft as it stood at the deadline"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what happened")},
    )


class FilesForm(OnceForm):
    files = DocumentInput(label=_("Add documents"), most=10)


class ChecksForm(Form):
    """The checklist of the formal check; every point may be ticked alone. `known`: what stood ticked when it was drawn,
    `receipt`: the hash of what stood beside it."""

    checks = forms.MultipleChoiceField(label=_("Checked"), required=False, choices=CHECKS, widget=forms.CheckboxSelectMultiple)
    known = forms.MultipleChoiceField(required=False, choices=CHECKS, widget=forms.MultipleHiddenInput)
    receipt = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ReturnForm(Form):
    """Marks beside the parts of the form, a word for each, one deadline."""

    until = forms.DateTimeField(
        label=_("Corrections until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "w-half"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Say until when it may be corrected"), "invalid": _("Enter a date and a time")},
    )
    why = forms.CharField(
        label=_("What to say to the applicant"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, application: Any, now: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.application = application
        days = application.regulation.timeline.correction_days
        self.initial.setdefault("until", _end_of_day(now + timedelta(days=days)))
        self.places = list(_places(application))
        for place in self.places:
            self.fields[place.mark] = forms.BooleanField(label=place.label, required=False)
            self.fields[place.remark] = forms.CharField(label=_("What is wrong"), required=False, max_length=500)

    def marks(self) -> list[dict[str, str]]:
        given = self.cleaned_data
        return [
            {"section": place.section, "question": place.question, "remark": given[place.remark]}
            for place in self.places
            if given[place.mark] or given[place.remark]
        ]

    def groups(self) -> list[tuple[Any, list[tuple[Any, Any]]]]:
        """The places under their sections, each with its two fields: for the page."""
        found: dict[Any, list] = {}
        for place in self.places:
            found.setdefault(place.heading, []).append((self[place.mark], self[place.remark]))
        return list(found.items())


class Place:
    """One place of the form that can be marked."""

    def __init__(self, number: int, section: str, question: str, heading: Any, label: Any):
        self.section, self.question, self.heading, self.label = section, question, heading, label
        self.mark, self.remark = f"mark_{number}", f"remark_{number}"


def _places(application: Any):
    number = 0
    for section in application.regulation.questions.sections:
        for question in section.questions:
            yield Place(number, section.key, question.key, str(say(section.title)), marked(question.label))
            number += 1
    for part, label in PART_LABELS.items():
        yield Place(number, part, "", str(_("Costs, team, documents")), label)
        number += 1


def _end_of_day(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=18, minute=0, second=0, microsecond=0)


class AdmitForm(Form):
    """Nothing to say: a checklist that was gone through, and a button."""


class AdmissionForm(OnceForm):
    """A button that signs; issuing anew says why the former protocol is void."""

    def __init__(self, *args: Any, is_anew: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if is_anew:
            self.fields["why"] = forms.CharField(
                label=_("Why it is issued anew"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
            )


class RefuseForm(Form):
    reasons = forms.MultipleChoiceField(
        label=_("Why it is not admitted"),
        choices=REASONS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason")},
    )
    remark = forms.CharField(
        label=_("What the applicant should know"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ExtendForm(Reason):
    until = forms.DateTimeField(
        label=_("New deadline for this applicant"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "w-half"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Enter a date and a time"), "invalid": _("Enter a date and a time")},
    )
    field_order = ("until", "why")


class ExtendDraftForm(ExtendForm):
    """A draft is its authors' alone: the officer names its owner, who asked for more time, and never opens it."""

    email = forms.EmailField(label=_("E-mail of the applicant who asks for more time"), max_length=254)
    field_order = ("email", "until", "why")


class LateAnswerForm(Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Take it, as it stood at the deadline")), ("refuse", _("Do not take it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision")},
    )
    answer = forms.CharField(
        label=_("What to say to the applicant"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
