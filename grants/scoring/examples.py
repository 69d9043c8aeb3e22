"""Worked examples: the inputs and the results an officer expects, written into the rules themselves."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_serializer, model_validator

from fund.core.parts import N_, Key, Moment, Money, Strict, wrong

from .numbers import ZERO, Label, Number

Outcome = Literal["funded", "reserve", "declined", "undecided", "passed"]
Name = Annotated[str, Field(min_length=1, max_length=60)]


def _not_answered(value: object) -> object:
    return None if isinstance(value, str) and value.strip().lower() in {"n/a", ""} else value


Score = Annotated[Number | None, BeforeValidator(_not_answered, json_schema_input_type=Number | Literal["n/a"] | None)]
Place = Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_not_answered)]


class Expected(Strict):
    """What must come out for one application; only what is written is compared."""

    n: int = Field(0, ge=0)
    total: Score = None
    ranking: Score = None
    mean: Score = None
    median: Score = None
    deviation: Score = None
    spread: Score = None
    contributions: dict[Key, Number] = Field(default_factory=dict)
    passed: bool = True
    place: Place = None
    outcome: Outcome = "passed"
    amount: Money = ZERO

    @model_serializer
    def write(self) -> dict[str, object]:
        """Only what was written: an expected "n/a" is not the same as no expectation."""
        return {key: value for key, value in self.__dict__.items() if key in self.model_fields_set}


class ExampleApplication(Strict):
    """One application of an example: what it asks, the sheets on it by expert, and what is expected."""

    amount: Money | None = None
    minimum: Money | None = None
    submitted: Moment | None = None
    values: dict[Key, Number] = Field(default_factory=dict)
    sheets: dict[Name, dict[Key, Score]] = Field(default_factory=dict)
    expect: Expected = Expected()


class Example(Strict):
    """A small competition with its expected result.

    `order` lists the applications that passed, first place first. `envelope` in roubles replaces the regulation's.
    `votes` is the order the chair voted in, `lot_seed` the seed of the lot, where the example needs them.
    """

    title: Label
    envelope: Money | None = None
    applications: dict[Name, ExampleApplication] = Field(min_length=1)
    order: tuple[Name, ...] | None = None
    votes: tuple[Name, ...] = ()
    lot_seed: str | None = Field(None, max_length=200)

    @model_validator(mode="after")
    def expects_something(self) -> Self:
        if self.order is None and not any(a.expect.model_fields_set for a in self.applications.values()):
            raise wrong("no_expectation", N_("the example expects nothing: give order, or expect for an application"))
        for listed in ("order", "votes"):
            for place, name in enumerate(getattr(self, listed) or ()):
                if name not in self.applications:
                    raise wrong("unknown", N_("there is no application “{name}” in this example"), at=(listed, place), name=name)
        return self
