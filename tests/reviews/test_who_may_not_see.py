"""Who is kept out although a role would let them in: rivals, the tied, those whose role is gone, experts beside their page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.errors import Refused
from fund.documents.actions import attach
from fund.documents.models import Document
from fund.people.actions import grant_role, revoke_role
from fund.people.models import RoleGrant
from grants.applications.actions import issue_admission
from grants.applications.models import FILES, Application
from grants.councils.actions import decide
from grants.councils.models import Outcome
from grants.councils.permissions import can_decide, can_rank, can_release
from grants.councils.queries import board_of
from grants.reviews.models import Conflict, Sheet
from grants.reviews.permissions import can_assign, can_follow
from tests.documents.conftest import PDF, upload
from tests.factories.calls import make_call
from tests.factories.people import make_account
from tests.factories.reviews import make_admitted, make_judged, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)


@pytest.fixture
def sheet(call, expert, officer, now):
    return make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now)


@pytest.mark.parametrize("page", ["read", "print"])
def test_an_expert_has_no_page_with_names(sheet, expert, director, signed_in, page):
    address = reverse(f"applications:{page}", args=[sheet.application.uid])
    assert signed_in(director).get(address).status_code == 200

    assert signed_in(expert).get(address).status_code == 404


def test_an_expert_gets_no_file_that_is_hidden_from_them(sheet, expert, director, now):
    loose, hidden, shown = (
        attach(upload("a.pdf", PDF), to=sheet.application, by=sheet.application.owner, now=now, kind=kind)
        for kind in (FILES, "contact", "change")
    )

    assert set(Document.objects.visible_to(director)) == {loose, hidden, shown}
    assert list(Document.objects.visible_to(expert)) == [shown]


def test_a_former_expert_reads_nothing(sheet, expert, signed_in, now):
    address = reverse("reviews:score", args=[sheet.uid])
    assert signed_in(expert).get(address).status_code == 200

    revoke_role(RoleGrant.objects.get(account=expert, role="expert"), by=None, now=now)

    expert = type(expert).objects.get(pk=expert.pk)
    assert not Application.objects.visible_to(expert).exists()
    assert not Sheet.objects.visible_to(expert).exists()


def test_an_officer_of_one_call_sees_its_sheets_alone(sheet, call, officer, now):
    other = make_account("Чужой", "Куратор", email="other@example.org")
    assert not Sheet.objects.visible_to(other).exists()

    grant_role(other, "officer", by=None, now=now, thing=call)

    assert list(Sheet.objects.visible_to(other)) == [sheet]
    elsewhere = make_account("Иной", "Куратор", email="elsewhere@example.org")
    grant_role(elsewhere, "officer", by=None, now=now, thing=make_call(officer, now=now, state="judging"))
    assert not Sheet.objects.visible_to(elsewhere).exists()


@pytest.mark.parametrize("role", ["officer", "director"])
def test_who_competes_sees_nothing_of_rivals_or_of_their_own_judging(call, officer, director, expert, now, role):
    rival = make_account("Соперник", "Фонда", roles=[role], email="rival@example.org")
    judged = make_judged(call, officer=officer, now=now, scores=[("5", "5")])[0]
    decide(application=judged, outcome="fund", by=director, now=now)
    assert list(Application.objects.visible_to(rival)) == [judged]
    assert Sheet.objects.visible_to(rival).count() == 2
    assert Outcome.objects.visible_to(rival).count() == 1

    own = make_admitted(call, now=now, owner=rival)

    assert list(Application.objects.visible_to(rival)) == [own]
    assert not Sheet.objects.visible_to(rival).exists()
    assert not Outcome.objects.visible_to(rival).exists()
    assert not any(may(rival, call) for may in (can_rank, can_release, can_follow, can_assign))
    assert not can_decide(rival, judged)


def test_the_board_leaves_out_what_a_conflict_closes(call, officer, director, now):
    tied, other = make_judged(call, officer=officer, now=now, scores=[("5", "5"), ("4", "4")])
    Conflict.objects.create(application=tied, expert=director, kind="relative", declared_at=now)

    board = board_of(call, now=now, reader=director)

    assert [line.row.pk for line in board.lines] == [other.pk]
    assert board.undecided == 2


def test_a_conflict_that_appears_later_closes_the_sheet_too(sheet, expert, officer, signed_in, now):
    Conflict.objects.create(application=sheet.application, expert=expert, kind="relative", declared_at=now + timedelta(minutes=1))

    assert signed_in(expert).get(reverse("reviews:score", args=[sheet.uid])).status_code == 404


def test_the_protocol_of_admission_is_closed_to_whom_a_conflict_closes_one_of_its_applications(
    call, officer, director, now, signed_in
):
    one, before = make_admitted(call, now=now), signed_in(officer)
    address = reverse("applications:admission", args=[call.slug])
    paper = issue_admission(call=call, by=officer, now=now)

    assert before.get(address).status_code == before.get(paper.get_absolute_url()).status_code == 200

    Conflict.objects.create(application=one, expert=officer, kind="friend", declared_by=officer, declared_at=now)

    assert before.get(address).status_code == before.get(paper.get_absolute_url()).status_code == 404
    assert signed_in(director).get(address).status_code == 200
    with pytest.raises(Refused):
        issue_admission(call=call, why="Заново", by=officer, now=now)
