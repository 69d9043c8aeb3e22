"""Who applies: a person, a team, an organisation one speaks for; who is paid; and who is under 18."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.people.actions import (
    answer_as_guardian,
    end_guardianship,
    end_mandate,
    name_guardian,
    person_of,
    update_profile,
    withdraw_consent,
)
from fund.people.models import Consent, ConsentDocument, Mandate
from grants.applications.actions import set_applicant, submit_application
from grants.applications.completeness import applicant_faults
from grants.applications.contents import contents_of
from grants.applications.models import Application
from grants.applications.reading import proposal_for_experts, proposal_of
from tests.factories.applications import make_applicant, make_draft, make_ready
from tests.factories.calls import make_call
from tests.factories.people import make_organisation

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(db):
    return make_call(now=NOW)


@pytest.fixture
def draft(call, applicant):
    return make_ready(call, applicant, now=NOW)


@pytest.fixture
def minor():
    account = make_applicant(now=NOW)
    update_profile(person_of(account), by=account, now=NOW, birth_year=NOW.year - 15)
    return account


def guarded(minor, *, agrees=True):
    guardianship = name_guardian(
        minor.person, by=minor, now=NOW, email="inna@example.org", first_name="Инна", last_name="Полевая"
    )
    if agrees:
        documents = ConsentDocument.objects.current().filter(purpose__in=("minor", "processing"))
        answer_as_guardian(guardianship, documents=documents, by=None, now=NOW)
    return guardianship


def submit(application, *, now=NOW):
    return submit_application(application=application, by=application.owner, now=now)


def test_set_applicant_to_an_organisation_one_speaks_for(draft, applicant):
    organisation = make_organisation(applicant, kind="nonprofit", inn="7707083893")

    set_applicant(application=draft, applicant_kind="organisation", organisation=organisation, by=applicant, now=NOW)
    submit(draft, now=NOW + timedelta(seconds=1))

    draft.refresh_from_db()
    assert (draft.organisation, draft.payee) == (organisation, "nonprofit")
    assert draft.receipt.snapshot["applicant"]["organisation"] == organisation.name
    assert draft.receipt.snapshot["applicant"]["payee"] == "nonprofit"


def test_set_applicant_to_somebody_elses_organisation_is_refused(draft, applicant, stranger):
    organisation = make_organisation(stranger)

    with pytest.raises(Refused) as refusal:
        set_applicant(application=draft, applicant_kind="organisation", organisation=organisation, by=applicant, now=NOW)

    assert refusal.value.field == "organisation"


def test_submit_is_refused_once_the_mandate_has_ended(draft, applicant):
    organisation = make_organisation(applicant)
    set_applicant(application=draft, applicant_kind="organisation", organisation=organisation, by=applicant, now=NOW)
    end_mandate(Mandate.objects.get(organisation=organisation), by=applicant, now=NOW)

    with pytest.raises(Refused) as refusal:
        submit(draft)

    assert refusal.value.code == "incomplete"


def test_submit_by_a_minor_waits_for_the_guardian(call, minor):
    draft = make_ready(call, minor, now=NOW)
    guardianship = guarded(minor, agrees=False)
    with pytest.raises(Refused) as refusal:
        submit(draft)

    documents = ConsentDocument.objects.current().filter(purpose__in=("minor", "processing"))
    answer_as_guardian(guardianship, documents=documents, by=None, now=NOW)
    submit(draft)

    draft.refresh_from_db()
    assert refusal.value.code == "incomplete"
    assert (draft.state, draft.guardian) == ("submitted", guardianship.guardian)
    assert draft.receipt.snapshot["applicant"]["guardian"] == "Полевая Инна"


@pytest.mark.parametrize("how", ["withdrawn", "ended"])
def test_submit_is_refused_at_once_when_the_guardian_takes_it_back(call, minor, how):
    draft, guardianship = make_ready(call, minor, now=NOW), guarded(minor)
    consent = Consent.objects.live().get(person=minor.person, document__purpose="minor")
    if how == "ended":
        end_guardianship(guardianship, by=None, now=NOW)
    else:
        withdraw_consent(consent, by=None, now=NOW)

    with pytest.raises(Refused) as refusal:
        submit(draft)

    assert refusal.value.code == "incomplete"


def test_who_is_paid_is_for_the_fund_not_for_experts_of_a_blind_call(draft, applicant):
    set_applicant(
        application=draft, applicant_kind="person", organisation=None, payee_kind="self_employed", by=applicant, now=NOW
    )
    submit(draft, now=NOW + timedelta(seconds=1))
    draft.refresh_from_db()

    assert ("Кому платить", "самозанятый") in proposal_of(draft).applicant
    assert proposal_for_experts(draft).applicant == ()


def test_the_page_offers_ones_own_organisations_and_keeps_what_was_chosen(draft, applicant, stranger, signed_in):
    mine, theirs = make_organisation(applicant, "Двор"), make_organisation(stranger, "Чужой двор")
    address, browser = reverse("applications:set_applicant", args=[draft.uid]), signed_in(applicant)

    shown = browser.get(address).content.decode()
    foreign = browser.post(address, {"applicant_kind": "organisation", "organisation": theirs.uid, "payee_kind": ""})
    none = browser.post(address, {"applicant_kind": "organisation", "organisation": "", "payee_kind": ""})
    chosen = browser.post(address, {"applicant_kind": "organisation", "organisation": mine.uid, "payee_kind": "company"})

    assert ("Двор</option>" in shown, "Чужой" in shown) == (True, False)
    assert (foreign.status_code, none.status_code, chosen.status_code) == (422, 422, 302)
    assert "organisation" in none.context["form"].errors
    draft.refresh_from_db()
    assert (draft.organisation, draft.payee_kind) == (mine, "company")


def acting_for(account, officer, signed_in):
    browser = signed_in(officer)
    browser.post(reverse("people:act_for", args=[person_of(account).uid]), {"why": "Диктует по телефону"})
    return browser


def test_an_officer_begins_writes_and_sends_for_a_caller(call, officer, signed_in):
    caller = make_applicant(now=NOW)
    browser = acting_for(caller, officer, signed_in)
    given = {"e_town": "yes", "applicant_kind": "person", "once": "s" * 24}

    began = browser.post(reverse("applications:start", args=[call.slug]), given)
    draft = Application.objects.get()
    section = reverse("applications:edit", args=[draft.uid, "plan"])
    wrote = browser.post(section, {"q_months": "4", "asked": "months", "version": "0", "tab": "t" * 12, "go": "out"})

    assert (began.status_code, wrote.status_code, draft.owner) == (302, 302, caller)
    entry = Entry.objects.get(verb="applications.start")
    assert (entry.by, entry.for_id) == (officer, caller.person.pk)
    assert browser.get(reverse("applications:read", args=[draft.uid])).context["caller"] == caller.person


def test_an_officer_who_acts_for_nobody_sees_no_draft(call, officer, signed_in):
    caller = make_applicant(now=NOW)
    draft = make_draft(call, caller, now=NOW)
    address = reverse("applications:read", args=[draft.uid])

    before = signed_in(officer).get(address).status_code
    browser = acting_for(caller, officer, signed_in)
    during = browser.get(address).status_code
    browser.post(reverse("people:stop_acting"))

    assert (before, during, browser.get(address).status_code) == (404, 200, 404)


@pytest.mark.parametrize(("years", "taken"), [(13, False), (14, True), (15, True)])
def test_start_is_refused_to_who_is_surely_younger_than_the_call_takes(call, applicant, years, taken):
    update_profile(person_of(applicant), by=applicant, now=NOW, birth_year=NOW.year - years)

    if taken:
        assert make_draft(call, applicant, now=NOW).state == "draft"
        return
    with pytest.raises(Refused) as refusal:
        make_draft(call, applicant, now=NOW)
    assert (refusal.value.code, str(refusal.value)) == ("age", "Этот конкурс принимает заявителей от 14 лет")


def test_sending_says_that_the_applicant_is_too_young(draft, applicant):
    update_profile(person_of(applicant), by=applicant, now=NOW, birth_date=(NOW - timedelta(days=365 * 13)).date())

    faults = applicant_faults(contents_of(draft, day=NOW.date()), day=NOW.date())

    assert "Этот конкурс принимает заявителей от 14 лет" in faults
