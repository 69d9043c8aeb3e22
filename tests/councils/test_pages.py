"""The pages of deciding: the list with its cut line, one decision, the release with its typed code."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.moments import deadline
from grants.applications.models import Application
from grants.councils.actions import follow_ranking
from grants.councils.models import Decision
from grants.reviews.models import Standing
from grants.reviews.queries import ranking_of
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted, make_expert, make_judged, make_sheet
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
BELOW = {
    "code": "criterion",
    "sentence": "“{key}”: {value} is below {threshold}",
    "facts": {"key": "use", "value": "2", "threshold": "3"},
}
HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def built(module_db):
    officer, now = play("officer"), timezone.now()
    call = make_call(officer, now=now, state="judging", envelope=250_000, most=200_000)
    judged = make_judged(call, officer=officer, now=now, scores=[("5", "5"), ("4", "4"), ("3", "3")])
    return SimpleNamespace(**locals())


officer, now, call, judged = parts("officer", "now", "call", "judged")


def test_list_shows_the_order_and_the_cut_line(call, judged, director, signed_in):
    page = signed_in(director).get(reverse("councils:list", args=[call.slug])).content.decode()

    assert [page.index(a.title) for a in judged] == sorted(page.index(a.title) for a in judged)
    assert page.index(judged[1].title) < page.index('class="cut"') < page.index(judged[2].title)


@pytest.mark.parametrize("query", ["?show=nonsense", "?page=0", "?page=x", "?page=99", "?page=" + "9" * 400])
def test_list_answers_nonsense_with_not_found(call, judged, director, signed_in, query):
    assert signed_in(director).get(reverse("councils:list", args=[call.slug]) + query).status_code == 404


def test_choosing_in_the_list_answers_with_the_row_and_the_totals(call, judged, director, signed_in):
    answer = signed_in(director).post(
        reverse("councils:decide", args=[judged[0].uid]), {"outcome": "fund", "seen": "0"}, headers=HTMX
    )

    assert b'id="totals"' in answer.content
    assert Decision.objects.get().outcome == "fund"


def test_a_departure_chosen_in_the_list_leads_to_its_reason(judged, director, signed_in):
    client, address = signed_in(director), reverse("councils:decide", args=[judged[0].uid])

    answer = client.post(address, {"outcome": "decline", "seen": "0"}, headers=HTMX)
    page = client.get(address + "?outcome=decline")

    assert f'href="{address}?outcome=decline"'.encode() in answer.content
    assert page.context["form"]["outcome"].value() == "decline"
    assert Decision.objects.count() == 0


def test_decide_page_opens_without_a_sheet(call, officer, director, now, signed_in):
    application = make_admitted(call, now=now)
    make_sheet(application, make_expert(), officer=officer, now=now)
    application.refresh_from_db()

    assert signed_in(director).get(reverse("councils:decide", args=[application.uid])).status_code == 200


def test_a_criterion_below_its_threshold_is_named_by_its_title(call, judged, director, now, signed_in):
    ranked = ranking_of(call, now=now)
    standing = Standing.objects.get()
    standing.rows["reason"] = [BELOW for _row in ranked]
    standing.save()

    page = signed_in(director).get(reverse("councils:list", args=[call.slug])).content.decode()

    assert "«Польза»: 2 ниже порога 3" in page


def test_decide_page_refuses_at_the_field(judged, director, signed_in):
    answer = signed_in(director).post(
        reverse("councils:decide", args=[judged[0].uid]), {"outcome": "fund", "amount": "999 999", "seen": "0", "why": ""}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["amount"]


def test_release_wants_the_code(call, judged, director, now, signed_in):
    follow_ranking(call=call, by=director, now=now)
    address = reverse("councils:release", args=[call.slug])
    client = signed_in(director)

    wrong = client.post(address, {"code": "нет"})
    right = client.post(address, {"code": call.code.lower()})

    assert (wrong.status_code, right.status_code) == (422, 302)
    after = client.get(address).content.decode()
    assert reverse("results:published", args=[call.slug]) in after
    assert 'name="code"' not in after
    assert "Отменить нельзя" not in after
    assert set(Application.objects.values_list("state", flat=True)) == {"funded", "reserve"}


def test_release_page_says_until_when_appeals_are_taken(call, judged, director, now, signed_in, settings):
    follow_ranking(call=call, by=director, now=now)
    client, address = signed_in(director), reverse("councils:release", args=[call.slug])

    page = client.get(address)
    said = deadline(page.context["appeals_end"])

    assert page.context["appeals_end"].date() == (now + timedelta(days=settings.PROFILE.appeal_days)).date()
    assert f"апелляцию до {said}" in page.content.decode()


@pytest.mark.parametrize("page", ["list", "follow", "release"])
def test_a_strangers_door(call, judged, expert, stranger, signed_in, page):
    for user in (expert, stranger, judged[0].owner):
        assert signed_in(user).get(reverse(f"councils:{page}", args=[call.slug])).status_code == 404


def test_an_officer_reads_but_does_not_decide(call, judged, officer, signed_in):
    client = signed_in(officer)

    assert client.get(reverse("councils:list", args=[call.slug])).status_code == 200
    assert client.get(reverse("councils:decide", args=[judged[0].uid])).status_code == 404
    assert client.get(reverse("councils:release", args=[call.slug])).status_code == 404
