"""What a regulation says: passport, dates, money, questions, costs, review, rules, letters, clarifications."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from fund.core.bilingual import Words
from fund.core.parts import N_, PREFIX, PROGRAMME, SLUG, Day, Exact, Key, Place, Strict, wrong
from fund.questions.schema import CostTable, QuestionSet, Requirement
from grants.scoring.bands import UpTo
from grants.scoring.numbers import Label
from grants.scoring.rules import Rules

from .timeline import Timeline


def _titled(words: Words) -> Words:
    if max(len(words.ru), len(words.en)) > 120:
        raise wrong("too_long", N_("a title has at most {most} characters"), most=120)
    if len(f"{words.ru} {words.en}".splitlines()) > 1:
        raise wrong("lines", N_("a title is one line"))
    return words


Title = Annotated[Label, AfterValidator(_titled)]


class Passport(Strict):
    """What the call is, for whom, and how its applications are numbered (ЖД-26-014).

    `key` is its address; `description` may use Markdown; `youngest` is the least age of an applicant in years; an
    applicant may send `per_applicant` applications; a team has at most `team_most` members.
    """

    key: Annotated[str, Field(pattern=SLUG, max_length=60)]
    title: Title
    summary: Label
    description: Label | None = None
    programme: Annotated[str, Field(pattern=PROGRAMME)]
    themes: tuple[Key, ...] = Field((), max_length=30)
    number_prefix: Annotated[str, Field(pattern=PREFIX)]
    applicants: tuple[Literal["person", "team", "organisation"], ...] = Field(min_length=1, max_length=3)
    youngest: int = Field(18, ge=6, le=99)
    per_applicant: int = Field(1, ge=1, le=100)
    team_most: int = Field(10, ge=1, le=50)

    @model_validator(mode="after")
    def names_once(self) -> Self:
        for name in ("themes", "applicants"):
            given = getattr(self, name)
            for place, key in enumerate(given):
                if key in given[:place]:
                    raise wrong("twice", N_("the key “{key}” stands twice"), at=(name, place), key=key)
        return self


class Envelope(Strict):
    """What the call may give in all, in roubles."""

    envelope: Annotated[Decimal, Field(gt=0, lt=10**12, decimal_places=2), Exact]


class Review(Strict):
    """How applications are judged: experts for each, the load of one expert, and what they see of one another.

    `blind`: experts learn neither who applies nor the names of the team. `others_visible`: never, or after handing in
    one's own sheet. `discussion`: whether experts who discuss an application know one another's names. `comment_min`: the
    least length of the comment for the author on every sheet, in characters; 0 makes it optional.
    """

    experts: int = Field(ge=1, le=15)
    per_expert: int = Field(20, ge=1, le=1000)
    blind: bool = True
    others_visible: Literal["never", "after_own"] = "never"
    discussion: Literal["anonymous", "named"] = "anonymous"
    comment_min: int = Field(0, ge=0, le=5000)


class Letters(Strict):
    """What the fund adds to its letters in its own words."""

    funded: Label | None = None
    reserve: Label | None = None
    declined: Label | None = None
    not_admitted: Label | None = None


class Clarification(Strict):
    """A text that explains the regulation and changes none of its rules; shown on the call's page with its day."""

    on: Day
    text: Label


class Regulation(Strict):
    """One call's regulation, whole. Source: domain.md, "Competition: one spine, every step on the record"."""

    format: Literal[1]
    call: Passport
    timeline: Timeline
    money: Envelope
    eligibility: tuple[Requirement, ...] = Field((), max_length=20)
    questions: QuestionSet
    costs: CostTable
    review: Review
    rules: Rules
    letters: Letters = Letters()
    clarifications: tuple[Clarification, ...] = ()

    @model_validator(mode="after")
    def agrees_with_itself(self) -> Self:
        for _parts, check in AGREEMENTS:
            check(self)
        return self

    @property
    def envelope(self) -> Decimal:
        """Roubles."""
        return self.money.envelope

    @property
    def needed_values(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Form values that automatic criteria need, with the least and the greatest they can take."""
        automatic = [criterion.automatic for criterion in self.rules.criteria if criterion.automatic]
        return {one.of: (one.range.min, one.range.max) for one in automatic}


def _check_eligibility(regulation: Regulation) -> None:
    seen: set[str] = set()
    for place, requirement in enumerate(regulation.eligibility):
        if requirement.key in seen:
            raise wrong("twice", N_("the key “{key}” stands twice"), at=("eligibility", place, "key"), key=requirement.key)
        seen.add(requirement.key)


def _check_largest(regulation: Regulation) -> None:
    most = regulation.costs.most
    if most is not None and most > regulation.envelope:
        raise wrong(
            "envelope",
            N_("one grant may reach {most}, more than the envelope of {envelope}"),
            at=("costs", "most"),
            most=most,
            envelope=regulation.envelope,
        )


def _check_bands(regulation: Regulation) -> None:
    most = regulation.costs.most
    tables: dict[Place, Sequence[UpTo]] = {("thresholds", "total_by_amount"): regulation.rules.thresholds.total_by_amount}
    tables |= {
        ("criteria", place, "weight_by_amount"): one.weight_by_amount for place, one in enumerate(regulation.rules.criteria)
    }
    for at, table in tables.items():
        end = table[-1].up_to if table else None
        if end is not None and (most is None or end < most):
            raise wrong(
                "gap",
                N_("the bands end at {end}; no band holds larger requests, up to {most}"),
                at=("rules", *at, len(table) - 1, "up_to"),
                end=end,
                most="∞" if most is None else most,
            )


def _check_partial(regulation: Regulation) -> None:
    if regulation.rules.selection.rule == "partial" and not regulation.costs.minimum_allowed:
        raise wrong(
            "minimum",
            N_("partial sums need the applicant's least sum: set costs.minimum_allowed"),
            at=("rules", "selection", "rule"),
        )


def _check_automatic(regulation: Regulation) -> None:
    for place, criterion in enumerate(regulation.rules.criteria):
        if criterion.automatic is None:
            continue
        at = ("rules", "criteria", place, "automatic")
        least, most = _reach(regulation, criterion.automatic.of, criterion.na_allowed, (*at, "of"))
        if not criterion.automatic.range.min <= least or (most is None or most > criterion.automatic.range.max):
            raise wrong(
                "range",
                N_("the form allows values from {least} to {most}, the range holds {min} to {max}"),
                at=(*at, "range"),
                least=least,
                most="∞" if most is None else most,
                min=criterion.automatic.range.min,
                max=criterion.automatic.range.max,
            )


def _reach(regulation: Regulation, name: str, na_allowed: bool, at: tuple[str | int, ...]) -> tuple[Decimal, Decimal | None]:
    """The least and greatest value that the form lets through under `name`."""
    if name == "amount":
        return regulation.costs.least, regulation.costs.most
    if name == "own_percent":
        return regulation.costs.own_percent, Decimal(100)
    question = next((one for one in regulation.questions.questions() if one.key == name), None)
    if question is None or question.type not in ("number", "money"):
        raise wrong(
            "unknown",
            N_("“{name}” is neither a question of type number or money, nor amount, nor own_percent"),
            at=at,
            name=name,
        )
    if not na_allowed and (not question.required or question.when):
        raise wrong("optional", N_("“{name}” may stay unanswered: make it required, or allow N/A"), at=at, name=name)
    least = Decimal("-Infinity") if question.min is None else question.min
    return (Decimal(0) if question.type == "money" and question.min is None else least), question.max


# Which parts must agree with which; an editor asks each as soon as its parts are whole.
AGREEMENTS: tuple[tuple[tuple[str, ...], Callable[[Regulation], None]], ...] = (
    (("eligibility",), _check_eligibility),
    (("money", "costs"), _check_largest),
    (("costs", "rules"), _check_bands),
    (("costs", "rules"), _check_partial),
    (("costs", "questions", "rules"), _check_automatic),
)
