"""A spreadsheet of sheets beside what the site keeps: what would change, what stands against it. Reading, nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fund.core.bilingual import say

from ..marks import is_same
from ..models import JUDGING, Sheet
from ..permissions import can_score
from ..spreadsheet import REMARK, Filled, Wrong, digest_of

# What the last upload made of a sheet: its uid → (version the file was downloaded in, version it left behind).
Known = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Difference:
    """One row that would change: its key, the criterion's title, the mark that stands, the mark of the file.

    `is_stale`: the site's mark is not the one that was downloaded, so somebody's text would go.
    """

    key: str
    title: str
    old: dict
    new: dict
    is_stale: bool


@dataclass(frozen=True)
class Change:
    """One sheet that would change; rows the expert left as they were downloaded change nothing."""

    sheet: Sheet
    filled: Filled
    differences: list[Difference]
    is_own: bool  # the site's text was changed last by this very file

    @property
    def is_stale(self) -> bool:
        return not self.is_own and any(one.is_stale for one in self.differences)

    @property
    def draft(self) -> dict:
        """The draft as it would be kept; what says the same in other signs stays as it was typed on the site."""
        return {**self.sheet.draft, **{one.key: one.new for one in self.differences if one.key != REMARK}}

    @property
    def remark(self) -> str:
        return next((one.new["comment"] for one in self.differences if one.key == REMARK), self.sheet.remark)


@dataclass(frozen=True)
class Plan:
    """All that an upload would do: nothing of it, where something is wrong."""

    changes: list[Change]
    same: int
    wrong: list[Wrong]

    @property
    def stale(self) -> list[Change]:
        return [change for change in self.changes if change.is_stale]


def sheets_to_upload(user: Any, call: Any) -> dict[str, Sheet]:
    """The user's own sheets in a call, whatever became of them, by uid."""
    own = Sheet.objects.visible_to(user).filter(expert=user, application__call=call)
    return {sheet.uid: sheet for sheet in own.select_related("application__call", "application__version", "expert", "current")}


def plan_upload(filled: Sequence[Filled], sheets: Mapping[str, Sheet], *, call: Any, by: Any, known: Known) -> Plan:
    """What taking these over would change, by the sheets as they are now."""
    changes, wrong = [], []
    for one in filled:
        sheet = sheets.get(one.uid)
        if sheet is None or sheet.state == "conflicted":
            if any(map(one.is_filled_in, one.base)):
                wrong.append(_wrong(one, _("this application is closed to you: its rows cannot be taken")))
        elif differences := _differences(one, sheet, call):
            if reason := _refusal(sheet, call, by):
                wrong.append(_wrong(one, reason))
            else:
                is_own = tuple(known.get(one.uid, ())) == (one.version, sheet.version)
                changes.append(Change(sheet, one, differences, is_own))
    return Plan(changes, len(filled) - len(changes) - len(wrong), wrong)


def _differences(filled: Filled, sheet: Sheet, call: Any) -> list[Difference]:
    titles = {one.key: say(one.title) for one in call.regulation.rules.scored} | {REMARK: _("What to tell the author")}
    old_marks = {**sheet.draft, REMARK: {"comment": sheet.remark}}
    found = []
    for key, title in titles.items():
        old, new = old_marks.get(key, {}), filled.marks.get(key, {})
        if filled.is_filled_in(key) and not is_same(old, new):
            found.append(Difference(key, title, old, new, digest_of(old) != filled.base.get(key)))
    return found


def _refusal(sheet: Sheet, call: Any, by: Any) -> str:
    number = {"number": sheet.application.number}
    if call.state not in JUDGING:
        return _("the call is not being judged any more")
    if sheet.is_submitted:
        return _("the sheet on %(number)s is handed in already and stays as it is") % number
    if not can_score(by, sheet):
        return _("the sheet on %(number)s is not yours to write now") % number
    return ""


def _wrong(filled: Filled, reason: str) -> Wrong:
    return Wrong(filled.row, f"A{filled.row}", reason)
