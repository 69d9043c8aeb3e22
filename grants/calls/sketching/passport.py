"""What the call is: its passport, its dates, its money, its letters."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .leaves import Choice, Day, Key, Line, Moment, Money, Several, Whole, Words
from .shapes import Group

APPLICANTS = (("person", _("one person")), ("team", _("a team")), ("organisation", _("an organisation")))
SELECTIONS = (
    ("stop", _("Stop at the first that does not fit")),
    ("skip", _("Skip what does not fit and go on")),
    ("best_total", _("The set with the best total")),
    ("partial", _("The first that does not fit gets the rest, if that is enough for it")),
)


def programmes(context, at):
    return context.programmes


def themes(context, at):
    return context.themes


def officers(context, at):
    return context.officers


CURATOR = Choice(
    "curator",
    _("Curator"),
    _("Answers questions and gets the letters of the call."),
    choices=officers,
    outside=True,
    optional=False,
)
PASSPORT = Group(
    "call",
    Words("title", pgettext_lazy("regulation", "Title"), optional=False),
    Words("summary", _("In short"), _("One or two sentences for lists."), optional=False, is_long=True),
    Words("description", _("Text of the call's page"), _("Headings, lists and links in Markdown."), is_long=True),
    Line(
        "key",
        _("Address on the site"),
        _("Stands in links: living-yard-2027."),
        optional=False,
        form=_("Small Latin letters, digits and hyphens: living-yard-2027"),
    ),
    Line(
        "number_prefix",
        _("Letters of the numbers"),
        _("One to four capitals: applications are numbered ЖД-27-014."),
        optional=False,
        form=_("One to four capital letters: ЖД"),
    ),
    Choice("programme", _("Programme"), choices=programmes, optional=False),
    Several("themes", _("Themes"), _("The first gives the cover its colours."), choices=themes),
    Several("applicants", _("Who applies"), choices=APPLICANTS, optional=False),
    Whole("youngest", _("Least age, years"), _("A minor names a guardian."), default="18"),
    Whole("per_applicant", _("Applications of one applicant"), default="1"),
    Whole("team_most", _("People in a team, at most"), default="10"),
)

TIMELINE = Group(
    "timeline",
    Line("zone", _("Time zone"), _("All hours below are by the clock of this zone: Europe/Kaliningrad."), optional=False),
    Moment("opens", _("Applications open"), optional=False),
    Moment("closes", _("Deadline for applications"), optional=False),
    Whole("grace_minutes", _("Grace after the deadline, minutes"), _("A sending in these minutes still counts."), default="0"),
    Whole("correction_days", _("Days for corrections"), default="5"),
    Moment("checked_by", _("Formal check until"), optional=False),
    Moment("judged_by", _("Experts judge until"), optional=False),
    Moment("decided_by", _("Decision until")),
    Moment("released_by", _("Results and letters until")),
    Moment("appeals_until", _("Appeals until")),
    Moment("reserve_until", _("The reserve waits until")),
    Day("projects_from", _("Projects begin")),
    Day("projects_until", _("Projects end")),
)

ENVELOPE = Group("money", Money("envelope", _("Envelope of the call, ₽"), _("What the call may give in all."), optional=False))
GRANT = (
    Money("least", _("Smallest grant, ₽"), default="0"),
    Money("most", _("Largest grant, ₽"), _("Without it there is no limit but the envelope.")),
)
SELECTION = Group(
    "selection",
    Choice("rule", _("How the envelope is divided"), _("By the places of the ranking."), choices=SELECTIONS, default="stop"),
    Whole("reserve", _("Places in the reserve"), _("Empty: all who passed wait in it.")),
    title=pgettext_lazy("regulation", "Selection"),
)

LETTERS = Group(
    "letters",
    Words("funded", _("To those who are funded"), is_long=True),
    Words("reserve", _("To those in the reserve"), is_long=True),
    Words("declined", _("To those who are declined"), is_long=True),
    Words("not_admitted", _("To those who are not admitted"), is_long=True),
)

KEY = Key("key", _("Key in files"), optional=False, form=_("Small Latin letters, digits and _, a letter first"))
