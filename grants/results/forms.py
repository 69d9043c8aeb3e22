"""Input of results: which comments are shown, an appeal, its answer, a decision taken anew."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.core.fields import MoneyInput
from fund.core.forms import Form, OnceForm
from fund.documents.forms import DocumentInput
from grants.councils.models import OUTCOMES

from .actions import Cleared
from .models import CHOICES, GROUNDS
from .queries import Comment, chosen_so_far

UNDECIDED = [("", _("Decide later"))]
MOST_FILES = 5


class ClearForm(Form):
    """Every comment of one application with its choice; what is left undecided stays unseen.

    `seen` says how often had been chosen when the page was shown: a page that is stale undoes nobody's choice.
    """

    seen = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, *args, comments: list[Comment], **kwargs):
        super().__init__(*args, **kwargs)
        self.comments = comments
        self.fields["seen"].initial = chosen_so_far(comments)
        for comment in comments:
            name, before = name_of(comment), comment.clearance
            self.fields[name] = forms.ChoiceField(
                label=_("What the applicant reads"),
                choices=[*UNDECIDED, *CHOICES],
                required=False,
                initial=comment.choice,
                widget=forms.RadioSelect,
            )
            self.fields[f"{name}_text"] = forms.CharField(
                label=_("Text to show"),
                help_text=_("What is left of the comment; or, if it is not shown, its gist in your own words."),
                required=False,
                max_length=6000,
                initial=before.text if before else comment.original,
                widget=forms.Textarea({"rows": 3}),
            )
            self.fields[f"{name}_why"] = forms.CharField(
                label=_("Why it is not shown as it is written"),
                required=False,
                max_length=500,
                initial=before.why if before else "",
            )

    def clean(self):
        data = super().clean()
        for comment in self.comments:
            name = name_of(comment)
            text, why = data.get(f"{name}_text", "").strip(), data.get(f"{name}_why", "").strip()
            if data.get(name) in ("edited", "withheld") and not why:
                self.add_error(f"{name}_why", _("Say why the applicant does not read it as it was written"))
            if data.get(name) == "edited" and not text:
                self.add_error(f"{name}_text", _("Write what is left of the comment"))
            if data.get(name) == "edited" and text == comment.original.strip():
                self.add_error(f"{name}_text", _("Nothing is taken out yet: change the text, or show it as it is written"))
            if data.get(name) == "withheld" and text == comment.original.strip():
                data[f"{name}_text"] = ""  # nobody wrote a gist: the field still holds the original
        return data

    def choices(self) -> list[Cleared]:
        found, data = [], self.cleaned_data
        for comment in self.comments:
            name = name_of(comment)
            if choice := data[name]:
                text, why = ("", "") if choice == "cleared" else (data[f"{name}_text"].strip(), data[f"{name}_why"].strip())
                found.append(Cleared(comment.hand_in.pk, comment.part, choice, text, why))
        return found

    def rows(self):
        """Each comment with its three fields: what the page draws."""
        for comment in self.comments:
            name = name_of(comment)
            yield comment, self[name], self[f"{name}_text"], self[f"{name}_why"]


def name_of(comment: Comment) -> str:
    """Of this very hand-in: a sheet handed in again meanwhile has other fields."""
    return f"c{comment.hand_in.pk}_{comment.part or 'remark'}"


class AppealForm(OnceForm):
    grounds = forms.MultipleChoiceField(
        label=_("What was not kept"),
        choices=GROUNDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one ground")},
    )
    text = forms.CharField(
        label=_("What happened and where it shows"),
        help_text=_(
            "What was done or left out, where one can see it, what should have been done. Scores themselves are not judged again."
        ),
        max_length=6000,
        widget=forms.Textarea({"rows": 8}),
    )
    files = DocumentInput(label=_("Files"), most=MOST_FILES, required=False)


class AnswerForm(Form):
    verdict = forms.ChoiceField(
        label=_("Was the procedure kept?"),
        choices=[("uphold", _("No: the appeal is upheld")), ("reject", _("Yes: the appeal is rejected"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("The applicant reads it as it stands: what was looked at, what was found, what follows. Name no expert."),
        max_length=6000,
        widget=forms.Textarea({"rows": 10}),
    )


class ReviseForm(Form):
    outcome = forms.ChoiceField(label=_("The council's decision"), choices=OUTCOMES, widget=forms.RadioSelect)
    amount = MoneyInput(label=_("Amount"), required=False, help_text=_("Only for funding; empty means all that is asked"))
    why = forms.CharField(
        label=_("Reason"),
        help_text=_("What the council found when it looked again. The applicant reads it, and it stands in the protocol."),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
    )
