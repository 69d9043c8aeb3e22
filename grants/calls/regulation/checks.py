"""What still stands between a regulation and its opening; the schema has already refused what contradicts itself."""

from collections.abc import Collection
from datetime import datetime

from fund.core.parts import N_
from grants.scoring.faults import Faulty, faulty
from grants.scoring.proof import examples_faults

from .schema import Regulation


def obstacles(
    regulation: Regulation,
    *,
    now: datetime,
    programmes: Collection[str] | None = None,
    themes: Collection[str] | None = None,
) -> list[Faulty]:
    """Why a call under this regulation cannot open at the aware instant `now`; empty if it can.

    `programmes` and `themes`: the keys the fund's profile knows (None: not checked). Paths run from the regulation down.
    Source: domain.md, "a call cannot be opened until they come out right".
    """
    found: list[Faulty] = []
    if regulation.timeline.closes <= now:
        found.append(faulty("past", N_("this lies in the past"), at=("timeline", "closes")))
    found += profile_faults(regulation, programmes=programmes, themes=themes)
    if not regulation.rules.examples:
        found.append(faulty("no_examples", N_("a regulation needs at least one worked example"), at=("rules", "examples")))
    return found + wrong_examples(regulation)


def profile_faults(
    regulation: Regulation, *, programmes: Collection[str] | None = None, themes: Collection[str] | None = None
) -> list[Faulty]:
    """The programme and the themes that the fund's profile does not know."""
    found: list[Faulty] = []
    if programmes is not None and regulation.call.programme not in programmes:
        found.append(
            faulty("unknown", N_("the fund has no programme “{key}”"), at=("call", "programme"), key=regulation.call.programme)
        )
    for place, key in enumerate(regulation.call.themes):
        if themes is not None and key not in themes:
            found.append(faulty("unknown", N_("the fund has no theme “{key}”"), at=("call", "themes", place), key=key))
    return found


def wrong_examples(regulation: Regulation) -> list[Faulty]:
    """The figures of worked examples that do not come out as expected."""
    return [Faulty(fault.reason, ("rules", *fault.at)) for fault in examples_faults(regulation.rules, regulation.envelope)]
