"""Drafts not sent in time: kept whole, asked for late with their proof, taken or not; and a reserve whose term ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from fund.core.errors import Refused
from fund.documents.models import Document
from fund.notices.models import Notice
from fund.questions.digest import digest
from grants.applications.actions import (
    accept_late,
    ask_late,
    attach_documents,
    extend_application,
    invite_member,
    lapse_application,
    refuse_late,
    save_section,
)
from grants.applications.actions.locking import SETTLED
from grants.applications.contents import contents_of
from grants.applications.models import Application
from tests.documents.conftest import PDF, upload
from tests.factories.applications import make_draft, make_ready, make_submitted
from tests.factories.calls import make_call

NOW = timezone.now().replace(microsecond=0)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(now=NOW, grace=10)


@pytest.fixture
def after(call):
    return call.closes_at + SETTLED + SECOND


@pytest.fixture
def missed(call, after):
    draft = make_ready(call, now=NOW)
    lapse_application(application=draft, now=after)
    return draft


def test_lapse_waits_until_no_request_in_time_can_be_on_its_way(call, after):
    draft = make_ready(call, now=NOW)

    early = lapse_application(application=draft, now=call.closes_at + SETTLED)
    then = lapse_application(application=draft, now=after)

    assert (early, then, draft.state) == (False, True, "missed")
    assert Notice.objects.filter(kind="applications.missed", account=draft.owner).count() == 1


def test_a_missed_draft_is_kept_whole(call, after):
    draft = make_ready(call, now=NOW)
    [document] = attach_documents(application=draft, files=[upload("план.pdf", PDF)], by=draft.owner, now=NOW)
    whole = contents_of(draft, day=NOW.date())

    lapse_application(application=draft, now=after)

    kept = contents_of(Application.objects.get(), day=NOW.date())
    assert (kept.values, kept.lines, kept.totals) == (whole.values, whole.lines, whole.totals)
    assert list(Document.objects.about(draft).live()) == [document]


def test_lapse_leaves_extended_and_sent_ones(call, officer, after):
    extended, sent = make_ready(call, now=NOW), make_submitted(call, now=NOW)
    extend_application(application=extended, until=after + DAY, why="Болезнь", by=officer, now=NOW)

    lapsed = [lapse_application(application=one, now=after) for one in (extended, sent)]

    assert lapsed == [False, False]
    assert list(Application.objects.drafts_over(after)) == []


def test_a_missed_draft_cannot_be_written(missed, after):
    with pytest.raises(Refused):
        save_section(application=missed, section="plan", values={"months": "1"}, version=1, by=missed.owner, now=after)


def test_ask_late_keeps_the_proof(missed, after):
    late = ask_late(application=missed, why="Отключили свет", by=missed.owner, now=after)

    assert missed.state == "late_requested"
    assert (late.digest, late.proof["answers"]["months"], late.proof["missing"]) == (digest(late.proof), "3", [])
    assert Notice.objects.filter(kind="applications.late_asked", account=missed.call.curator).count() == 1


def test_ask_late_twice_with_one_token_asks_once(missed, after):
    first = ask_late(application=missed, why="Свет", by=missed.owner, now=after, once="l" * 20)
    second = ask_late(application=missed, why="Свет", by=missed.owner, now=after, once="l" * 20)

    assert first == second


@pytest.mark.parametrize(("why", "who"), [(" ", "owner"), ("Свет", "stranger")])
def test_ask_late_is_refused_without_a_reason_and_to_strangers(missed, after, stranger, why, who):
    by = missed.owner if who == "owner" else stranger

    with pytest.raises(Refused):
        ask_late(application=missed, why=why, by=by, now=after)


def test_accept_late_gives_the_number(missed, officer, after):
    ask_late(application=missed, why="Свет", by=missed.owner, now=after)

    accept_late(application=missed, answer="Принято", by=officer, now=after)

    missed.refresh_from_db()
    assert (missed.state, missed.number, missed.late.accepted) == ("submitted", f"{missed.call.code}-001", True)


def test_accept_late_never_waives_a_consent(call, officer, after):
    draft = make_ready(call, now=NOW)
    invite_member(application=draft, name="Олег", email="oleg@example.org", rights="view", part="", by=draft.owner, now=NOW)
    lapse_application(application=draft, now=after)
    ask_late(application=draft, why="Свет", by=draft.owner, now=after)

    with pytest.raises(Refused) as refusal:
        accept_late(application=draft, answer="", by=officer, now=after)

    draft.refresh_from_db()
    assert (refusal.value.code, draft.state, draft.late.accepted) == ("consent", "late_requested", None)


def test_refuse_late_says_why(missed, officer, after):
    ask_late(application=missed, why="Свет", by=missed.owner, now=after)
    with pytest.raises(Refused) as refusal:
        refuse_late(application=missed, answer=" ", by=officer, now=after)

    refuse_late(application=missed, answer="Без причины нельзя", by=officer, now=after)

    assert (refusal.value.field, missed.state) == ("answer", "refused")


def test_a_late_request_is_decided_by_officers_alone(missed, director, after):
    ask_late(application=missed, why="Свет", by=missed.owner, now=after)

    with pytest.raises(Refused):
        accept_late(application=missed, answer="", by=director, now=after)


def test_an_incomplete_draft_says_in_its_proof_what_is_missing(call, after):
    draft = make_draft(call, now=NOW)
    lapse_application(application=draft, now=after)

    late = ask_late(application=draft, why="Свет", by=draft.owner, now=after)

    assert len(late.proof["missing"]) == 4


def test_whoever_decides_reads_what_is_missing_in_their_language(call, officer, after, signed_in):
    draft = make_draft(call, now=NOW)
    lapse_application(application=draft, now=after)
    with translation.override("en"):
        ask_late(application=draft, why="Свет", by=draft.owner, now=after)

    pages = {}
    for language in ("ru", "en"):
        with translation.override(language):
            pages[language] = signed_in(officer).get(reverse("applications:decide_late", args=[draft.uid])).text

    wanted = {"ru": "Добавьте в смету хотя бы одну строку", "en": "Add at least one line to the cost table"}
    assert {code: [words in page for words in wanted.values()] for code, page in pages.items()} == {
        "ru": [True, False],
        "en": [False, True],
    }


def test_what_is_taken_late_is_what_the_proof_says(missed, officer, after):
    late = ask_late(application=missed, why="Свет", by=missed.owner, now=after)
    for section, values in (("plan", {"months": "12"}), ("idea", {"change": "Другое"})):
        with pytest.raises(Refused):
            save_section(application=missed, section=section, values=values, version=1, by=missed.owner, now=after)

    accept_late(application=missed, answer="", by=officer, now=after + timedelta(hours=1))

    of_its_own = {"number", "sent_at", "saved_at", "missing"}
    taken, proof = missed.receipt.snapshot, late.proof
    assert {key: taken[key] for key in taken.keys() - of_its_own} == {key: proof[key] for key in proof.keys() - of_its_own}
