"""A call with three judged applications: 22, 17.5 and 9 points; released, or still being judged."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from grants.councils.actions import follow_ranking, release
from tests.cast import play
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet
from tests.shared import parts

SECRET = "Автор явно не бывал в этом дворе."


@pytest.fixture(scope="module")
def built(module_db):
    """The applicant's own stands second, fits into the envelope no more, and waits in the reserve."""
    officer, director, applicant, now = play("officer"), play("director"), play("applicant"), timezone.now()
    call = make_call(officer, now=now, state="judging", envelope=150_000, most=150_000)
    experts = [make_expert(), make_expert()]
    first, own, last = (make_admitted(call, now=now, owner=owner) for owner in (None, applicant, None))
    for application, marks in (
        (first, (("5", "4"), ("4", "4"))),
        (own, (("4", "3"), ("3", "4"))),
        (last, (("1", "1"), ("1", "2"))),
    ):
        for expert, (use, plan) in zip(experts, marks, strict=True):
            sheet = make_sheet(application, expert, officer=officer, now=now)
            hand_in(sheet, now=now, remark=f"{SECRET} {expert.pk}", use=use, plan=plan)
        application.refresh_from_db()
    judged = SimpleNamespace(call=call, first=first, own=own, last=last, experts=experts)
    return SimpleNamespace(officer=officer, director=director, applicant=applicant, now=now, judged=judged)


officer, director, applicant, now, judged = parts("officer", "director", "applicant", "now", "judged")


@pytest.fixture
def released(judged, director, now):
    follow_ranking(call=judged.call, by=director, now=now)
    release(call=judged.call, by=director, now=now)
    for one in (judged.call, judged.first, judged.own, judged.last):
        one.refresh_from_db()
    return judged
