"""Why a plan is as it is, why it holds no more, who could replace whom: codes and counts."""

from dataclasses import replace

from hypothesis import given

from grants.reviews.assignment import Expert, Problem, Task, assign
from grants.reviews.assignment_reasons import Change, Explained, Reason, changes, replacements

from .test_assignment import problems

MEDIA, ECO = frozenset({"media"}), frozenset({"eco"})


@given(problems())
def test_every_pair_has_its_reason_and_the_reason_survives_its_writing(problem):
    pairs = assign(problem, seed="1") | problem.fixed
    explained = Explained(problem, pairs)

    for pair in pairs:
        reason = explained.why(pair)
        assert reason.code in ("kept", "pinned", "topic", "every", "any", "new")
        assert Reason.from_data(reason.as_data()) == reason


@given(problems())
def test_a_gap_counts_every_expert_once_and_leaves_nobody_free(problem):
    explained = Explained(problem, assign(problem, seed="1") | problem.fixed)

    for _task, gap in explained.gaps():
        count = dict(gap.count)
        assert sum(count.values()) == len(problem.experts)
        assert not count.keys() & {"short", "spare"}
        assert gap.have < gap.needed


@given(problems())
def test_nothing_changed_changes_nothing(problem):
    problem = replace(problem, pinned=frozenset())  # the hand may have gone over a limit, and that does not hold
    assert changes(problem, problem, assign(problem, seed="1") | problem.fixed) == []


def test_the_reasons_of_pairs_that_are_not():
    experts = (Expert(1, 1), Expert(2, 2), Expert(3, 2), Expert(4, 2))
    problem = Problem(experts, (Task(1, 1), Task(2, 2)), barred={(1, 3): "household"})
    explained = Explained(problem, {(1, 2), (2, 1)})

    assert [explained.why_not((1, expert)).code for expert in (1, 2, 3, 4)] == ["full", "on", "household", "spare"]
    assert explained.why_not((2, 4)).code == "short"


def test_a_new_topic_names_what_keeps_those_who_know_it():
    experts = (Expert(1, 1, MEDIA), Expert(2, 5, MEDIA), Expert(3, 5, ECO), Expert(4, 5))
    problem = Problem(experts, (Task(1, 1, MEDIA), Task(2, 1, MEDIA)), barred={(2, 2): "friend", (2, 4): "declined"})
    explained = Explained(problem, {(1, 1), (2, 3)})

    assert explained.why((2, 3)) == Reason("new", count=(("full", 1), ("tied", 1)))
    assert explained.why((1, 1)) == Reason("topic", ("media",))
    assert explained.news() == {(2, 3)}


def test_replacements_come_best_first_and_leave_out_who_cannot():
    experts = (
        Expert(1, 9, ECO), Expert(2, 9, MEDIA), Expert(3, 9, MEDIA, elsewhere=3), Expert(4, 9, MEDIA), Expert(5, 1, MEDIA), Expert(6, 9),
    )  # fmt: skip
    problem = Problem(
        experts,
        (Task(1, 2, MEDIA), Task(2, 9)),
        barred={(1, 4): "friend"},
        kept=frozenset({(2, 2), (2, 5), (1, 6)}),
    )

    assert [one.expert for one in replacements(problem, 1)] == [2, 3, 1]


def test_what_breaks_a_plan_is_named_first():
    then = Problem((Expert(1, 2), Expert(2, 2)), (Task(1, 1), Task(2, 1), Task(3, 1)), kept=frozenset({(3, 1)}))
    pairs = {(1, 1), (2, 2), (3, 1)}
    now = replace(
        then,
        tasks=(Task(1, 1), Task(2, 1), Task(3, 1), Task(4, 1)),
        barred={(1, 1): "household", (3, 2): "friend"},
        kept=frozenset({(2, 1)}),
    )

    assert changes(then, now, pairs) == [
        Change("tie", 1, 1),
        Change("came", 2, 1),
        Change("left", 3, 1),
        Change("appeared", 4, breaks=False),
    ]


def test_a_lower_limit_breaks_what_is_over_it():
    then = Problem((Expert(1, 2), Expert(2, 2)), (Task(1, 1), Task(2, 1)))

    lower = replace(then, experts=(Expert(1, 1), Expert(2, 2)))

    assert changes(then, lower, {(1, 1), (2, 1)}) == [Change("full", expert=1), Change("limits", expert=1, breaks=False)]
    assert changes(then, lower, {(1, 1), (2, 2)}) == [Change("limits", expert=1, breaks=False)]


def test_who_is_gone_breaks_a_plan():
    then = Problem((Expert(1, 2), Expert(2, 2)), (Task(1, 1), Task(2, 1)))
    now = Problem((Expert(2, 2),), (Task(2, 1),))

    assert changes(then, now, {(1, 1), (2, 1)}) == [Change("no_expert", expert=1), Change("gone", 1)]
