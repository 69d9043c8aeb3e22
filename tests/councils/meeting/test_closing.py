"""The end of a council meeting: every item decided, the protocol issued, signed, issued anew; the release waits for it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader

from fund.core.errors import Refused
from fund.documents.actions import draw_paper
from fund.documents.models import Paper
from fund.documents.visibility import may_read
from fund.notices.models import Notice
from grants.councils.actions import (
    close_item,
    close_meeting,
    recuse_member,
    reissue_protocol,
    release,
    sign_protocol,
)
from grants.councils.models import Item, Meeting, Outcome
from grants.councils.sitting import sitting_of
from grants.reviews.models import Conflict
from tests.factories.councils import item_of, make_open, vote_all

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


def decide_everything(sitting, officer, now) -> None:
    for item in sitting.items.all():
        vote_all(item, "++++0", officer=officer, now=now)
        close_item(item=item, by=officer, now=now)


def test_close_wants_every_item_decided(sitting, officer, now):
    with pytest.raises(Refused) as refusal:
        close_meeting(meeting=sitting, by=officer, now=now)

    assert refusal.value.code == "items"


def test_close_issues_the_protocol(sitting, judged, council, officer, director, now):
    decide_everything(sitting, officer, now)

    paper = close_meeting(meeting=sitting, by=officer, now=now)
    draw_paper(paper, now=now)

    with default_storage.open(Paper.objects.get(pk=paper.pk).drawn["ru"].path) as stored:
        told = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages).split())
    for words in ("Протокол", "Громова", "Северин", "4 : 0 : 1", "Поддержать", "100 000", judged[4].number):
        assert words in told
    assert {one.account for one in Notice.objects.filter(kind="councils.to_sign")} == {director, officer}


def test_the_protocol_names_the_recused_the_absent_and_who_signs(meeting, judged, council, officer, now):
    sitting = make_open(meeting, officer=officer, now=now, absent=council[3:])
    recuse_member(item=item_of(sitting, judged[0]), application=judged[0], kind="friend", by=council[0], now=now)
    for item in sitting.items.all():
        vote_all(item, "+ ++ " if item == item_of(sitting, judged[0]) else "++++ ", officer=officer, now=now)
        close_item(item=item, by=officer, now=now)

    said = str(close_meeting(meeting=sitting, by=officer, now=now).text("ru"))

    recused, absent = council[0].person, council[3].person
    for words in (
        f"['1', '{recused.full_name}'",
        "Отводы",
        f"Не было: {absent.full_name}",
        "signatures",
        officer.person.full_name,
    ):
        assert words in said


def test_the_protocol_is_read_by_who_is_tied_to_nothing(sitting, judged, council, officer, stranger, now):
    decide_everything(sitting, officer, now)
    Conflict.objects.create(application=judged[0], expert=council[0], kind="friend", declared_by=council[0], declared_at=now)
    paper = close_meeting(meeting=sitting, by=officer, now=now)

    assert [may_read(paper, user) for user in (officer, council[1], council[0], stranger, judged[0].owner)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_release_waits_for_the_meeting_and_its_signatures(sitting, call, judged, officer, director, now):
    decide_everything(sitting, officer, now)
    with pytest.raises(Refused, match="не закрыто"):
        release(call=call, by=director, now=now)
    close_meeting(meeting=sitting, by=officer, now=now)
    with pytest.raises(Refused, match="не подписан"):
        release(call=call, by=director, now=now)
    sign_protocol(meeting=sitting, by=director, now=now)
    sign_protocol(meeting=sitting, by=officer, now=now)

    assert release(call=call, by=director, now=now) == 5


def test_a_protocol_issued_anew_voids_the_old_one_and_is_signed_again(sitting, officer, director, now):
    decide_everything(sitting, officer, now)
    first = close_meeting(meeting=sitting, by=officer, now=now)
    sign_protocol(meeting=sitting, by=director, now=now)

    second = reissue_protocol(meeting=sitting, why="Опечатка в месте", by=officer, now=now)

    sitting.refresh_from_db()
    assert (Paper.objects.get(pk=first.pk).is_void, second.sequence, sitting.chair_signed_at) == (True, 2, None)


def test_a_protocol_issued_anew_meanwhile_is_not_signed_unread(sitting, officer, director, now, signed_in):
    decide_everything(sitting, officer, now)
    close_meeting(meeting=sitting, by=officer, now=now)
    chair, address = signed_in(director), reverse("councils:sign_protocol", args=[sitting.uid])
    seen = chair.get(address).context["form"]["seen"].value()
    reissue_protocol(meeting=sitting, why="Опечатка в месте", by=officer, now=now + timedelta(seconds=1))

    stale = chair.post(address, {"seen": seen})
    fresh = chair.post(address, {"seen": chair.get(address).context["form"]["seen"].value()})

    sitting.refresh_from_db()
    assert (stale.status_code, fresh.status_code, sitting.chair_signed_at is not None) == (409, 302, True)


def test_the_page_adds_up(sitting, judged, call, officer, now):
    decide_everything(sitting, officer, now)

    seen = sitting_of(sitting, now=now)

    assert (seen.given, seen.funded, seen.decided, len(seen.lines), seen.has_quorum) == (200_000, 2, 4, 4, True)


def test_an_applicant_learns_nothing(sitting, judged, officer, now):
    decide_everything(sitting, officer, now)
    owner = judged[0].owner

    assert not Meeting.objects.visible_to(owner).exists()
    assert not Item.objects.visible_to(owner).exists()
    assert not Outcome.objects.visible_to(owner).exists()
    assert not Notice.objects.filter(account=owner).exists()
