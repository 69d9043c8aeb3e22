"""Which questions are asked: conditions, chains of them, answers that are none."""

import pytest

from fund.questions.conditions import is_same, visible
from tests.factories.questions import ask, make_section, make_set

CHAIN = make_set(
    make_section(ask("kind", "choice")),
    make_section(
        ask("where", when={"question": "kind", "any_of": ["yes"]}),
        ask("map", "link", when={"question": "where"}),
        key="place",
    ),
)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, ["kind"]),
        ({"kind": "no"}, ["kind"]),
        ({"kind": "yes"}, ["kind", "where"]),
        ({"kind": "yes", "where": "  "}, ["kind", "where"]),
        ({"kind": "yes", "where": "Двор"}, ["kind", "where", "map"]),
        # What hangs on a hidden question is hidden, whatever was once answered there.
        ({"kind": "no", "where": "Двор"}, ["kind"]),
        ({"kind": ["yes"]}, ["kind", "where"]),
        ({"kind": {"yes": 1}}, ["kind"]),
    ],
)
def test_visible_follows_chains(answers, shown):
    assert list(visible(CHAIN, answers)) == shown


def test_several_answers_show_what_hangs_on_any_of_them():
    several = make_set(make_section(ask("who", "several"), ask("age", when={"question": "who", "any_of": ["no"]})))

    assert list(visible(several, {"who": ["yes", "no"]})) == ["who", "age"]
    assert list(visible(several, {"who": ["yes"]})) == ["who"]


def test_no_answer_is_written_in_more_than_one_way():
    assert [is_same(None, ""), is_same([], None), is_same(" ", ""), is_same("0", "")] == [True, True, True, False]
