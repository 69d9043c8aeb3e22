"""Input of judging: the assignment matrix, the declaration, the score sheet."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import say
from fund.core.forms import Form, OnceForm
from fund.core.parts import written
from fund.documents.formats import Unfit, read_worksheet, sentence
from fund.documents.forms import DocumentInput
from grants.calls.wording.cells import as_cell, meanings_of, rows_of
from grants.scoring.rules import Rules

from .conflicts import DECLARED, KINDS
from .spreadsheet import COLUMNS, HEADER, MOST_ROWS

END_OF_DAY = time(18)
TIES = [(kind, capfirst(words)) for kind, words in KINDS if kind in DECLARED]


class DueForm(Form):
    """The day sheets are due, until the end of the working day."""

    due_at = forms.DateField(
        label=_("Hand sheets in by"), help_text=_("Until 18:00 of this day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def clean_due_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["due_at"], END_OF_DAY))


class PlanForm(DueForm):
    """The matrix: pairs "application:expert" that are ticked, and the day sheets are due."""

    pairs = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, cells: list[tuple[int, int]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairs"].choices = [(f"{application}:{expert}", "") for application, expert in cells]

    def clean_pairs(self) -> set[tuple[int, int]]:
        return {tuple(map(int, pair.split(":"))) for pair in self.cleaned_data["pairs"]}  # type: ignore[misc]


class AcceptForm(DueForm):
    """Accepting a plan."""


class AskPlanForm(OnceForm):
    """What a plan is counted with."""

    seed = forms.CharField(
        label=_("Seed"),
        help_text=_("The same seed and the same data give the same plan."),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    moves_invited = forms.BooleanField(label=_("Invitations without an answer may go to others"), required=False)


class ChangePlanForm(Form):
    """Who judges one application, in a plan."""

    experts = forms.MultipleChoiceField(label=_("Experts"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, choices: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["experts"].choices = choices


class LimitsForm(Form):
    """Topics and limit of each expert of a call; expert by expert two fields."""

    def __init__(self, *args, experts: list[Any], said: dict[int, Any], topics: dict[str, Any], most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.experts = experts
        for expert in experts:
            one, name = said.get(expert.pk), expert.person.short_name
            self.fields[f"most_{expert.pk}"] = forms.IntegerField(
                label=_("Limit: %(expert)s") % {"expert": name},
                required=False,
                min_value=0,
                max_value=most,
                initial=one.most if one else None,
                error_messages={
                    "min_value": _("From 0 to %(most)s: the regulation allows no more") % {"most": most},
                    "max_value": _("From 0 to %(most)s: the regulation allows no more") % {"most": most},
                },
                widget=forms.NumberInput({"inputmode": "numeric", "placeholder": most, "class": "input w-year"}),
            )
            if topics:
                self.fields[f"topics_{expert.pk}"] = forms.MultipleChoiceField(
                    label=_("Topics: %(expert)s") % {"expert": name},
                    choices=list(topics.items()),
                    required=False,
                    initial=one.topics if one else [],
                    widget=forms.CheckboxSelectMultiple,
                )

    def limits(self) -> dict[int, tuple[list[str], int | None]]:
        data = self.cleaned_data
        return {one.pk: (data.get(f"topics_{one.pk}", []), data[f"most_{one.pk}"]) for one in self.experts}

    def rows(self):
        """Each expert with the two fields: what the page draws."""
        for expert in self.experts:
            topics = f"topics_{expert.pk}"
            yield expert, self[f"most_{expert.pk}"], self[topics] if topics in self.fields else None


class RemindForm(Form):
    """The sheets whose experts are reminded."""

    sheets = forms.MultipleChoiceField(
        required=False,
        widget=forms.MultipleHiddenInput,
        error_messages={"invalid_choice": _("One of these sheets is not awaited any more. Open the page anew.")},
    )

    def __init__(self, *args, owed: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheets"].choices = [(pk, "") for pk in owed]


class DeclarationForm(Form):
    """One answer for every invitation: no tie, a tie of some kind, or not this one with a reason."""

    def __init__(self, *args, sheets: list[Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        choices = [("accept", _("No tie, I will judge it")), *TIES, ("decline", _("I cannot judge it"))]
        for sheet in sheets:
            self.fields[sheet.uid] = forms.ChoiceField(label=sheet.application.title, choices=choices, widget=forms.RadioSelect)
            self.fields[f"{sheet.uid}_why"] = forms.CharField(label=_("In a few words"), required=False, max_length=500)

    def clean(self):
        data = super().clean()
        for sheet in self.sheets:
            if data.get(sheet.uid) in ("decline", "other") and not data.get(f"{sheet.uid}_why", "").strip():
                self.add_error(f"{sheet.uid}_why", _("Say in a few words why"))
        return data

    def answers(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {sheet.pk: (data[sheet.uid], data[f"{sheet.uid}_why"]) for sheet in self.sheets}

    def rows(self):
        """Each sheet with its two fields: what the page draws."""
        return [(sheet, self[sheet.uid], self[f"{sheet.uid}_why"]) for sheet in self.sheets]


class ConflictForm(Form):
    """Stepping aside later, when a tie is found while reading."""

    kind = forms.ChoiceField(label=_("What ties you to the applicant"), choices=TIES, widget=forms.RadioSelect)
    why = forms.CharField(label=_("In a few words"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))


class DeclineForm(Form):
    why = forms.CharField(label=_("Why you cannot judge it"), max_length=500, widget=forms.Textarea({"rows": 3}))


class SheetForm(Form):
    """A score sheet as typed: gaps and slips are kept, handing in checks them. Built from the regulation's rubric."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    remark = forms.CharField(
        label=_("What to tell the author"),
        help_text=_("The author reads it after the decision, without your name."),
        required=False,
        max_length=6000,
        widget=forms.Textarea({"rows": 5, "class": "input"}),
    )

    def __init__(self, *args, rules: Rules, draft: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.rules, self.theirs = rules, None
        for criterion in rules.scored:
            mark = draft.get(criterion.key, {})
            self.fields[f"{criterion.key}_value"] = forms.CharField(
                label=say(criterion.title),
                required=False,
                max_length=20,
                initial="na" if mark.get("na") else mark.get("value", ""),
            )
            self.fields[f"{criterion.key}_comment"] = forms.CharField(
                label=_("Comment"),
                required=False,
                max_length=5000,
                initial=mark.get("comment", ""),
                widget=forms.Textarea({"rows": 2, "class": "input"}),
            )
        self.fields["remark"] = self.fields.pop("remark")  # last, as on the page

    def draft(self) -> dict:
        """What was typed, in the shape the sheet keeps."""
        data = self.cleaned_data
        return {
            c.key: {
                "value": "" if data[f"{c.key}_value"] == "na" else data[f"{c.key}_value"],
                "na": data[f"{c.key}_value"] == "na",
                "comment": data[f"{c.key}_comment"],
            }
            for c in self.rules.scored
        }

    def refuse(self, refusal: Any) -> None:
        """A mark's fault belongs to its own cell. After a quarrel of two windows the next saving knows of the other one."""
        for fault in refusal.rest:
            self.refuse(fault)
        if refusal.field and f"{refusal.field}_value" in self.fields:
            refusal.field = f"{refusal.field}_value"
        if theirs := getattr(refusal, "theirs", None):
            self.theirs = theirs
            self.know(theirs["version"])
        super().refuse(refusal)

    def know(self, version: int) -> None:
        """The version that the page's next saving will name."""
        self.data = self.data.copy()
        self.data["version"] = version

    def differences(self):
        """Where the two windows differ: the criterion, what this form holds, what the other window kept."""
        mine, theirs = self.draft(), self.theirs["draft"]
        for criterion in self.rules.scored:
            ours, other = mine[criterion.key], theirs.get(criterion.key, {})
            if (ours["value"], ours["na"], ours["comment"]) != (
                other.get("value", ""),
                other.get("na", False),
                other.get("comment", ""),
            ):
                yield say(criterion.title), ours, other
        if self.cleaned_data["remark"] != self.theirs["remark"]:
            yield self.fields["remark"].label, {"comment": self.cleaned_data["remark"]}, {"comment": self.theirs["remark"]}

    def criteria(self):
        """Each criterion with its fields and its cells: what the page draws."""
        for criterion in self.rules.scored:
            value, rows = self[f"{criterion.key}_value"], rows_of(criterion)
            yield {
                "criterion": criterion,
                "value": value,
                "comment": self[f"{criterion.key}_comment"],
                "chosen": as_cell(value.value() or "", criterion),
                "rows": [[written(one) for one in row] for row in rows],
                "meanings": meanings_of(criterion) if rows else [],
            }


SPREADSHEET = ("xlsx",)
MOST_BYTES = 3 * 1000 * 1000
MOST_KEPT = 4 * 1000 * 1000  # characters of the signed marks that the page carries from the look to the act


class SpreadsheetForm(Form):
    """A spreadsheet to look at before anything is taken from it; cleans to its rows."""

    file = DocumentInput(label=_("Filled-in spreadsheet"), allowed=SPREADSHEET, largest=MOST_BYTES)

    def clean_file(self):
        (checked,) = self.cleaned_data["file"]
        try:
            return read_worksheet(checked.content, columns=COLUMNS, rows=HEADER + MOST_ROWS)
        except Unfit as unfit:
            raise forms.ValidationError(sentence(checked.name, unfit, SPREADSHEET), code=unfit.code) from None


class UploadForm(Form):
    """What was seen, now to be taken over; where the site's text changed meanwhile, the expert says that they saw it."""

    filled = forms.CharField(max_length=MOST_KEPT, strip=False, widget=forms.HiddenInput)
    knowing = forms.BooleanField(
        label=_("I have seen what changed on the site after the download. Take the text of the file"), required=False
    )


class ExpertForm(DueForm):
    """Who is asked as one more expert or in place of another, and by when."""

    expert = forms.ChoiceField(label=_("Whom to ask"), widget=forms.RadioSelect)

    def __init__(self, *args, free: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expert"].choices = free
        self.fields["due_at"].label = _("Hand the sheet in by")


class TopicForm(Form):
    topic = forms.CharField(
        label=_("What to talk about"),
        help_text=_("The experts who handed in their sheet read it. Name no expert."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class SpeakForm(OnceForm):
    text = forms.CharField(label=_("What you want to say"), max_length=4000, widget=forms.Textarea({"rows": 4}))


class ChangeForm(SheetForm):
    """The sheet as it was handed in, to be changed for a reason."""

    why = forms.CharField(
        label=_("Why the score changes"),
        help_text=_("The others in the discussion and the curator read it. The earlier score stays on record."),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "class": "input"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"] = self.fields.pop("why")

    def texts(self):
        return [self["remark"], self["why"]]
