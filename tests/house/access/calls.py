"""What the addresses of this room are asked about: an open call with a question that waits, a draft, one to close, one released."""

from datetime import timedelta

from django.utils import timezone

from grants.calls.actions import amend_regulation, ask_curator, cancel_call, decide_call, edit_regulation, release_call
from tests.factories.calls import make_call, make_draft_call


def world(world) -> None:
    officer, director, now = world.cast.officer, world.cast.director, timezone.now()
    call = make_call(officer, now=now)
    draft = make_draft_call(officer, now=now, opens=now + timedelta(days=1), closes=now + timedelta(days=9))
    closed = make_call(officer, now=now, state="closed")
    released = make_call(officer, now=now, state="judging")
    decide_call(released, by=director, now=now)
    release_call(released, by=director, now=now)
    amend_regulation(call, reason="Добавили", by=officer, now=now, envelope=call.envelope * 2)
    cancelled = make_call(officer, now=now)
    cancel_call(cancelled, why="Ошибка", by=officer, now=now)
    sketch = edit_regulation(make_draft_call(officer, now=now), by=officer, now=now)
    of_sketch = {"uid": sketch.uid}
    question = ask_curator(call, text="Можно?", by=world.cast.applicant, now=now)
    world.things["call"] = call
    of_draft = {"slug": draft.slug}
    world.kwargs |= {
        "calls": {"slug": call.slug},
        "calls:answer": {"uid": question.uid},
        "calls:announce": of_draft,
        "calls:archive": {"slug": released.slug},
        "calls:compare": {"slug": call.slug, "number": 2},
        "calls:edit": of_draft,
        "calls:reopen": {"slug": cancelled.slug},
        "calls:sketch": of_sketch,
        "calls:adopt": of_sketch,
        "calls:drop": of_sketch,
        "calls:preview": {**of_sketch, "who": "expert"},
        "calls:write": {**of_sketch, "place": "criteria"},
        "calls:open": of_draft,
        "calls:reschedule": of_draft,
        "calls:start_judging": {"slug": closed.slug},
        "people:subscribe": {"topic": "calls", "key": make_call(officer, now=now, state="announced").slug},
        "people:subscribe_any": {"topic": "calls"},
    }
