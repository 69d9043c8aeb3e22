"""From an expert's draft to what is handed in: every mark checked by the regulation, nothing guessed. No database here."""

from decimal import Decimal, InvalidOperation, Overflow
from typing import Any

from django.utils.translation import gettext as _

from fund.core.bilingual import say
from fund.core.errors import Refused
from grants.scoring.faults import Faulty
from grants.scoring.rubric import Criterion, validate_score
from grants.scoring.rules import Rules
from grants.scoring.totals import sheet_total

Scores = dict[str, dict[str, Any]]


def checked(rules: Rules, draft: dict) -> Scores:
    """The draft's marks as they are handed in: criterion key → {"value": text of a Decimal or None, "comment": text}.

    `draft` is {key: {"value": text, "na": bool, "comment": text}} as typed. Raises Refused with the field of the first
    mark that is missing, off its scale or step, N/A where that is not allowed, or lacks its comment.
    Source: domain.md, "Score sheet" and "Criterion".
    """
    return {criterion.key: _checked(criterion, draft.get(criterion.key, {})) for criterion in rules.scored}


def faults_of(rules: Rules, draft: dict, *, remark: str, least: int) -> list[Refused]:
    """Everything that keeps a draft from being handed in, in the order of the sheet; `least`: characters of the remark."""
    faults = []
    for criterion in rules.scored:
        try:
            _checked(criterion, draft.get(criterion.key, {}))
        except Refused as fault:
            faults.append(fault)
    if fault := _fault_of_remark(remark, least):
        faults.append(fault)
    return faults


def faults_begun(rules: Rules, draft: dict, *, remark: str, least: int) -> list[Refused]:
    """The same of what was begun alone: a score still to be given and a remark still to be written are gaps, not faults."""
    faults = [fault for fault in faults_of(rules, draft, remark=remark, least=least) if fault.code != "missing"]
    return [fault for fault in faults if fault.code != "remark" or remark.strip()]


def _fault_of_remark(remark: str, least: int) -> Refused | None:
    now = len(remark.strip())
    if now >= least:
        return None
    words = _("Write to the author in %(least)s characters or more; there are %(now)s now")
    return Refused(words % {"least": least, "now": now}, field="remark", code="remark")


def is_same(mark: dict, other: dict) -> bool:
    """Do two marks of drafts say the same, however they are typed (4,5 and 4.50, lines ended one way or the other)?"""
    return gist_of(mark) == gist_of(other)


def gist_of(mark: dict) -> tuple[bool, str, str]:
    """What a mark of a draft says, whatever its signs; a remark is a mark with a comment alone."""
    return bool(mark.get("na")), _plain_number(mark.get("value", "")), plain_text(mark.get("comment", ""))


def plain_text(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _plain_number(text: str) -> str:
    try:
        return str(Decimal(text.strip().replace(",", ".")).normalize())  # never written out: 1e999999 is typed in eight signs
    except (InvalidOperation, Overflow):
        return text.strip()


def _checked(criterion: Criterion, mark: dict) -> dict[str, Any]:
    title, comment = say(criterion.title), mark.get("comment", "").strip()
    text = mark.get("value", "")
    if not mark.get("na") and text == "":
        raise Refused(_("Score “%(title)s”") % {"title": title}, field=criterion.key, code="missing")
    try:
        value = validate_score(criterion, None if mark.get("na") else text)
    except Faulty as fault:
        reason = fault.reason.say(_)
        raise Refused(
            _("“%(title)s”: %(reason)s") % {"title": title, "reason": reason}, field=criterion.key, code="value"
        ) from None
    least = max(criterion.comment_min, 1 if criterion.comment_required else 0)
    if len(comment) < least:
        raise Refused(
            _("“%(title)s”: explain the score in %(least)s characters or more; there are %(now)s now")
            % {"title": title, "least": least, "now": len(comment)},
            field=f"{criterion.key}_comment",
            code="comment",
        )
    return {"value": None if value is None else format(value, "f"), "comment": comment}


def values_of(scores: Scores) -> dict[str, Decimal | None]:
    """Criterion key → Decimal, None being N/A: what the arithmetic takes."""
    return {key: None if mark["value"] is None else Decimal(mark["value"]) for key, mark in scores.items()}


def total_of(rules: Rules, scores: Scores, *, amount: Decimal | None, values: dict[str, Decimal] | None = None) -> Decimal | None:
    """The sheet's total before rounding; None where every criterion is N/A."""
    return sheet_total(rules, values_of(scores), amount=amount, values=values)


def running(rules: Rules, draft: dict, *, amount: Decimal | None) -> tuple[Decimal | None, int]:
    """The total over the criteria scored so far and how many they are; marks that are not valid yet count as not scored."""
    values: dict[str, Decimal | None] = {}
    for criterion in rules.scored:
        mark = draft.get(criterion.key, {})
        try:
            value = validate_score(criterion, None if mark.get("na") else mark.get("value") or None)
        except Faulty:
            continue
        if value is not None or mark.get("na"):
            values[criterion.key] = value
    if all(value is None for value in values.values()) or len(rules.scored) != len(rules.criteria):
        return None, len(values)
    return sheet_total(rules, values, amount=amount), len(values)
