"""Applications for tests, made and sent by the verbs that people use."""

from datetime import datetime
from itertools import count
from typing import Any

from fund.accounts.models import Account
from fund.people.actions import give_consent, person_of, publish_consent_document
from fund.people.models import ConsentDocument
from grants.applications.actions import save_costs, save_section, start_application, submit_application
from grants.applications.models import Application
from grants.calls.models import Call

from .people import make_account

NUMBER = count(1)
ELIGIBLE = {"town": "yes"}
ROWS = (
    {"category": "things", "title": "Доски", "quantity": "10", "unit_price": "9 000", "own": "15 000"},
    {"category": "work", "title": "Плотник", "quantity": "1", "unit_price": "25 000,50", "own": ""},
)
ANSWERS = {"change": "Во дворе появится место, где встречаются соседи.", "contact": "Звоните вечером", "months": "3"}


def consent(account: Account, *, now: datetime) -> None:
    """Agrees to what nothing works without."""
    documents = ConsentDocument.objects.current().filter(is_required=True)
    if not documents:
        documents = [publish_consent_document("processing", by=None, now=now, text_ru="Согласен.", text_en="I agree.")]
    for document in documents:
        give_consent(person_of(account), document, by=account, now=now, how="page")


def make_applicant(*, now: datetime) -> Account:
    number = next(NUMBER)
    account = make_account("Ирина", f"Ковальчук{number}", email=f"irina{number}@example.org")
    consent(account, now=now)
    return account


def make_draft(call: Call, owner: Account | None = None, *, now: datetime, **facts: Any) -> Application:
    """A draft just begun: nothing in it yet."""
    owner = owner or make_applicant(now=now)
    return start_application(call=call, by=owner, now=now, eligibility=ELIGIBLE, **facts)


def fill(application: Application, *, now: datetime, answers: dict | None = None, rows: tuple = ROWS) -> Application:
    """Answers and costs that can be sent, in the short regulation of tests/factories/calls.py or any whose keys they name."""
    answers = {**ANSWERS, **(answers or {})}
    for section in application.regulation.questions.sections:
        values = {question.key: answers[question.key] for question in section.questions if question.key in answers}
        save_section(application=application, section=section.key, values=values, version=0, by=application.owner, now=now)
    save_costs(application=application, rows=rows, version=0, by=application.owner, now=now)
    return application


def make_ready(call: Call, owner: Account | None = None, *, now: datetime, **facts: Any) -> Application:
    """A draft that lacks nothing."""
    owner = owner or make_applicant(now=now)
    consent(owner, now=now)
    return fill(make_draft(call, owner, now=now, **facts), now=now)


def make_submitted(call: Call, owner: Account | None = None, *, now: datetime, **facts: Any) -> Application:
    application = make_ready(call, owner, now=now, **facts)
    submit_application(application=application, by=application.owner, now=now)
    return application
