"""The ranking of a call: computed by the regulation's rules from what was handed in, kept until something changes."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, Subquery, Sum
from django.db.models.functions import JSONObject
from django.utils.translation import gettext

from fund.core.bilingual import say
from fund.lots.models import Draw
from fund.questions.validation import read_number
from grants.applications.models import Application
from grants.calls.models import Call
from grants.proposals.costs import ZERO
from grants.proposals.models import ReceiptContents
from grants.scoring.draw import Draw as Outside
from grants.scoring.faults import Reason
from grants.scoring.ranking import Ranking, Row, rank
from grants.scoring.rules import Rules
from grants.scoring.sheets import Entry
from grants.scoring.sheets import Sheet as Marks

from ..marks import values_of
from ..models import Sheet, Standing, Vote
from .parting import draw_of

# What an application must be to stand in the ranking: judged, whatever was decided since.
RANKED = ("under_review", "funded", "reserve", "declined", "lapsed")
FORMAT = 4  # of the stored rows: one of another format is computed anew


class Ranked(NamedTuple):
    """One row as pages show it; sums in roubles, totals rounded by the rules, `sheets` in ascending order."""

    pk: int
    uid: str
    number: str
    title: str
    place: int | None
    total: Decimal | None
    ranking: Decimal | None
    sheets: tuple[Decimal, ...]
    mean: Decimal | None
    median: Decimal | None
    deviation: Decimal | None
    spread: Decimal | None
    passed: bool
    reason: dict | None
    outcome: str
    asked: Decimal
    least: Decimal | None
    amount: Decimal
    reserve: int | None
    diverges: bool
    # Of equals that nothing has parted yet: the first one's number, and what they wait for ("vote", "lot", "end").
    equals: str | None
    pending: str | None

    @property
    def n(self) -> int:
        return len(self.sheets)

    @property
    def why(self) -> str:
        """Why it does not pass, in the reader's language."""
        return Reason(**self.reason).say(gettext) if self.reason else ""


def ranking_of(call: Any, *, now: datetime) -> list[Ranked]:
    """The rows in order. Read from the stored standing if nothing it rests on has changed, else computed and stored."""
    mark = fingerprint(call)
    standing = Standing.objects.filter(call=call).first()
    if standing is None or standing.fingerprint != mark:
        rows = [_row(application, row) for application, row in compute(call)]
        standing, _made = Standing.objects.update_or_create(
            call=call, defaults={"fingerprint": mark, "computed_at": now, "rows": _stored(rows)}
        )
    titles = {criterion.key: say(criterion.title) for criterion in call.regulation.rules.criteria}
    return _read(standing.rows, titles)


def fingerprint(call: Any) -> str:
    """A hash of everything the ranking rests on, from a few aggregates: equal hashes mean an equal ranking."""
    handed_in = Sheet.objects.of_call(call).submitted().order_by().values("application__call")
    sheets = handed_in.annotate(found=JSONObject(n=Count("pk"), ids=Sum("current"), last=Max("current"))).values("found")
    ranked = Q(applications__state__in=RANKED)
    draws = Draw.objects.about(call).revealed().order_by().values("of_type").annotate(n=Count("pk")).values("n")
    votes = Vote.objects.filter(call=call).order_by().values("call").annotate(n=Count("pk")).values("n")
    found = Call.objects.filter(pk=call.pk).values(
        n=Count("applications", filter=ranked),
        ids=Sum("applications", filter=ranked),
        at=Max("applications__submitted_at", filter=ranked),
        draws_n=Subquery(draws),
        votes_n=Subquery(votes),
        sheets=Subquery(sheets),
    )
    facts = (FORMAT, call.version.digest, call.envelope, found.get())
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def compute(call: Any) -> list[tuple[Application, Row]]:
    """Each ranked application with its row of the ranking, in order; a constant number of queries."""
    judged = inputs_of(call)
    return [(judged.applications[row.application], row) for row in judged.rank().rows]


@dataclass(frozen=True)
class Judged:
    """All that a call's ranking is made of; applications by their numbers, as anyone outside would rank them."""

    applications: dict[str, Application]
    rules: Rules
    entries: list[Entry]
    sheets: list[Marks]
    envelope: Decimal
    draw: Outside

    def rank(self, rules: Rules | None = None, envelope: Decimal | None = None) -> Ranking:
        """The ranking, by the regulation's rules or by others, with its envelope or with another sum of roubles."""
        money = self.envelope if envelope is None else envelope
        return rank(rules or self.rules, self.entries, self.sheets, envelope=money, draw=self.draw)


FIELDS = ("pk", "uid", "number", "title", "amount", "own_amount", "minimum", "submitted_at", "receipt")


def inputs_of(call: Any) -> Judged:
    """Applications, sheets, lots and votes of a call, in a constant number of queries."""
    applications = Application.objects.filter(call=call, state__in=RANKED).only(*FIELDS).in_bulk()
    values = form_values(call.regulation, applications)
    return Judged(
        applications={one.number: one for one in applications.values()},
        rules=call.regulation.rules,
        entries=[Entry(a.number, a.amount, a.minimum, a.submitted_at, values.get(a.pk, {})) for a in applications.values()],
        sheets=_marks(call, applications),
        envelope=call.envelope,
        draw=draw_of(call),
    )


def _marks(call: Any, applications: dict[int, Application]) -> list[Marks]:
    rows = Sheet.objects.of_call(call).submitted().values_list("application", "expert", "current__scores")
    return [Marks(applications[pk].number, str(expert), values_of(scores)) for pk, expert, scores in rows if pk in applications]


def form_values(regulation: Any, applications: dict[int, Application]) -> dict[int, dict[str, Decimal]]:
    """The form values that automatic criteria need, as they were sent; what was left out or mistyped is left out here too."""
    names = set(regulation.needed_values)
    if not names:
        return {}
    found: dict[int, dict[str, Decimal]] = {}
    for pk, application in applications.items():
        whole = application.amount + application.own_amount
        own = application.own_amount * 100 / whole if whole else ZERO
        found[pk] = {k: v for k, v in {"amount": application.amount, "own_percent": own}.items() if k in names}
    sent = {application.receipt_id: pk for pk, application in applications.items()}
    rows = ReceiptContents.objects.filter(receipt__in=sent).values_list("receipt", "snapshot__answers")
    for receipt, answers in rows:
        for name in names & answers.keys():
            try:
                found[sent[receipt]][name] = read_number(answers[name])
            except ValueError:
                continue
    return found


def _row(application: Application, row: Any) -> dict:
    reason = row.reason
    return {
        "pk": application.pk,
        "uid": application.uid,
        "number": application.number,
        "title": application.title,
        "place": row.place,
        "total": _text(row.total),
        "ranking": _text(row.ranking),
        "sheets": [format(total, "f") for total in sorted(row.sheets)],
        "mean": _text(row.statistics.mean),
        "median": _text(row.statistics.median),
        "deviation": _text(row.statistics.deviation),
        "spread": _text(row.statistics.spread),
        "passed": row.passed,
        "reason": reason and {"code": reason.code, "sentence": reason.sentence, "facts": dict(reason.facts)},
        "outcome": row.outcome,
        "asked": _text(row.asked),
        "least": _text(application.minimum),
        "amount": _text(row.amount),
        "reserve": row.reserve,
        "diverges": row.diverges,
        "equals": row.tie.equals[0] if row.tie and row.tie.pending else None,
        "pending": row.tie and row.tie.pending,
    }


def _stored(rows: list[dict]) -> dict[str, list]:
    """By columns, which are read three times as fast as rows: a call may have thousands."""
    return {name: [row[name] for row in rows] for name in Ranked._fields}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


NUMBERS = ("total", "ranking", "mean", "median", "deviation", "spread", "asked", "least", "amount")


def _read(columns: dict[str, list], titles: dict[str, str]) -> list[Ranked]:
    read = {name: [text and Decimal(text) for text in columns[name]] for name in NUMBERS}
    read["sheets"] = [tuple(map(Decimal, totals)) for totals in columns["sheets"]]
    read["reason"] = [_told(reason, titles) for reason in columns["reason"]]
    whole = columns | read
    return [Ranked(*row) for row in zip(*(whole[name] for name in Ranked._fields), strict=True)]


def _told(reason: dict | None, titles: dict[str, str]) -> dict | None:
    """A reason that names a criterion by its key, with the criterion's title in the reader's language instead."""
    if reason is None or "key" not in reason["facts"]:
        return reason
    key = reason["facts"]["key"]
    return {**reason, "facts": {**reason["facts"], "key": titles.get(key, key)}}
