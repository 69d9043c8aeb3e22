"""A mail server that listens and can be told to misbehave, and a message of no room, for the tests of the outbox."""

import socket
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from fund.accounts.models import Account
from fund.notices import registry

TEMPLATES = Path(__file__).parent / "templates"


class Answers:
    """Keeps what arrived; `says` are its next answers to the data of a letter: a line, or "break" to hang up."""

    def __init__(self):
        self.arrived: list[bytes] = []
        self.says: list[str] = []
        self.recipient_says: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient_says:
            return self.recipient_says.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.says.pop(0) if self.says else "250 OK"
        if answer.startswith(("250", "break")):
            self.arrived.append(envelope.content)
        if answer == "break":
            server.transport.close()
            return "421 gone"
        return answer


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


@pytest.fixture
def post_office(settings):
    """A real SMTP server on this machine, and the settings that lead to it."""
    answers = Answers()
    controller = Controller(answers, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 2
    yield answers
    controller.stop()


@pytest.fixture
def away(settings):
    """No mail server at all."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 2


@pytest.fixture
def greeting(settings):
    """A kind of message with all three templates that may be unsubscribed: its name."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], TEMPLATES]}]
    yield registry.kind("notices.greeting", "Greeting", optional=True)
    del registry.KINDS["notices.greeting"]


@pytest.fixture
def anna(db):
    return Account.objects.create_user("anna@example.org", language="ru")


@pytest.fixture
def john(db):
    return Account.objects.create_user("john@example.org", language="en", time_zone="Asia/Vladivostok")


@pytest.fixture
def now():
    return timezone.now()
