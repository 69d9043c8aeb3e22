"""Input of this room: the cost table, members of a team, the answer to an invitation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Form, OnceForm
from fund.people.forms import ConsentsForm
from fund.people.models import ConsentDocument
from fund.questions.forms import KeptForm
from fund.questions.schema import CostTable

from .cost_rows import Fault, faults_placed, read_lines, row_faults
from .costs import Totals, totals
from .models import RIGHTS, TeamMember
from .widgets import CostRows

ROWS = "rows"


class CostsForm(KeptForm):
    """The whole cost table. `rows` as typed, `sums` of what can be read of them; `check()` says what is missing or wrong."""

    def __init__(self, table: CostTable, rows: list[Mapping[str, str]], *args: Any, minimum: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.table = table
        self.faults: list[Fault] = []
        self.fields[ROWS] = forms.Field(required=False, widget=CostRows(table), label=_("Lines of the budget"))
        self.initial[ROWS] = rows
        if table.minimum_allowed:
            self.fields["minimum"] = forms.CharField(
                label=_("The least the project can be made with, ₽"),
                help_text=_("If the money does not suffice for everything, you may be offered a part, never less than this."),
                required=False,
                max_length=40,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "w-sum"}),
                initial=minimum,
            )

    @property
    def rows(self) -> list[dict[str, str]]:
        return self.cleaned_data.get(ROWS) or []

    @property
    def minimum(self) -> str:
        return self.cleaned_data.get("minimum", "")

    @cached_property
    def shown_rows(self) -> Sequence[Mapping[str, str]]:
        """What stands on the page: as posted, else as stored."""
        if self.is_bound:
            return self.rows if self.is_valid() else self.fields[ROWS].widget.value_from_datadict(self.data, self.files, ROWS)
        return self.initial[ROWS]

    @property
    def sums(self) -> Totals:
        return totals(read_lines(self.table, self.shown_rows))

    @property
    def row_sums(self) -> list[tuple[int, str]]:
        return self.fields[ROWS].widget.sums(self.data, ROWS)

    def follow(self, data: Any) -> None:
        self.fields[ROWS].widget.follow(data, ROWS)

    @property
    def rows_field(self) -> forms.BoundField:
        return self[ROWS]

    @property
    def minimum_field(self) -> forms.BoundField | None:
        return self["minimum"] if "minimum" in self.fields else None

    def check(self) -> bool:
        """Faults of rows stand at their cells and, as links, above the form; those of the whole above it."""
        self.faults = faults_placed(self.table, self.rows, self.minimum)
        widget = self.fields[ROWS].widget
        for fault in self.faults:
            self.add_error(None, fault.text)
            if fault.row is not None:
                widget.faults[fault.row, fault.column] = row_faults(self.table, self.rows[fault.row])[fault.column]
        return not self.faults


class MemberForm(Form):
    """What a member does in the project, and may do in its draft."""

    part = forms.CharField(
        label=_("Part in the project"),
        help_text=_("For example: sound, drawings, work with the school"),
        max_length=200,
        required=False,
    )
    rights = forms.ChoiceField(
        label=_("What they may do with the application"), choices=RIGHTS, initial="view", widget=forms.RadioSelect
    )


class InviteForm(OnceForm, MemberForm):
    """Who is named, and where to write to them."""

    name = forms.CharField(label=_("Name"), help_text=_("First and last name; they may correct it themselves"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("They get a letter and answer it themselves. The invitation is good for 14 days"),
        max_length=254,
    )
    field_order = ["name", "email", "part", "rights", "once"]


class HandOverForm(Form):
    """To whom: a member who has joined."""

    to = forms.ModelChoiceField(
        TeamMember.objects.none(),
        to_field_name="uid",
        label=_("Who owns the application from now on?"),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = members  # type: ignore[attr-defined]


class InvitationForm(ConsentsForm):
    """The answer of the invited person: their name, and each consent apart, never ticked beforehand."""

    def __init__(self, *args: Any, documents: list[ConsentDocument], needs_name: bool, **kwargs: Any):
        super().__init__(*args, documents=documents, **kwargs)
        if needs_name:
            self.fields["first_name"] = forms.CharField(label=_("First name"), max_length=80)
            self.fields["last_name"] = forms.CharField(label=_("Last name"), max_length=80)
            self.order_fields(["first_name", "last_name"])

    @property
    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("first_name", "last_name")}

    @property
    def name_fields(self) -> list:
        return [self[name] for name in ("first_name", "last_name") if name in self.fields]
