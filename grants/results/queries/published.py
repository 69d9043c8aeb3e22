"""The results of a released call as anyone may read them: what was funded, with totals; the others as numbers alone.

Whoever was declined or waits in the reserve is counted and never named. A person's name stands only by their own live
consent to publishing; without it the project stands with its number and title, and where the title itself names the person,
with its number alone.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum

from fund.core.text import normalised
from fund.people.models import Consent
from grants.applications.models import SENT, Application
from grants.councils.models import Outcome
from grants.reviews.queries import Ranked, ranking_of
from grants.reviews.queries.ranking import RANKED

ZERO = Decimal("0.00")
PURPOSE = "publishing"
WORD = re.compile(r"\w+")
ENDING = 2  # letters of a surname that its cases change


@dataclass(frozen=True)
class Funded:
    """One funded project: what may be said of it, and its score; `title` and `applicant` may be empty."""

    number: str
    title: str
    applicant: str
    granted: Decimal
    row: Ranked | None


@dataclass(frozen=True)
class Published:
    """What the page says; sums in roubles, totals rounded as the regulation says."""

    funded: list[Funded]
    sent: int
    admitted: int
    passed: int
    reserve: int
    reserve_sum: Decimal
    asked: Decimal
    envelope: Decimal
    line: Decimal | None
    digits: int
    released_at: datetime | None

    @property
    def given(self) -> Decimal:
        return sum((one.granted for one in self.funded), ZERO)

    @property
    def left(self) -> Decimal:
        return self.envelope - self.given


def published_of(call: Any, *, now: datetime) -> Published:
    """The results of one call; a constant number of queries."""
    rows = ranking_of(call, now=now)
    by_pk = {row.pk: row for row in rows}
    counts = Application.objects.of_call(call).aggregate(
        sent=Count("pk", Q(state__in=SENT)),
        admitted=Count("pk", Q(state__in=RANKED)),
        asked=Sum("amount", filter=Q(state__in=RANKED)),
        reserve=Count("pk", Q(state="reserve")),
        reserve_sum=Sum("amount", filter=Q(state="reserve")),
    )
    within = [row.total for row in rows if row.outcome == "funded"]
    return Published(
        funded=_funded(call, by_pk),
        sent=counts["sent"],
        admitted=counts["admitted"],
        passed=sum(row.passed for row in rows),
        reserve=counts["reserve"],
        reserve_sum=counts["reserve_sum"] or ZERO,
        asked=counts["asked"] or ZERO,
        envelope=call.envelope,
        line=within[-1] if within else None,
        digits=call.regulation.rules.digits,
        released_at=Outcome.objects.of_call(call).aggregate(at=Max("released_at"))["at"],
    )


def _funded(call: Any, rows: dict[int, Ranked]) -> list[Funded]:
    """Funded projects in the order of the ranking."""
    joined = ("owner__person", "organisation", "guardian")
    found = Application.objects.of_call(call).filter(state="funded").select_related(*joined).by_number()
    agreed = _agreed(found)
    last = len(rows) + 1
    ordered = sorted(found, key=lambda one: rows[one.pk].place or last if one.pk in rows else last)
    return [_said(one, agreed, rows.get(one.pk)) for one in ordered]


def consents_to_publish(call: Any):
    """Live consents of those who applied to a call, to have their name published."""
    owners = Application.objects.of_call(call).filter(state="funded").values("owner__person")
    return Consent.objects.live().filter(document__purpose=PURPOSE, person__in=owners)


def _agreed(applications: Any) -> dict[int, bool]:
    """Person id → whether a guardian gave the consent, of everyone who agreed to have their name published."""
    persons = [one.owner.person.pk for one in applications if getattr(one.owner, "person", None)]
    consents = Consent.objects.live().filter(document__purpose=PURPOSE, person__in=persons)
    found: dict[int, bool] = {}
    for person, guardian in consents.values_list("person", "guardian"):
        found[person] = found.get(person, False) or guardian is not None
    return found


def _said(application: Application, agreed: dict[int, bool], row: Ranked | None) -> Funded:
    person, organisation = application.owner.person, application.organisation
    # For a minor the guardian who applies with them must have agreed.
    may_name = person.pk in agreed and (application.guardian_id is None or agreed[person.pk])
    name = " ".join(filter(None, (person.first_name, person.last_name)))  # never an address
    title = application.title if may_name or not _names(application.title, person) else ""
    applicant = _applicant(organisation, name, person, may_name=may_name)
    return Funded(application.number, title, applicant, application.granted or ZERO, row)


def _applicant(organisation: Any, name: str, person: Any, *, may_name: bool) -> str:
    """An organisation is named; one that bears the person's own name, as a sole trader's does, as the person is."""
    if organisation is None:
        return name if may_name else ""
    return organisation.name if may_name or not _names(organisation.name, person) else ""


def _names(title: str, person: Any) -> bool:
    """Could a title name this person, in whatever case of the noun? Said too often rather than too seldom."""
    last = normalised(person.last_name)
    root = last[: max(4, len(last) - ENDING)]
    return bool(root) and any(word.startswith(root) for word in WORD.findall(normalised(title)))
