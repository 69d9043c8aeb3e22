"""Bands: which part of a range a value or an amount falls into, with no gap and no overlap."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, Protocol, Self, TypeVar

from pydantic import Field, model_validator

from fund.core.parts import N_, Key, Money, Strict, wrong

from .faults import faulty
from .numbers import TWO, Number, Weight


class UpTo(Protocol):
    """A band of amounts: everything above the band before it, up to and including `up_to` (None: no limit)."""

    @property
    def up_to(self) -> Decimal | None: ...


AnyBand = TypeVar("AnyBand", bound=UpTo)


class AmountWeight(Strict):
    """The weight of a criterion for requests up to and including an amount, in roubles."""

    up_to: Money | None = None
    weight: Weight


class AmountThreshold(Strict):
    """The passing score for requests up to and including an amount, in roubles."""

    up_to: Money | None = None
    threshold: Number


def check_amounts(bands: Sequence[UpTo], at: str) -> None:
    """Refuses bands out of order: each must end above the one before it, only the last may be open."""
    before: Decimal | None = None
    for place, band in enumerate(bands):
        if band.up_to is None and place < len(bands) - 1:
            raise wrong("open_band", N_("only the last band may be without an upper end"), at=(at, place))
        if before is not None and band.up_to is not None and band.up_to <= before:
            raise wrong(
                "overlap",
                N_("the bands overlap: this one ends at {end}, the one before it at {before}"),
                at=(at, place, "up_to"),
                end=band.up_to,
                before=before,
            )
        before = band.up_to


def band_for(bands: Sequence[AnyBand], amount: Decimal | None) -> AnyBand:
    """The band that holds `amount`. Raises Faulty if there is no amount, or no band reaches it."""
    if amount is None:
        raise faulty("no_amount", N_("the rules depend on the amount, and none is given"))
    for band in bands:
        if band.up_to is None or amount <= band.up_to:
            return band
    raise faulty("no_band", N_("no band holds the amount {amount}"), amount=amount)


class Range(Strict):
    """The least and the greatest value a form can give."""

    min: Number
    max: Number


class Band(Strict):
    """Form values from `from` to `to` give the criterion `value`."""

    from_: Number = Field(alias="from")
    to: Number
    value: Number


class Automatic(Strict):
    """A criterion nobody scores: its value follows from one value of the form, by bands.

    `of` names the form value. The bands cover `range` with no gap and no overlap; a value on the edge of two belongs
    to the upper one, or with `edge: lower` to the lower one. Source: domain.md, "automatic (bands over a form value)".
    """

    of: Key
    range: Range
    edge: Literal["upper", "lower"] = "upper"
    bands: tuple[Band, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def covers(self) -> Self:
        reached = self.range.min
        for place, band in enumerate(self.bands):
            if band.to < band.from_ or (band.to == band.from_ and not self._may_be_one_value(place)):
                raise wrong("empty_band", N_("the band holds no value"), at=("bands", place, "to"))
            self._meets(place, reached, band.from_)
            reached = band.to
        last = len(self.bands) - 1
        if reached < self.range.max:
            raise _gap(reached, self.range.max, ("bands", last, "to"))
        if reached > self.range.max:
            raise wrong(
                "beyond",
                N_("the bands end at {end}, beyond the range, which ends at {limit}"),
                at=("bands", last, "to"),
                end=reached,
                limit=self.range.max,
            )
        return self

    def _may_be_one_value(self, place: int) -> bool:
        """ "Exactly 0" as a band of its own: the first one if edges belong to the lower band, the last one otherwise."""
        return place == (0 if self.edge == "lower" else len(self.bands) - 1)

    def _meets(self, place: int, reached: Decimal, start: Decimal) -> None:
        at = ("bands", place, "from")
        if start > reached:
            raise _gap(reached, start, at)
        if start < reached and place == 0:
            raise wrong(
                "beyond",
                N_("the bands begin at {start}, before the range, which begins at {limit}"),
                at=at,
                start=start,
                limit=reached,
            )
        if start < reached:
            raise wrong(
                "overlap",
                N_("the bands overlap: {value} belongs to two of them"),
                at=at,
                value=(start + min(reached, self.bands[place].to)) / TWO,
            )

    def value_for(self, form_value: Decimal) -> Decimal:
        """The criterion's value. Raises Faulty for a form value outside the range."""
        if not self.range.min <= form_value <= self.range.max:
            raise faulty(
                "off_range",
                N_("{value} lies outside the range {min} to {max}"),
                value=form_value,
                min=self.range.min,
                max=self.range.max,
            )
        for band in self.bands:
            if form_value < band.to or (self.edge == "lower" and form_value == band.to):
                return band.value
        return self.bands[-1].value


def _gap(reached: Decimal, start: Decimal, at: tuple[str | int, ...]) -> Exception:
    return wrong(
        "gap",
        N_("the bands leave a gap between {reached} and {start}: no band holds {value}"),
        at=at,
        reached=reached,
        start=start,
        value=(reached + start) / TWO,
    )
