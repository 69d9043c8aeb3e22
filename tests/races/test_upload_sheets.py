"""Twelve spreadsheets of the same two sheets taken over at once: one whole, the others told; on either database."""

import pytest
from django.db import connection
from django.utils import timezone

from fund.core.errors import Conflict
from grants.reviews.actions import Upload, save_sheet, upload_sheets
from grants.reviews.models import Sheet
from tests.concurrency import at_once, without_locks
from tests.factories.calls import make_call
from tests.factories.reviews import draft_of, make_admitted, make_sheet

TIMES = 12
EXACT = {"taken": 1, "conflicts": TIMES - 1, "errors": 0, "versions": [2, 2], "of one file": True}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheets(expert, officer):
    """Two drafts, each saved once."""
    now = timezone.now()
    call = make_call(officer, now=now, state="judging")
    made = [make_sheet(make_admitted(call, now=now), expert, officer=officer, now=now) for _ in range(2)]
    for sheet in made:
        save_sheet(sheet=sheet, draft=draft_of(use="1", plan="1"), remark="", version=0, by=expert, now=now)
    return made


def upload_all(sheets, expert, prepare=None) -> dict:
    """Each file names the sheets in another order: whoever locks them as they come waits for the other for good."""
    call = sheets[0].application.call

    def act(number: int):
        given = [Upload(sheet.uid, 1, draft_of(use=str(number % 6), plan="3"), f"Файл {number}") for sheet in sheets]
        return upload_sheets(call=call, uploads=given[:: 1 - number % 2 * 2], by=expert, now=timezone.now())

    answers = at_once(act, TIMES, prepare=prepare)
    kept = list(Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]))
    counted = {
        "taken": sum(isinstance(one, dict) for one in answers),
        "conflicts": sum(isinstance(one, Conflict) for one in answers),
        "errors": sum(isinstance(one, Exception) and not isinstance(one, Conflict) for one in answers),
        "versions": [sheet.version for sheet in kept],
        "of one file": len({sheet.remark for sheet in kept}) == 1,
    }
    print(connection.vendor, counted)
    return counted


def test_upload_sheets_takes_one_of_many_at_once(sheets, expert):
    assert upload_all(sheets, expert) == EXACT


def test_upload_sheets_without_the_lock_does_not(sheets, expert):
    """The control, on one sheet: of two, writing the first holds the others back before they read the second."""
    assert upload_all(sheets[:1], expert, without_locks(TIMES)) != {**EXACT, "versions": [2]}
