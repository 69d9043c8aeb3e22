"""The doorbell: a worker hears it within moments; a dead broker fails nothing and is left alone for a while."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from fund.celery import app
from fund.core import ringing
from portal.embedded.valkey import free_port

TASK = "fund.core.tasks.forget_sessions"


@pytest.fixture(autouse=True)
def not_silent():
    ringing._silent_until = 0.0
    yield
    ringing._silent_until = 0.0


@pytest.fixture
def dead_broker():
    """An address at which nobody listens."""
    kept = app.conf.broker_url
    _use(f"redis://127.0.0.1:{free_port()}/0")
    yield
    _use(kept)


def _use(address: str) -> None:
    app.conf.broker_url = app.conf.broker_write_url = address
    app.set_current()
    app.amqp._producer_pool = None
    app._pool = None


def test_ring_reaches_a_worker(worker):
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))

    ringing.ring(TASK)

    deadline = time.monotonic() + 5
    while Session.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Session.objects.exists()


def test_ring_into_a_dead_broker_fails_nothing_and_costs_one_wait(dead_broker, transactional_db):
    started = time.monotonic()

    for _ in range(20):
        ringing.ring(TASK)

    assert time.monotonic() - started < 2.5
    assert ringing._silent_until > time.monotonic() + 20


def test_ring_for_a_letter_is_heard_before_papers_that_were_rung_for_earlier(transactional_db):
    app.control.purge()
    for task in ("fund.documents.tasks.draw", "grants.reviews.tasks.issue_dossiers", "fund.notices.tasks.send"):
        ringing.ring(task)

    with app.connection_for_read() as connection:
        heard = [connection.default_channel.basic_get("celery", no_ack=True).headers["task"] for _ in range(3)]

    assert heard == ["fund.notices.tasks.send", "fund.documents.tasks.draw", "grants.reviews.tasks.issue_dossiers"]
