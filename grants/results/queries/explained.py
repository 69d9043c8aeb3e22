"""How one score came about, as its page shows it: computed by the functions that made the ranking, without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fund.core.bilingual import Said, reader, say
from fund.core.charts import Part
from fund.core.numerals import num, percent
from grants.applications.models import Application
from grants.reviews.queries import inputs_of
from grants.scoring.explain import CriterionStep, Explanation, explain
from grants.scoring.faults import Reason
from grants.scoring.rules import Rules

from ..sums import nearly, of_criterion, of_sheet, of_total

LETTERS = {"ru": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ", "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True)
class Line:
    """One criterion: what the page says of it. `values` stand in the order of the letters, None for "no score"."""

    step: CriterionStep
    title: Said
    share: str
    nearest: list[tuple[str, Said]]
    values: list[Decimal | None]
    sum: str

    @property
    def key(self) -> str:
        return self.step.criterion.key

    @property
    def given(self) -> list[Decimal]:
        return sorted(value for value in self.values if value is not None)

    @property
    def ticks(self) -> int:
        count = len(self.step.criterion.values()) - 1
        return count if count <= 10 else 0

    @property
    def left(self) -> Decimal:
        """Points that could still have been earned."""
        return self.step.greatest - self.step.contribution


@dataclass(frozen=True)
class Column:
    """One sheet under its letter: its total written out, whether it counts."""

    letter: str
    total: str
    counts: bool


@dataclass(frozen=True)
class Explained:
    """The page's data; `found` is the explanation itself, figures rounded as the regulation says."""

    found: Explanation
    rules: Rules
    lines: list[Line]
    columns: list[Column]
    of: int

    @property
    def digits(self) -> int:
        return self.found.digits

    @property
    def is_normalised(self) -> bool:
        return bool(self.found.normalisation)

    @property
    def reason(self) -> str:
        """Why it did not pass, or got no money; criteria by their titles. Empty for what was funded whole."""
        reason = self.found.reason
        if reason is None:
            return ""
        titles = {line.key: line.title for line in self.lines}
        facts = {name: titles.get(fact, fact) if name == "key" else fact for name, fact in reason.facts.items()}
        return capfirst(Reason(reason.code, reason.sentence, facts).say(_))

    @property
    def parts(self) -> list[Part]:
        """For the figure: each bar starts where the last one ended."""
        return [Part(line.title, line.step.contribution, line.step.greatest) for line in self.lines]

    @property
    def short_of(self) -> Decimal | None:
        """Points that were lacking to the passing score; None where it was reached, or nobody was funded."""
        row, line = self.found.row, self.found.line
        if line is None or row.total is None or row.outcome == "funded":
            return None
        gap = line - row.total if self.found.direction == "higher" else row.total - line
        return gap if gap > 0 else None

    @property
    def weakest(self) -> Line | None:
        """Where most points were left; None where less is better, or all were earned."""
        if self.found.direction == "lower" or not self.lines:
            return None
        line = max(self.lines, key=lambda one: one.left)
        return line if line.left > 0 else None

    @property
    def total_sum(self) -> str:
        return of_total(self.found)

    @property
    def before_normalisation(self) -> str:
        return nearly(self.found.unrounded - self.found.normalisation, self.digits)

    @property
    def unrounded(self) -> str:
        """The total before its one rounding, where it differs from the total shown."""
        value = self.found.unrounded
        return "" if value is None or value == self.found.row.total else nearly(value, self.digits)

    @property
    def added(self) -> str:
        """The parts as they are shown, added: `25,0 + 18,0 + 12,0`."""
        return " + ".join(num(line.step.contribution, self.digits) for line in self.lines)


def explained(application: Application) -> Explained:
    """Retraces the score of one application; a constant number of queries."""
    judged = inputs_of(application.call)
    name = next(name for name, one in judged.applications.items() if one.pk == application.pk)
    entry = next(entry for entry in judged.entries if entry.application == name)
    own = [sheet for sheet in judged.sheets if sheet.application == name]
    ranking = judged.rank()
    found = explain(judged.rules, entry, own, ranking)
    order = shuffled(application, len(found.sheets))
    return Explained(
        found=found,
        rules=judged.rules,
        lines=[_line(judged.rules, found, step, order) for step in found.criteria],
        columns=[_column(found, place, letter) for letter, place in zip(letters(len(order)), order, strict=True)],
        of=len(ranking.rows),
    )


def shuffled(application: Application, count: int) -> list[int]:
    """The order in which sheets are lettered: by a keyed hash of their place when sorted by total, so of nothing that
    knows who wrote them or when."""
    return sorted(range(count), key=lambda place: _lot(application, place))


def _lot(application: Application, place: int) -> str:
    return salted_hmac("results.sheets", f"{application.uid} {place}", algorithm="sha256").hexdigest()


def letters(count: int) -> list[str]:
    """А, Б, В; beyond the alphabet, numbers."""
    known = LETTERS[reader()]
    return [known[place] if count <= len(known) else str(place + 1) for place in range(count)]


def _line(rules: Rules, found: Explanation, step: CriterionStep, order: Sequence[int]) -> Line:
    criterion = step.criterion
    words = {value: say(text) for value, text in criterion.anchors.items()}
    words = words or {level.value: say(level.label) for level in criterion.levels or ()}
    share = step.share * 100 if rules.sheet_total == "mean" else step.greatest * 100 / found.greatest
    return Line(
        step=step,
        title=say(criterion.title),
        share=percent(share, 100),
        nearest=[(num(value), words[value]) for value in step.nearest if value in words],
        values=[step.values[place] for place in order],
        sum=of_criterion(found, step),
    )


def _column(found: Explanation, place: int, letter: str) -> Column:
    sheet = found.sheets[place]
    return Column(_("Sheet %(letter)s") % {"letter": letter}, of_sheet(sheet), sheet.counts)
