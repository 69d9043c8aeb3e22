"""The letters of a release as they would be written now: read before the button that sends them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fund.core.bilingual import reader
from fund.notices.facts import pack
from fund.notices.letters import subject_of, text_of
from fund.notices.models import Notice
from grants.applications.models import Application
from grants.reviews.queries import ranking_of

from .models import Outcome
from .notices import MESSAGES, facts_released


@dataclass(frozen=True)
class Preview:
    """One letter, in the reader's language; nothing of it is stored."""

    application: Application
    outcome: Outcome
    subject: str
    text: str


def pending_in_order(call: Any, *, now: datetime) -> tuple[list[Outcome], dict[int, int]]:
    """The pending outcomes as the release will take them, and the place of each application in the ranking."""
    places = {row.pk: place for place, row in enumerate(ranking_of(call, now=now), 1)}
    found = Outcome.objects.of_call(call).pending().exclude(application__state="withdrawn")
    rows = found.select_related("decision", "application__call", "application__owner")
    return sorted(rows, key=lambda one: places.get(one.application_id, len(places) + 1)), places


def preview_of(call: Any, outcome: Outcome, places: dict[int, int], *, reserve_place: int | None, now: datetime) -> Preview:
    notice = Notice(
        kind=MESSAGES[outcome.decision.outcome],
        account=outcome.application.owner,
        facts=pack(facts_released(call, outcome, places, reserve_place=reserve_place)),
        created_at=now,
    )
    return Preview(outcome.application, outcome, subject_of(notice, reader()), text_of(notice, reader()))
