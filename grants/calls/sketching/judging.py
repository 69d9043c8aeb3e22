"""How applications are judged: experts, the rubric, the arithmetic of totals."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .asking import questions_in, said
from .leaves import Check, Choice, Number, Whole, Words
from .leaves import Money as Sum
from .passport import KEY
from .shapes import Context, Data, Group, Named, Places, Rows, value_at

OTHERS = (("never", _("never")), ("after_own", _("after handing in one's own")))
NAMES = (("anonymous", _("without names")), ("named", _("by name")))
EDGES = (("upper", _("to the upper band")), ("lower", _("to the lower band")))
SHEET_TOTALS = (("sum", _("The sum of score × weight")), ("mean", _("The weighted mean of the scores")))
AGGREGATIONS = (
    ("mean", _("The mean of the sheets")),
    ("median", _("The median of the sheets")),
    ("trimmed", _("The mean without one highest and one lowest")),
    ("criterion_mean", _("First the mean of each criterion, then the total")),
    ("criterion_median", _("First the median of each criterion, then the total")),
)
DIRECTIONS = (("higher", _("higher is better")), ("lower", _("lower is better")))
DIVERGING = (("discussion", _("the experts discuss it")), ("expert", _("one more expert is asked")))
NORMALISATIONS = (("none", _("no")), ("z_score", _("yes: each expert's own severity is evened out")))
DIGITS = tuple((str(n), str(n)) for n in range(7))
TIES = (
    ("spread", _("the experts agree more")),
    ("submitted", _("sent earlier")),
    ("vote", _("the vote of the council")),
    ("lot", _("a lot")),
)

REVIEW = Group(
    "review",
    Whole("experts", _("Experts for each application"), optional=False),
    Whole("per_expert", _("Applications for one expert, at most"), default="20"),
    Check("blind", _("Experts do not see who applies"), default=True),
    Choice("others_visible", _("Experts see the sheets of others"), choices=OTHERS, default="never"),
    Choice("discussion", _("Experts discuss"), choices=NAMES, default="anonymous"),
    Whole("comment_min", _("Least length of the comment for the author, characters"), _("0: it is optional."), default="0"),
)


def criteria_in(data: Data) -> list[Data]:
    return value_at(data, ("rules", "criteria")) or []


def named(rows: list[Data], words: str) -> list[tuple[str, Any]]:
    return [(one.get("key", ""), said(one.get(words), one.get("key", ""))) for one in rows]


def form_values(context: Context, at: tuple) -> list[tuple[str, Any]]:
    """What an automatic criterion can follow from."""
    asked = [one for _place, one in questions_in(context.data) if one.get("type") in ("number", "money")]
    return [("amount", _("the sum asked")), ("own_percent", _("the own share, %")), *named(asked, "label")]


def tie_steps(context: Context, at: tuple) -> list[tuple[str, Any]]:
    return [*((f"criterion:{key}", words) for key, words in named(criteria_in(context.data), "title")), *TIES]


class Ties(Rows):
    """The chain that parts equals: in a regulation a word, or {criterion: KEY}; here one choice a row."""

    def enter(self, value: Any, beside: Any) -> list[Data]:
        return [{"by": one if isinstance(one, str) else f"criterion:{one['criterion']}"} for one in value]

    def leave(self, value: Any, at: tuple, name: str, places: Places) -> Any:
        steps = super().leave(value, at, name, places)
        return [self._step(one.get("by", "")) for one in steps] if steps else steps

    def _step(self, by: str) -> Any:
        kind, _colon, key = by.partition(":")
        return {"criterion": key} if kind == "criterion" else by


def is_kind(kind: str):
    return lambda row: kind in row


def has_bands(row: Any) -> bool:
    return bool(row.get("weight_by_amount"))


def is_scored(row: Any) -> bool:
    return "automatic" not in row


WEIGHT = Number("weight", pgettext_lazy("regulation", "Weight"), default="1", unless=has_bands)
# An empty threshold says by itself that there is none.
THRESHOLD = Number("threshold", pgettext_lazy("regulation", "Threshold"), quiet=True)
COMMENT = Check("comment_required", _("Comment is required"), when=is_scored)
NA_ALLOWED = Check("na_allowed", _("May be left without a score"))
STEPS = (
    Number("min", pgettext_lazy("regulation", "From"), default="0"),
    Number("max", pgettext_lazy("regulation", "To"), optional=False),
    Number("step", pgettext_lazy("regulation", "Step"), default="1"),
)
SCALE = Group("scale", *STEPS, title=pgettext_lazy("regulation", "Scale"), when=is_kind("scale"), always=True)
# Without a heading: its fields stand in one line with the weight.
BRIEF_SCALE = Group("scale", *STEPS, when=is_kind("scale"), always=True)

CRITERIA = Rows(
    "criteria",
    Words("title", pgettext_lazy("regulation", "Title"), optional=False),
    Words("help", _("What to look at"), is_long=True),
    SCALE,
    Rows(
        "levels",
        Words("label", pgettext_lazy("regulation", "Name"), optional=False),
        Number("value", pgettext_lazy("regulation", "Value"), optional=False),
        title=pgettext_lazy("regulation", "Levels"),
        one=pgettext_lazy("regulation", "Level"),
        is_table=True,
        adds=(("", _("Add a level"), {}),),
        when=is_kind("levels"),
        always=True,
    ),
    Group(
        "automatic",
        Choice("of", _("Follows from"), choices=form_values, optional=False),
        Group(
            "range",
            Number("min", _("The least that the form lets through"), optional=False),
            Number("max", _("The greatest"), optional=False),
            always=True,
        ),
        Choice("edge", _("A value on the edge of two bands belongs"), choices=EDGES, default="upper"),
        Rows(
            "bands",
            Number("from", pgettext_lazy("regulation", "From"), optional=False),
            Number("to", pgettext_lazy("regulation", "To"), optional=False),
            Number("value", pgettext_lazy("regulation", "Score"), optional=False),
            title=pgettext_lazy("regulation", "Bands"),
            hint=_("They follow one another with no gap and no overlap, from the least value to the greatest."),
            one=pgettext_lazy("regulation", "Band"),
            is_table=True,
            adds=(("", _("Add a band"), {}),),
            always=True,
        ),
        title=_("Computed from the form"),
        when=is_kind("automatic"),
        always=True,
    ),
    WEIGHT,
    THRESHOLD,
    Number("ranking_weight", _("Weight for the place in the ranking"), _("Only if it differs.")),
    COMMENT,
    Whole("comment_min", _("Least length of the comment, characters"), default="0", when=is_scored),
    NA_ALLOWED,
    Rows(
        "weight_by_amount",
        Sum("up_to", _("Asked up to, ₽")),
        Number("weight", pgettext_lazy("regulation", "Weight"), optional=False),
        title=_("Weight by the sum asked"),
        hint=_("In place of the weight above. The last band may be open."),
        one=pgettext_lazy("regulation", "Band"),
        is_table=True,
        adds=(("", _("Add a band"), {}),),
    ),
    Named(
        "anchors",
        Number("name", pgettext_lazy("regulation", "Score"), optional=False),
        Words("is", _("What it means"), optional=False),
        title=_("What the scores mean"),
        one=pgettext_lazy("regulation", "Score"),
        is_table=True,
        adds=(("", _("Describe a score"), {}),),
        when=is_kind("scale"),
    ),
    KEY,
    brief=(
        WEIGHT,
        BRIEF_SCALE,
        THRESHOLD,
        COMMENT,
        NA_ALLOWED,
    ),
    title=pgettext_lazy("regulation", "Criteria"),
    one=pgettext_lazy("regulation", "Criterion"),
    adds=(
        ("scale", _("Add a criterion with a scale"), {"key": "", "scale": {"max": "5"}}),
        ("levels", _("with levels"), {"key": "", "levels": [{}, {}]}),
        ("automatic", _("computed from the form"), {"key": "", "automatic": {"range": {}, "bands": [{}]}}),
    ),
    stem="criterion",
    apart=True,
)

SCORING = (
    Choice("sheet_total", _("Total of a sheet"), choices=SHEET_TOTALS, optional=False),
    Number("out_of", _("In points out of"), _("100, for example. Empty: as the weights give it.")),
    Choice("aggregation", _("From sheets to a total"), choices=AGGREGATIONS, default="mean"),
    Choice("digits", _("Decimals of the one rounding, half up"), choices=DIGITS, optional=False),
    Choice("direction", _("Which totals win"), choices=DIRECTIONS, default="higher"),
    Choice("normalisation", _("Even out severe and mild experts"), choices=NORMALISATIONS, default="none"),
    Group(
        "thresholds",
        Number("total", pgettext_lazy("regulation", "Passing score")),
        Number("every_expert", _("Out if every expert's total is below")),
        Rows(
            "total_by_amount",
            Sum("up_to", _("Asked up to, ₽")),
            Number("threshold", pgettext_lazy("regulation", "Passing score"), optional=False),
            title=_("Passing score by the sum asked"),
            hint=_("In place of the one score above. The last band may be open."),
            one=pgettext_lazy("regulation", "Band"),
            is_table=True,
            adds=(("", _("Add a band"), {}),),
        ),
        title=pgettext_lazy("regulation", "Thresholds"),
    ),
    Group(
        "divergence",
        Number("spread", _("Totals of two sheets lie apart by")),
        Choice("then", pgettext_lazy("regulation", "then"), choices=DIVERGING, default="discussion"),
        title=_("When experts disagree"),
    ),
    Ties(
        "ties",
        Choice("by", _("What decides"), choices=tie_steps, optional=False),
        title=_("Equal totals"),
        hint=_("Step by step, until one of them parts the equals."),
        one=pgettext_lazy("regulation", "Step"),
        is_table=True,
        adds=(("", _("Add a step"), {}),),
        most=20,
    ),
)
