"""The rules of a call's scoring: rubric, totals, thresholds, ties, selection; refused where they contradict themselves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from fund.core.parts import N_, Key, Strict, wrong

from .agreement import check_agreement
from .bands import AmountThreshold, UpTo, band_for, check_amounts
from .examples import Example
from .numbers import Above, Number
from .rubric import Criterion
from .weighing import SheetTotal, Weighing

Aggregation = Literal["mean", "median", "trimmed", "criterion_mean", "criterion_median"]
Purpose = Literal["threshold", "ranking"]


class Thresholds(Strict):
    """Passing scores, compared with rounded totals: one for all, or by the amount asked; and "every expert below"."""

    total: Number | None = None
    total_by_amount: tuple[AmountThreshold, ...] = ()
    every_expert: Number | None = None

    @model_validator(mode="after")
    def is_one(self) -> Self:
        check_amounts(self.total_by_amount, "total_by_amount")
        if self.total is not None and self.total_by_amount:
            raise wrong("both", N_("give either total or total_by_amount, not both"), at=("total",))
        return self

    def for_amount(self, amount: Decimal | None) -> Decimal | None:
        """The passing score for a request of `amount` roubles; None where none is set."""
        return band_for(self.total_by_amount, amount).threshold if self.total_by_amount else self.total


class Divergence(Strict):
    """A spread of sheet totals that calls one more expert, or the council's discussion."""

    spread: Above
    then: Literal["expert", "discussion"] = "discussion"


class Tie(Strict):
    """One step of the chain that parts equals. In a file: `criterion: KEY`, or spread, submitted, vote, lot."""

    by: Literal["criterion", "spread", "submitted", "vote", "lot"]
    criterion: Key | None = None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Published as it is written in a file."""
        by_key = {
            "type": "object",
            "properties": {"criterion": {"type": "string"}},
            "required": ["criterion"],
            "additionalProperties": False,
        }
        return {"title": "Tie", "anyOf": [{"enum": ["spread", "submitted", "vote", "lot"]}, by_key]}

    @model_validator(mode="before")
    @classmethod
    def read(cls, value: object) -> object:
        if isinstance(value, str):
            return {"by": value}
        if isinstance(value, dict) and set(value) == {"criterion"}:
            return {"by": "criterion", **value}
        return value

    @model_validator(mode="after")
    def names_its_criterion(self) -> Self:
        if (self.by == "criterion") != (self.criterion is not None):
            raise wrong("tie", N_("write `criterion: KEY`, or one of spread, submitted, vote, lot"))
        return self

    @model_serializer
    def write(self) -> str | dict[str, str]:
        return {"criterion": self.criterion} if self.criterion else self.by


class Selection(Strict):
    """Who is funded within the envelope, and how many wait in the reserve (None: all who passed)."""

    rule: Literal["stop", "skip", "best_total", "partial"] = "stop"
    reserve: int | None = Field(None, ge=0, le=100_000)


class Rules(Strict):
    """Everything that turns score sheets into a ranking and a selection. Source: domain.md, "Scoring, exactly"."""

    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=60)
    sheet_total: SheetTotal
    out_of: Number | None = Field(None, gt=0)
    digits: int = Field(ge=0, le=6)
    direction: Literal["higher", "lower"] = "higher"
    aggregation: Aggregation = "mean"
    thresholds: Thresholds = Thresholds()
    divergence: Divergence | None = None
    normalisation: Literal["none", "z_score"] = "none"
    ties: tuple[Tie, ...] = ()
    selection: Selection = Selection()
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def agrees_with_itself(self) -> Self:
        check_agreement(self)
        return self

    def criterion(self, key: str) -> Criterion | None:
        return next((criterion for criterion in self.criteria if criterion.key == key), None)

    @property
    def scored(self) -> tuple[Criterion, ...]:
        """The criteria that experts score: all but the automatic ones."""
        return tuple(criterion for criterion in self.criteria if not criterion.automatic)

    @property
    def needs_amounts(self) -> bool:
        return bool(self.thresholds.total_by_amount or any(c.weight_by_amount for c in self.criteria))

    @property
    def ranks_apart(self) -> bool:
        """True where the ranking has weights of its own."""
        return any(criterion.ranking_weight is not None for criterion in self.criteria)

    def weighing(self, amount: Decimal | None, purpose: Purpose = "threshold") -> Weighing:
        """The weights that hold for `amount` roubles. Raises Faulty where a band has no place for it."""
        weights = [
            criterion.ranking_weight
            if purpose == "ranking" and criterion.ranking_weight is not None
            else criterion.weight_for(amount)
            for criterion in self.criteria
        ]
        return Weighing.of(self.sheet_total, self.out_of, self.criteria, weights)

    def turning_amounts(self) -> list[Decimal | None]:
        """One amount in roubles from every stretch over which weights and thresholds stay the same."""
        tables: list[Sequence[UpTo]] = [c.weight_by_amount for c in self.criteria if c.weight_by_amount]
        ends = {band.up_to for table in (*tables, self.thresholds.total_by_amount) for band in table}
        closed = [
            table[-1].up_to for table in (*tables, self.thresholds.total_by_amount) if table and table[-1].up_to is not None
        ]
        found = sorted(end for end in ends if end is not None and (not closed or end <= min(closed)))
        if None in ends and not closed:
            found.append((found[-1] if found else Decimal(0)) + Decimal("0.01"))
        return [*found] or [None]
