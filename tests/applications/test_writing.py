"""Writing: beginning, saving as typed, two tabs, what may be written when, the team, files, carrying the text on."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from fund.core.bilingual import say
from fund.core.errors import Conflict, Refused
from fund.documents.models import Document
from fund.people.actions import register_child
from fund.questions.actions import attach_files
from fund.questions.models import Answers
from fund.questions.schema import Question
from grants.applications.actions import (
    attach_documents,
    change_member,
    continue_application,
    hand_over,
    invite_member,
    lapse_application,
    remove_document,
    return_application,
    save_costs,
    save_section,
    start_application,
    withdraw_application,
)
from grants.applications.models import Application
from grants.calls.actions import cancel_call
from grants.proposals.actions import accept_invitation
from grants.proposals.models import TeamMember
from tests.factories.applications import ELIGIBLE, ROWS, consent, make_draft, make_ready, make_submitted
from tests.factories.calls import make_call

NOW = timezone.now().replace(microsecond=0)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(now=NOW)


def picture(name: str = "plan.png"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = BytesIO()
    Image.new("RGB", (20, 20), "green").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")


def join(application, account, *, rights="edit"):
    member = invite_member(
        application=application, name="Илья", email=account.email, rights=rights, part="звук", by=application.owner, now=NOW
    )
    consent(account, now=NOW)
    accept_invitation(member=member, first_name="Илья", last_name="Ветров", documents=[], by=account, now=NOW)
    return member


def test_start_makes_a_draft_under_the_version_in_force(call, applicant):
    draft = start_application(call=call, by=applicant, now=NOW, eligibility=ELIGIBLE)

    assert (draft.state, draft.owner, draft.version, draft.number) == ("draft", applicant, call.version, "")


def test_start_is_refused_to_who_does_not_fit(call, applicant):
    with pytest.raises(Refused) as refusal:
        start_application(call=call, by=applicant, now=NOW, eligibility={"town": "no"})

    assert (refusal.value.code, refusal.value.field) == ("eligibility", "town")
    assert Application.objects.count() == 0


def test_start_is_refused_beyond_the_limit_of_the_call(call, applicant):
    first = start_application(call=call, by=applicant, now=NOW, eligibility=ELIGIBLE)

    with pytest.raises(Refused) as refusal:
        start_application(call=call, by=applicant, now=NOW, eligibility=ELIGIBLE)

    withdraw_application(application=first, by=applicant, now=NOW)
    start_application(call=call, by=applicant, now=NOW, eligibility=ELIGIBLE)
    assert refusal.value.code == "most"


def test_start_is_refused_after_the_deadline(call, applicant):
    with pytest.raises(Refused) as refusal:
        start_application(call=call, by=applicant, now=call.closes_at + HOUR, eligibility=ELIGIBLE)

    assert refusal.value.code == "late"


def test_start_for_a_caller(call, officer, applicant):
    draft = start_application(call=call, by=officer, for_=applicant.person, now=NOW, eligibility=ELIGIBLE)

    assert draft.owner == applicant


def test_start_for_a_caller_by_anyone_else_is_refused(call, stranger, applicant):
    with pytest.raises(Refused) as refusal:
        start_application(call=call, by=stranger, for_=applicant.person, now=NOW, eligibility=ELIGIBLE)

    assert refusal.value.code == "who"


def test_start_for_a_caller_without_an_account_is_refused(call, officer, parent):
    child = register_child(by=parent, now=NOW, first_name="Мила", birth_year=NOW.year - 8)

    with pytest.raises(Refused) as refusal:
        start_application(call=call, by=officer, for_=child, now=NOW, eligibility=ELIGIBLE)

    assert refusal.value.code == "account"


def test_save_section_keeps_what_is_wrong_too(call):
    draft = make_draft(call, now=NOW)

    save_section(application=draft, section="plan", values={"months": "сто"}, version=0, by=draft.owner, now=NOW)

    assert Answers.objects.about(draft).get().values == {"months": "сто"}


def test_save_section_from_a_stale_tab_overwrites_nobody(call, teammate):
    draft = make_draft(call, now=NOW)
    join(draft, teammate)
    save_section(application=draft, section="plan", values={"months": "2"}, version=0, by=teammate, now=NOW, tab="tab-of-ilya")

    with pytest.raises(Conflict) as conflict:
        save_section(
            application=draft, section="plan", values={"months": "9"}, version=0, by=draft.owner, now=NOW, tab="tab-of-irina"
        )

    assert Answers.objects.about(draft).get().values["months"] == "2"
    assert conflict.value.theirs["values"] == {"months": "2"}
    assert conflict.value.theirs["by"] == teammate.person.short_name


@pytest.mark.parametrize(("rights", "may"), [("view", False), ("edit", True), ("submit", True)])
def test_save_section_asks_for_the_right(call, teammate, rights, may):
    draft = make_draft(call, now=NOW)
    join(draft, teammate, rights=rights)

    if may:
        save_section(application=draft, section="plan", values={"months": "2"}, version=0, by=teammate, now=NOW)
    else:
        with pytest.raises(Refused):
            save_section(application=draft, section="plan", values={"months": "2"}, version=0, by=teammate, now=NOW)


def test_save_section_after_the_deadline_is_refused(call):
    draft = make_draft(call, now=NOW)

    with pytest.raises(Refused) as refusal:
        save_section(
            application=draft, section="plan", values={"months": "2"}, version=0, by=draft.owner, now=call.closes_at + HOUR
        )

    assert refusal.value.code == "late"


def test_save_section_in_a_correction_opens_only_what_was_marked(call, officer):
    application = make_submitted(call, now=NOW)
    marks = [{"section": "idea", "question": "change", "remark": "Короче"}]
    return_application(application=application, marks=marks, until=NOW + HOUR, by=officer, now=NOW)

    values = {"change": "Новый текст", "contact": "Другой"}
    save_section(application=application, section="idea", values=values, version=1, by=application.owner, now=NOW)
    with pytest.raises(Refused) as refusal:
        save_costs(application=application, rows=ROWS, version=1, by=application.owner, now=NOW)

    kept = Answers.objects.about(application).get().values
    assert (kept["change"], kept["contact"], refusal.value.code) == ("Новый текст", "Звоните вечером", "marks")


def test_save_costs_adds_up(call):
    draft = make_draft(call, now=NOW)

    save_costs(application=draft, rows=ROWS, minimum="60 000", version=0, by=draft.owner, now=NOW)

    draft.refresh_from_db()
    assert (draft.amount, draft.own_amount, draft.minimum) == (100000.50, 15000, 60000)


def test_attach_and_remove_documents(call):
    draft = make_draft(call, now=NOW)

    first, second = attach_documents(
        application=draft, files=[picture(), picture("b.png")], by=draft.owner, now=NOW, once="f" * 20
    )
    again = attach_documents(application=draft, files=[picture(), picture("b.png")], by=draft.owner, now=NOW, once="f" * 20)
    remove_document(application=draft, uid=first.uid, by=draft.owner, now=NOW)

    assert again == [first, second]
    assert list(Document.objects.about(draft).live()) == [second]


def test_attach_answer_twice_with_one_token_attaches_once(call):
    draft = make_draft(call, now=NOW)
    question = Question(key="sketch", type="file", label={"ru": "Эскиз", "en": "Sketch"}, most=3)

    for _ in range(2):
        attach_files(of=draft, question=question, files=[picture()], by=draft.owner, now=NOW, once="q" * 32)

    assert Document.objects.about(draft).live().count() == 1


def test_remove_a_document_of_somebody_else_is_refused(call):
    mine, theirs = make_draft(call, now=NOW), make_draft(call, now=NOW)
    [document] = attach_documents(application=theirs, files=[picture()], by=theirs.owner, now=NOW)

    with pytest.raises(Refused):
        remove_document(application=mine, uid=document.uid, by=mine.owner, now=NOW)


def test_change_a_member_of_another_team_is_refused(call, teammate):
    mine, theirs = make_draft(call, now=NOW), make_draft(call, now=NOW)
    member = join(theirs, teammate)

    with pytest.raises(Refused):
        change_member(application=mine, member=member, rights="submit", part="", by=mine.owner, now=NOW)


def test_hand_over_makes_a_member_the_owner(call, teammate):
    draft = make_draft(call, now=NOW)
    before, member = draft.owner, join(draft, teammate)
    consent(before, now=NOW)

    hand_over(application=draft, to=member, by=before, now=NOW)

    draft.refresh_from_db()
    assert draft.owner == teammate
    assert TeamMember.objects.about(draft).joined().get().account == before


def test_hand_over_is_the_owners_alone(call, teammate):
    draft = make_draft(call, now=NOW)
    member = join(draft, teammate, rights="submit")

    with pytest.raises(Refused):
        hand_over(application=draft, to=member, by=teammate, now=NOW)


def test_a_member_without_consent_keeps_it_from_being_sent(call):
    from grants.applications.completeness import faults_of
    from grants.applications.contents import contents_of

    draft = make_ready(call, now=NOW)
    invite_member(application=draft, name="Олег", email="oleg@example.org", rights="view", part="", by=draft.owner, now=NOW)

    faults = faults_of(contents_of(draft, day=NOW.date()), day=NOW.date())

    assert [fault.part for fault in faults] == ["@team"]


def test_each_fault_of_the_list_names_its_question(call):
    from grants.applications.completeness import faults_of
    from grants.applications.contents import contents_of

    draft = make_ready(call, now=NOW)
    answers = Answers.objects.about(draft).get()
    answers.values = {**answers.values, "months": "много", "change": ""}
    answers.save()

    texts = [fault.text for fault in faults_of(contents_of(draft, day=NOW.date()), day=NOW.date())]

    assert len(texts) == 2
    for key, text in zip(("change", "months"), texts, strict=True):
        label = next(one.label for one in call.regulation.questions.questions() if one.key == key)
        assert text.count(str(say(label))) == 1


def test_continue_carries_answers_and_costs_to_another_call(call):
    old, other = make_ready(call, now=NOW), make_call(now=NOW)
    withdraw_application(application=old, by=old.owner, now=NOW)

    new = continue_application(application=old, call=other, eligibility=ELIGIBLE, by=old.owner, now=NOW)

    assert (new.call, new.continues, new.amount) == (other, old, 100000.50)
    assert Answers.objects.about(new).get().values["months"] == "3"


def test_continue_carries_a_missed_draft(call):
    draft, other = make_ready(call, now=NOW), make_call(now=NOW)
    after = call.closes_at + HOUR
    lapse_application(application=draft, now=after)

    new = continue_application(application=draft, call=other, eligibility=ELIGIBLE, by=draft.owner, now=NOW)

    assert (new.call, new.continues, new.state, new.amount) == (other, draft, "draft", 100000.50)


def test_continue_carries_the_draft_of_a_cancelled_call(call, officer):
    draft, other = make_ready(call, now=NOW), make_call(now=NOW)
    cancel_call(call, why="Ошибка в положении", by=officer, now=NOW)

    new = continue_application(application=draft, call=other, eligibility=ELIGIBLE, by=draft.owner, now=NOW)

    assert (new.call, new.amount) == (other, 100000.50)


def test_continue_of_a_running_application_is_refused(call):
    running, other = make_submitted(call, now=NOW), make_call(now=NOW)

    with pytest.raises(Refused):
        continue_application(application=running, call=other, eligibility=ELIGIBLE, by=running.owner, now=NOW)
