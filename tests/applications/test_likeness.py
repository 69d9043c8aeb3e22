"""Applications that are alike: found after sending, seen by officers alone, kept or dismissed with a reason."""

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.audit.models import Entry, Personal
from fund.core.errors import Refused
from grants.applications.actions import (
    compare_call,
    decide_likeness,
    replace_application,
    save_section,
    submit_application,
)
from grants.applications.models import Likeness
from grants.applications.tasks import compare
from tests.counting import queries_at
from tests.factories.applications import fill, make_applicant, make_draft
from tests.factories.calls import make_call
from tests.factories.reviews import make_expert

from .test_similarity import OTHER, YARD

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW)


def sent(call, text, owner=None):
    owner = owner or make_applicant(now=NOW)
    application = fill(make_draft(call, owner, now=NOW), now=NOW, answers={"change": text})
    submit_application(application=application, by=owner, now=NOW)
    return application


@pytest.fixture
def pair(call):
    return sent(call, YARD), sent(call, YARD.replace("беседка", "площадка"))


@pytest.fixture
def likeness(call, pair):
    compare_call(call, now=NOW)
    return Likeness.objects.get()


def test_compare_finds_the_two_that_are_alike(call, pair):
    third = sent(call, OTHER)

    compare()

    found = Likeness.objects.get()
    assert {found.first, found.second} == set(pair)
    assert third not in {found.first, found.second}
    assert 50 < found.percent < 100


def test_compare_reads_only_what_is_new(call, likeness):
    assert compare_call(call, now=NOW) == 0
    late = sent(call, YARD)

    assert compare_call(call, now=NOW) == 2
    assert Likeness.objects.filter(second=late).count() == 2


def test_another_call_is_another_matter(officer, pair):
    sent(make_call(officer, now=NOW), YARD)

    compare()

    assert Likeness.objects.count() == 1


def rewrite(application, text):
    owner = application.owner
    version = 1
    save_section(application=application, section="idea", values={"change": text}, version=version, by=owner, now=NOW)
    replace_application(application=application, by=owner, now=NOW)


def test_a_flag_nobody_decided_goes_with_the_likeness(call, pair, likeness):
    rewrite(pair[1], OTHER)

    compare_call(call, now=NOW)

    assert not Likeness.objects.exists()


def test_a_dismissed_flag_asks_again_when_much_more_is_alike(call, pair, likeness, officer):
    decide_likeness(likeness, is_kept=False, why="Один проект, две площадки", by=officer, now=NOW)
    rewrite(pair[1], YARD)

    compare_call(call, now=NOW)

    likeness.refresh_from_db()
    assert (likeness.is_kept, likeness.percent) == (None, 100)


def test_decide_keeps_the_reason_in_both_records(likeness, officer):
    decide_likeness(likeness, is_kept=True, why="Скопирован бюджет и текст", by=officer, now=NOW)

    entries = Entry.objects.filter(verb="applications.decide_likeness")
    assert {one.of_id for one in entries} == {likeness.first_id, likeness.second_id}
    assert set(Personal.objects.filter(entry__in=entries).values_list("why", flat=True)) == {"Скопирован бюджет и текст"}


def test_decide_without_a_reason_or_by_a_stranger_is_refused(likeness, officer, stranger):
    for by, why in ((officer, "  "), (stranger, "Так")):
        with pytest.raises(Refused):
            decide_likeness(likeness, is_kept=True, why=why, by=by, now=NOW)

    likeness.refresh_from_db()
    assert likeness.is_kept is None


def address(one, other):
    return reverse("applications:decide_likeness", args=[one.uid, other.uid])


def test_the_officer_reads_both_side_by_side_and_decides(pair, likeness, officer, signed_in):
    browser = signed_in(officer)

    flagged = browser.get(reverse("applications:check", args=[pair[0].uid])).content.decode()
    shown = browser.get(address(*pair)).content.decode()
    empty = browser.post(address(*pair), {"decision": "dismiss", "why": ""})
    done = browser.post(address(*pair), {"decision": "dismiss", "why": "Одна мастерская"})

    assert address(*pair) in flagged
    assert "<mark>" in shown
    assert (empty.status_code, done.status_code) == (422, 302)
    likeness.refresh_from_db()
    assert (likeness.is_kept, likeness.why) == (False, "Одна мастерская")


def test_neither_applicants_nor_experts_learn_of_it(call, pair, likeness, officer, director, signed_in):
    first, second = pair
    expert = make_expert()
    owner = signed_in(first.owner)

    pages = [reverse(f"applications:{name}", args=[first.uid]) for name in ("read", "submit", "receipt", "print")]
    texts = [owner.get(page).content.decode() for page in pages]

    assert all("Похожа" not in text and second.uid not in text for text in texts)
    assert [signed_in(one).get(address(first, second)).status_code for one in (first.owner, expert, director)] == [404] * 3


def test_the_page_of_two_that_are_not_alike_does_not_exist(call, pair, officer, signed_in):
    assert signed_in(officer).get(address(*pair)).status_code == 404


def test_the_queue_marks_it_without_more_queries(call, officer, signed_in):
    def more(many):
        for _ in range(many):
            sent(call, YARD)
        compare_call(call, now=NOW)

    few, many = queries_at(signed_in(officer), reverse("applications:intake"), more, (2, 6))

    assert few == many
    assert "Похожа" in signed_in(officer).get(reverse("applications:intake")).content.decode()
