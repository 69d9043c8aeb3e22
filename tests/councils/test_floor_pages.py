"""Pages of a meeting without a call: by link nothing changes on reading; forms keep what was typed; nobody reads too much."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.forms import new_token
from grants.councils.actions import issue_outcome, publish_outcome, put_to_vote, withdraw_side
from grants.councils.links import token_of
from grants.councils.models import FollowUp, Item, Meeting, Motion, Side, Vote, Wording
from tests.counting import queries_at
from tests.factories.councils import make_council
from tests.factories.floor import TITLE, make_carried, make_floor, make_held, make_motion, make_open_floor, make_side
from tests.factories.people import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def council():
    return make_council(2)


@pytest.fixture
def meeting(officer, director, council, now):
    return make_floor(officer=officer, director=director, members=council, now=now)


@pytest.fixture
def side(meeting, officer, now):
    return make_side(meeting, officer=officer, now=now)


@pytest.fixture
def held(officer, director, council, now):
    return make_held(officer=officer, director=director, members=council, now=now)


def page(name: str, *args) -> str:
    return reverse(f"councils:{name}", args=args)


def test_convene_by_form_twice_is_one_meeting(signed_in, officer, director, council, now):
    client = signed_in(officer)
    data = {
        "title": TITLE,
        "starts_at": (now + timedelta(days=3)).strftime("%Y-%m-%dT10:00"),
        "place": "Зал «Орбита»",
        "topics": "Маршруты | Игорь Саблин\n\nВолонтёры",
        "members": [one.pk for one in council],
        "chair": director.pk,
        "secretary": officer.pk,
        "ballot": "open",
        "once": new_token(),
    }

    answers = [client.post(page("convene"), data) for _ in range(2)]

    meeting = Meeting.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [meeting.get_absolute_url()] * 2
    assert list(meeting.topics.values_list("title", "speaker")) == [("Маршруты", "Игорь Саблин"), ("Волонтёры", "")]


@pytest.mark.parametrize(
    ("topics", "words"), [("| Игорь", "Строка 1"), ("а" * 301, "Строка 1"), ("\n".join("аб" for _ in range(41)), "41")]
)
def test_an_agenda_that_cannot_be_read_is_said_at_its_field(signed_in, officer, topics, words):
    answer = signed_in(officer).post(page("convene"), {"topics": topics, "title": TITLE})

    assert answer.status_code == 422
    assert words in answer.context["form"].errors["topics"][0]
    assert not Meeting.objects.exists()


def test_reading_the_invitation_changes_nothing_and_answering_does(client, side):
    address = page("side", token_of(side))

    for _ in range(2):
        assert client.get(address).status_code == 200
    side.refresh_from_db()
    assert side.answer == ""

    answer = client.post(address, {"answer": "sends", "delegate": "Пётр Шах", "word": ""})

    side.refresh_from_db()
    assert (answer.status_code, side.answer, side.delegate) == (302, "sends", "Пётр Шах")


def test_an_answer_that_sends_nobody_keeps_what_was_typed(client, side):
    answer = client.post(page("side", token_of(side)), {"answer": "sends", "delegate": "", "word": "Приедем поздно"})

    assert (answer.status_code, answer.context["form"]["word"].value()) == (422, "Приедем поздно")
    assert list(answer.context["form"].errors) == ["delegate"]


def test_the_page_of_a_withdrawn_side_is_not_found(client, side, officer, now):
    withdraw_side(side=side, by=officer, now=now)

    assert [client.get(page(name, token_of(side))).status_code for name in ("side", "side_hand_in")] == [404, 404]


def test_a_side_hands_in_by_link_once(client, side):
    address, data = page("side_hand_in", token_of(side)), {"text": "Проложить маршрут.", "topic": "", "once": new_token()}

    for _ in range(2):
        assert client.post(address, data).status_code == 302

    assert [(motion.text, motion.side) for motion in Motion.objects.all()] == [("Проложить маршрут.", side)]


def test_a_side_reports_on_its_own_only(client, held, officer, now):
    _meeting, side, motions = held
    other = page("side_report", token_of(side), motions[0].follow_up.uid)
    own = page("side_report", token_of(side), motions[1].follow_up.uid)

    assert [client.get(address).status_code for address in (other, own)] == [404, 200]
    assert client.post(own, {"outcome": "done", "word": "Двадцать человек обучены."}).status_code == 302
    assert FollowUp.objects.get(motion=motions[1]).state == "done"


def test_a_side_signed_in_reads_the_meeting_but_no_addresses_nor_who_voted_how(signed_in, meeting, side, officer, council, now):
    make_side(meeting, officer=officer, now=now, name="Университет", email="yuryeva@example.org")
    make_open_floor(meeting, officer=officer, now=now)
    motion = make_motion(meeting, officer=officer, now=now)
    put_to_vote(item=motion.item, by=officer, now=now)
    make_carried(meeting, officer=officer, now=now)
    guest = signed_in(make_account("Игорь", "Саблин", email="sablin@example.org"))
    voted = Motion.objects.get(item__number=2)

    read = guest.get(meeting.get_absolute_url()).content.decode()
    told = guest.get(page("motion", voted.uid)).content.decode()

    assert ("Университет" in read, "yuryeva@example.org" in read, "presses" in read) == (True, False, False)
    assert [who.person.short_name in told for who in council] == [False, False]
    assert guest.get(page("ballot", meeting.uid)).status_code == 404
    assert "yuryeva@example.org" in signed_in(officer).get(meeting.get_absolute_url()).content.decode()


def test_pages_of_a_call_and_of_the_floor_do_not_mix(signed_in, officer, director, meeting, now):
    motion, client = make_motion(meeting, officer=officer, now=now), signed_in(director)
    names = ("item", "propose", "separate", "recuse_member")

    assert client.get(page("meeting", meeting.uid)).status_code == 404
    assert [client.get(page(name, motion.item.uid)).status_code for name in names] == [404] * 4


def test_a_member_votes_on_a_phone(signed_in, meeting, officer, council, now):
    make_open_floor(meeting, officer=officer, now=now)
    motion = make_motion(meeting, officer=officer, now=now, text="Проложить маршрут.")
    put_to_vote(item=motion.item, by=officer, now=now)
    phone = signed_in(council[0])

    assert "Проложить маршрут." in phone.get(page("ballot", meeting.uid)).content.decode()
    answer = phone.post(page("cast_vote", motion.item.uid), {"choice": "for", "back": "ballot"})

    assert answer.headers["Location"] == page("ballot", meeting.uid)
    assert motion.item.votes.get().choice == "for"


def test_the_secretary_writes_down_whose_proposal_it_is(signed_in, meeting, side, officer, now):
    client, seat = signed_in(officer), meeting.members.last()
    given = [{"author": f"side-{side.pk}"}, {"author": f"member-{seat.pk}"}, {"author": "", "said_by": "Марина Одинцова"}]

    for whose in given:
        client.post(page("hand_in", meeting.uid), {"text": "Сделать.", "topic": "", "once": new_token(), **whose})
    refused = client.post(page("hand_in", meeting.uid), {"text": "Сделать.", "once": new_token()})

    assert [motion.author for motion in Motion.objects.all()] == [side.name, seat.account.person.short_name, "Марина Одинцова"]
    assert list(refused.context["form"].errors) == ["said_by"]


def test_a_stale_wording_is_answered_with_the_newer_one(signed_in, meeting, officer, now):
    motion, client = make_motion(meeting, officer=officer, now=now), signed_in(officer)
    client.post(page("reword", motion.uid), {"text": "Первая правка.", "seen": 1})

    answer = client.post(page("reword", motion.uid), {"text": "Вторая правка.", "seen": 1})

    assert answer.status_code == 409
    assert ("Первая правка." in answer.content.decode(), "Вторая правка." in answer.content.decode()) == (True, True)
    assert Wording.objects.count() == 2


def test_the_outcome_is_public_once_it_is_published(client, signed_in, held, officer, director, council, now):
    meeting, side, _motions = held
    issue_outcome(meeting=meeting, by=officer, now=now)
    address = meeting.resolution.get_absolute_url()
    assert client.get(address).status_code == 404

    publish_outcome(resolution=meeting.resolution, by=director, now=now)

    told = client.get(address).content.decode()
    assert [words in told for words in ("Проложить маршрут.", side.name, "Фонд GS")] == [True] * 3
    assert [who.person.last_name in told for who in (officer, director, *council)] == [False] * 4
    assert meeting.title in client.get(page("resolutions")).content.decode()


def test_overdue_is_seen_on_the_follow_up_page(signed_in, held, officer, now):
    FollowUp.objects.update(due_on=now.date() - timedelta(days=2))
    client = signed_in(officer)

    overdue = client.get(page("follow_ups"), {"state": "overdue"}).content.decode()
    done = client.get(page("follow_ups"), {"state": "done"}).content.decode()

    assert (overdue.count("Просрочено</span>"), done.count("Проложить маршрут.")) == (2, 0)


def test_attendance_knows_sides(signed_in, meeting, side, officer):
    seats = list(meeting.members.values_list("pk", flat=True))

    signed_in(officer).post(page("mark_attendance", meeting.uid), {"present": seats[:2], "sides": [side.pk]})

    assert [seat.attended for seat in meeting.members.all()] == [True, True, False]
    assert Side.objects.get().attended is True


MOST = {"floor": 20, "outcome": 16, "resolution": 12, "follow_ups": 12, "side": 12}


@pytest.mark.parametrize("name", MOST)
def test_queries_do_not_grow_with_proposals(signed_in, held, officer, director, now, name):
    meeting, side, _motions = held
    issue_outcome(meeting=meeting, by=officer, now=now)
    publish_outcome(resolution=meeting.resolution, by=director, now=now)
    address = {
        "floor": meeting.get_absolute_url(),
        "outcome": page("outcome", meeting.uid),
        "resolution": meeting.resolution.get_absolute_url(),
        "follow_ups": page("follow_ups"),
        "side": page("side", token_of(side)),
    }[name]

    few, many = queries_at(signed_in(officer), address, lambda n: more_motions(meeting, side, officer, n, now))

    print(f"{name}: {few} queries at 3, {many} at 300")
    assert few == many <= MOST[name]


def more_motions(meeting, side, officer, many: int, now) -> None:
    """Carried, reworded, entrusted by turns to the side and to the officer."""
    first = meeting.items.count() + 1
    items = Item.objects.bulk_create(
        Item(meeting=meeting, number=number, state="carried", round=1) for number in range(first, first + many)
    )
    motions = Motion.objects.bulk_create(
        Motion(item=item, clause=item.number, side=side, topic=meeting.topics.first(), handed_in_at=now) for item in items
    )
    for number in (1, 2):
        Wording.objects.bulk_create(
            Wording(motion=one, number=number, text="Сделать.", written_at=now, written_by=officer) for one in motions
        )
    due_on, seat = (now + timedelta(days=9)).date(), meeting.members.first()
    FollowUp.objects.bulk_create(
        FollowUp(motion=one, due_on=due_on, entrusted_at=now, **({"side": side} if one.pk % 2 else {"account": seat.account}))
        for one in motions
    )
    Vote.objects.bulk_create(
        Vote(item=item, member=seat, round=1, number=1, choice="for", cast_at=now, cast_by=officer) for item in items
    )
