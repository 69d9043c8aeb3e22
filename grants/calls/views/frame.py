"""What stands around the editor's form: the rail with its states, the worked examples, what is left; and the previews."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from fund.core.bilingual import say
from fund.core.moments import day
from fund.core.money import money
from fund.core.numerals import num
from fund.people.models import Person
from fund.people.roles import holders
from fund.questions.forms import SectionForm
from grants.scoring.proof import ExampleResult
from grants.scoring.rubric import Criterion
from grants.scoring.rules import Rules

from ..forms import PageForm
from ..models import Call, Sketch
from ..sketching import PARTS, WHOLE, Page, Part, Reading, by_page, page_of, pages_of, place_words, sentence_of
from ..sketching.leaves import Leaf, Words
from ..sketching.shapes import shape_at, steps_of
from ..wording.cells import meanings_of, rows_of
from ..wording.conditions import grant_words, who_applies
from ..wording.rubric import shares_of


@dataclass(frozen=True)
class Line:
    """One part in the rail: `dot` full, half or "" for not begun; `words` under its title."""

    part: Part
    url: str
    dot: str
    words: str
    is_here: bool
    left: int


@dataclass(frozen=True)
class Left:
    """One thing that stands before the opening, with the page where it is mended."""

    words: str
    where: str
    url: str


class Frame:
    def __init__(self, sketch: Sketch, reading: Reading, page: Page | None):
        self.sketch, self.reading, self.page = sketch, reading, page

    @cached_property
    def faults(self) -> dict[str, list]:
        return dict(by_page(self.reading.faults))

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(part) for part in PARTS]

    def _line(self, part: Part) -> Line:
        left = sum(len(faults) for path, faults in self.faults.items() if path.split("/")[0] == part.key)
        began = any(path.split("/")[0] == part.key for path in self.sketch.tabs) or self.sketch.call_id or self.sketch.reopens_id
        dot = "full" if not left else "half" if began else ""
        words = ngettext("%(n)s thing left", "%(n)s things left", left) % {"n": left} if left else told(part.key, self.reading)
        is_here = self.page is not None and self.page.part == part
        return Line(part, self.address(part.key), dot, words, is_here, left)

    @property
    def done(self) -> int:
        return sum(not line.left for line in self.lines)

    @property
    def place(self) -> int:
        return [line.is_here for line in self.lines].index(True) + 1 if self.page else 0

    @property
    def before(self) -> Line | None:
        return self.lines[self.place - 2] if self.place > 1 else None

    @property
    def after(self) -> Line | None:
        return self.lines[self.place] if 0 < self.place < len(self.lines) else None

    @cached_property
    def left(self) -> list[Left]:
        return [
            Left(
                sentence_of(one), place_words(one.name, self.sketch.data), f"{self.address(page_of(one.name))}#{anchor(one.name)}"
            )
            for one in self.reading.faults
        ]

    def address(self, path: str) -> str:
        return reverse("calls:write", args=[self.sketch.uid, path])

    @cached_property
    def examples(self) -> list[tuple[int, ExampleResult, str]]:
        """Number, result, page of each example that can be run."""
        return [(place + 1, result, self.address(f"examples/{place}")) for place, result in self.reading.results]

    @property
    def right(self) -> int:
        return sum(result.is_right for _place, result in self.reading.results)

    @cached_property
    def rows(self) -> dict[str, tuple[str, int]]:
        """Page of a row → its address, and how many faults stand on it and below."""
        return {
            page.path: (
                self.address(page.path),
                sum(len(found) for path, found in self.faults.items() if path == page.path or path.startswith(f"{page.path}/")),
            )
            for page in pages_of(self.sketch.data)
            if page.numbers
        }

    @cached_property
    def shares(self) -> dict[str, str]:
        """Name of a criterion's row → its share of the greatest total, once the rubric is whole."""
        rules = self.reading.parts.get("rules")
        return {f"rules-criteria-{n}": share for n, share in enumerate(shares_of(rules))} if rules else {}

    @property
    def sum_of_points(self) -> str:
        """`6 × 5 + 4 × 5 = 50`: what the greatest total is made of, where weights are the same for all sums asked."""
        rules = self.reading.parts.get("rules")
        if rules is None or rules.sheet_total != "sum" or any(one.weight_by_amount for one in rules.criteria):
            return ""
        parts = [one.weight * one.greatest for one in rules.criteria]
        return f"{' + '.join(map(num, parts))} = {num(sum(parts))}"

    @property
    def parents(self) -> list[tuple[Any, str]]:
        """The pages above this one."""
        if self.page is None:
            return []
        known = {page.path: page for page in pages_of(self.sketch.data)}
        return [(known[path].title_in(self.sketch.data), self.address(path)) for path in self.page.above if path in known]

    def preview(self, who: str) -> dict[str, Any]:
        parts = self.reading.parts
        if who == "applicant":
            questions = parts.get("questions")
            forms = [(one, SectionForm(questions, one, {})) for one in questions.sections] if questions else []
            return {"sections": forms, "eligibility": parts.get("eligibility", ()), "costs": parts.get("costs")}
        if who == "expert":
            rules = parts.get("rules")
            return {"criteria": sheet_of(rules) if rules else [], "rules": rules, "review": parts.get("review")}
        return {
            "rankings": [ranking_of(n, one) for n, one, _url in self.examples if one.ranking],
            "scale": scale_of(parts.get("rules")),
        }

    @staticmethod
    def next_of(page: Page) -> str:
        """Where "Save and continue" leads: from a row to its list, from a part to the next one, from the last back to the first."""
        if page.above:
            return page.above[-1]
        keys = [part.key for part in PARTS]
        return keys[(keys.index(page.part.key) + 1) % len(keys)]


def anchor(name: str) -> str:
    """Where on its page a place stands: the field, the Russian one of two, or the block of rows."""
    shape = shape_at(WHOLE, steps_of(name))
    if isinstance(shape, Leaf):
        return f"id_{name}-ru" if isinstance(shape, Words) else f"id_{name}"
    return name


def told(key: str, reading: Reading) -> str:
    """A part that is whole, in a few words."""
    parts = reading.parts
    rules, costs = parts.get("rules"), parts.get("costs")
    if key == "passport":
        return who_applies(parts["call"].applicants, parts["call"].youngest)
    if key == "timeline":
        return f"{day(parts['timeline'].opens)} – {day(parts['timeline'].closes)}"
    if key == "money":
        return f"{money(parts['money'].envelope)}, {grant_words(costs.least, costs.most) if costs else ''}".rstrip(", ")
    counted = {
        "eligibility": lambda n: ngettext("%(n)s condition", "%(n)s conditions", n),
        "questions": lambda n: ngettext("%(n)s question", "%(n)s questions", n),
        "costs": lambda n: ngettext("%(n)s category", "%(n)s categories", n),
        "review": lambda n: ngettext("%(n)s expert for each", "%(n)s experts for each", n),
        "criteria": lambda n: ngettext("%(n)s criterion", "%(n)s criteria", n),
        "examples": lambda n: ngettext("%(n)s example comes out right", "%(n)s examples come out right", n),
        "letters": lambda n: ngettext("%(n)s text", "%(n)s texts", n),
    }
    if key not in counted:
        return ""
    n = {
        "eligibility": lambda: len(parts.get("eligibility", ())),
        "questions": lambda: len(list(parts["questions"].questions())),
        "costs": lambda: len(costs.categories) if costs else 0,
        "review": lambda: parts["review"].experts,
        "criteria": lambda: len(rules.criteria) if rules else 0,
        "examples": lambda: len(reading.results),
        "letters": lambda: sum(value is not None for _name, value in parts["letters"]),
    }[key]()
    return counted[key](n) % {"n": n}


def known_to(call: Call | None) -> dict[str, Any]:
    """What the fund knows of which the form's choices are made: the fields of a Context beside the sketch itself."""
    profile = settings.PROFILE
    accounts = list(holders("officer", call).values_list("pk", flat=True))
    people = Person.objects.filter(account__in=accounts).order_by("last_name", "first_name")
    return {
        "programmes": tuple((one.key, say(one.name)) for one in profile.programmes),
        "themes": tuple((one.key, say(one.name)) for one in profile.themes),
        "officers": tuple((str(one.account_id), one.full_name) for one in people),
    }


def differing(mine: PageForm, theirs: PageForm) -> list[tuple[Any, str]]:
    """Each field in which another window left something else: its label, and what it left."""
    ours, other = mine.texts(), theirs.texts()
    return [(theirs.fields[name].label, text or "—") for name, text in other.items() if ours.get(name) != text]


def sheet_of(rules: Rules) -> list[dict[str, Any]]:
    """Each criterion as a score sheet draws it: its share, its rows of cells, what the scores mean."""
    shares = shares_of(rules)
    return [
        {
            "criterion": one,
            "share": shares[rules.criteria.index(one)],
            "rows": [[cell(one, value) for value in row] for row in rows_of(one)],
            "meanings": meanings_of(one),
        }
        for one in rules.scored
    ]


def cell(criterion: Criterion, value: Any) -> Any:
    """What stands in a cell: the number, or the words of the level."""
    return next((say(level.label) for level in criterion.levels or () if level.value == value), value)


def ranking_of(number: int, result: ExampleResult) -> dict[str, Any]:
    ranking, spent, rows = result.ranking, 0, []
    for row in ranking.rows if ranking else ():
        spent += row.amount
        rows.append((row, spent if row.amount else None))
    return {"number": number, "title": say(result.example.title), "rows": rows, "ranking": ranking}


def scale_of(rules: Rules | None) -> tuple[Any, Any]:
    """The least and the greatest total there can be."""
    if rules is None:
        return 0, 1
    weighings = [rules.weighing(amount) for amount in rules.turning_amounts()]
    return min(one.least for one in weighings), max(one.greatest for one in weighings)
