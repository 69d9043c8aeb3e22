"""What the demo refuses, and the page of its accounts and letters; the fund it makes: test_demo_fund.py."""

import re
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command


def test_the_page_shows_the_letter_that_opens_a_new_account(db, client, settings):
    """Its notice holds a link and no facts: without it nobody could register in the demo."""
    settings.DEMO = True

    client.post("/ru/account/signup/", {"email": "new@example.org"})
    page = client.get("/demo/").content.decode()

    link = re.search(r"http\S+(/ru/account/confirm-email/\S+/)", page)
    assert link
    assert client.get(link[1]).status_code == 200


def test_demo_refuses_a_database_that_holds_people(applicant):
    with pytest.raises(CommandError):
        call_command("demo")


def test_demo_refuses_production(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("demo")


@pytest.mark.parametrize("today", ["2026-11-28", "2028-02-29", "2031-06-15"])
def test_demo_dates_lie_around_today(today):
    from grants.calls.regulation import read_regulation
    from portal.demo.calls import SHIPPED, YARDS, shipped_text, yard_text

    now = datetime.fromisoformat(f"{today}T12:00:00+00:00")

    yards = [read_regulation(key, yard_text(now, key), prove=False) for key in YARDS]
    drafts = [read_regulation(key, shipped_text(now, key), prove=False) for key in SHIPPED]

    assert [yard.call.key for yard in yards] == list(YARDS)
    assert [draft.timeline.opens > now for draft in drafts] == [True, True]
    assert [draft.call.title.ru[-4:] for draft in drafts] == [str(draft.timeline.closes.year) for draft in drafts]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_leads_to_it_while_it_is_there(db, client, settings, language):
    link = f'href="/demo/?language={language}"'
    pages = []
    for settings.DEMO in (True, False):
        pages.append(client.get(f"/{language}/account/login/").content.decode())

    assert [link in page for page in pages] == [True, False]
