"""Input of meetings: calling one, who came, what is proposed, votes."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from fund.core.fields import MoneyInput
from fund.core.forms import Form, OnceForm
from fund.core.moments import zone_here
from grants.reviews.conflicts import DECLARED, KINDS

from ..models import BALLOTS, CHOICES, OUTCOMES


def moment_field(label) -> forms.DateTimeField:
    """A day and an hour by the reader's clock, which is named beside it."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "w-half"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, help_text=lazy(zone_here, str)())


class SeatsForm(OnceForm):
    """When, where, who sits, who presides, how the council votes: asked of every meeting."""

    starts_at = moment_field(_("Begins"))
    place = forms.CharField(
        label=_("Place"), max_length=200, help_text=_("The room, and the address of the video call if there is one")
    )
    members = forms.ModelMultipleChoiceField(None, label=_("Members"), widget=forms.CheckboxSelectMultiple)
    chair = forms.ModelChoiceField(None, label=_("Chair"), empty_label=None)
    secretary = forms.ModelChoiceField(None, label=_("Secretary, keeps the minutes"), empty_label=None)
    ballot = forms.ChoiceField(label=_("Ballot"), choices=BALLOTS, widget=forms.RadioSelect, initial="open")

    def __init__(self, *args, members, secretaries, **kwargs):
        super().__init__(*args, **kwargs)
        for name, accounts in (("members", members), ("chair", members), ("secretary", secretaries)):
            self.fields[name].queryset = accounts
            self.fields[name].label_from_instance = lambda account: account.person.short_name


class MeetingForm(SeatsForm):
    """Calling the council of a call."""

    singly = forms.IntegerField(
        label=_("First places that are voted on one by one"),
        required=False,
        min_value=0,
        max_value=500,
        help_text=_(
            "Beside those the rules fund or put in reserve, where experts diverge, and where a member is tied. The rest go by one vote."
        ),
        widget=forms.NumberInput({"class": "w-year"}),
    )


class RescheduleForm(Form):
    """Another date or place; everyone is told."""

    starts_at = moment_field(_("Begins"))
    place = forms.CharField(label=_("Place"), max_length=200)


class SignForm(Form):
    """A signature; `seen` is the number of the protocol the page was about."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AttendanceForm(Form):
    """Who came; all others did not."""

    present = forms.MultipleChoiceField(label=_("Came"), required=False, widget=forms.CheckboxSelectMultiple)
    sides = forms.MultipleChoiceField(label=_("Invited sides that came"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, seats, sides, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(str(seat.pk), seat.account.person.short_name) for seat in seats]
        self.fields["sides"].choices = [(str(side.pk), f"{side.name}: {side.comer}") for side in sides]
        if not sides:
            del self.fields["sides"]


class ProposeForm(Form):
    """What the council votes on."""

    outcome = forms.ChoiceField(label=_("Proposal"), choices=OUTCOMES, widget=forms.RadioSelect)
    amount = MoneyInput(label=_("Amount"), required=False, help_text=_("Only for funding; empty means all that is asked"))
    why = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed where the proposal departs from the ranking or the amount is cut. It stands in the protocol."),
    )


class RecuseForm(Form):
    """What ties a member to the applicant."""

    application = forms.ChoiceField(label=_("Application"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What ties you"), widget=forms.RadioSelect)
    why = forms.CharField(label=_("Explanation"), required=False, max_length=500)

    def __init__(self, *args, applications, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = [(one.uid, one.name) for one in applications]
        self.fields["kind"].choices = [(key, label) for key, label in KINDS if key in DECLARED]
        if len(applications) == 1:
            self.fields["application"].initial = applications[0].uid


class VoteForm(Form):
    """One press: a choice, and whose it is."""

    choice = forms.ChoiceField(choices=CHOICES)
    member = forms.IntegerField(required=False, widget=forms.HiddenInput)
    back = forms.ChoiceField(choices=[("meeting", ""), ("ballot", "")], required=False, widget=forms.HiddenInput)


class CloseItemForm(Form):
    """Ends the vote; the reason where the result departs from the ranking."""

    why = forms.CharField(
        label=_("Why not by the ranking"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed where what is carried departs from the ranking. It stands in the protocol."),
    )


class SeparateForm(Form):
    """Which application of a list is to stand by itself."""

    application = forms.ChoiceField(label=_("Application"), widget=forms.RadioSelect)

    def __init__(self, *args, applications, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = [(one.uid, f"{one.number} · {one.name}") for one in applications]
