"""The simulator: who would be in under another envelope, line or rule; nothing is written by looking."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.councils.queries.simulation import Wish, simulate
from grants.reviews.models import Conflict
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.reviews import make_judged
from tests.shared import parts

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
NOW = timezone.now()
# use × 3 + plan × 2
SCORES = [("5", "5"), ("4", "4"), ("3", "5"), ("3", "3"), ("2", "2")]


@pytest.fixture(scope="module")
def built(module_db):
    """25, 20, 19, 15 and 10 points, 100,000 each; the threshold is 12, the envelope holds two."""
    officer = play("officer")
    call = make_call(officer, now=NOW, state="judging", envelope=250_000, most=200_000)
    judged = make_judged(call, officer=officer, now=NOW, scores=SCORES)
    return SimpleNamespace(**locals())


officer, call, judged = parts("officer", "call", "judged")


def wish(**changed):
    return Wish(**{"envelope": Decimal(250_000), "selection": "stop", "aggregation": "mean", **changed})


def changes(found) -> list[tuple]:
    return [(one.kind, one.application.title) for one in found.changes]


def test_without_a_change_nothing_moves(call, judged):
    found = simulate(call, wish())

    assert (found.changes, found.moved, found.then) == ([], 0, found.now)


def test_a_larger_envelope_lets_the_next_in(call, judged):
    found = simulate(call, wish(envelope=Decimal(300_000)))

    assert changes(found) == [("in", judged[2].title)]
    assert (found.now_count, found.then_count, found.then.left) == (2, 3, 0)


def test_a_lower_line_lets_in_who_did_not_pass(call, judged):
    found = simulate(call, wish(envelope=Decimal(500_000), line=Decimal(10)))

    assert [title for _kind, title in changes(found)] == [one.title for one in judged[2:]]


def test_weights_move_places(call, judged):
    found = simulate(call, wish(factors={"use": Decimal("0.5")}))

    assert changes(found) == [("in", judged[2].title), ("out", judged[1].title)]
    assert found.moved == 3  # the fourth falls below the threshold


def test_partial_gives_the_rest_only_to_who_named_a_least_sum(call, judged):
    judged[2].minimum = Decimal(40_000)
    judged[2].save()

    found = simulate(call, wish(selection="partial"))

    assert [(one.kind, one.then.amount) for one in found.changes] == [("in", Decimal(50_000))]


def test_what_a_conflict_closes_is_not_named(call, judged):
    assert simulate(call, wish(envelope=Decimal(300_000)), hidden={judged[2].pk}).changes == []


def address(call) -> str:
    return reverse("councils:simulate", args=[call.slug])


def test_page_counts_what_the_address_says(call, judged, director, signed_in):
    answer = signed_in(director).get(address(call), {"envelope": "300 000", "weight_use": "1,5"})

    assert answer.context["found"].then.envelope == 300_000
    assert answer.context["form"].wish.factors["use"] == Decimal("1.5")


def test_page_writes_nothing(call, judged, director, signed_in):
    client = signed_in(director)
    client.get(address(call))

    with CaptureQueriesContext(connection) as asked:
        client.get(address(call), {"envelope": "300000", "selection": "best_total", "aggregation": "median"})

    assert [q["sql"] for q in asked if not q["sql"].startswith("SELECT")] == []
    assert len(asked) <= 15


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"envelope": "много"}, "envelope"),
        ({"line": "-1"}, "line"),
        ({"line": "9" * 50}, "line"),
        ({"weight_use": "NaN"}, "weight_use"),
        ({"weight_use": "0", "weight_plan": "0"}, "weight_use"),
        ({"selection": "luck"}, "selection"),
        ({"aggregation": "guess"}, "aggregation"),
    ],
)
def test_page_refuses_at_the_field(call, judged, director, signed_in, given, field):
    answer = signed_in(director).get(address(call), given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_page_of_a_director_with_a_conflict_names_nobody_closed(call, judged, director, signed_in):
    seen = signed_in(director).get(address(call), {"envelope": "300000"}).content.decode()
    Conflict.objects.create(application=judged[2], expert=director, kind="friend", declared_at=NOW)

    closed = signed_in(director).get(address(call), {"envelope": "300000"}).content.decode()

    assert (judged[2].title in seen, judged[2].title in closed) == (True, False)


def test_directions_come_from_the_question_of_the_regulation(officer, director):
    from grants.proposals.models import ReceiptContents
    from tests.factories.calls import make_regulation

    text = make_regulation(NOW).replace(
        "    - key: plan\n",
        "        - {key: theme, type: choice, label: {ru: Направление, en: Theme}, choices: ["
        "{key: city, label: {ru: Город, en: Town}}, {key: eco, label: {ru: Экология, en: Ecology}}]}\n    - key: plan\n",
    )
    call = judging_call(text, officer)
    judged = make_judged(call, officer=officer, now=NOW, scores=[("5", "5"), ("4", "4")], amount=600_000)
    for application, theme in zip(judged, ("city", "eco"), strict=True):
        contents = ReceiptContents.objects.get(receipt=application.receipt)
        contents.snapshot["answers"]["theme"] = theme
        contents.save()

    themes = simulate(call, wish(envelope=Decimal(1_200_000))).themes

    assert [(one.name, one.now, one.then, one.then_sum) for one in themes] == [
        ("Город", 1, 1, 600_000),
        ("Экология", 0, 1, 600_000),
    ]


def judging_call(text: str, officer):
    from datetime import timedelta

    from grants.calls.actions import close_call, import_call, open_call, start_judging

    call = import_call(file="theme.yaml", text=text, by=officer, now=NOW - timedelta(days=30))
    open_call(call, by=officer, now=call.opens_at)
    close_call(call, now=call.closes_at + timedelta(days=1))
    start_judging(call, by=officer, now=call.closes_at + timedelta(days=1))
    return call


def test_the_page_says_once_that_every_field_may_stay_empty(call, judged, director, signed_in):
    page = signed_in(director).get(reverse("councils:simulate", args=[call.slug])).content.decode()

    assert "(необязательно)" not in page
    assert 'aria-describedby="what-if-all"' in page
    assert page.count("любое поле можно оставить пустым") == 1
