"""Every recurring job has a task behind its name, and every workflow drawing is fresh."""

import re

from fund.celery import app
from fund.workflow.drawing import draw_all
from fund.workflow.table import all_workflows

from . import rooms


def test_every_recurring_job_names_a_task_that_exists():
    app.loader.import_default_modules()

    named = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert named - set(app.tasks) == set()


def test_every_ring_names_a_task_that_exists():
    app.loader.import_default_modules()
    source = "".join(
        path.read_text(encoding="utf-8") for room in ("fund", "grants", "portal") for path in (rooms.ROOT / room).rglob("*.py")
    )

    named = set(re.findall(r"\b(?:ring\(|SENDER = )\s*\"([\w.]+)\"", source))

    assert named
    assert named - set(app.tasks) == set()


def test_the_drawings_of_the_workflows_are_fresh():
    kept = (rooms.ROOT / "docs/workflows.md").read_text(encoding="utf-8")

    assert kept == draw_all(), "run: manage.py draw_workflows"


def test_every_state_can_be_reached_and_left():
    stuck = []
    for table in all_workflows():
        reached, grown = {table.initial}, True
        while grown:
            new = {move.to for move in table.moves if reached & set(move.source)} - reached
            reached, grown = reached | new, bool(new)
        left = {state for move in table.moves for state in move.source}
        stuck += [f"{table.model}: {state} is never reached" for state in table.states if state not in reached]
        stuck += [f"{table.model}: {state} has no way out" for state in table.states if state not in left | set(table.final)]

    assert stuck == []
