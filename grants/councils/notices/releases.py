"""The letters of the release, all in the transaction that releases."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.notices.actions import notify
from fund.notices.registry import kind

from ..models import Outcome

# A page of the room above, named as its address is: the way from the outcome to how it came about.
EXPLAINED = "results:explain"
MESSAGES = {
    "fund": kind("councils.funded", _("Your project is supported")),
    "reserve": kind("councils.reserved", _("Your project is in the reserve")),
    "decline": kind("councils.declined", _("Your project is not supported")),
}


def tell_released(call: Any, outcomes: list[Outcome], places: dict[int, int], *, now: datetime) -> None:
    """Tells each applicant and their team the outcome with the place; letters come from the fund, never from an expert."""
    for outcome in outcomes:
        application = outcome.application
        facts = facts_released(call, outcome, places, reserve_place=application.reserve_place)
        link = (EXPLAINED, application.uid)
        notify(MESSAGES[outcome.decision.outcome], application, to=application.authors(), now=now, facts=facts, link=link)


def facts_released(call: Any, outcome: Outcome, places: dict[int, int], *, reserve_place: int | None) -> dict:
    """What a letter of the release says: the outcome, the sums, the place, the fund's own words from the regulation."""
    texts = call.regulation.letters
    application, decision = outcome.application, outcome.decision
    return {
        "title": application.title,
        "number": application.number,
        "call": call.words,
        "amount": decision.amount,
        "asked": application.amount,
        "place": places.get(application.pk),
        "of": len(places),
        "reserve_place": reserve_place,
        "added": {"fund": texts.funded, "reserve": texts.reserve, "decline": texts.declined}[decision.outcome],
    }
