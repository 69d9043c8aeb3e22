"""How firm the ranking is: counted once for one ranking, by one job, said to be old when a sheet changes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.errors import Refused
from grants.reviews.actions import ask_stability, count_stability, reopen_sheet, waiting_reports
from grants.reviews.models import Conflict, StabilityReport
from grants.reviews.queries.stability import firmness_of
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW, state="judging", envelope=100_000, most=100_000)


@pytest.fixture
def judged(call, officer):
    """Use × 3 + plan × 2: 19, 18 and 15. If use weighs a tenth less the first two are 17.2 and 17.1; a tenth more 20.8 and 18.9."""
    return make_judged(call, officer=officer, now=NOW, scores=[("5", "2"), ("4", "3"), ("3", "3")])


def counted(call, director):
    report = ask_stability(call=call, by=director, now=NOW)
    assert count_stability(report=report.pk, now=NOW)
    return StabilityReport.objects.get(pk=report.pk)


def test_a_counted_report_says_what_was_tried(call, judged, director):
    report = counted(call, director)

    kinds = [one["kind"] for one in report.found["scenarios"]]
    assert kinds == ["weight_up", "weight_down", "weight_up", "weight_down", "aggregation", "expert_out", "expert_out"]
    assert (report.state, report.tried, report.scenarios) == ("done", 7, 7)
    assert [(row["number"], row["place"], row["funded"]) for row in report.found["rows"]] == [
        (judged[0].number, 1, 7),
        (judged[1].number, 2, 0),
        (judged[2].number, 3, 0),
    ]


def test_a_place_that_hangs_on_a_weight_is_named(call, officer, director):
    first, _second = make_judged(call, officer=officer, now=NOW, scores=[("5", "2"), ("4", "3")])
    (third,) = make_judged(call, officer=officer, now=NOW, scores=[("3", "5")])

    found = counted(call, director).found

    flips = {(one["kind"], one["of"]): (one["enters"], one["leaves"]) for one in found["scenarios"] if one["enters"]}
    assert flips == {
        ("weight_down", "use"): ([third.number], [first.number]),
        ("weight_up", "plan"): ([third.number], [first.number]),
    }
    rows = {row["number"]: (row["best"], row["worst"], row["funded"]) for row in found["rows"]}
    assert rows[first.number][2] == found["of"] - 2
    assert rows[third.number] == (1, 2, 2)


def test_asking_twice_counts_once(call, judged, director, officer):
    first, second = ask_stability(call=call, by=director, now=NOW), ask_stability(call=call, by=officer, now=NOW)

    assert first == second
    assert [count_stability(report=first.pk, now=NOW) for _ in range(2)] == [True, False]


def test_a_changed_sheet_makes_the_report_old_and_nothing_counts_by_itself(call, judged, director, officer):
    counted(call, director)
    assert not firmness_of(call).is_stale

    reopen_sheet(sheet=judged[0].sheets.first(), why="Ошибка в листе", by=officer, now=NOW)

    assert firmness_of(call).is_stale
    assert waiting_reports(NOW + timedelta(days=1)) == []


def test_a_job_that_died_is_taken_up_by_the_next(call, judged, director):
    report = ask_stability(call=call, by=director, now=NOW)
    StabilityReport.objects.update(state="running", seen_at=NOW)
    assert not count_stability(report=report.pk, now=NOW + timedelta(seconds=90))

    later = NOW + timedelta(minutes=3)
    assert waiting_reports(later) == [report.pk]
    assert count_stability(report=report.pk, now=later)


def test_a_ring_that_was_lost_is_found(call, judged, director):
    report = ask_stability(call=call, by=director, now=NOW)

    assert [waiting_reports(NOW + timedelta(seconds=s)) for s in (10, 40)] == [[], [report.pk]]


def test_who_does_not_follow_the_judging_asks_nothing(call, judged, expert):
    with pytest.raises(Refused):
        ask_stability(call=call, by=expert, now=NOW)


def address(call) -> str:
    return reverse("councils:stability", args=[call.slug])


def test_page_asks_shows_progress_and_the_result(call, judged, director, signed_in):
    client = signed_in(director)
    assert client.get(address(call)).context["firmness"].newest is None

    assert client.post(address(call)).status_code == 302
    waiting = client.get(address(call)).content.decode()
    report = StabilityReport.objects.get()
    StabilityReport.objects.update(state="running", tried=3, scenarios=7)
    part = client.get(address(call), headers={"HX-Request": "true"}).content.decode()
    StabilityReport.objects.update(state="asked")
    count_stability(report=report.pk, now=NOW)
    page = client.get(address(call))

    assert 'hx-trigger="load' in waiting
    assert ("проверено 3 из 7" in part, "<html" in part) == (True, False)
    assert page.context["found"]["of"] == 7
    assert "Устойчивость" in page.content.decode()


def test_page_names_nothing_closed_to_the_reader(call, judged, director, signed_in):
    counted(call, director)
    Conflict.objects.create(application=judged[0], expert=director, kind="friend", declared_at=NOW)

    assert judged[0].number not in signed_in(director).get(address(call)).content.decode()


def test_page_of_an_empty_call_opens(call, director, signed_in):
    counted(call, director)

    assert signed_in(director).get(address(call)).status_code == 200
