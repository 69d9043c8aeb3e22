"""Ties between experts and the people behind applications, found by rule: each with its facts."""

import pytest

from grants.reviews.conflicts import FOUND_BY_RULE, IN_A_WORD, KINDS, Tie, Ties, found, found_in_call
from grants.reviews.queries.tie_words import SENTENCES

EXPERT = Ties(
    person=1,
    households=frozenset({10}),
    organisations=frozenset({20}),
    departments=frozenset({"assembly"}),
    managers=frozenset({5}),
    projects=frozenset({30}),
    domains=frozenset({"works.example"}),
)


@pytest.mark.parametrize(
    ("other", "tie"),
    [
        (Ties(person=1), Tie("person", (1,))),
        (Ties(person=2, households=frozenset({10})), Tie("household", (2,), (10,))),
        (Ties(organisations=frozenset({19, 20})), Tie("organisation", (), (20,))),
        (Ties(person=2, departments=frozenset({"assembly"})), Tie("department", (2,), ("assembly",))),
        (Ties(person=5), Tie("manager", (5,))),
        (Ties(person=2, managers=frozenset({1})), Tie("manager", (2,))),
        (Ties(person=2, projects=frozenset({30, 31})), Tie("project", (2,), (30,))),
        (Ties(person=2, domains=frozenset({"works.example"})), Tie("domain", (2,), ("works.example",))),
    ],
)
def test_found_names_each_tie_and_its_facts(other, tie):
    assert found(EXPERT, [Ties(person=7), other]) == [tie]


def test_found_is_silent_about_strangers():
    stranger = Ties(
        2, frozenset({11}), frozenset({21}), frozenset({"paint"}), frozenset({6}), frozenset({31}), frozenset({"b.example"})
    )

    assert found(EXPERT, [stranger]) == []


def test_people_under_one_manager_are_not_tied_by_that():
    assert found(EXPERT, [Ties(person=2, managers=frozenset({5}))]) == []


def test_people_of_whom_nothing_is_known_share_nothing():
    assert found(Ties(person=1), [Ties(person=2), Ties()]) == []


def test_found_joins_the_people_of_one_kind():
    people = [Ties(person=one, departments=frozenset({"assembly"})) for one in (4, 3)]

    assert found(EXPERT, people) == [Tie("department", (3, 4), ("assembly",))]


def test_found_lists_ties_in_the_order_of_the_rules():
    listed = [tie.kind for tie in found(EXPERT, [EXPERT, Ties(person=5)])]

    assert listed == [kind for kind in FOUND_BY_RULE if kind != "rival"]


def test_a_team_member_is_a_rival_of_all_other_applications():
    applications = {1: [Ties(person=1)], 2: [Ties(person=2)], 3: [Ties(person=3)]}

    assert found_in_call({7: EXPERT, 8: Ties(person=9)}, applications) == {
        (1, 7): [Tie("person", (1,))],
        (2, 7): [Tie("rival", (), (1,))],
        (3, 7): [Tie("rival", (), (1,))],
    }


def test_every_kind_has_its_words():
    assert set(SENTENCES) == set(FOUND_BY_RULE)
    assert set(IN_A_WORD) == set(dict(KINDS))
