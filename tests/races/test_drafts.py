"""Drafts: as many as a call allows, carried over once, one owner, asked late once, whoever presses at once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fund.core.errors import Refused
from fund.documents.actions import documents
from fund.documents.models import Document
from grants.applications.actions import (
    ask_late,
    attach_documents,
    carry_application,
    hand_over,
    invite_member,
    lapse_application,
    start_application,
    submit_application,
    withdraw_application,
)
from grants.applications.models import Application, Late
from grants.calls.models import Call
from grants.proposals.actions import accept_invitation
from grants.proposals.actions import team as proposals
from grants.proposals.models import TeamMember
from tests.concurrency import account, anew, at_once, counted, without_locks
from tests.documents.conftest import PDF
from tests.factories.applications import ELIGIBLE, consent, make_applicant, make_draft, make_ready
from tests.factories.calls import make_call
from tests.factories.people import make_account

TIMES = 4
NOW = timezone.now().replace(microsecond=0)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW)


# As many as the call allows -------------------------------------------------------------------------------------------


def start_all(call, owner, prepare=None) -> dict:
    def act(_number: int):
        return start_application(call=anew(call), by=account(owner), now=NOW, eligibility=ELIGIBLE)

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, drafts=Application.objects.filter(call=call).count())


def test_start_keeps_to_what_the_call_allows(call):
    assert call.regulation.call.per_applicant == 1
    assert start_all(call, make_applicant(now=NOW)) == {"done": 1, "refused": TIMES - 1, "errors": 0, "drafts": 1}


def test_start_without_the_lock_does_not(call):
    told = start_all(call, make_applicant(now=NOW), without_locks(TIMES))

    assert told["errors"] > 0 or told["drafts"] > 1


# Carried over from a cancelled call -----------------------------------------------------------------------------------


@pytest.fixture
def reopened(officer, call):
    """A call with one draft, cancelled, and the one that opens it anew."""
    old = make_ready(call, now=NOW)
    Call.objects.filter(pk=call.pk).update(state="cancelled", cancelled_at=NOW)
    new = make_call(officer, now=NOW)
    Call.objects.filter(pk=new.pk).update(reopens=call)
    return old, new


def carry_all(old, new, acts, prepare=None) -> dict:
    answers = at_once(lambda number: acts[number](), len(acts), prepare=prepare)
    return counted(answers, drafts=Application.objects.filter(call=new, owner=old.owner).count())


def carry(old):
    return lambda: carry_application(application=anew(old), now=NOW)


def start(old, new):
    return lambda: start_application(call=anew(new), by=account(old.owner), now=NOW, eligibility=ELIGIBLE)


def test_carry_by_several_jobs_makes_one(reopened):
    assert carry_all(*reopened, [carry(reopened[0])] * TIMES) == {"done": TIMES, "refused": 0, "errors": 0, "drafts": 1}


def test_carry_without_the_lock_makes_more(reopened):
    told = carry_all(*reopened, [carry(reopened[0])] * TIMES, without_locks(TIMES))

    assert told["errors"] > 0 or told["drafts"] > 1


def test_carry_counts_what_its_owner_begins_this_moment(reopened):
    """Whoever comes second finds the other's draft: the clock writes a letter instead, the person is refused."""
    assert carry_all(*reopened, [carry(reopened[0]), start(*reopened)])["drafts"] == 1


def test_carry_without_the_lock_exceeds_what_the_call_allows(reopened):
    told = carry_all(*reopened, [carry(reopened[0]), start(*reopened)], without_locks(2))

    assert told["errors"] > 0 or told["drafts"] > 1


# One owner ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def team(call):
    """A draft whose owner has two members who may send."""
    draft = make_draft(call, now=NOW, applicant_kind="team")
    members = []
    for name in ("Илья", "Вера"):
        one = make_account(name, "Ветрова")
        consent(one, now=NOW)
        facts = {"name": name, "email": one.email, "rights": "submit", "part": "", "by": draft.owner, "now": NOW}
        member = invite_member(application=draft, **facts)
        accept_invitation(member=member, first_name=name, last_name="Ветрова", documents=[], by=one, now=NOW)
        members.append(member)
    return draft, members


def hand_over_twice(draft, members, prepare=None) -> dict:
    """From two windows, to two people."""

    def act(number: int):
        to, by = TeamMember.objects.get(pk=members[number].pk), account(draft.owner)
        return hand_over(application=Application.objects.get(pk=draft.pk), to=to, by=by, now=NOW)

    answers = at_once(act, 2, prepare=prepare)
    return counted(answers, members=TeamMember.objects.about(draft).live().count())


HANDED = {"done": 1, "refused": 1, "errors": 0, "members": 2}


def test_hand_over_is_the_owners_once(team):
    assert hand_over_twice(*team) == HANDED


def test_hand_over_without_the_lock_is_not(team):
    assert hand_over_twice(*team, without_locks(2)) != HANDED


# One letter too many to one address -----------------------------------------------------------------------------------


def invite_from_all(drafts, prepare=None) -> dict:
    """One owner names one address in several drafts at once."""

    def act(number: int):
        facts = {"name": "Илья", "email": "ilya@example.org", "rights": "view", "part": "", "now": NOW}
        draft = Application.objects.get(pk=drafts[number].pk)
        return invite_member(application=draft, by=account(draft.owner), **facts)

    answers = at_once(act, len(drafts), prepare=prepare)
    return counted(answers, invited=TeamMember.objects.count())


@pytest.fixture
def drafts(officer, monkeypatch):
    """Two of one owner, and one letter a day instead of five."""
    monkeypatch.setattr(proposals, "MOST_A_DAY", 1)
    owner = make_applicant(now=NOW)
    return [make_draft(make_call(officer, now=NOW), owner, now=NOW) for _ in range(2)]


INVITED = {"done": 1, "refused": 1, "errors": 0, "invited": 1}


def test_invite_from_several_drafts_at_once_keeps_to_the_letters_of_a_day(drafts):
    assert invite_from_all(drafts) == INVITED


def test_invite_without_the_lock_does_not(drafts):
    assert invite_from_all(drafts, without_locks(2)) != INVITED


# A late request -------------------------------------------------------------------------------------------------------


@pytest.fixture
def missed(officer):
    made = make_call(officer, now=NOW)
    draft = make_ready(made, now=NOW)
    lapse_application(application=draft, now=made.closes_at + timedelta(hours=1))
    return draft


def ask_all(missed, prepare=None) -> dict:
    def act(_number: int):
        draft = Application.objects.get(pk=missed.pk)
        return ask_late(
            application=draft, why="Не было света.", by=account(draft.owner), now=missed.closes_at + timedelta(days=1)
        )

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, requests=Late.objects.count())


def test_ask_late_from_several_windows_asks_once(missed):
    assert ask_all(missed) == {"done": 1, "refused": TIMES - 1, "errors": 0, "requests": 1}


def test_ask_late_without_the_lock_runs_into_the_database(missed):
    assert ask_all(missed, without_locks(TIMES))["errors"] > 0


def test_ask_late_twice_is_told_in_words(missed):
    late = missed.closes_at + timedelta(days=1)
    ask_late(application=missed, why="Не было света.", by=missed.owner, now=late)

    with pytest.raises(Refused) as refusal:
        ask_late(application=missed, why="Не было света.", by=missed.owner, now=late)

    assert refusal.value.code == "state"


# A file that arrives while the application is sent --------------------------------------------------------------------


@pytest.fixture
def slow_disk(monkeypatch):
    """Between the look at the application and the file's row its bytes are written: here the other acts in that moment."""
    acts: list = []

    def store(checked) -> str:
        acts.pop()()
        return stored(checked)

    stored = documents.store
    monkeypatch.setattr(documents, "store", store)
    return acts


def test_a_file_that_comes_while_it_is_sent_is_a_change_not_sent(call, slow_disk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = make_ready(call, now=NOW)
    slow_disk.append(lambda: submit_application(application=anew(draft), by=draft.owner, now=NOW))

    attach_documents(application=draft, files=[SimpleUploadedFile("plan.pdf", PDF)], by=draft.owner, now=NOW)

    draft.refresh_from_db()
    assert draft.saved_at > draft.submitted_at
    assert not Document.objects.about(draft).exclude(pinned_at=None).exists()


def test_a_file_that_comes_while_it_is_withdrawn_is_refused(call, slow_disk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = make_ready(call, now=NOW)
    slow_disk.append(lambda: withdraw_application(application=anew(draft), by=draft.owner, now=NOW))

    with pytest.raises(Refused):
        attach_documents(application=draft, files=[SimpleUploadedFile("plan.pdf", PDF)], by=draft.owner, now=NOW)

    assert not Document.objects.about(draft).exists()
