"""Differences of two regulations in the reader's words: no key of the file and no path reaches a page."""

import re
from itertools import permutations
from pathlib import Path

import pytest
from django.utils import translation

from grants.calls.regulation import differences, read_regulation
from grants.calls.wording import said_changes

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TEXT = (EXAMPLES / "living_yard.yaml").read_text()
NBSP = "\u00a0"


def version(*changes):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_regulation("yard.yaml", text, prove=False)


BASE = version()
WEIGHT = ("      weight: 6\n", "      weight: 5.5\n")


def told(language: str, *changes):
    with translation.override(language):
        return [(" · ".join(one.where), one.before, one.after) for one in said_changes(BASE, version(*changes))]


def test_a_weight_is_named_by_its_criterion():
    title = BASE.rules.criteria[0].title

    assert told("ru", WEIGHT) == [(f"Критерии и баллы · {title.ru} · Вес", "6", "5,5")]
    assert told("en", WEIGHT) == [(f"Criteria and scores · {title.en} · Weight", "6", "5.5")]


@pytest.mark.parametrize(
    ("change", "russian", "english"),
    [
        (
            ("rule: stop", "rule: skip"),
            ("До первого, кто не помещается", "Пропускать, кто не помещается"),
            ("Stop at the first that does not fit", "Skip what does not fit and go on"),
        ),
        (
            ("closes: 2027-04-12 18:00", "closes: 2027-04-14 18:00"),
            (
                f"12{NBSP}апреля{NBSP}2027, 18:00 по Калининграду (в{NBSP}Москве 19:00)",
                f"14{NBSP}апреля{NBSP}2027, 18:00 по Калининграду (в{NBSP}Москве 19:00)",
            ),
            (f"12{NBSP}April{NBSP}2027, 18:00 Kaliningrad time", f"14{NBSP}April{NBSP}2027, 18:00 Kaliningrad time"),
        ),
        (
            ("applicants: [person, team]", "applicants: [person]"),
            ("один человек, команда", "один человек"),
            ("one person, a team", "one person"),
        ),
        (("threshold: 3\n", "threshold: 2.5\n"), ("3", "2,5"), ("3", "2.5")),
    ],
)
def test_values_are_said_as_the_editor_says_them(change, russian, english):
    assert [one[1:] for one in told("ru", change)] == [russian]
    assert [one[1:] for one in told("en", change)] == [english]


def test_a_text_names_its_language_and_carries_it():
    changed = version(("Живой двор, весна 2027", "Живой двор, лето 2027"))

    with translation.override("en"):
        (one,) = said_changes(BASE, changed)

    assert (one.where, one.lang) == (("Passport", "Title", "in Russian"), "ru")
    assert (one.before, one.after) == ("Живой двор, весна 2027", "Живой двор, лето 2027")


def test_what_is_gone_is_told_with_what_it_said():
    gone = ('    - {key: fees, cap_percent: 25, label: {ru: "Гонорары", en: "Fees"}}\n', "")

    assert told("ru", gone) == [("Смета · Статьи расходов · Гонорары", "Название: Гонорары; или не больше, % гранта: 25", "")]


def test_a_new_order_is_told_in_names():
    sections = BASE.questions.sections
    turned = BASE.model_copy(update={"questions": BASE.questions.model_copy(update={"sections": sections[::-1]})})

    with translation.override("ru"):
        (one,) = said_changes(BASE, turned)

    assert one.where[-1] == "порядок"
    assert one.after == ", ".join(section.title.ru for section in reversed(sections))


def test_steps_that_part_equals_are_told_as_the_editor_offers_them():
    turned = ("    - criterion: use\n    - spread\n", "    - spread\n    - criterion: use\n")
    use = next(one for one in BASE.rules.criteria if one.key == "use")

    assert told("ru", turned) == [
        ("Счёт и пороги · Равные итоги · Шаг 1", use.title.ru, "эксперты согласнее между собой"),
        ("Счёт и пороги · Равные итоги · Шаг 2", "эксперты согласнее между собой", use.title.ru),
    ]


def test_a_clarification_has_words_too():
    clarified = (
        TEXT + "\nclarifications:\n  - {on: 2027-03-05, text: {ru: Остановка — тоже двор., en: A bus stop is a yard too.}}\n"
    )

    assert told("ru", (TEXT, clarified)) == [
        ("Пояснения · Пояснение 1", "", f"День: 5{NBSP}марта{NBSP}2027; Текст: Остановка — тоже двор.")
    ]


FILES = sorted(EXAMPLES.glob("*.yaml"))
REGULATIONS = [read_regulation(file.name, file.read_text(), prove=False) for file in FILES]


def names_in(change) -> set[str]:
    """The names of the schema that the path of a difference goes by, and those in what it holds."""
    found = {step for step in change.at if isinstance(step, str)}
    for value in (change.before, change.after):
        found |= set(re.findall(r"'([a-z]+(?:_[a-z]+)+)'", repr(value)))
    return {name for name in found if "_" in name}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_key_of_a_file_reaches_a_page(language):
    """Every example turned into every other: all parts of the schema come by."""
    names = set()
    with translation.override(language):
        for old, new in permutations(REGULATIONS, 2):
            names |= {name for change in differences(old, new) for name in names_in(change)}
            for one in said_changes(old, new):
                page = " ".join([*one.where, one.before, one.after])
                assert not set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", page)) & names, one
                assert all(one.where), one
                assert not re.search(r"[\[\]{}]|None|True|False", page), one
    assert len(names) > 20  # or the search above could find nothing
