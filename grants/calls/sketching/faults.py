"""Everything that is still wrong with a sketch, part by part, by the same models as a file: each at the name of its place."""

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from fund.core.parts import N_, Place
from fund.questions.schema import CostTable, QuestionSet, Requirement
from grants.scoring.examples import Example
from grants.scoring.faults import Faulty, Reason, faulty
from grants.scoring.marked import schema_faults
from grants.scoring.proof import ExampleResult, examples_faults, run_example
from grants.scoring.rules import Rules

from ..regulation import Regulation
from ..regulation.checks import profile_faults
from ..regulation.schema import AGREEMENTS, Envelope, Letters, Passport, Review
from ..regulation.timeline import INSTANTS, Timeline
from .shapes import Data, Places
from .whole import WHOLE

Requirements = TypeAdapter(tuple[Requirement, ...])
MODELS: dict[str, TypeAdapter] = {
    "call": TypeAdapter(Passport),
    "timeline": TypeAdapter(Timeline),
    "money": TypeAdapter(Envelope),
    "eligibility": Requirements,
    "questions": TypeAdapter(QuestionSet),
    "costs": TypeAdapter(CostTable),
    "review": TypeAdapter(Review),
    "rules": TypeAdapter(Rules),
    "letters": TypeAdapter(Letters),
}


@dataclass(frozen=True)
class Found:
    """One fault: the name of the place in the sketch, and why."""

    name: str
    reason: Reason


@dataclass(frozen=True)
class Reading:
    """A sketch as a regulation. `parts` are those that are whole, `regulation` is None until all are and agree."""

    data: Data
    parts: dict[str, Any]
    faults: tuple[Found, ...]
    regulation: Regulation | None
    # Of the worked examples that can be run: which of the sketch's it is, and how it came out.
    results: tuple[tuple[int, ExampleResult], ...] = ()


class Reader:
    def __init__(self, sketch: Data):
        self.places = Places()
        left = WHOLE.leave(sketch, (), "", self.places)
        self.data: Data = left or {}
        self.faults: list[Faulty] = []
        self.parts: dict[str, Any] = {}
        self.sums_alone: CostTable | None = None
        self.whole_examples: list[tuple[int, Example]] = []
        for key, model in MODELS.items():
            self.part(key, model)
        self.examples()
        self.agreements()
        self.regulation = self.whole()
        self.results = self.prove()

    def part(self, key: str, model: TypeAdapter) -> None:
        given = self.data.get(key, () if key == "eligibility" else {})
        if key == "rules":
            given = {**given, "examples": []}
        try:
            self.parts[key] = model.validate_python(given)
        except ValidationError as error:
            self.add(error, (key,))
            if key == "costs":
                self.sums(given)

    def sums(self, given: Data) -> None:
        """The sums of a cost table are whole before its categories are: they must agree with the envelope already."""
        with suppress(ValidationError):
            self.sums_alone = CostTable.model_validate({**given, "categories": [{"key": "any", "label": "any"}]})

    def examples(self) -> None:
        """Each alone, so that one which is being written hides nothing of the others."""
        given = (self.data.get("rules") or {}).get("examples", [])
        for place, one in enumerate(given):
            at: Place = ("rules", "examples", place)
            try:
                example = Example.model_validate(one)
            except ValidationError as error:
                self.add(error, at)
                continue
            if rules := self.parts.get("rules"):
                try:
                    Rules.model_validate({**rules.model_dump(by_alias=True, exclude_defaults=True), "examples": [one]})
                except ValidationError as error:
                    self.faults += [Faulty(f.reason, (*at, *f.at[2:])) for f in schema_faults(error)]
                    continue
            self.whole_examples.append((place, example))
        if not given:
            fault = faulty("no_examples", N_("a regulation needs at least one worked example"), at=("rules", "examples"))
            self.faults.append(fault)

    def agreements(self) -> None:
        parts = self.parts if self.sums_alone is None else {**self.parts, "costs": self.sums_alone}
        standing = Regulation.model_construct(**parts)
        for needed, check in AGREEMENTS:
            if all(key in parts for key in needed):
                try:
                    check(standing)
                except ValueError as error:
                    facts = error.context or {}  # type: ignore[attr-defined]
                    reason = Reason(error.type, facts["sentence"], facts["facts"])  # type: ignore[attr-defined]
                    self.faults.append(Faulty(reason, tuple(facts["at"])))

    def add(self, error: ValidationError, above: Place) -> None:
        found = [Faulty(fault.reason, (*above, *fault.at)) for fault in schema_faults(error)]
        # Without its zone no clock can be read: that follows, and is not said at each of them.
        is_adrift = any(fault.at == ("timeline", "zone") for fault in found)
        self.faults += [fault for fault in found if not (is_adrift and fault.reason.code == "timezone_aware")]

    def whole(self) -> Regulation | None:
        if self.places.wrong or any(fault.reason.code != "no_examples" for fault in self.faults):
            return None
        try:
            return Regulation.model_validate(self.data)
        except ValidationError as error:
            self.add(error, ())
            return None

    def prove(self) -> tuple[tuple[int, ExampleResult], ...]:
        """Runs the examples that can be run; what does not come out right is a fault at its figure."""
        rules, money = self.parts.get("rules"), self.parts.get("money")
        if rules is None:
            return ()
        envelope = money.envelope if money else None
        found = []
        for place, example in self.whole_examples:
            found.append((place, run_example(rules, example, envelope)))
            one = rules.model_copy(update={"examples": (example,)})
            self.faults += [
                Faulty(fault.reason, ("rules", "examples", place, *fault.at[2:])) for fault in examples_faults(one, envelope)
            ]
        return tuple(found)

    def found(self, more: Iterable[Faulty]) -> Iterable[Found]:
        for name, code, sentence, facts in self.places.wrong:
            yield Found(name, Reason(code, sentence, facts))
        for fault in (*self.faults, *more):
            # All weights together are at fault; the first of them is where one begins to mend it.
            at = (*fault.at, 0, "weight") if fault.reason.code == "no_weight" else fault.at
            yield Found(self.places.name_of(at), fault.reason)


def read_sketch(
    sketch: Data,
    *,
    now: datetime,
    programmes: Collection[str] | None = None,
    themes: Collection[str] | None = None,
) -> Reading:
    """Reads a sketch as far as it goes, and says what stands between it and a call that can open at the aware instant `now`."""
    reader = _read(json.dumps(sketch))
    more: list[Faulty] = []
    if "call" in reader.parts:
        standing = Regulation.model_construct(call=reader.parts["call"])
        more += profile_faults(standing, programmes=programmes, themes=themes)
    if "timeline" in reader.parts:
        more += past(reader.parts["timeline"], now)
    return Reading(reader.data, reader.parts, tuple(reader.found(more)), reader.regulation, reader.results)


@lru_cache(maxsize=16)
def _read(text: str) -> Reader:
    """What depends on the sketch alone, read once: a saving reads what the next page is drawn from. Nobody writes in it."""
    return Reader(json.loads(text))


def past(timeline: Timeline, now: datetime) -> list[Faulty]:
    """Only the opening may have come already: a call that opens at once."""
    found = [name for name in INSTANTS[1:] if (at := getattr(timeline, name)) is not None and at <= now]
    days: list[str] = [n for n in ("projects_until",) if isinstance(day := getattr(timeline, n), date) and day < now.date()]
    return [faulty("past", N_("this lies in the past"), at=("timeline", name)) for name in [*found, *days]]
