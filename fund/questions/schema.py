"""A set of questions as data: what is asked, of whom, with which limits. Read from regulation files and from rows alike."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from fund.core.parts import N_, Exact, Key, Money, Strict, Text, wrong

Number = Annotated[Decimal, Field(gt=-(10**12), lt=10**12, decimal_places=6), Exact]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2), Exact]

Type = Literal["short_text", "long_text", "number", "money", "date", "choice", "several", "file", "link", "table"]
FileType = Literal["pdf", "docx", "xlsx", "odt", "ods", "jpg", "png"]


class Choice(Strict):
    key: Key
    label: Text


class Column(Strict):
    """One column of a table question."""

    key: Key
    label: Text
    type: Literal["text", "number", "money", "date"] = "text"
    required: bool = True


class When(Strict):
    """Show a question only if an earlier one has one of these answers; without `any_of`, if it is answered at all."""

    question: Key
    any_of: tuple[str, ...] = ()


# Which limits belong to which types: a limit where it means nothing is a slip, and slips are refused.
LIMITS = {
    "max_length": ("short_text", "long_text"),
    "min_length": ("short_text", "long_text"),
    "min": ("number", "money"),
    "max": ("number", "money"),
    "decimals": ("number",),
    "unit": ("number",),
    "choices": ("choice", "several"),
    "most": ("several", "file", "table"),
    "least": ("several", "table"),
    "file_types": ("file",),
    "columns": ("table",),
}


class Question(Strict):
    """One question with its limits; `least` and `most` count choices, files or rows.

    `hidden_from_experts`: the answer could name the applicant, so experts do not see it. `indicator`: the key of the
    figure that the answer promises, asked for again in the report.
    """

    key: Key
    type: Type
    label: Text
    hint: Text | None = None
    required: bool = True
    when: When | None = None
    hidden_from_experts: bool = False
    indicator: Key | None = None
    max_length: int | None = Field(None, ge=1, le=20_000)
    min_length: int | None = Field(None, ge=1, le=20_000)
    min: Number | None = None
    max: Number | None = None
    decimals: int | None = Field(None, ge=0, le=6)
    unit: Text | None = None
    choices: tuple[Choice, ...] = Field((), max_length=60)
    least: int | None = Field(None, ge=1, le=200)
    most: int | None = Field(None, ge=1, le=200)
    file_types: tuple[FileType, ...] = ()
    columns: tuple[Column, ...] = Field((), max_length=8)

    @model_validator(mode="after")
    def limits_fit(self) -> Self:
        for limit, types in LIMITS.items():
            if getattr(self, limit) not in (None, ()) and self.type not in types:
                raise wrong("limit", N_("a question of type {type} has no {limit}"), at=(limit,), type=self.type, limit=limit)
        if self.type in ("choice", "several") and len(self.choices) < 2:
            raise wrong("choices", N_("give at least two choices"), at=("choices",))
        if self.type == "table" and not self.columns:
            raise wrong("columns", N_("a table needs columns"), at=("columns",))
        for low, high in (("min", "max"), ("min_length", "max_length"), ("least", "most")):
            lower, upper = getattr(self, low), getattr(self, high)
            if lower is not None and upper is not None and lower > upper:
                raise wrong("limits", N_("{low} is above {high}"), at=(low,), low=low, high=high)
        for name in ("choices", "columns"):
            twice = first_twice(part.key for part in getattr(self, name))
            if twice is not None:
                raise wrong("twice", N_("the key “{key}” stands twice"), at=(name, twice[0], "key"), key=twice[1])
        return self

    def label_of(self, key: str) -> Text | None:
        """The words of one choice."""
        return next((choice.label for choice in self.choices if choice.key == key), None)


class Section(Strict):
    """One page of the form. `group` is the heading it stands under in the task list."""

    key: Key
    title: Text
    lead: Text | None = None
    group: Text | None = None
    questions: tuple[Question, ...] = Field(min_length=1, max_length=40)


class Requirement(Strict):
    """An eligibility question: `choices` of which some are `accepted`, or a number between `least` and `most`.

    Whoever answers otherwise reads the `refusal`, and what fits `instead`.
    """

    key: Key
    label: Text
    hint: Text | None = None
    choices: tuple[Choice, ...] = Field((), max_length=20)
    accepted: tuple[Key, ...] = ()
    least: Number | None = None
    most: Number | None = None
    refusal: Text
    instead: Text | None = None

    @property
    def is_number(self) -> bool:
        return not self.choices

    @model_validator(mode="after")
    def is_one_kind(self) -> Self:
        if self.choices and (self.least is not None or self.most is not None):
            raise wrong("limit", N_("give either choices or a range of numbers"), at=("choices",))
        if self.choices and (len(self.choices) < 2 or not self.accepted):
            raise wrong("choices", N_("give at least two choices, and which of them are accepted"), at=("accepted",))
        if not self.choices and (self.accepted or (self.least is None and self.most is None)):
            raise wrong("choices", N_("give choices, or least and most of a number"), at=("choices",))
        if self.least is not None and self.most is not None and self.least > self.most:
            raise wrong("limits", N_("{low} is above {high}"), at=("least",), low="least", high="most")
        return self

    @model_validator(mode="after")
    def accepts_its_choices(self) -> Self:
        keys = {choice.key for choice in self.choices}
        twice = first_twice(choice.key for choice in self.choices)
        if twice is not None:
            raise wrong("twice", N_("the key “{key}” stands twice"), at=("choices", twice[0], "key"), key=twice[1])
        for place, key in enumerate(self.accepted):
            if key not in keys:
                raise wrong("unknown", N_("there is no choice “{key}”"), at=("accepted", place), key=key)
        return self


class Category(Strict):
    """A kind of cost; its cap is a sum, or a share of what is asked from the grant."""

    key: Key
    label: Text
    hint: Text | None = None
    cap: Money | None = None
    cap_percent: Percent | None = None

    @model_validator(mode="after")
    def has_one_cap(self) -> Self:
        if self.cap is not None and self.cap_percent is not None:
            raise wrong("both", N_("give either cap or cap_percent, not both"), at=("cap_percent",))
        return self


class CostTable(Strict):
    """What a budget may hold. `least` and `most` bound the sum asked; `own_percent` is the least own share of the whole."""

    categories: tuple[Category, ...] = Field(min_length=1, max_length=30)
    least: Money = Decimal(0)
    most: Money | None = None
    own_percent: Percent = Decimal(0)
    max_lines: int = Field(60, ge=1, le=200)
    minimum_allowed: bool = False  # may the applicant name the least sum the project can be made with

    @model_validator(mode="after")
    def agrees(self) -> Self:
        twice = first_twice(category.key for category in self.categories)
        if twice is not None:
            raise wrong("twice", N_("the key “{key}” stands twice"), at=("categories", twice[0], "key"), key=twice[1])
        if self.most is not None and self.least > self.most:
            raise wrong("limits", N_("{low} is above {high}"), at=("least",), low="least", high="most")
        return self


class QuestionSet(Strict):
    """All sections of a form, in order. Keys are unique over the whole set, conditions look back only."""

    sections: tuple[Section, ...] = Field(min_length=1, max_length=30)

    @model_validator(mode="after")
    def agrees(self) -> Self:
        twice = first_twice(section.key for section in self.sections)
        if twice is not None:
            raise wrong("twice", N_("the key “{key}” stands twice"), at=("sections", twice[0], "key"), key=twice[1])
        seen: dict[str, Question] = {}
        for place, section in enumerate(self.sections):
            for number, question in enumerate(section.questions):
                at = ("sections", place, "questions", number)
                if question.key in seen:
                    raise wrong("twice", N_("the key “{key}” stands twice"), at=(*at, "key"), key=question.key)
                _check_when(question, seen, at)
                seen[question.key] = question
        return self

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions


def _check_when(question: Question, seen: dict[str, Question], at: tuple[str | int, ...]) -> None:
    if question.when is None:
        return
    asked = seen.get(question.when.question)
    if asked is None:
        raise wrong("when", N_("no earlier question is called “{key}”"), at=(*at, "when", "question"), key=question.when.question)
    if question.when.any_of and asked.type not in ("choice", "several"):
        raise wrong("when", N_("only a choice can be compared with answers"), at=(*at, "when", "any_of"))
    for place, key in enumerate(question.when.any_of):
        if asked.label_of(key) is None:
            raise wrong("when", N_("there is no choice “{key}”"), at=(*at, "when", "any_of", place), key=key)


def first_twice(keys: Iterable[str]) -> tuple[int, str] | None:
    """The place and the key of the first that stood before; None if all differ."""
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key in seen:
            return place, key
        seen.add(key)
    return None
