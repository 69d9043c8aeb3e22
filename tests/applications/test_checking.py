"""The formal check: ticks, return and resubmission, admission, refusal with codes, extra time; each with its refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.applications.actions import (
    admit_application,
    begin_review,
    extend_application,
    refuse_application,
    resubmit_application,
    return_application,
    save_section,
)
from tests.factories.applications import make_draft, make_submitted
from tests.factories.calls import make_call
from tests.factories.people import give_role

NOW = timezone.now().replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARKS = [{"section": "plan", "question": "months", "remark": "Мало"}]
pytestmark = pytest.mark.django_db


@pytest.fixture
def application(db):
    return make_submitted(make_call(now=NOW), now=NOW)


@pytest.fixture
def returned(application, officer):
    return_application(application=application, marks=MARKS, until=NOW + DAY, by=officer, now=NOW, why="Поправьте срок.")
    return application


def told(application) -> list[str]:
    notices = Notice.objects.filter(of_type="applications.application", of_id=application.pk, account=application.owner)
    return [notice.kind.removeprefix("applications.") for notice in notices.order_by("pk")]


def test_return_opens_the_marked_places_until_their_deadline(returned):
    assert (returned.state, returned.correct_until) == ("returned", NOW + DAY)
    assert told(returned) == ["submitted", "returned"]


@pytest.mark.parametrize(
    ("marks", "until", "field"),
    [([], DAY, "marks"), (MARKS, -HOUR, "until"), ([{"section": "nowhere", "question": ""}], DAY, "marks")],
)
def test_return_is_refused_without_marks_or_time(application, officer, marks, until, field):
    with pytest.raises(Refused) as refusal:
        return_application(application=application, marks=marks, until=NOW + until, by=officer, now=NOW)

    assert refusal.value.field == field


def test_resubmit_sends_the_corrections(returned):
    save_section(application=returned, section="plan", values={"months": "5"}, version=1, by=returned.owner, now=NOW)

    receipt = resubmit_application(application=returned, by=returned.owner, now=NOW + DAY)

    assert (returned.state, returned.marks, receipt.snapshot["answers"]["months"]) == ("submitted", [], "5")


def test_resubmit_after_the_corrections_deadline_is_refused(returned):
    with pytest.raises(Refused) as refusal:
        resubmit_application(application=returned, by=returned.owner, now=NOW + DAY + timedelta(seconds=1))

    assert refusal.value.code == "late"


def test_admit_tells_the_applicant(application, officer):
    admit_application(application=application, by=officer, now=NOW)

    assert (application.state, told(application)) == ("admitted", ["submitted", "admitted"])


def test_admit_waits_for_the_corrections(returned, officer):
    with pytest.raises(Refused) as refusal:
        admit_application(application=returned, by=officer, now=NOW + HOUR)

    admit_application(application=returned, by=officer, now=NOW + DAY + HOUR)
    assert (refusal.value.code, returned.state) == ("correcting", "admitted")


@pytest.mark.parametrize(("verb", "state"), [("admit", "admitted"), ("refuse", "not_admitted")])
def test_corrections_never_sent_leave_what_was_sent_first(returned, officer, verb, state):
    save_section(application=returned, section="plan", values={"months": "5"}, version=1, by=returned.owner, now=NOW)
    after = NOW + DAY + HOUR

    if verb == "admit":
        admit_application(application=returned, by=officer, now=after)
    else:
        refuse_application(application=returned, reasons=["incomplete"], remark="", by=officer, now=after)

    assert (returned.state, returned.receipt.snapshot["answers"]["months"]) == (state, "3")


def test_admit_ones_own_is_refused(application):
    give_role(application.owner, "officer")

    with pytest.raises(Refused) as refusal:
        admit_application(application=application, by=application.owner, now=NOW)

    assert refusal.value.code == "who"


def test_admit_by_a_director_is_refused(application, director):
    with pytest.raises(Refused):
        admit_application(application=application, by=director, now=NOW)


def test_refuse_keeps_codes_and_words(application, officer):
    refuse_application(application=application, reasons=["duplicate", "off_theme"], remark="Уже есть.", by=officer, now=NOW)

    assert (application.state, application.reasons) == ("not_admitted", ["off_theme", "duplicate"])
    assert Entry.objects.about(application).get(verb="applications.refuse").facts == {"reasons": ["off_theme", "duplicate"]}
    assert told(application) == ["submitted", "refused"]


@pytest.mark.parametrize(("reasons", "field"), [([], "reasons"), (["other"], "remark"), (["nonsense"], "reasons")])
def test_refuse_without_a_reason_is_refused(application, officer, reasons, field):
    with pytest.raises(Refused) as refusal:
        refuse_application(application=application, reasons=reasons, remark=" ", by=officer, now=NOW)

    assert refusal.value.field == field


def test_begin_review_from_admitted_only(application, officer):
    with pytest.raises(Refused):
        begin_review(application=application, by=officer, now=NOW)

    admit_application(application=application, by=officer, now=NOW)
    begin_review(application=application, by=officer, now=NOW)
    assert application.state == "under_review"


def test_extend_gives_more_time_with_its_reason(officer):
    draft = make_draft(make_call(now=NOW), now=NOW)
    later = draft.call.closes_at + DAY

    extension = extend_application(application=draft, until=later, why="Болезнь", by=officer, now=NOW)

    assert (draft.closes_at, draft.deadline, extension.given_by) == (later, later, officer)
    assert told(draft) == ["extended"]
    assert Entry.objects.about(draft).get(verb="applications.extend").personal.why == "Болезнь"


@pytest.mark.parametrize(("until", "why", "field"), [(-DAY, "Болезнь", "until"), (DAY, " ", "why")])
def test_extend_is_refused_for_an_earlier_time_or_no_reason(officer, until, why, field):
    draft = make_draft(make_call(now=NOW), now=NOW)

    with pytest.raises(Refused) as refusal:
        extend_application(application=draft, until=draft.call.closes_at + until, why=why, by=officer, now=NOW)

    assert refusal.value.field == field
