"""R4: an expert beside the others, after the release and never before, and without a word of anybody else's sheet."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.councils.actions import follow_ranking, release
from grants.reviews.actions import open_discussion
from grants.reviews.models import Discussion
from grants.reviews.queries.calibration import calibration_of
from tests.cast import play
from tests.counting import queries_at
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def built(module_db):
    """Five applications: the expert gives 3 and 2, each time two of the others give 4 and 3 or 4 and 4."""
    now, officer, expert = timezone.now(), play("officer"), play("expert")
    call = make_call(officer, now=now, state="judging", envelope=10_000_000)
    others, judged = [make_expert("Посторонний") for _ in range(3)], []
    for place in range(5):
        application = make_admitted(call, now=now)
        hand_in(make_sheet(application, expert, officer=officer, now=now), now=now, use="3", plan="2")
        for step, plan in ((0, "3"), (1, "4")):
            sheet = make_sheet(application, others[(place + step) % 3], officer=officer, now=now)
            hand_in(sheet, now=now, use="4" if place else "3", plan=plan, remark="Слова другого эксперта")
        judged.append(application)
    return SimpleNamespace(now=now, officer=officer, expert=expert, call=call, others=others, judged=judged)


now, officer, expert = parts("now", "officer", "expert")
call, others, judged = parts("call", "others", "judged")


@pytest.fixture
def released(call, judged, director, now):
    follow_ranking(call=call, by=director, now=now)
    release(call=call, by=director, now=now)
    call.refresh_from_db()
    return call


def page_of(client, call):
    return client.get(reverse("reviews:calibrate", args=[call.slug]))


def test_figures_are_those_of_the_sheets(released, expert):
    whole, (use, plan) = calibration_of(released, expert)

    # use weighs 3, plan 2: 13 against (3·3 + 2·3 + 3·3 + 2·4) ÷ 2 = 16 once and 19 four times
    assert (whole.found.n, whole.severity, str(whole.found.own.mean), str(whole.found.panel.mean)) == (
        5,
        "−5,40",
        "13.00",
        "18.40",
    )
    assert (use.severity, plan.severity) == ("−0,80", "−1,50")
    assert (use.low, use.high, whole.high) == (0, 5, 25)


def test_page_says_it_in_words_and_names_nobody(released, expert, others, signed_in):
    page = page_of(signed_in(expert), released).content.decode()

    assert "В среднем вы ставили на 5,40 меньше остальных." in page
    assert "−5,40" in page
    for secret in (
        "Слова другого эксперта",
        *(other.person.last_name for other in others),
        *(str(other.email) for other in others),
    ):
        assert secret not in page


def test_before_the_release_there_is_no_page(call, judged, expert, director, now, signed_in):
    client = signed_in(expert)
    assert page_of(client, call).status_code == 404
    follow_ranking(call=call, by=director, now=now)
    assert page_of(client, call).status_code == 404
    assert reverse("reviews:calibrate", args=[call.slug]) not in client.get(reverse("reviews:list")).content.decode()

    release(call=call, by=director, now=now)

    assert page_of(client, call).status_code == 200
    assert reverse("reviews:calibrate", args=[call.slug]) in client.get(reverse("reviews:list")).content.decode()


def test_it_is_ones_own(released, others, officer, director, stranger, signed_in):
    assert page_of(signed_in(others[0]), released).status_code == 200
    for account in (officer, director, stranger, make_expert()):
        assert page_of(signed_in(account), released).status_code == 404


def test_what_was_discussed_is_left_out(call, judged, expert, officer, director, now):
    open_discussion(application=judged[0], topic="Польза", by=officer, now=now)
    follow_ranking(call=call, by=director, now=now)
    release(call=call, by=director, now=now)
    call.refresh_from_db()

    whole, _lines = calibration_of(call, expert)

    assert (Discussion.objects.count(), whole.found.n, whole.found.panel) == (1, 4, None)


def test_few_others_are_not_shown(released, judged, expert, others, signed_in):
    # The first of the others judged three of the five: beside the expert only on these.
    page = page_of(signed_in(others[0]), released).content.decode()

    assert "Оценки остальных не показаны" in page


def test_queries_do_not_grow(call, expert, officer, others, director, now, signed_in):
    def more(many):
        type(call).objects.filter(pk=call.pk).update(state="judging")
        for _ in range(many):
            application = make_admitted(call, now=now)
            for one in (expert, *others):
                hand_in(make_sheet(application, one, officer=officer, now=now), now=now, use="3", plan="2")
        type(call).objects.filter(pk=call.pk).update(state="released")

    few, many = queries_at(signed_in(expert), reverse("reviews:calibrate", args=[call.slug]), more, (3, 12))

    assert few == many <= 20
