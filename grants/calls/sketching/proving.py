"""Worked examples: a small competition as a table of scores, and what must come out."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from .judging import criteria_in, form_values, named
from .leaves import Choice, Line, Moment, Names, Score, Whole, Words, YesNo
from .leaves import Money as Sum
from .shapes import Cells, Context, Group, Named, Rows

OUTCOMES = (
    ("funded", pgettext_lazy("outcome of an example", "funded")),
    ("reserve", pgettext_lazy("outcome of an example", "in the reserve")),
    ("declined", pgettext_lazy("outcome of an example", "declined")),
    ("undecided", pgettext_lazy("outcome of an example", "undecided")),
    ("passed", _("passed, no envelope")),
)
ANSWERS = (("yes", _("yes")), ("no", _("no")))


def scored(context: Context, at: tuple) -> list[tuple[str, Any]]:
    return named([one for one in criteria_in(context.data) if "automatic" not in one], "title")


def every(context: Context, at: tuple) -> list[tuple[str, Any]]:
    return named(criteria_in(context.data), "title")


def followed(context: Context, at: tuple) -> list[tuple[str, Any]]:
    """The form values that automatic criteria follow from, the sums of the application itself left out."""
    words = dict(form_values(context, at))
    wanted = [one["automatic"].get("of", "") for one in criteria_in(context.data) if "automatic" in one]
    return [(key, words.get(key, key)) for key in dict.fromkeys(wanted) if key and key != "amount"]


EXPECT = Group(
    "expect",
    Score("total", pgettext_lazy("figure of an example", "Total"), quiet=True),
    YesNo("passed", pgettext_lazy("figure of an example", "Passes"), choices=ANSWERS, quiet=True),
    Score("place", pgettext_lazy("figure of an example", "Place"), quiet=True),
    Choice("outcome", pgettext_lazy("figure of an example", "Outcome"), choices=OUTCOMES, quiet=True),
    Sum("amount", pgettext_lazy("figure of an example", "Granted, ₽"), quiet=True),
    Whole("n", _("Sheets that count"), quiet=True),
    Score("ranking", _("Value for the ranking"), quiet=True),
    Score("mean", pgettext_lazy("figure of an example", "Mean"), quiet=True),
    Score("median", pgettext_lazy("figure of an example", "Median"), quiet=True),
    Score("deviation", pgettext_lazy("figure of an example", "Deviation"), quiet=True),
    Score("spread", pgettext_lazy("figure of an example", "Spread"), quiet=True),
    Cells("contributions", every, title=_("Points of each criterion")),
    title=_("What must come out"),
    hint=_("Only what is filled in is compared. No score: n/a."),
)

EXAMPLES = Rows(
    "examples",
    Words("title", _("What the example shows"), optional=False),
    Named(
        "applications",
        Line("name", pgettext_lazy("example", "Number or letter"), optional=False),
        Group(
            "is",
            Sum("amount", pgettext_lazy("example", "Asked, ₽")),
            Sum("minimum", _("Can be made with, ₽")),
            Moment("submitted", pgettext_lazy("example", "Sent")),
            Cells("values", followed, title=_("Answers that criteria follow from")),
            Named(
                "sheets",
                Line("name", pgettext_lazy("example", "Expert"), optional=False),
                Cells("is", scored, is_score=True),
                title=pgettext_lazy("example", "Score sheets"),
                hint=_("No score: n/a."),
                one=pgettext_lazy("example", "Expert"),
                is_table=True,
                adds=(("", _("Add an expert"), {}),),
                most=15,
            ),
            EXPECT,
        ),
        title=pgettext_lazy("example", "Applications"),
        one=pgettext_lazy("example", "Application"),
        adds=(("", _("Add an application"), {"is": {"sheets": [{}]}}),),
        most=40,
    ),
    Names(
        "order", _("Those who pass, first place first"), _("One a line. A dash: nobody passes. Empty: the order is not compared.")
    ),
    Sum("envelope", _("Envelope of the example, ₽"), _("Empty: the call's.")),
    Names("votes", _("The order in which the council voted"), _("One a line, if the example needs a vote.")),
    Line("lot_seed", _("Seed of the lot"), _("If the example needs one.")),
    title=_("Worked examples"),
    one=pgettext_lazy("regulation", "Example"),
    note=lambda row: (
        ngettext("%(n)s application", "%(n)s applications", n) % {"n": n} if (n := len(row.get("applications") or [])) else ""
    ),
    adds=(
        (
            "",
            _("Add an example"),
            {"applications": [{"name": "A", "is": {"sheets": [{"name": "1"}, {"name": "2"}]}}]},
        ),
    ),
    apart=True,
    most=60,
)
