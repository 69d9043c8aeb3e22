"""Input of deciding: decisions, lots, the chair's order, the simulator, the release."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import say
from fund.core.fields import MoneyInput
from fund.core.forms import Form, OnceForm

from ..models import OUTCOMES
from ..queries.simulation import Wish

SELECTIONS = [
    ("stop", _("Stop at the first that does not fit")),
    ("skip", _("Skip what does not fit and go on")),
    ("best_total", _("Best total within the envelope")),
    ("partial", _("Give the first that does not fit what is left")),
]
AGGREGATIONS = [
    ("mean", _("Mean of the sheets")),
    ("median", _("Median of the sheets")),
    ("trimmed", _("Mean without the highest and the lowest")),
    ("criterion_mean", _("Mean of each criterion first")),
    ("criterion_median", _("Median of each criterion first")),
]


class DecideForm(Form):
    """One decision. An empty amount means all that is asked; `seen` is the decision the page showed."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect)
    amount = MoneyInput(label=_("Amount"), required=False, help_text=_("Only for funding; empty means all that is asked"))
    why = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed where the decision departs from the ranking or the amount is cut. It stands in the protocol."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)


class ReserveForm(Form):
    """Money for one that waits in the reserve. An empty amount means all that is asked."""

    amount = MoneyInput(label=_("Amount"), required=False, help_text=_("Empty means all that is asked"))
    why = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed where the amount is cut or somebody ahead in the reserve is passed over."),
    )


class ReleaseForm(Form):
    """The release cannot be taken back, so the call's code is typed."""

    code = forms.CharField(label=_("Type the call's code"), max_length=20, error_messages={"required": _("Type the call's code")})

    def __init__(self, *args, code: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.code = code
        self.fields["code"].help_text = _("%(code)s. This confirms the release.") % {"code": code}

    def clean_code(self):
        typed = self.cleaned_data["code"].strip()
        if typed.casefold() != self.code.casefold():
            raise forms.ValidationError(_("The code is %(code)s; you typed %(typed)s") % {"code": self.code, "typed": typed})
        return typed


class LotCommitForm(OnceForm):
    """A button and its token: a second press finds the first draw."""


class LotDrawForm(Form):
    """What somebody who cannot know the seed says aloud."""

    words = forms.CharField(
        label=_("Words said aloud"),
        required=False,
        max_length=100,
        help_text=_("A few words by somebody who does not keep the computer, an applicant best of all. They become public."),
    )


class TieVoteForm(Form):
    """The chair's order of equals: a place for each, and the reason."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It stands in the protocol beside the vote."),
    )

    def __init__(self, *args, rows, first: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        places = [("", _("Choose a place")), *((str(place), str(place)) for place in range(first, first + len(rows)))]
        for row in rows:
            label = f"{row.number} · {row.title}"
            self.fields[f"place_{row.pk}"] = forms.ChoiceField(label=label, choices=places)
        self.order_fields([*(f"place_{row.pk}" for row in rows), "why"])

    def clean(self):
        cleaned = super().clean()
        taken: dict[str, str] = {}
        for row in self.rows:
            place = cleaned.get(f"place_{row.pk}")
            if place and place in taken:
                words = _("Place %(place)s is given to %(number)s already") % {"place": place, "number": taken[place]}
                self.add_error(f"place_{row.pk}", words)
            elif place:
                taken[place] = row.number
        return cleaned

    @property
    def order(self) -> list[str]:
        """The numbers, best first."""
        return [row.number for row in sorted(self.rows, key=lambda row: int(self.cleaned_data[f"place_{row.pk}"]))]


class Factor(forms.DecimalField):
    """A weight times this; a comma is read as a point."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=100, max_digits=6, decimal_places=3, **kwargs)
        self.widget = forms.TextInput({"inputmode": "decimal", "class": "w-year", "autocomplete": "off"})

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class SimulateForm(Form):
    """What to change; a field left empty is the regulation's own."""

    marks_optional = False

    envelope = MoneyInput(label=_("Envelope, ₽"), required=False)
    line = Factor(label=_("Passing score"), required=False, help_text=_("Empty: the regulation's own."))
    selection = forms.ChoiceField(label=_("Selection"), choices=SELECTIONS, required=False)
    aggregation = forms.ChoiceField(label=_("Aggregation"), choices=AGGREGATIONS, required=False)

    def __init__(self, *args, call, **kwargs):
        self.call, self.rules = call, call.regulation.rules
        own = {"envelope": call.envelope, "selection": self.rules.selection.rule, "aggregation": self.rules.aggregation}
        super().__init__(*args, **{"initial": own, **kwargs})
        for criterion in self.rules.criteria:
            label = _("Weight of “%(title)s” ×") % {"title": say(criterion.title)}
            self.fields[f"weight_{criterion.key}"] = Factor(label=label, required=False, initial=1)

    def clean_selection(self):
        chosen = self.cleaned_data["selection"] or self.rules.selection.rule
        if chosen == "best_total" and self.rules.direction == "lower":
            raise forms.ValidationError(_("The best total has no meaning where lower is better"))
        return chosen

    def clean_aggregation(self):
        chosen = self.cleaned_data["aggregation"] or self.rules.aggregation
        if chosen.startswith("criterion_") and self.rules.normalisation != "none":
            raise forms.ValidationError(_("With normalisation, totals of sheets are aggregated, not criteria"))
        return chosen

    def clean(self):
        cleaned = super().clean()
        factors = {c.key: cleaned.get(f"weight_{c.key}") for c in self.rules.criteria}
        self.factors = {key: factor for key, factor in factors.items() if factor is not None}
        if not any(factor is None or factor > 0 for factor in factors.values()):
            self.add_error(f"weight_{self.rules.criteria[0].key}", _("One weight at least must be above zero"))
        return cleaned

    @property
    def wish(self) -> Wish:
        data = self.cleaned_data
        envelope = self.call.envelope if data["envelope"] is None else data["envelope"]
        return Wish(envelope, data["selection"], data["aggregation"], data["line"], self.factors)
