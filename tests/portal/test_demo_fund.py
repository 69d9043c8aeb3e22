"""The fund the demo makes through the rooms' own verbs: in full swing, its pages open, its invariants hold."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fund.accounts.models import Account
from fund.core.invariants import all_rules
from fund.lots.models import Draw
from fund.notices.models import Notice
from fund.workflow.table import all_workflows
from grants.applications.models import Application, Likeness
from grants.applications.tasks import compare
from grants.calls.models import Call, Version
from grants.reviews.models import Sheet
from portal.demo.cast import CAST, PASSWORD

from .damage import DAMAGE, is_seen

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


@pytest.fixture(scope="module")
def built(module_db):
    """What the command printed; the fund it made is what every test here begins with."""
    out = StringIO()
    call_command("demo", json=True, scale=2, stdout=out)
    return json.loads(out.getvalue())


def test_one_application_copies_another_and_no_other_two_are_alike(world):
    compare()

    pairs = Likeness.objects.values_list("first__call__slug", "first__title", "second__title")
    assert set(pairs) == {("youth-start", "Подкаст «Гусев говорит»", "Подкаст «Говорит Маяковское»")}


def test_demo_is_a_fund_in_full_swing(world):
    told = world

    assert [one["email"] for one in told["accounts"]] == [player.email for player in CAST]
    assert {one["password"] for one in told["accounts"]} == {PASSWORD}
    assert set(Call.objects.values_list("state", flat=True)) == {
        *("draft", "announced", "open", "closed", "judging", "released", "archived", "cancelled")
    }
    assert Application.objects.count() == 2 * 56
    assert set(Application.objects.values_list("state", flat=True)) >= {
        *("draft", "missed", "submitted", "returned", "not_admitted", "admitted", "under_review"),
        *("funded", "reserve", "declined", "withdrawn"),
    }
    assert set(Sheet.objects.values_list("state", flat=True)) >= {
        "invited",
        "accepted",
        "draft",
        "submitted",
        "declined",
        "conflicted",
    }
    assert Notice.objects.filter(kind="applications.closing").count() == 3
    assert Account.objects.get(email=CAST[0].email).check_password(PASSWORD)
    amended = Version.objects.get(is_amendment=True)
    assert (amended.call.slug, amended.number) == ("living-yard", 2)
    with pytest.raises(CommandError):
        call_command("demo")


# What still lies ahead of a call in each state, and what lies behind it.
DATES = {
    "draft": ("opens", None),
    "announced": ("opens", None),
    "open": ("closes", "opens"),
    "closed": ("checked_by", "closes"),
    "judging": ("released_by", "checked_by"),
    "released": ("released_by", "decided_by"),
}


def test_no_call_is_behind_its_own_dates(world):
    """Read today, the plan of each call fits what became of it: a draft of a call does not open in the past."""
    now, wrong = timezone.now() - timedelta(hours=1), []
    for call in Call.objects.filter(state__in=DATES):
        ahead, behind = (getattr(call.regulation.timeline, name) if name else None for name in DATES[call.state])
        if ahead.date() < now.date() or (behind and behind > now):
            wrong.append((call.slug, call.state, ahead, behind))

    assert wrong == []


def test_the_lot_is_the_same_each_time_and_told(world):
    """Whatever seed was committed the same project wins; the lot, the results and the score lead to one another."""
    draw = Draw.objects.get()
    winner, second = (Application.objects.get(number=one.code) for one in draw.order())
    assert (winner.state, second.state, winner.number < second.number) == ("funded", "reserve", True)
    own = Client()
    own.force_login(second.owner)
    lot, results = draw.get_absolute_url(), reverse("results:published", args=[winner.call.slug])
    assert f'href="{winner.call.get_absolute_url()}"' in own.get(lot).content.decode()
    for path in (results, reverse("results:explain", args=[second.uid])):
        assert f'href="{lot}"' in own.get(path).content.decode()


def test_every_page_answers(world):
    """The pages of all states, in both languages, as a visitor sees them; the page of accounts and letters."""
    visitor = Client()
    paths = ["/demo/?language=en", "/demo/", "/ru/calls/?state=over"]
    for language in ("ru", "en"):
        paths.append(f"/{language}/")
        paths += [f"/{language}/calls/{slug}/" for slug in Call.objects.published().values_list("slug", flat=True)]
    assert {path: visitor.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    for player in CAST:
        browser = Client()
        browser.force_login(Account.objects.get(email=player.email))
        assert browser.get("/ru/desk/").status_code == 200


def test_invariants_hold_and_each_sees_its_own_damage(world):
    assert told() == (0, f"{len(all_rules())} rules asked, 0 broken.\n")
    assert [rule for rule, damage in DAMAGE.items() if not is_seen(rule, damage)] == []
    states = {(table.model, "stands in a state that its table of moves knows") for table in all_workflows()}
    assert set(DAMAGE) | states == set(all_rules())
    Call.objects.filter(state="archived").update(state="asleep")
    key = Call.objects.get(state="asleep").pk
    said = f"calls.Call: not every row stands in a state that its table of moves knows. Broken by 1: {key}\n"
    assert told() == (1, f"{said}{len(all_rules())} rules asked, 1 broken.\n")


def told() -> tuple[int, str]:
    """The exit code of the command and what it printed."""
    out = StringIO()
    try:
        call_command("check_invariants", stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()
