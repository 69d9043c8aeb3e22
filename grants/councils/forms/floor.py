"""Input of meetings without a call: the agenda, invited sides and their answers, proposals, who answers for them, reports."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.accounts.models import LANGUAGES
from fund.core.forms import Form, OnceForm
from fund.people.models import Organisation

from .meetings import SeatsForm

MOST_TOPICS = 40
PARTER = "|"
# The answers of models.ANSWERS as a side says them itself.
SAID = [("comes", _("We come")), ("sends", _("We send somebody")), ("declines", _("We do not come"))]


class ConveneForm(SeatsForm):
    """Convening a meeting: what about, and its agenda, a topic a line."""

    title = forms.CharField(label=_("What the meeting is about"), max_length=200)
    topics = forms.CharField(
        label=_("Agenda"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("One topic a line; the speaker after an upright line: Paths around the lake | Anna Melnik, tourist centre"),
    )
    field_order = ("title", "starts_at", "place", "topics", "members", "chair", "secretary", "ballot")

    def clean_topics(self) -> list[tuple[str, str]]:
        """(topic, speaker), line by line."""
        lines = [line.strip() for line in self.cleaned_data["topics"].splitlines() if line.strip()]
        if len(lines) > MOST_TOPICS:
            raise forms.ValidationError(_("At most %(most)s topics; there are %(n)s") % {"most": MOST_TOPICS, "n": len(lines)})
        found = []
        for number, line in enumerate(lines, 1):
            title, _parter, speaker = (part.strip() for part in line.partition(PARTER))
            if not title:
                raise forms.ValidationError(_("Line %(n)s: the topic is missing before the speaker") % {"n": number})
            if len(title) > 300 or len(speaker) > 200:
                raise forms.ValidationError(
                    _("Line %(n)s is too long: a topic may have 300 characters, a speaker 200") % {"n": number}
                )
            found.append((title, speaker))
        return found


class TopicForm(Form):
    """One topic; what was said on it goes into the protocol."""

    title = forms.CharField(label=_("Topic"), max_length=300)
    speaker = forms.CharField(label=_("Speaker"), max_length=200, required=False)
    minutes = forms.CharField(
        label=_("Course of the discussion"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("It goes into the protocol."),
    )


class AddTopicForm(OnceForm, TopicForm):
    field_order = ("title", "speaker", "minutes", "once")


class InviteForm(OnceForm):
    """Whom a meeting invites: an organisation the fund knows, or a side by its name."""

    name = forms.CharField(label=_("Side"), max_length=200, help_text=_("A ministry, a town, an organisation"))
    organisation = forms.ModelChoiceField(
        None,
        label=_("Organisation in our register"),
        required=False,
        help_text=_("Whoever speaks for it here then sees the meeting as well"),
    )
    person = forms.CharField(label=_("Whom the letter addresses"), max_length=200, help_text=_("Name and position"))
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES, widget=forms.RadioSelect, initial="ru")

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(reader)


class AnswerForm(Form):
    """A side's answer to its invitation."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=SAID, widget=forms.RadioSelect)
    delegate = forms.CharField(
        label=_("Who comes instead"), max_length=200, required=False, help_text=_("Name and position, if you send somebody")
    )
    word = forms.CharField(label=_("A word to the secretary"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "sends" and not cleaned.get("delegate"):
            self.add_error("delegate", _("Write who comes"))
        return cleaned


class TopicChoice(forms.ModelChoiceField):
    """Under which topic of the agenda; none is allowed."""

    def __init__(self):
        super().__init__(None, label=_("Topic"), required=False, empty_label=_("Under no topic"))


class HandInForm(OnceForm):
    """A proposal, as its author words it."""

    text = forms.CharField(
        label=_("Proposal"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One proposal: what should be done, by whom. The council votes on these words."),
    )
    topic = TopicChoice()

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = meeting.topics.all()


class RecordForm(HandInForm):
    """A proposal written down by whoever keeps the minutes: a member's, a side's, or anybody's in the room."""

    author = forms.ChoiceField(label=_("Who proposes"), required=False)
    said_by = forms.CharField(
        label=_("Who it is"),
        max_length=200,
        required=False,
        help_text=_("For somebody else in the room: name, and for whom they speak"),
    )
    field_order = ("author", "said_by", "text", "topic")

    def __init__(self, *args, meeting, seats, sides, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.seats = {f"member-{seat.pk}": seat for seat in seats}
        self.sides = {f"side-{side.pk}": side for side in sides}
        members = [(key, seat.account.person.short_name) for key, seat in self.seats.items()]
        self.fields["author"].choices = [
            ("", _("Somebody else in the room")),
            (_("Members"), members),
            *([(_("Invited sides"), [(key, f"{side.name}: {side.comer}") for key, side in self.sides.items()])] if sides else []),
        ]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("author") and not cleaned.get("said_by"):
            self.add_error("said_by", _("Choose who proposes, or write the name"))
        return cleaned

    @property
    def whose(self) -> dict:
        chosen = self.cleaned_data["author"]
        said_by = "" if chosen else self.cleaned_data["said_by"]
        return {"member": self.seats.get(chosen), "side": self.sides.get(chosen), "said_by": said_by}


class RewordForm(Form):
    """Other words for a proposal; `seen` is the wording the page showed."""

    text = forms.CharField(label=_("Proposal"), max_length=2000, widget=forms.Textarea({"rows": 5}))
    topic = TopicChoice()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = meeting.topics.all()


REPORTS = [("done", pgettext_lazy("follow-up", "Done")), ("not_done", pgettext_lazy("follow-up", "Not done"))]


def day_field(label, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date", "class": "w-date"}, format="%Y-%m-%d"), **options)


class EntrustForm(Form):
    """Who answers for a proposal, and by when."""

    responsible = forms.ChoiceField(label=_("Who answers for it"))
    due_on = day_field(_("By"))

    def __init__(self, *args, accounts, sides, **kwargs):
        super().__init__(*args, **kwargs)
        self.accounts = {f"account-{one.pk}": one for one in accounts}
        self.sides = {f"side-{side.pk}": side for side in sides}
        self.fields["responsible"].choices = [
            ("", _("Choose")),
            (_("People of the fund and the council"), [(key, one.person.short_name) for key, one in self.accounts.items()]),
            *([(_("Invited sides"), [(key, side.name) for key, side in self.sides.items()])] if sides else []),
        ]

    @property
    def whom(self) -> dict:
        chosen = self.cleaned_data["responsible"]
        return {"account": self.accounts.get(chosen), "side": self.sides.get(chosen)}


class ReportForm(Form):
    """What became of a proposal, in words."""

    outcome = forms.ChoiceField(label=_("What became of it"), choices=REPORTS, widget=forms.RadioSelect)
    word = forms.CharField(
        label=_("A few words about it"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What was done, or why it was not. If the outcome document is public, these words are too."),
    )


class ReopenForm(Form):
    """Taking a reported proposal up again."""

    why = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    due_on = day_field(_("By"))
