"""Appeals: on procedure, within the term, answered by somebody who took no part; what an upheld one does."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.documents.models import Document
from fund.notices.actions import declare
from fund.notices.models import Notice
from grants.applications.actions import refuse_application
from grants.applications.models import Application
from grants.councils.actions import obstacles
from grants.councils.models import Decision, Outcome
from grants.results.actions import consider_appeal, file_appeal, reject_appeal, revise_on_appeal, uphold_appeal, withdraw_appeal
from grants.results.models import Appeal
from grants.results.permissions import can_consider, term_of
from grants.results.workdays import after_working_days
from grants.reviews.models import Conflict, Vote
from tests.documents.conftest import PDF
from tests.factories.applications import make_submitted
from tests.factories.calls import make_call
from tests.factories.people import make_account
from tests.factories.reviews import hand_in, make_sheet

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]

TEXT = "Третий лист сдан в срок, но в сумме его нет: см. таблицу на странице балла."
ANSWER = "Проверены журнал и оба листа. Сумма посчитана по правилу положения, третьего листа не было."
WHY = "Совет пересчитал сумму с учётом листа, который не вошёл."


@pytest.fixture
def appeal(released, applicant, council_member, now):
    return file_appeal(application=released.own, grounds=["count"], text=TEXT, by=applicant, now=now)


@pytest.fixture
def taken(appeal, council_member, now):
    consider_appeal(appeal=appeal, by=council_member, now=now)
    return appeal


@pytest.fixture
def refused(officer, applicant, now):
    """An application that did not pass the formal check while others are being judged."""
    call = make_call(officer, now=now)
    application = make_submitted(call, applicant, now=now)
    refuse_application(application=application, reasons=["incomplete"], remark="", by=officer, now=now)
    return application


def test_file_answers_within_ten_working_days_and_tells_who_may_answer(
    appeal, released, applicant, officer, director, council_member
):
    assert (appeal.state, appeal.against, appeal.grounds) == ("filed", "decision", ["count"])
    assert appeal.answer_by == after_working_days(appeal.filed_at)
    told = Notice.objects.filter(kind="results.appeal_filed").values_list("account", flat=True)
    # The director decided, so the director is not asked; the officer only arranged the judging.
    assert set(told) == {officer.pk, council_member.pk}
    assert Notice.objects.get(kind="results.appeal_received").account_id == applicant.pk


def test_working_days_skip_the_weekend():
    friday = timezone.make_aware(timezone.datetime(2027, 3, 5, 11))

    assert [after_working_days(friday, days).strftime("%d %H") for days in (1, 5, 6, 10)] == ["08 18", "12 18", "15 18", "19 18"]


def test_the_term_is_the_regulations_or_some_days(released, refused):
    released_at = Outcome.objects.get(application=released.own).released_at

    assert term_of(released.own) == released_at + timedelta(days=10)
    assert term_of(refused) == refused.call.regulation.timeline.judged_by
    assert term_of(make_submitted(refused.call, now=timezone.now())) is None


def test_a_second_before_the_end_is_in_time_and_a_second_after_is_not(released, applicant):
    until = term_of(released.own)
    with pytest.raises(Refused) as refusal:
        file_appeal(application=released.own, grounds=["count"], text=TEXT, by=applicant, now=until + timedelta(seconds=1))
    assert refusal.value.code == "late"

    file_appeal(application=released.own, grounds=["count"], text=TEXT, by=applicant, now=until - timedelta(seconds=1))


def test_one_appeal_against_one_result(appeal, released, applicant, now):
    with pytest.raises(Refused) as refusal:
        file_appeal(application=released.own, grounds=["count"], text=TEXT, by=applicant, now=now)
    assert refusal.value.code == "twice"

    withdraw_appeal(appeal=appeal, by=applicant, now=now)
    assert file_appeal(application=released.own, grounds=["notice"], text=TEXT, by=applicant, now=now).pk != appeal.pk


def test_pressing_twice_files_once(released, applicant, now):
    twice = [
        file_appeal(application=released.own, grounds=["count"], text=TEXT, by=applicant, now=now, once="t" * 32)
        for _ in range(2)
    ]

    assert twice[0] == twice[1]
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(("given", "field"), [({"grounds": ["taste"]}, "grounds"), ({"text": "Нечестно"}, "text")])
def test_file_wants_a_ground_of_the_list_and_words(released, applicant, now, given, field):
    with pytest.raises(Refused) as refusal:
        file_appeal(application=released.own, **{"grounds": ["count"], "text": TEXT, **given}, by=applicant, now=now)
    assert refusal.value.field == field


def test_nobody_files_for_another_and_nothing_before_a_result(released, judged, resident, officer, now):
    for by in (resident, officer, released.first.owner):
        with pytest.raises(Refused):
            file_appeal(application=released.own, grounds=["count"], text=TEXT, by=by, now=now)


def test_an_officer_files_for_a_caller_and_the_journal_names_both(released, applicant, officer, now):
    from fund.audit.models import Entry

    appeal = file_appeal(application=released.own, grounds=["count"], text=TEXT, by=officer, for_=applicant.person, now=now)

    entry = Entry.objects.about(appeal).get(verb="results.file")
    assert (entry.by_id, entry.for_id) == (officer.pk, applicant.person.pk)


def test_who_took_a_part_does_not_answer(appeal, released, officer, director, council_member, expert, resident, now):
    """One person of the fund after the other: only those without a part may take it up."""
    judge = make_account("Судил", "Сам", roles=["officer", "expert"], email="judge@example.org")
    tied = make_account("Друг", "Заявителя", roles=["officer"], email="tied@example.org")
    household = make_account("Сосед", "Заявителя", roles=["director"], email="home@example.org")
    other = make_account("Чужой", "Куратор", roles=["officer"], email="other@example.org")
    Conflict.objects.create(application=released.own, expert=tied, kind="friend", declared_at=now)
    household.person.household = released.own.owner.person.household
    household.person.save()
    sheet = released.own.sheets.first()
    type(sheet).objects.filter(pk=sheet.pk).update(expert=judge)
    may = {
        one.email: can_consider(one, appeal)
        for one in (officer, other, council_member, judge, tied, household, director, expert, resident)
    }

    assert [email for email, yes in may.items() if yes] == [officer.email, other.email, council_member.email]
    for by in (judge, tied, household, director, expert, resident, released.own.owner):
        with pytest.raises(Refused):
            consider_appeal(appeal=appeal, by=by, now=now)


def test_who_checked_the_application_does_not_answer(refused, applicant, officer, now):
    appeal = file_appeal(application=refused, grounds=["check"], text=TEXT, by=applicant, now=now)
    other = make_account("Чужой", "Куратор", roles=["officer"], email="other@example.org")

    assert (can_consider(officer, appeal), can_consider(other, appeal)) == (False, True)


def test_who_competes_in_the_call_does_not_answer(appeal, released, now):
    rival = released.first.owner
    from fund.people.actions import grant_role

    grant_role(rival, "officer", by=None, now=now)

    assert not can_consider(type(rival).objects.get(pk=rival.pk), appeal)
    assert not Appeal.objects.visible_to(type(rival).objects.get(pk=rival.pk)).exists()


def test_a_tie_found_after_taking_it_up_stops_the_answer(taken, council_member, now):
    Conflict.objects.create(application=taken.application, expert=council_member, kind="friend", declared_at=now)

    with pytest.raises(Refused):
        reject_appeal(appeal=taken, answer=ANSWER, by=council_member, now=now)


def test_only_who_took_it_up_answers_and_it_can_be_taken_over(taken, officer, council_member, now):
    with pytest.raises(Refused):
        reject_appeal(appeal=taken, answer=ANSWER, by=officer, now=now)
    consider_appeal(appeal=taken, by=officer, now=now)
    with pytest.raises(Refused):
        reject_appeal(appeal=taken, answer=ANSWER, by=council_member, now=now)

    reject_appeal(appeal=taken, answer=ANSWER, by=officer, now=now)

    assert (taken.state, taken.answer, taken.answered_by) == ("rejected", ANSWER, officer)


def test_reject_leaves_everything_and_writes(taken, council_member, applicant, now):
    reject_appeal(appeal=taken, answer=ANSWER, by=council_member, now=now)

    letter = Notice.objects.get(kind="results.appeal_answered")
    assert (letter.account_id, letter.facts["upheld"], letter.facts["answer"]) == (applicant.pk, False, ANSWER)
    assert Application.objects.get(pk=taken.application_id).state == "reserve"


def test_an_answer_has_words(taken, council_member, now):
    with pytest.raises(Refused) as refusal:
        uphold_appeal(appeal=taken, answer="Да", by=council_member, now=now)
    assert refusal.value.field == "answer"


def test_an_upheld_refusal_admits_the_application(refused, applicant, council_member, now):
    appeal = file_appeal(application=refused, grounds=["check"], text=TEXT, by=applicant, now=now)
    consider_appeal(appeal=appeal, by=council_member, now=now)

    uphold_appeal(appeal=appeal, answer=ANSWER, by=council_member, now=now)

    assert (appeal.against, Application.objects.get(pk=refused.pk).state) == ("refusal", "admitted")
    assert {"results.appeal_answered", "applications.admitted"} <= set(
        Notice.objects.filter(account=applicant).values_list("kind", flat=True)
    )


def test_an_admitted_one_goes_on_to_the_experts(refused, applicant, council_member, officer, expert, now):
    from grants.calls.actions import close_call

    appeal = file_appeal(application=refused, grounds=["check"], text=TEXT, by=applicant, now=now)
    consider_appeal(appeal=appeal, by=council_member, now=now)
    uphold_appeal(appeal=appeal, answer=ANSWER, by=council_member, now=now)
    later = refused.call.closes_at + timedelta(hours=1)
    close_call(refused.call, now=later)
    refused.refresh_from_db()

    hand_in(make_sheet(refused, expert, officer=officer, now=later), now=later, use="4", plan="3")

    assert Application.objects.get(pk=refused.pk).state == "under_review"


def test_a_release_waits_for_an_open_appeal_against_a_refusal(judged, applicant, officer, now):
    own = judged.last
    Application.objects.filter(pk=own.pk).update(state="not_admitted")
    own.refresh_from_db()
    before = obstacles(judged.call)

    file_appeal(application=own, grounds=["check"], text=TEXT, by=own.owner, now=now)

    assert len(obstacles(judged.call)) == len(before) + 1


def test_an_upheld_decision_goes_to_the_council(taken, council_member, director, now):
    uphold_appeal(appeal=taken, answer=ANSWER, by=council_member, now=now)

    assert Notice.objects.get(kind="results.appeal_upheld").account_id == director.pk
    assert Application.objects.get(pk=taken.application_id).state == "reserve"


@pytest.fixture
def upheld(taken, council_member, now):
    uphold_appeal(appeal=taken, answer=ANSWER, by=council_member, now=now)
    return taken


def test_revise_is_a_decision_with_its_reason_and_its_money(upheld, released, director, now):
    decision = revise_on_appeal(appeal=upheld, outcome="fund", amount=Decimal(50_000), why=WHY, by=director, now=now)

    released.own.refresh_from_db()
    released.call.refresh_from_db()
    assert (decision.number, decision.outcome, decision.why) == (2, "fund", WHY)
    assert Outcome.objects.get(application=released.own).decision == decision
    assert (released.own.state, released.own.granted, released.own.reserve_place) == ("funded", 50_000, None)
    assert released.call.promised == 150_000
    assert Notice.objects.get(kind="results.decision_revised").account_id == released.own.owner_id


def test_revise_keeps_to_the_envelope(upheld, director, now):
    with pytest.raises(Refused) as refusal:
        revise_on_appeal(appeal=upheld, outcome="fund", amount=Decimal(50_001), why=WHY, by=director, now=now)

    assert refusal.value.code == "envelope"
    assert Decision.objects.filter(application=upheld.application).count() == 1


def test_revise_makes_nothing_worse_and_may_confirm(upheld, director, now):
    with pytest.raises(Refused) as refusal:
        revise_on_appeal(appeal=upheld, outcome="decline", why=WHY, by=director, now=now)
    assert refusal.value.code == "less"

    revise_on_appeal(appeal=upheld, outcome="reserve", why=WHY, by=director, now=now)

    assert Application.objects.get(pk=upheld.application_id).state == "reserve"


def test_revise_wants_an_upheld_appeal_a_director_and_happens_once(taken, director, officer, council_member, now):
    with pytest.raises(Refused):
        revise_on_appeal(appeal=taken, outcome="reserve", why=WHY, by=director, now=now)
    uphold_appeal(appeal=taken, answer=ANSWER, by=council_member, now=now)
    with pytest.raises(Refused):
        revise_on_appeal(appeal=taken, outcome="reserve", why=WHY, by=officer, now=now)
    revise_on_appeal(appeal=taken, outcome="reserve", why=WHY, by=director, now=now)
    with pytest.raises(Refused):
        revise_on_appeal(appeal=taken, outcome="reserve", why=WHY, by=director, now=now)


def test_the_answer_is_reminded_of(taken, council_member, officer):
    declare(now=taken.answer_by - timedelta(days=2))

    due = Notice.objects.filter(kind="results.answer_due")
    assert {one.account_id for one in due} == {council_member.pk}
    assert {one.instant for one in due} == {taken.answer_by}


def test_pages_from_filing_to_the_answer(released, applicant, council_member, signed_in):
    mine, fund = signed_in(applicant), signed_in(council_member)
    address = reverse("results:file", args=[released.own.uid])
    once = mine.get(address).context["form"]["once"].value()
    file = SimpleUploadedFile("лист.pdf", PDF, "application/pdf")

    empty = mine.post(address, {"once": once})
    filed = mine.post(address, {"once": once, "grounds": ["count"], "text": TEXT, "files": [file]})

    appeal = Appeal.objects.get()
    read = reverse("results:read", args=[appeal.uid])
    assert (empty.status_code, sorted(empty.context["form"].errors)) == (422, ["grounds", "text"])
    assert (filed.status_code, filed.headers["Location"]) == (302, read)
    document = Document.objects.about(appeal).get()
    for client in (mine, fund):
        assert b"".join(client.get(reverse("documents:download", args=[document.uid]))) == PDF
    assert TEXT in fund.get(read).content.decode()
    assert released.own.title in fund.get(reverse("results:list")).content.decode()

    fund.post(reverse("results:consider", args=[appeal.uid]))
    short = fund.post(reverse("results:answer", args=[appeal.uid]), {"verdict": "reject", "answer": "Нет"})
    fund.post(reverse("results:answer", args=[appeal.uid]), {"verdict": "reject", "answer": ANSWER})

    assert (short.status_code, list(short.context["form"].errors)) == (422, ["answer"])
    assert ANSWER in mine.get(read).content.decode()
    assert council_member.person.last_name not in mine.get(read).content.decode()


def test_the_term_over_says_so_on_the_page(released, applicant, signed_in):
    Outcome.objects.filter(application=released.own).update(released_at=timezone.now() - timedelta(days=11))

    page = signed_in(applicant).get(reverse("results:file", args=[released.own.uid]))

    assert "Срок апелляции закончился" in page.content.decode()


@pytest.mark.parametrize("show", ["open", "answered", "withdrawn", "nonsense"])
def test_the_list_by_state(appeal, council_member, signed_in, show):
    page = signed_in(council_member).get(reverse("results:list") + f"?show={show}")

    assert page.status_code == (404 if show == "nonsense" else 200)
    assert (appeal.application.title in page.content.decode()) == (show == "open")


def test_who_parted_equals_by_a_vote_does_not_answer(appeal, released, council_member, now):
    Vote.objects.create(
        call=released.call, number=1, order=[released.own.number], why="Больше пользы", voted_at=now, voted_by=council_member
    )

    assert not can_consider(council_member, appeal)


def test_an_officer_reads_files_and_withdraws_for_a_caller(released, applicant, officer, signed_in):
    browser = signed_in(officer)
    browser.post(reverse("people:act_for", args=[applicant.person.uid]), {"why": "Звонит"})
    explained = browser.get(reverse("results:explain", args=[released.own.uid]))
    form = {"grounds": ["count"], "text": TEXT, "once": "a" * 20}

    browser.post(reverse("results:file", args=[released.own.uid]), form)
    appeal = Appeal.objects.get()
    page = browser.get(reverse("results:read", args=[appeal.uid]))
    browser.post(reverse("results:withdraw", args=[appeal.uid]))

    appeal.refresh_from_db()
    done = Entry.objects.filter(verb__in=("results.file", "results.withdraw"), by=officer, for_id=applicant.person.pk)
    assert (explained.context["caller"], page.context["caller"]) == (applicant.person, applicant.person)
    assert (appeal.state, done.count()) == ("withdrawn", 2)


def test_what_is_not_the_callers_an_officer_reads_as_themself(appeal, resident, officer, signed_in, now):
    browser = signed_in(officer)
    browser.post(reverse("people:act_for", args=[resident.person.uid]), {"why": "Звонит"})

    assert browser.get(reverse("results:read", args=[appeal.uid])).context["caller"] is None
    assert browser.get(reverse("results:withdraw", args=[appeal.uid])).status_code == 404
    with pytest.raises(Refused):
        withdraw_appeal(appeal=appeal, by=officer, now=now)
