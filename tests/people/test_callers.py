"""Acting for a caller: begun with a reason, told to the person, seen on the page, named in the record, never for staff."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.models import Notice
from fund.people.actions import act_for, create_person
from fund.people.models import Person

NOW = timezone.now()


def begin(browser, person):
    return browser.post(f"/ru/desk/people/{person.uid}/act-for/", {"why": "Позвонил утром"})


def test_act_for_a_caller_adds_their_child_and_names_both(parent, officer, signed_in):
    browser = signed_in(officer)
    begin(browser, parent.person)
    form = {"first_name": "Тимур", "birth_year": str(NOW.year - 9), "once": "c" * 24}

    browser.post("/ru/desk/household/child/", form)

    child = Person.objects.get(first_name="Тимур")
    entry = Entry.objects.get(verb="people.register_child")
    assert child.household == parent.person.household
    assert (entry.by, entry.for_id) == (officer, parent.person.pk)


def test_the_page_says_for_whom_until_the_officer_stops(parent, officer, signed_in):
    browser = signed_in(officer)
    begin(browser, parent.person)

    during = browser.get("/ru/desk/household/").context["caller"]
    browser.post("/ru/desk/people/stop-acting/")

    assert (during, browser.get("/ru/desk/household/").context["caller"]) == (parent.person, None)


def test_acting_ends_by_itself(parent, officer, signed_in):
    browser = signed_in(officer)
    begin(browser, parent.person)
    session = browser.session
    session["caller"] = {**session["caller"], "until": (NOW - timedelta(minutes=1)).isoformat()}
    session.save()

    assert browser.get("/ru/desk/household/").context["caller"] is None


def test_the_person_is_told(parent, officer):
    act_for(parent.person, by=officer, now=NOW, why="Позвонила")

    assert Notice.objects.get(kind="people.acted_for").account == parent


@pytest.mark.parametrize("who", ["director", "accountant", "expert"])
def test_nobody_acts_for_those_who_touch_money_or_scores(request, officer, who):
    person = request.getfixturevalue(who).person

    with pytest.raises(Refused):
        act_for(person, by=officer, now=NOW, why="Попросил")


def test_a_resident_acts_for_nobody_whatever_the_session_says(resident, parent, signed_in):
    browser = signed_in(resident)
    refused = begin(browser, parent.person)
    session = browser.session
    session["caller"] = {"person": parent.person.uid, "until": (NOW + timedelta(hours=1)).isoformat()}
    session.save()

    assert refused.status_code == 404
    assert browser.get("/ru/desk/household/").context["caller"] is None


def test_a_caller_without_an_account_is_written_down_once(officer, resident, signed_in):
    form = {"last_name": "Озёрная", "first_name": "Вера", "phone": "8 911 234-56-78", "once": "p" * 24}

    targets = {signed_in(officer).post("/ru/desk/people/create/", form).headers["Location"] for _ in range(2)}

    person = Person.objects.get(last_name="Озёрная")
    assert targets == {f"/ru/desk/people/{person.uid}/act-for/"}
    assert signed_in(resident).get("/ru/desk/people/create/").status_code == 404
    assert create_person(by=officer, now=NOW, first_name="Вера", last_name="Иная") != person


def test_the_list_offers_to_act_for_those_one_may_act_for(parent, director, officer, signed_in):
    page = signed_in(officer).get("/ru/desk/people/").content.decode()

    offered = [f"/ru/desk/people/{one.person.uid}/act-for/" in page for one in (parent, director, officer)]
    assert offered == [True, False, False]
