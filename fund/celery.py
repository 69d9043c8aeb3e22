"""Celery, and every recurring job on one screen. A job only finds what is due in the database, so two beats do no harm."""

import os
import sys
from pathlib import Path

from celery import Celery, signals
from celery.schedules import crontab
from django_structlog.celery.steps import DjangoStructLogInitStep

from fund.core.starting import read_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
if "celery" in Path(sys.argv[0]).parts[-2:]:  # `celery -A fund …`, `python -m celery …`: elsewhere they are read later
    read_settings()

app = Celery("fund")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)  # the id of the request that rang stands in the task's log lines

MINUTE = 60.0


def job(task: str, schedule, stale: float = MINUTE) -> dict:
    """A turn not taken within `stale` seconds is dropped: after an hour without a worker one turn does it all."""
    return {"task": task, "schedule": schedule, "options": {"expires": stale}}


app.conf.beat_schedule = {
    "letters that wait are sent": job("fund.notices.tasks.sweep", MINUTE / 2),
    "deadlines that come near are declared": job("fund.notices.tasks.declare", MINUTE),
    "daily digests are gathered": job("fund.notices.tasks.gather", 15 * MINUTE),
    "old notices are forgotten": job("fund.notices.tasks.tidy", 60 * MINUTE),
    "the journal is chained": job("fund.audit.tasks.chain", MINUTE),
    "files nobody checked for viruses are checked": job("fund.documents.tasks.check_all", 5 * MINUTE),
    "papers nobody drew are drawn": job("fund.documents.tasks.draw_all", MINUTE),
    "files without a row are removed": job("fund.documents.tasks.clean_up", crontab(hour=2, minute=47), stale=3600.0),
    "calls open and close": job("grants.calls.tasks.open_and_close", MINUTE),
    "drafts lapse at the deadline": job("grants.applications.tasks.lapse", MINUTE),
    "applicants learn of changed and cancelled calls": job("grants.applications.tasks.tell_of_calls", MINUTE),
    "drafts of a cancelled call go on in the new one": job("grants.applications.tasks.carry_over", MINUTE),
    "applications that are alike are looked for": job("grants.applications.tasks.compare", MINUTE),
    "dossiers nobody wrote are written": job("grants.applications.tasks.issue_dossiers", MINUTE),
    "dossiers for experts are written": job("grants.reviews.tasks.issue_dossiers", MINUTE),
    "reserves end with their term": job("grants.applications.tasks.expire", 60 * MINUTE),
    "reports on rankings nobody counts are counted": job("grants.reviews.tasks.count_waiting", MINUTE),
    "plans of assignment nobody counts are counted": job("grants.reviews.tasks.count_waiting_plans", MINUTE),
    "sheets that are late are asked for": job("grants.reviews.tasks.chase", 15 * MINUTE),
    "ties of experts are looked for anew": job("grants.reviews.tasks.look_for_ties", MINUTE),
    "money of withdrawn applications is freed": job("grants.councils.tasks.sweep", MINUTE),
    "counted attempts are forgotten": job("fund.people.tasks.forget_attempts", crontab(hour=3, minute=7), stale=3600.0),
    "wishes that were met are forgotten": job("fund.people.tasks.forget_subscriptions", crontab(hour=3, minute=27), stale=3600.0),
    "old sessions are forgotten": job("fund.core.tasks.forget_sessions", crontab(hour=3, minute=17), stale=3600.0),
}

# What takes a second or more waits until nothing else does: a letter leaves two seconds after it was written, however many
# papers are to be drawn. (Of Redis' priorities 0 comes first and is what every other task has.)
LAST = {"priority": 9}
app.conf.task_routes = {
    "fund.documents.tasks.draw": LAST,
    "grants.applications.tasks.compare": LAST,
    "grants.*.tasks.issue_dossiers": LAST,
    "grants.reviews.tasks.count_*": LAST,
}


@signals.setup_logging.connect
def leave_logging_alone(**_):
    """Celery would set up its own; the settings did that already."""
