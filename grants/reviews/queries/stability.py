"""How firm a call's ranking is, as it was counted last, and whether that is still true."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grants.scoring.stability import Stability, stability

from ..models import StabilityReport
from .ranking import fingerprint, inputs_of

NEAR = 20  # places on each side of the line that are kept beside those whose money hangs on a change
MOST = 300  # rows kept


@dataclass(frozen=True)
class Firmness:
    """The newest report of a call, the newest that was counted, and whether anything changed since."""

    newest: StabilityReport | None
    counted: StabilityReport | None
    is_stale: bool


def firmness_of(call: Any) -> Firmness:
    """Two queries beside those of the fingerprint."""
    reports = StabilityReport.objects.filter(call=call).order_by("-pk")
    newest, counted = reports.first(), reports.filter(state="done").first()
    return Firmness(newest, counted, counted is not None and counted.fingerprint != fingerprint(call))


def count(call: Any, progress: Callable[[int, int], None]) -> dict:
    """Counts every scenario anew from the sheets; a dict as it is kept. Places from 1; `funded` out of `of` scenarios."""
    judged = inputs_of(call)
    found = stability(judged.rules, judged.entries, judged.sheets, envelope=judged.envelope, draw=judged.draw, progress=progress)
    flips = Counter(move.application for one in found.scenarios for move in one.moves)
    return {
        "of": len(found.scenarios),
        "funded": len(found.base.funded),
        "solid": len(found.solid),
        "scenarios": [
            {"kind": one.kind, "of": one.of, "moved": one.moved, "enters": list(one.enters), "leaves": list(one.leaves)}
            for one in found.scenarios
        ],
        "rows": [_row(judged, found, flips, name) for name in _kept(found)],
    }


def _kept(found: Stability) -> list[str]:
    """By place: those near the line, and those who sometimes have the money and sometimes not."""
    line = max((found.base.places.get(name, 0) for name in found.base.funded), default=0)
    hangs = {name for name, times in found.funded.items() if 0 < times < found.of_scenarios}
    near = {name for name, place in found.base.places.items() if abs(place - line) <= NEAR}
    last = len(found.base.places) + 1
    return sorted(hangs | near, key=lambda name: (found.base.places.get(name, last), name))[:MOST]


def _row(judged: Any, found: Stability, flips: Counter, name: str) -> dict:
    return {
        "number": name,
        "title": judged.applications[name].title,
        "uid": judged.applications[name].uid,
        "place": found.base.places.get(name),
        "best": found.best.get(name),
        "worst": found.worst.get(name),
        "flips": flips[name],
        "funded": found.funded[name],
        "is_in": name in found.base.funded,
    }
