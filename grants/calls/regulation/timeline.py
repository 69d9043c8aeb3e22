"""The dates of a call, in the order in which they must come; instants with a zone, read as the town's time if none is given."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, field_serializer, model_validator

from fund.core.parts import N_, Day, Instant, Strict, wrong


@cache
def zones() -> frozenset[str]:
    """The time zones there are; looked for on the disk once."""
    return frozenset(available_timezones())


def _existing(zone: str) -> str:
    if zone not in zones():
        raise wrong("zone", N_("there is no time zone “{zone}”"), zone=zone[:60])
    return zone


# In this order, each not before the one above it; the last four may be left out.
INSTANTS = ("opens", "closes", "checked_by", "judged_by", "decided_by", "released_by", "appeals_until", "reserve_until")


class Timeline(Strict):
    """When a call opens, closes, is checked, judged, decided and released.

    `grace_minutes` after `closes` in which a sending still counts; `correction_days` an applicant has to correct what
    the officer marked; `checked_by` ends the formal check, `judged_by` is the experts' deadline, `decided_by` the
    council's day, `released_by` the day of the letters; projects run from `projects_from` to `projects_until`.
    """

    zone: Annotated[str, AfterValidator(_existing)]
    opens: Instant
    closes: Instant
    grace_minutes: int = Field(0, ge=0, le=24 * 60)
    correction_days: int = Field(5, ge=1, le=60)
    checked_by: Instant
    judged_by: Instant
    decided_by: Instant | None = None
    released_by: Instant | None = None
    appeals_until: Instant | None = None
    reserve_until: Instant | None = None
    projects_from: Day | None = None
    projects_until: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def in_the_zone(cls, data: object) -> object:
        """`2026-10-15 18:00` without a zone is the clock on the wall in `zone`."""
        if not isinstance(data, dict):
            return data
        # Where the zone itself is wrong, that is all there is to say.
        zone = ZoneInfo(name) if isinstance(name := data.get("zone"), str) and name in zones() else UTC
        return {key: _placed(key, value, zone) if key in INSTANTS else value for key, value in data.items()}

    @model_validator(mode="after")
    def in_order(self) -> Self:
        before = "opens"
        for name in INSTANTS[1:]:
            moment = getattr(self, name)
            if moment is None:
                continue
            if moment < getattr(self, before) or (name == "closes" and moment == self.opens):
                raise wrong("order", N_("this comes before {before}"), at=(name,), before=before)
            before = name
        if self.projects_from and self.projects_until and self.projects_until < self.projects_from:
            raise wrong("order", N_("this comes before {before}"), at=("projects_until",), before="projects_from")
        return self

    def appeals_end(self, released: datetime, own_days: int) -> datetime:
        """Until when the decisions may be appealed: the date named here, or, where there is none or it came too late,
        `own_days` after the release."""
        named = self.appeals_until
        return named if named and named > released else released + timedelta(days=own_days)

    @field_serializer(*INSTANTS)
    def written(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.astimezone(ZoneInfo(self.zone)).isoformat(timespec="auto")


def _placed(name: str, value: object, zone: tzinfo) -> object:
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.tzinfo is not None:
            return moment.astimezone(zone)
    except (ValueError, OverflowError):
        return value
    if len(value.strip()) <= len("2026-10-15"):
        return value
    placed = moment.replace(tzinfo=zone)
    if placed.utcoffset() != placed.replace(fold=1).utcoffset():
        raise wrong(
            "clock",
            N_("clocks change that night and show this time twice or not at all: add the offset, as 2026-10-15T18:00+02:00"),
            at=(name,),
        )
    return placed
