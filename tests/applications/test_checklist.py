"""The checklist of the formal check: what the record knows, who ticked what and when."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.applications.actions import (
    replace_application,
    save_section,
    tick_checks,
)
from grants.applications.contents import contents_of
from grants.applications.formal import checklist
from grants.applications.models import Application, Likeness, Tick
from tests.cast import play
from tests.factories.applications import make_submitted
from tests.factories.calls import make_call
from tests.factories.people import make_account
from tests.shared import parts

NOW = timezone.now().replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def built(module_db):
    officer = play("officer")
    other_officer = make_account("Нина", "Громова", roles=["officer"], email="nina@example.org")
    application = make_submitted(make_call(now=NOW), now=NOW)
    return SimpleNamespace(**locals())


officer, other_officer, application = parts("officer", "other_officer", "application")


def points(application, alike=()) -> dict:
    return {one.key: one for one in checklist(application, contents_of(application, day=NOW.date()), list(alike), day=NOW.date())}


def test_a_tick_says_who_and_when(application, officer):
    tick_checks(application=application, checks=["costs", "applicant", "nonsense"], by=officer, now=NOW)

    ticks = {key: one.tick for key, one in points(application).items() if one.tick}
    assert {key: (tick.ticked_by, tick.ticked_at) for key, tick in ticks.items()} == {
        "applicant": (officer, NOW),
        "costs": (officer, NOW),
    }


def test_two_officers_do_not_undo_each_other(application, officer, other_officer):
    tick_checks(application=application, checks=["costs"], known=[], by=officer, now=NOW)

    tick_checks(application=application, checks=["theme"], known=[], by=other_officer, now=NOW + HOUR)
    tick_checks(application=application, checks=[], known=["costs"], by=officer, now=NOW + HOUR)

    assert list(Tick.objects.values_list("point", "ticked_by")) == [("theme", other_officer.pk)]


def test_what_is_sent_anew_is_looked_at_anew(application, officer):
    tick_checks(application=application, checks=["costs"], by=officer, now=NOW)
    save_section(application=application, section="plan", values={"months": "5"}, version=1, by=application.owner, now=NOW + HOUR)
    replace_application(application=application, by=application.owner, now=NOW + HOUR)

    costs = points(application)["costs"]

    assert (costs.tick, costs.stale.ticked_by) == (None, officer)


def test_a_tick_of_an_older_sending_is_refused(application, officer, signed_in):
    browser, read = signed_in(officer), application.receipt.digest
    save_section(application=application, section="plan", values={"months": "5"}, version=1, by=application.owner, now=NOW + HOUR)
    replace_application(application=application, by=application.owner, now=NOW + HOUR)
    address = reverse("applications:check", args=[application.uid])

    stale = browser.post(address, {"checks": ["costs"], "receipt": read})
    fresh = browser.post(address, {"checks": ["costs"], "receipt": application.receipt.digest})

    assert (stale.status_code, "отправили заново" in stale.content.decode()) == (422, True)
    assert fresh.status_code == 302
    assert list(Tick.objects.values_list("receipt", "point")) == [(application.receipt_id, "costs")]


def test_the_record_says_what_it_knows_of_each_point(application):
    found = {key: one.is_fine for key, one in points(application).items()}

    assert found == {
        "time": True,
        "eligibility": True,
        "applicant": True,
        "once": True,
        "theme": None,
        "documents": None,
        "costs": True,
        "team": True,
    }


def test_the_record_names_what_is_wrong(application):
    Application.objects.filter(pk=application.pk).update(eligibility={"town": "no"})
    twin = make_submitted(application.call, now=NOW)
    likeness = Likeness.objects.create(first=application, second=twin, percent=80, found_at=NOW)
    application.refresh_from_db()

    found = points(application, [likeness])

    assert (found["eligibility"].is_fine, found["once"].is_fine) == (False, False)
    assert "Фонд поддерживает проекты в Гусеве." in found["eligibility"].found[0]
    assert twin.number in found["once"].found[0]


def test_the_pages_show_the_ticks(application, officer, signed_in):
    browser = signed_in(officer)
    address = reverse("applications:check", args=[application.uid])

    browser.post(address, {"checks": ["costs", "team"], "receipt": application.receipt.digest})

    assert officer.person.short_name in browser.get(address).content.decode()
    assert "2 из 8" in browser.get(reverse("applications:intake")).content.decode()
