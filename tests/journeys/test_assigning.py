"""An officer assigns experts: counts a plan, reads a reason, changes one pair, accepts; or does it all by hand."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from fund.notices.models import Notice
from grants.reviews.actions import count_plan
from grants.reviews.models import Plan, Sheet
from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted, make_expert

WORDS = {
    "ru": SimpleNamespace(
        keep="Принять план и пригласить",
        tie="семья",
        progress="Ход экспертизы",
        change="Изменить",
        count="Составить план",
        accept="Принять и пригласить",
        free="место есть, но у заявки уже достаточно экспертов",
        hand="вручную",
        put="Сохранить в плане",
    ),
    "en": SimpleNamespace(
        keep="Keep the plan and invite",
        tie="household",
        progress="How far the judging is",
        change="Change",
        count="Count the plan",
        accept="Accept and invite",
        free="is free; the application has enough experts",
        hand="by hand",
        put="Keep in the plan",
    ),
}


@pytest.fixture
def now(transactional_db):
    return timezone.now()


@pytest.fixture
def call(officer, now):
    return make_call(officer, now=now, state="judging")


@pytest.fixture
def applications(call, now):
    return [make_admitted(call, now=now), make_admitted(call, now=now)]


@pytest.fixture
def free(transactional_db):
    return make_expert("Свободный")


@pytest.fixture
def tied(applications):
    """Lives with the author of the first application."""
    expert = make_expert("Связанный")
    expert.person.household = applications[0].owner.person.household
    expert.person.save()
    return expert


def box(page, application, expert):
    return page.locator(f"[name=pairs][value='{application.pk}:{expert.pk}']")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_officer_counts_a_plan_changes_one_pair_and_accepts(enter, look, officer, call, applications, free, tied, language):
    words, page = WORDS[language], enter(officer, language=language)
    third, fourth = make_expert("Третий"), make_expert("Четвёртый")
    page.goto(f"/{language}/desk/calls/{call.slug}/experts/")
    look(page)
    page.get_by_role("button", name=words.count).click()
    count_waiting_plan(call)
    page.goto(f"/{language}/desk/calls/{call.slug}/experts/")
    look(page)
    assert page.locator("td.bad").get_by_text(words.tie, exact=True).is_visible()
    assert Sheet.objects.count() == 0

    page.get_by_role("row", name=applications[1].title).get_by_role("link", name=words.change).click()
    look(page)
    spare = page.locator("label.choice", has_text=words.free).first
    chosen = int(spare.locator("input").get_attribute("value"))
    spare.locator("input").check()
    page.locator("label.choice input:checked").first.uncheck()
    page.get_by_role("button", name=words.put).click()
    page.locator("#messages .note").wait_for()
    assert page.locator("td.fine").get_by_text(words.hand, exact=True).is_visible()
    page.get_by_role("button", name=words.accept).click()
    page.locator("#messages .note").wait_for()
    look(page)

    pairs = set(Sheet.objects.values_list("application", "expert"))
    assert (applications[1].pk, chosen) in pairs
    assert (applications[0].pk, tied.pk) not in pairs
    assert sorted(application for application, _expert in pairs) == sorted([one.pk for one in applications] * 2)
    letters = Notice.objects.filter(kind="reviews.invited").values_list("account", flat=True)
    assert sorted(letters) == sorted({expert for _application, expert in pairs})
    assert {expert for _application, expert in pairs} <= {free.pk, tied.pk, third.pk, fourth.pk}


def count_waiting_plan(call) -> None:
    """What the worker does once it is rung."""
    count_plan(plan=Plan.objects.get(call=call, state="asked").pk, now=timezone.now())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_officer_assigns_by_hand(enter, look, officer, call, applications, free, tied, language):
    words, page = WORDS[language], enter(officer, language=language)
    page.goto(f"/{language}/desk/calls/{call.slug}/experts/by-hand/")
    look(page)
    assert box(page, applications[0], tied).count() == 0
    assert page.locator("td.bad").get_by_text(words.tie, exact=True).is_visible()

    for application, expert in ((applications[0], free), (applications[1], free), (applications[1], tied)):
        box(page, application, expert).check()
    page.get_by_role("button", name=words.keep).click()
    page.locator("#messages .note").wait_for()
    look(page)
    page.goto(f"/{language}/desk/calls/{call.slug}/experts/")
    page.get_by_role("link", name=words.progress).click()
    look(page)

    pairs = {(applications[0].pk, free.pk), (applications[1].pk, free.pk), (applications[1].pk, tied.pk)}
    assert set(Sheet.objects.values_list("application", "expert")) == pairs
    assert sorted(Notice.objects.filter(kind="reviews.invited").values_list("account", flat=True)) == sorted([free.pk, tied.pk])


def test_an_officer_assigns_on_a_phone_without_scripts(enter, officer, call, applications, free, tied):
    page = enter(officer, javascript=False, width=390)
    page.goto(f"/ru/desk/calls/{call.slug}/experts/by-hand/")
    second = page.get_by_role("row", name=applications[1].title)
    assert not box(page, applications[1], free).is_visible()

    second.get_by_text("Изменить").click()
    box(page, applications[1], free).check()
    second.get_by_text("Изменить").click()
    assert box(page, applications[1], free).is_visible()
    page.get_by_role("button", name="Принять план и пригласить").click()
    page.locator("#messages .note").wait_for()

    assert list(Sheet.objects.values_list("application", "expert")) == [(applications[1].pk, free.pk)]


def test_a_tie_that_appeared_meanwhile_is_refused_by_name(enter, officer, call, applications, free):
    page = enter(officer)
    page.goto(f"/ru/desk/calls/{call.slug}/experts/by-hand/")
    free.person.household = applications[0].owner.person.household
    free.person.save()

    box(page, applications[0], free).check()
    page.get_by_role("button", name="Принять план и пригласить").click()

    page.locator(".summary", has_text=f"{free.person.short_name} не может оценивать").wait_for()
    assert page.locator("td.bad").is_visible()
    assert Sheet.objects.count() == 0
