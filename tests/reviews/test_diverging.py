"""Divergence: found when all sheets are in, told once, computed again with each sheet, answered by one more expert."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.councils.actions import decide
from grants.reviews.actions import call_expert, declare_conflict, decline_sheet, open_discussion, reopen_sheet
from grants.reviews.models import Divergence, Sheet
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet

pytestmark = pytest.mark.django_db
EXPERT, DISCUSSION = "{spread: 10, then: expert}", "{spread: 10, then: discussion}"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging", divergence=EXPERT)


@pytest.fixture
def application(call, now):
    return make_admitted(call, now=now)


def judge(application, officer, now, *marks) -> list[Sheet]:
    """A sheet for each (use, plan), all handed in."""
    sheets = [make_sheet(application, make_expert(), officer=officer, now=now) for _ in marks]
    for sheet, (use, plan) in zip(sheets, marks, strict=True):
        hand_in(sheet, now=now, use=use, plan=plan)
    return sheets


def ask(application, expert, officer, now) -> Sheet:
    return call_expert(application=application, expert=expert, due_at=now + timedelta(days=5), by=officer, now=now)


def told() -> int:
    return Notice.objects.filter(kind="reviews.diverging").count()


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([("4", "4"), ("2", "2")], True),  # 20 and 10: exactly the limit
        ([("4", "4"), ("2", "3")], False),  # 20 and 12
        ([("2", "2"), ("0", "0")], False),  # 10 and 0, both below the passing score of 12
        ([("4", "4"), ("0", "")], True),  # 20 and 0: what was answered stands for the rest
    ],
)
def test_divergence_is_found_as_the_regulation_says(application, officer, call, now, marks, found):
    judge(application, officer, now, *marks)

    assert Divergence.objects.filter(application=application, stands=True).exists() is found
    assert list(Notice.objects.filter(kind="reviews.diverging").values_list("account", flat=True)) == (
        [call.curator_id] if found else []
    )


def test_divergence_waits_for_the_last_sheet(application, officer, now):
    waiting = make_sheet(application, make_expert(), officer=officer, now=now)
    judge(application, officer, now, ("5", "5"), ("0", "0"))
    assert not Divergence.objects.exists()

    decline_sheet(sheet=waiting, why="Уезжаю", by=waiting.expert, now=now)

    assert Divergence.objects.get().spread == 25


def test_divergence_is_computed_again_when_a_sheet_changes_and_told_once(application, officer, now):
    first, _second = judge(application, officer, now, ("5", "5"), ("0", "0"))

    reopen_sheet(sheet=first, why="Перепутаны заявки", by=officer, now=now)
    assert not Divergence.objects.get().stands
    hand_in(first, now=now, use="1", plan="1")
    assert not Divergence.objects.get().stands
    reopen_sheet(sheet=first, why="Ещё раз", by=officer, now=now)
    hand_in(first, now=now, use="5", plan="4")

    assert (Divergence.objects.get().stands, Divergence.objects.get().spread, told()) == (True, 23, 1)


def test_a_recusal_takes_its_score_out_of_the_spread(application, officer, now):
    first, _second, _third = judge(application, officer, now, ("5", "5"), ("1", "1"), ("4", "4"))
    assert Divergence.objects.get().spread == 20

    declare_conflict(sheet=first, kind="friend", by=first.expert, now=now)

    assert Divergence.objects.get().spread == 15


def test_one_more_expert_is_called_once(application, officer, now):
    judge(application, officer, now, ("5", "5"), ("0", "0"))
    extra = ask(application, make_expert(), officer, now)

    with pytest.raises(Refused) as refusal:
        ask(application, make_expert(), officer, now)

    divergence = Divergence.objects.get()
    assert refusal.value.code == "once"
    assert (divergence.answer, divergence.extra, divergence.answered_by) == ("expert", extra, officer)
    hand_in_extra(extra, now)
    assert told() == 1


def hand_in_extra(extra, now) -> None:
    from grants.reviews.actions import accept_sheet

    accept_sheet(sheet=extra, by=extra.expert, now=now)
    hand_in(extra, now=now, use="5", plan="5")


def test_somebody_else_is_called_where_the_first_declines(application, officer, now):
    judge(application, officer, now, ("5", "5"), ("0", "0"))
    first = ask(application, make_expert(), officer, now)
    decline_sheet(sheet=first, why="Болею", by=first.expert, now=now)

    second = ask(application, make_expert(), officer, now)

    assert Divergence.objects.get().extra == second


def test_the_invitation_of_one_more_expert_is_like_any_other(application, officer, now):
    judge(application, officer, now, ("5", "5"), ("0", "0"))
    expert = make_expert()
    invited = Notice.objects.filter(account=expert, kind__startswith="reviews.")

    ask(application, expert, officer, now)

    assert [(notice.kind, notice.facts.keys()) for notice in invited] == [("reviews.invited", {"call", "due"})]


def test_a_tied_expert_is_not_called(application, officer, now):
    judge(application, officer, now, ("5", "5"), ("0", "0"))
    tied = make_expert()
    tied.person.household = application.owner.person.household
    tied.person.save()

    with pytest.raises(Refused) as refusal:
        ask(application, tied, officer, now)

    assert (refusal.value.code, Divergence.objects.get().answer) == ("conflict", "")


def test_who_judges_it_already_is_not_called_again(application, officer, now):
    first, _second = judge(application, officer, now, ("5", "5"), ("0", "0"))

    with pytest.raises(Refused) as refusal:
        ask(application, first.expert, officer, now)

    assert refusal.value.code == "twice"


def test_nobody_is_called_where_experts_agree_or_the_regulation_wants_a_discussion(application, officer, now):
    judge(application, officer, now, ("4", "4"), ("4", "3"))
    with pytest.raises(Refused) as refusal:
        ask(application, make_expert(), officer, now)
    assert refusal.value.code == "spread"

    discussed = make_admitted(make_call(officer, now=now, state="judging", divergence=DISCUSSION), now=now)
    judge(discussed, officer, now, ("5", "5"), ("0", "0"))
    with pytest.raises(Refused) as refusal:
        ask(discussed, make_expert(), officer, now)

    assert refusal.value.code == "rule"


def test_a_director_does_not_call_experts(application, officer, director, now):
    judge(application, officer, now, ("5", "5"), ("0", "0"))

    with pytest.raises(Refused):
        ask(application, make_expert(), director, now)


def test_a_discussion_answers_a_divergence(officer, director, now):
    application = make_admitted(make_call(officer, now=now, state="judging", divergence=DISCUSSION), now=now)
    judge(application, officer, now, ("5", "5"), ("0", "0"))

    open_discussion(application=application, topic="Польза", by=director, now=now)

    assert (Divergence.objects.get().answer, Divergence.objects.get().answered_by) == ("discussion", director)


def test_sheets_stay_as_they_are_once_a_decision_is_pending(application, officer, director, now):
    first, _second = judge(application, officer, now, ("5", "5"), ("0", "0"))
    decide(application=application, outcome="decline", why="Совет считает проект преждевременным.", by=director, now=now)

    for act in (
        lambda: reopen_sheet(sheet=first, why="Перепутаны заявки", by=officer, now=now),
        lambda: ask(application, make_expert(), officer, now),
        lambda: open_discussion(application=application, topic="Польза", by=officer, now=now),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "kept"

    assert Sheet.objects.get(pk=first.pk).state == "submitted"
