"""Criteria: what experts score, on which scale, and how much it weighs."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from fund.core.parts import N_, Key, Strict, wrong

from .bands import AmountWeight, Automatic, band_for, check_amounts
from .faults import Reason, faulty
from .numbers import ONE, ZERO, Label, Number, Weight, number_in

MOST_STEPS = 1000


class Scale(Strict):
    """Values from `min` to `max` in steps; the step must divide the scale."""

    min: Number = ZERO
    max: Number
    step: Number = ONE

    @model_validator(mode="after")
    def divides(self) -> Self:
        if self.max <= self.min:
            raise wrong("empty_scale", N_("the scale must end above {min}"), at=("max",), min=self.min)
        if self.step <= 0:
            raise wrong("step", N_("the step must be above zero"), at=("step",))
        if (self.max - self.min) % self.step:
            raise wrong(
                "step",
                N_("steps of {step} do not lead from {min} to {max}"),
                at=("step",),
                step=self.step,
                min=self.min,
                max=self.max,
            )
        if (self.max - self.min) / self.step > MOST_STEPS:
            raise wrong("step", N_("the scale has more than {most} steps"), at=("step",), most=MOST_STEPS)
        return self

    def values(self) -> list[Decimal]:
        """All values of the scale, ascending."""
        count = int((self.max - self.min) / self.step)
        return [self.min + place * self.step for place in range(count + 1)]


class Level(Strict):
    """A named level and the value it stands for."""

    label: Label
    value: Number


class Criterion(Strict):
    """One line of the rubric: a scale, or levels, or automatic bands; exactly one of the three.

    `weight` (or `weight_by_amount`, by the amount asked, in roubles) counts for the total that thresholds compare, and
    for the ranking too unless `ranking_weight` is given. `threshold` compares the aggregated value, unrounded.
    """

    key: Key
    title: Label
    help: Label | None = None
    scale: Scale | None = None
    levels: tuple[Level, ...] | None = Field(None, min_length=2)
    automatic: Automatic | None = None
    anchors: dict[Number, Label] = Field(default_factory=dict)
    weight: Weight = ONE
    weight_by_amount: tuple[AmountWeight, ...] = ()
    ranking_weight: Weight | None = None
    threshold: Number | None = None
    na_allowed: bool = False
    comment_required: bool = False
    comment_min: int = Field(0, ge=0, le=5000)

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        given = [self.scale, self.levels, self.automatic]
        if sum(part is not None for part in given) != 1:
            raise wrong("kind", N_("give exactly one of scale, levels and automatic"))
        self._check_levels()
        self._check_weights()
        if self.threshold is not None and not self.least <= self.threshold <= self.greatest:
            raise wrong(
                "off_scale",
                N_("the threshold {threshold} lies outside the scale {min} to {max}"),
                at=("threshold",),
                threshold=self.threshold,
                min=self.least,
                max=self.greatest,
            )
        for anchor in self.anchors:
            if fault := self.fault_of(anchor):
                raise wrong(fault.code, fault.sentence, at=("anchors", str(anchor)), **fault.facts)
        return self

    def _check_levels(self) -> None:
        seen: set[Decimal] = set()
        for place, level in enumerate(self.levels or ()):
            if level.value in seen:
                raise wrong("twice", N_("two levels have the value {value}"), at=("levels", place, "value"), value=level.value)
            seen.add(level.value)

    def _check_weights(self) -> None:
        check_amounts(self.weight_by_amount, "weight_by_amount")
        if self.weight_by_amount and "weight" in self.model_fields_set:
            raise wrong("both", N_("give either weight or weight_by_amount, not both"), at=("weight",))
        if self.automatic and self.comment_required:
            raise wrong("automatic", N_("nobody scores an automatic criterion, so nobody can comment"), at=("comment_required",))

    @property
    def kind(self) -> Literal["scale", "levels", "automatic"]:
        return "scale" if self.scale else "levels" if self.levels else "automatic"

    @property
    def least(self) -> Decimal:
        return self.scale.min if self.scale else min(self._listed())

    @property
    def greatest(self) -> Decimal:
        return self.scale.max if self.scale else max(self._listed())

    def _listed(self) -> list[Decimal]:
        return [level.value for level in self.levels or ()] or [band.value for band in self.automatic.bands]  # type: ignore[union-attr]

    def values(self) -> list[Decimal]:
        """The values this criterion can have, ascending."""
        return self.scale.values() if self.scale else sorted(set(self._listed()))

    def weight_for(self, amount: Decimal | None) -> Decimal:
        """The weight for a request of `amount` roubles. Raises Faulty where bands need an amount and have none."""
        return band_for(self.weight_by_amount, amount).weight if self.weight_by_amount else self.weight

    def times(self, factor: Decimal) -> Self:
        """The same criterion with all its weights times `factor` (0 or more): what-if questions, never a regulation."""
        bands = tuple(band.model_copy(update={"weight": band.weight * factor}) for band in self.weight_by_amount)
        apart = None if self.ranking_weight is None else self.ranking_weight * factor
        return self.model_copy(update={"weight": self.weight * factor, "weight_by_amount": bands, "ranking_weight": apart})

    def fault_of(self, value: Decimal) -> Reason | None:
        """Why `value` is no value of this criterion; None if it is one."""
        facts: dict[str, Any] = {"value": value, "min": self.least, "max": self.greatest}
        if not self.least <= value <= self.greatest:
            return faulty("off_scale", N_("{value} lies outside the scale {min} to {max}"), **facts).reason
        if self.scale and (value - self.scale.min) % self.scale.step:
            return faulty("off_step", N_("{value} is not a step of {step} from {min}"), step=self.scale.step, **facts).reason
        if not self.scale and value not in self._listed():
            return faulty(
                "off_level", N_("{value} is none of the levels {levels}"), levels=_enumerated(self.values()), **facts
            ).reason
        return None


def _enumerated(values: Iterable[Decimal]) -> str:
    return ", ".join(format(value, "f") for value in values)


def validate_score(criterion: Criterion, value: Decimal | int | str | None) -> Decimal | None:
    """One expert's value for one criterion, as a Decimal; None and "" mean N/A.

    Label may use a comma or a point. Raises Faulty: not a number, off the scale, off the step, none of the levels, N/A
    where it is not allowed, any value for an automatic criterion. Source: domain.md, "Criterion".
    """
    if criterion.automatic:
        raise faulty("automatic", N_("this criterion is computed, nobody scores it"))
    if value is None or (isinstance(value, str) and not value.strip()):
        if not criterion.na_allowed:
            raise faulty("na", N_("a value is needed: N/A is not allowed here"))
        return None
    number = _number(value)
    if fault := criterion.fault_of(number):
        raise faulty(fault.code, fault.sentence, **fault.facts)
    return number


def _number(value: Decimal | int | str) -> Decimal:
    number = number_in(value) if isinstance(value, str) else Decimal(value)
    if number is None or not number.is_finite() or number.copy_abs() >= 1_000_000:
        raise faulty("not_a_number", N_("“{value}” is not a number"), value=str(value)[:40])
    if number.as_tuple().exponent < -6:  # type: ignore[operator]
        raise faulty("decimals", N_("“{value}” has more than six decimals"), value=str(value)[:40])
    return number
