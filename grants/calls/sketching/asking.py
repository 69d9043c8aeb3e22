"""What applicants are asked: conditions, sections of questions, the cost table."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from fund.questions.schema import LIMITS

from .leaves import Check, Choice, Key, Number, Several, Whole, Words
from .leaves import Money as Sum
from .passport import GRANT, KEY
from .shapes import Context, Data, Group, Rows, value_at

TYPES = (
    ("short_text", _("a line")),
    ("long_text", _("a text")),
    ("number", _("a number")),
    ("money", _("a sum")),
    ("date", _("a date")),
    ("choice", _("one of the choices")),
    ("several", _("several of the choices")),
    ("file", _("files")),
    ("link", _("a link")),
    ("table", _("a table")),
)
COLUMN_TYPES = (("text", _("a text")), ("number", _("a number")), ("money", _("a sum")), ("date", _("a date")))
FILE_TYPES = tuple((one, one) for one in ("pdf", "docx", "xlsx", "odt", "ods", "jpg", "png"))
LABEL = Words("label", pgettext_lazy("regulation", "Name"), optional=False)
A_CHOICE: Data = {"key": ""}


def said(words: Any, key: str = "") -> str:
    """A text of the sketch for lists of choices: Russian first, else its key."""
    words = words or {}
    return words.get("ru") or words.get("en") or key


def own_choices(context: Context, at: tuple) -> list[tuple[str, Any]]:
    """The choices that stand in the same row."""
    return [
        (one.get("key", ""), said(one.get("label"), one.get("key", ""))) for one in value_at(context.data, (*at, "choices")) or []
    ]


def questions_in(data: Data) -> list[tuple[tuple, Data]]:
    """Every question with its place, in order."""
    sections = value_at(data, ("questions", "sections")) or []
    return [
        (("questions", "sections", s, "questions", q), question)
        for s, section in enumerate(sections)
        for q, question in enumerate(section.get("questions") or [])
    ]


def earlier(context: Context, at: tuple) -> list[tuple[str, Any]]:
    """The questions asked before this one: `at` is the place of its condition."""
    before = [question for place, question in questions_in(context.data) if place < at[:5]]
    return [(one.get("key", ""), said(one.get("label"), one.get("key", ""))) for one in before]


def answers_of_condition(context: Context, at: tuple) -> list[tuple[str, Any]]:
    """The choices of the question that the condition looks at."""
    wanted = (value_at(context.data, at) or {}).get("question")
    found = next((place for place, question in questions_in(context.data) if wanted and question.get("key") == wanted), None)
    return own_choices(context, found) if found else []


def told_of_question(row: Data) -> str:
    """Its kind, and whether it must be answered."""
    kind = str(dict(TYPES).get(row.get("type", ""), ""))
    return ", ".join([kind, str(_("optional"))]) if row.get("required") is False else kind


def has(limit: str):
    """Stands at the types that the limit belongs to."""
    return lambda row: row.get("type") in LIMITS[limit]


CHOICES: dict[str, Any] = {
    "title": pgettext_lazy("regulation", "Choices"),
    "one": pgettext_lazy("regulation", "Choice"),
    "adds": (("", _("Add a choice"), A_CHOICE),),
    "stem": "choice",
    "is_table": True,
}

ELIGIBILITY = Rows(
    "eligibility",
    Words("label", pgettext_lazy("regulation", "Question"), optional=False),
    Words("hint", pgettext_lazy("regulation", "Hint")),
    Rows("choices", LABEL, KEY, when=lambda row: "choices" in row, most=20, always=True, **CHOICES),
    Several("accepted", _("Answers that let one go on"), choices=own_choices, when=lambda row: "choices" in row),
    Number("least", _("The least number that lets one go on"), when=lambda row: "choices" not in row),
    Number("most", _("The greatest"), when=lambda row: "choices" not in row),
    Words("refusal", _("Why the others cannot apply"), optional=False, is_long=True),
    Words("instead", _("What fits them instead"), is_long=True),
    KEY,
    title=_("Conditions of taking part"),
    one=pgettext_lazy("regulation", "Condition"),
    adds=(
        ("choices", _("Add a question with choices"), {"key": "", "choices": [{"key": "yes"}, {"key": "no"}]}),
        ("number", _("Add a question for a number"), {"key": ""}),
    ),
    stem="condition",
    apart=True,
    most=20,
)

QUESTIONS = Rows(
    "questions",
    Words("label", pgettext_lazy("regulation", "Question"), optional=False),
    Words("hint", pgettext_lazy("regulation", "Hint")),
    Choice(
        "type",
        _("What is answered"),
        _("Save after changing it: each kind has limits of its own."),
        choices=TYPES,
        optional=False,
    ),
    Check("required", _("Must be answered"), default=True),
    Check("hidden_from_experts", _("Hidden from experts: the answer could name the applicant")),
    Whole("min_length", _("Characters, at least"), when=has("min_length")),
    Whole("max_length", _("Characters, at most"), when=has("max_length")),
    Number("min", _("Not less than"), when=has("min")),
    Number("max", _("Not more than"), when=has("max")),
    Whole("decimals", _("Decimals"), when=has("decimals")),
    Words("unit", pgettext_lazy("regulation", "Unit"), when=has("unit")),
    Whole("least", _("How many, at least"), when=has("least")),
    Whole("most", _("How many, at most"), when=has("most")),
    Several("file_types", _("Kinds of files"), _("None chosen: all usual ones."), choices=FILE_TYPES, when=has("file_types")),
    Rows("choices", LABEL, KEY, when=has("choices"), **CHOICES),
    Rows(
        "columns",
        LABEL,
        Choice("type", pgettext_lazy("column", "Kind"), choices=COLUMN_TYPES, default="text"),
        Check("required", pgettext_lazy("column", "Required"), default=True),
        KEY,
        title=_("Columns of the table"),
        one=pgettext_lazy("regulation", "Column"),
        is_table=True,
        adds=(("", _("Add a column"), {"key": ""}),),
        stem="column",
        most=8,
        when=has("columns"),
    ),
    Group(
        "when",
        Choice("question", _("Ask only after an answer to"), choices=earlier),
        Several("any_of", _("if the answer is"), _("None chosen: any answer."), choices=answers_of_condition),
        title=_("When it is asked"),
    ),
    KEY,
    Key("indicator", _("Key of the figure it promises"), _("Asked for again in the report.")),
    title=pgettext_lazy("regulation", "Questions"),
    one=pgettext_lazy("regulation", "Question"),
    note=told_of_question,
    adds=(("", _("Add a question"), {"key": "", "type": "long_text"}),),
    stem="question",
    apart=True,
    most=40,
)

SECTIONS = Group(
    "questions",
    Rows(
        "sections",
        Words("title", pgettext_lazy("regulation", "Title"), optional=False),
        Words("lead", _("A sentence under the title")),
        Words("group", _("Heading in the task list"), _("Sections with one heading stand together.")),
        KEY,
        QUESTIONS,
        title=_("Sections of the form"),
        hint=_("Each is a page of the form."),
        one=pgettext_lazy("regulation", "Section"),
        note=lambda row: (
            ngettext("%(n)s question", "%(n)s questions", n) % {"n": n} if (n := len(row.get("questions") or [])) else ""
        ),
        adds=(("", _("Add a section"), {"key": "", "questions": []}),),
        stem="section",
        apart=True,
        most=30,
    ),
    always=True,
)

COSTS = (
    Number("own_percent", _("Own share of the whole cost, at least, %"), default="0"),
    Whole("max_lines", _("Lines of the table, at most"), default="60"),
    Check("minimum_allowed", _("The applicant may name the least sum the project can be made with")),
    Rows(
        "categories",
        LABEL,
        Words("hint", pgettext_lazy("regulation", "Hint")),
        Sum("cap", _("At most, ₽")),
        Number("cap_percent", _("or at most, % of the grant")),
        KEY,
        title=_("Categories of costs"),
        one=pgettext_lazy("regulation", "Category"),
        adds=(("", _("Add a category"), {"key": ""}),),
        stem="category",
        most=30,
    ),
)
COST_TABLE = Group("costs", *GRANT, *COSTS)
