"""Fixtures that need a server: mailbox, worker, and browsers that look at the live server."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from fund.celery import app
from portal.embedded.valkey import die_with_parent, free_port
from tests.services.browser import Browser, launch
from tests.services.mailbox import Mailbox

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread in which tests ask the database
FOLDER = Path(os.environ.get("TEST_FOLDER", "/tmp"))
WHO = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A thread of the live server closes its connection when the browser has hung up, a moment too late for the database to go."""
    yield
    if connection.vendor == "postgresql":
        others = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
            AND usename = current_user AND backend_type = 'client backend' AND pid <> pg_backend_pid()
        """  # its vacuum is not ours to end, and steps aside by itself
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(others)


@pytest.fixture(scope="session")
def smtp():
    mailbox = Mailbox(free_port())
    mailbox.start()
    yield mailbox
    mailbox.stop()


@pytest.fixture
def mailbox(smtp, settings):
    """A real SMTP server; `mailbox.letters` holds what arrived since the test began, `mailbox.wait(n)` waits for it."""
    smtp.letters.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp.port
    return smtp


@contextmanager
def celery(*words: str, smtp: Mailbox):
    """A Celery process on this test's database, broker and mailbox."""
    environment = os.environ | {"DATABASE_URL": url_of_test_database(), "EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}"}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with (FOLDER / f"{words[0]}-{WHO}.log").open("wb") as log:
        command = [sys.executable, "-m", "celery", "-A", "fund", *words]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, preexec_fn=die_with_parent)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def url_of_test_database() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{facts['NAME']}"


@pytest.fixture
def worker(transactional_db, mailbox):
    """A real Celery worker in its own process on this test's database; its letters arrive in `mailbox`.

    It ends with its test: one that lived on would send the letters of tests that watch the outbox."""
    app.control.purge()
    with celery("worker", "--pool", "threads", "--concurrency", "2", smtp=mailbox) as process:
        deadline = time.monotonic() + 30
        while not app.control.ping(timeout=0.2):
            assert process.poll() is None, "the worker ended"
            assert time.monotonic() < deadline, "the worker does not answer"
        yield process


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield launch(playwright)


@pytest.fixture
def browse(chromium, live_server):
    """browse(width=390, scheme="dark", language="en", javascript=False) opens a browser at the live server: a Playwright page."""
    browser = Browser(chromium, live_server.url)
    yield browser
    browser.close()


@pytest.fixture
def page(browse):
    """A Russian reader at a desk."""
    return browse()
