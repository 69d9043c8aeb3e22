"""Discussions: who learns of them and when, what changes in them and what stays, and when they end."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Conflict as Stale
from fund.core.errors import Refused
from fund.notices.models import Delivery, Notice
from grants.councils.actions import decide, follow_ranking, release
from grants.reviews.actions import (
    change_score,
    close_discussion,
    declare_conflict,
    open_discussion,
    reopen_sheet,
    save_sheet,
    speak,
    submit_sheet,
)
from grants.reviews.models import Conflict, Discussion, HandIn, Message, Sheet
from grants.reviews.queries import ranking_of
from grants.reviews.queries.discussion import talk_of
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.people import give_role, make_account
from tests.factories.reviews import draft_of, hand_in, make_admitted, make_expert, make_sheet
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def built(module_db):
    """An application with three sheets: two handed in, the first the expert's; the third still owed."""
    officer, expert, now = play("officer"), play("expert"), timezone.now()
    call = make_call(officer, now=now, state="judging", others="after_own")
    application = make_admitted(call, now=now)
    experts = (expert, make_expert("Второй"), make_expert("Третий"))
    sheets = [make_sheet(application, one, officer=officer, now=now) for one in experts]
    hand_in(sheets[0], now=now, use="5", plan="5", remark="Сильно")
    hand_in(sheets[1], now=now, use="1", plan="2", remark="Слабо")
    return SimpleNamespace(officer=officer, expert=expert, now=now, call=call, application=application, sheets=sheets)


officer, expert, now, call, application, sheets = parts("officer", "expert", "now", "call", "application", "sheets")


@pytest.fixture
def discussion(application, sheets, officer, now):
    return open_discussion(application=application, topic="Разошлись в пользе", by=officer, now=now)


def fresh(sheet) -> Sheet:
    return Sheet.objects.select_related("application__call", "application__discussion", "current").get(pk=sheet.pk)


def change(sheet, now, *, why="Прочитал доводы", version=None, **values):
    sheet = fresh(sheet)
    return change_score(
        sheet=sheet,
        draft=draft_of(**values),
        remark=sheet.current.remark,
        why=why,
        version=sheet.version if version is None else version,
        by=sheet.expert,
        now=now,
    )


def test_only_who_handed_in_is_told_and_sees_it(discussion, sheets, officer, director):
    done, also, owing = sheets

    assert set(Notice.objects.filter(kind="reviews.discussion").values_list("account", flat=True)) == {
        done.expert_id,
        also.expert_id,
    }
    seen = {user: Discussion.objects.visible_to(user).exists() for user in (done.expert, also.expert, owing.expert)}
    assert list(seen.values()) == [True, True, False]
    assert all(Discussion.objects.visible_to(user).exists() for user in (officer, director))


def test_an_expert_who_owes_a_sheet_finds_no_trace(discussion, sheets, call, signed_in, now):
    """Promise 12: neither the page, nor a list, nor a letter, nor the shape of any answer differs from a call without it."""
    owing = sheets[2]
    speak(sheet=fresh(sheets[0]), text="Польза доказана", by=sheets[0].expert, now=now)
    change(sheets[1], now, use="3", plan="2")
    client = signed_in(owing.expert)

    with_it = [client.get(reverse("reviews:list")), client.get(reverse("reviews:score", args=[owing.uid]))]
    closed, nothing = (client.get(reverse("reviews:discussion", args=[uid])) for uid in (owing.uid, "nothing-at-all"))

    assert (closed.status_code, nothing.status_code) == (404, 404)
    assert closed.content.replace(owing.uid.encode(), b"nothing-at-all") == nothing.content
    assert client.get(reverse("reviews:change", args=[owing.uid])).status_code == 404
    told = set(Notice.objects.filter(account=owing.expert).values_list("kind", flat=True))
    assert told == {"people.role_granted", "reviews.invited"}
    # The same pages of the one who has handed in do show it: the marks looked for are the right ones.
    shown = signed_in(sheets[0].expert).get(reverse("reviews:list")).content.decode()
    for mark in (reverse("reviews:discussion", args=[sheets[0].uid]), "обсужда"):
        assert mark in shown
    for answer in with_it:
        assert "discussion" not in answer.content.decode()
        assert "обсужда" not in answer.content.decode()


def test_who_hands_in_later_is_let_in_and_told(discussion, sheets, now, signed_in):
    hand_in(sheets[2], now=now, use="3", plan="3")

    assert Notice.objects.filter(kind="reviews.discussion", account=sheets[2].expert).count() == 1
    assert signed_in(sheets[2].expert).get(reverse("reviews:discussion", args=[sheets[2].uid])).status_code == 200
    assert sorted(Discussion.objects.get().voices.values()) == [0, 1, 2]


def test_voices_stay_the_same_when_others_join(discussion, sheets, now):
    before = dict(Discussion.objects.get().voices)

    hand_in(sheets[2], now=now, use="3", plan="3")

    after = Discussion.objects.get().voices
    assert {key: after[key] for key in before} == before
    assert after[str(sheets[2].pk)] == 2


def test_a_discussion_page_never_names_another_expert(discussion, sheets, signed_in, now):
    speak(sheet=fresh(sheets[1]), text="Охват не посчитан", by=sheets[1].expert, now=now)
    change(sheets[1], now, use="2", plan="2")

    page = signed_in(sheets[0].expert).get(reverse("reviews:discussion", args=[sheets[0].uid])).content.decode()

    assert "Охват не посчитан" in page
    assert "Слабо" in page
    assert sheets[1].expert.person.last_name not in page
    assert sheets[1].expert.person.first_name not in page
    assert sheets[1].uid not in page


def test_a_named_discussion_names_them(officer, expert, now, signed_in):
    call = make_call(officer, now=now, state="judging", others="after_own", discussion="named")
    application = make_admitted(call, now=now)
    own, other = (make_sheet(application, one, officer=officer, now=now) for one in (expert, make_expert("Второй")))
    for sheet in (own, other):
        hand_in(sheet, now=now, use="4", plan="3")
    open_discussion(application=application, topic="Польза", by=officer, now=now)

    page = signed_in(expert).get(reverse("reviews:discussion", args=[own.uid])).content.decode()

    assert other.expert.person.short_name in page


def test_scores_stay_hidden_where_the_regulation_never_shows_them(officer, expert, now):
    application = make_admitted(make_call(officer, now=now, state="judging", others="never"), now=now)
    own, other = (make_sheet(application, one, officer=officer, now=now) for one in (expert, make_expert()))
    hand_in(own, now=now, use="5", plan="5")
    hand_in(other, now=now, use="1", plan="1", remark="Слабо")
    discussion = open_discussion(application=application, topic="Польза", by=officer, now=now)

    talk = talk_of(application, discussion, own=own)

    assert [voice.sheet for voice in talk.voices] == [own]
    assert [voice.sheet for voice in talk_of(application, discussion).voices] in ([own, other], [other, own])


def test_speaking_tells_the_others_once_and_not_who_spoke(discussion, sheets, now):
    for _press in range(2):
        speak(sheet=fresh(sheets[0]), text="Польза доказана", by=sheets[0].expert, now=now, once="t" * 20)

    assert Message.objects.count() == 1
    notice = Notice.objects.get(kind="reviews.discussed")
    assert notice.account == sheets[1].expert
    assert notice.facts.keys() == {"title", "number", "call"}
    assert Delivery.objects.filter(notice=notice, channel="digest").exists()


def test_messages_are_append_only(discussion, sheets, now):
    speak(sheet=fresh(sheets[0]), text="Польза доказана", by=sheets[0].expert, now=now)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Message.objects.update(text="Иначе")


def test_change_score_keeps_the_old_one_beside_the_new(discussion, sheets, call, now):
    before = {row.pk: row.total for row in ranking_of(call, now=now)}

    change(sheets[1], now, use="3", plan="2", why="Охват всё же посчитан")

    first, second = HandIn.objects.filter(sheet=sheets[1]).order_by("number")
    assert (first.total, second.total, second.why) == (7, 13, "Охват всё же посчитан")
    assert fresh(sheets[1]).current == second
    assert Entry.objects.about(sheets[1]).filter(verb="reviews.change").count() == 1
    assert {row.pk: row.total for row in ranking_of(call, now=now)} != before


def test_change_score_shows_was_and_is_to_the_others(discussion, sheets, now, signed_in):
    change(sheets[1], now, use="3", plan="2", why="Охват всё же посчитан")

    talk = talk_of(sheets[0].application, Discussion.objects.get(), own=fresh(sheets[0]))

    assert [(one.why, one.steps) for one in talk.changes] == [("Охват всё же посчитан", [("Польза", 1, 3)])]
    page = signed_in(sheets[0].expert).get(reverse("reviews:discussion", args=[sheets[0].uid])).content.decode()
    assert "Польза: было 1, стало 3" in page


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"why": " "}, "why"), ({"use": "5", "plan": "5"}, "same"), ({"use": "9"}, "value"), ({"use": ""}, "value")],
)
def test_change_score_refuses(discussion, sheets, now, facts, code):
    with pytest.raises(Refused) as refusal:
        change(sheets[0], now, **{"use": "4", "plan": "5", **facts})

    assert refusal.value.code == code
    assert fresh(sheets[0]).current.number == 1


def test_change_score_from_a_stale_tab_changes_nothing(discussion, sheets, now):
    change(sheets[0], now, use="4", plan="4")

    with pytest.raises(Stale):
        change(sheets[0], now, use="1", plan="1", version=fresh(sheets[0]).version - 1)

    assert fresh(sheets[0]).current.total == 20


def test_nobody_speaks_or_changes_outside_a_discussion(sheets, now):
    with pytest.raises(Refused):
        speak(sheet=fresh(sheets[0]), text="Рано", by=sheets[0].expert, now=now)
    with pytest.raises(Refused):
        change(sheets[0], now, use="4", plan="4")


def test_nobody_speaks_for_another_or_before_handing_in(discussion, sheets, now):
    for sheet, by in ((sheets[0], sheets[1].expert), (sheets[2], sheets[2].expert)):
        with pytest.raises(Refused):
            speak(sheet=fresh(sheet), text="Не моё", by=by, now=now)


def test_a_sheet_given_back_leaves_the_discussion_until_it_is_in_again(discussion, sheets, officer, now, signed_in):
    client, address = signed_in(sheets[0].expert), reverse("reviews:discussion", args=[sheets[0].uid])
    assert client.get(address).status_code == 200
    reopen_sheet(sheet=sheets[0], why="Перепутаны заявки", by=officer, now=now)
    assert client.get(address).status_code == 404

    submit_sheet(sheet=fresh(sheets[0]), by=sheets[0].expert, now=now)

    assert client.get(address).status_code == 200


def test_a_recusal_closes_the_discussion_to_that_expert_at_once(discussion, sheets, now, signed_in):
    client, address = signed_in(sheets[0].expert), reverse("reviews:discussion", args=[sheets[0].uid])
    declare_conflict(sheet=sheets[0], kind="friend", by=sheets[0].expert, now=now)

    assert client.get(address).status_code == 410
    assert client.post(address, {"text": "Успею", "once": "t" * 20}).status_code == 410
    assert not Discussion.objects.visible_to(sheets[0].expert).exists()


def test_closing_ends_speaking_and_changing_and_it_may_open_again(discussion, sheets, officer, now):
    close_discussion(discussion=discussion, by=officer, now=now)
    with pytest.raises(Refused):
        speak(sheet=fresh(sheets[0]), text="Поздно", by=sheets[0].expert, now=now)

    open_discussion(application=sheets[0].application, topic="Ещё раз о пользе", by=officer, now=now)

    speak(sheet=fresh(sheets[0]), text="Вовремя", by=sheets[0].expert, now=now)
    assert (Discussion.objects.get().state, Discussion.objects.get().closed_at) == ("open", None)


def test_a_pending_decision_ends_it(discussion, sheets, director, now):
    decide(
        application=discussion.application, outcome="decline", why="Совет считает проект преждевременным.", by=director, now=now
    )

    with pytest.raises(Refused):
        change(sheets[0], now, use="4", plan="4")


def test_the_release_closes_it(expert, officer, director, now):
    call = make_call(officer, now=now, state="judging", others="after_own")
    application = make_admitted(call, now=now)
    for one in (expert, make_expert()):
        hand_in(make_sheet(application, one, officer=officer, now=now), now=now, use="4", plan="4")
    open_discussion(application=application, topic="Польза", by=officer, now=now)
    follow_ranking(call=call, by=director, now=now)

    release(call=call, by=director, now=now)

    assert (Discussion.objects.get().state, Discussion.objects.get().closed_at) == ("closed", now)


def test_one_sheet_is_no_discussion_and_strangers_open_none(call, expert, officer, resident, now):
    application = make_admitted(call, now=now)
    hand_in(make_sheet(application, expert, officer=officer, now=now), now=now, use="4", plan="4")

    for by, code in ((officer, "few"), (resident, "who"), (expert, "who")):
        with pytest.raises(Refused) as refusal:
            open_discussion(application=application, topic="Польза", by=by, now=now)
        assert refusal.value.code == code


def test_an_officer_who_also_judges_waits_like_every_expert(application, sheets, discussion, officer, call, now, signed_in):
    """Promise 12 beats the role: sheets, discussion and comparison stay shut until the officer's own sheet is in."""
    double = make_account("Двойной", "Куратор", roles=["officer", "expert"], email="double@example.org")
    own = make_sheet(application, double, officer=officer, now=now)
    address = reverse("reviews:disagreement", args=[application.uid])
    assert list(Sheet.objects.visible_to(double)) == [own]
    assert not Discussion.objects.visible_to(double).exists()
    assert signed_in(double).get(address).status_code == 404
    assert application.title not in signed_in(double).get(reverse("reviews:diverging", args=[call.slug])).content.decode()

    hand_in(own, now=now, use="3", plan="3")

    assert Sheet.objects.visible_to(double).count() == 4
    assert signed_in(double).get(address).status_code == 200


def test_a_tied_director_neither_compares_nor_opens(application, sheets, director, now, signed_in):
    address = reverse("reviews:disagreement", args=[application.uid])
    assert signed_in(director).get(address).status_code == 200

    Conflict.objects.create(application=application, expert=director, kind="friend", declared_at=now)

    assert signed_in(director).get(address).status_code == 404
    with pytest.raises(Refused):
        open_discussion(application=application, topic="Польза", by=director, now=now)


def test_a_former_expert_leaves(discussion, sheets, now, signed_in):
    from fund.people.actions import revoke_role
    from fund.people.models import RoleGrant

    revoke_role(RoleGrant.objects.get(account=sheets[0].expert, role="expert"), by=None, now=now)

    again = type(sheets[0].expert).objects.get(pk=sheets[0].expert_id)
    assert not Discussion.objects.visible_to(again).exists()


def test_giving_a_role_of_the_fund_opens_what_it_opens(discussion, resident):
    give_role(resident, "director")

    assert Discussion.objects.visible_to(resident).exists()


def test_save_sheet_of_a_draft_says_nothing_to_others(sheets, discussion, now):
    save_sheet(sheet=sheets[2], draft=draft_of(use="4"), remark="", version=0, by=sheets[2].expert, now=now)

    assert Notice.objects.filter(kind="reviews.discussed").count() == 0
