"""Applications that wait to be judged, and sheets on them, for tests of judging and deciding."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from fund.accounts.models import Account
from grants.applications.models import Application
from grants.calls.models import Call
from grants.proposals.models import Receipt, ReceiptContents
from grants.reviews.actions import accept_sheet, ask_plan, count_plan, invite_expert, save_sheet, submit_sheet
from grants.reviews.models import Plan, Sheet

from .people import make_account

NUMBER = count(1)


def make_admitted(
    call: Call, *, now: datetime, title: str = "Остановка", amount: int = 100_000, owner: Account | None = None, theme: str = ""
) -> Application:
    """An application that was sent and admitted, written straight into its tables."""
    number = next(NUMBER)
    application = Application.objects.create(
        call=call,
        version=call.version,
        owner=owner or make_account("Автор", f"Номер{number}", email=f"author{number}@example.org"),
        title=f"{title} {number}",
        number=f"{call.code}-{number:04d}",  # of one length, so that they sort as they were made
        amount=Decimal(amount),
        own_amount=Decimal(amount) / 4,
        created_at=now - timedelta(days=20),
        saved_at=now - timedelta(days=15),
    )
    record = {
        "format": 1, "call": call.slug, "regulation": call.version.digest, "number": application.number,
        "sent_at": (now - timedelta(days=10)).isoformat(), "title": application.title,
        "applicant": {"kind": "person", "name": str(application.owner.person), "organisation": "", "guardian": ""},
        "eligibility": {}, "answers": {"change": "Двор станет общим.", "contact": "Телефон автора", **({"theme": theme} if theme else {})}, "costs": [],
        "amount": str(application.amount), "own_amount": str(application.own_amount), "minimum": None, "team": [], "files": [],
    }  # fmt: skip
    receipt = Receipt.objects.create(
        **Receipt.key(application),
        number=application.number,
        submitted_at=now - timedelta(days=10) + timedelta(minutes=number),
        submitted_by=application.owner,
        digest="0" * 64,
    )
    ReceiptContents.objects.create(receipt=receipt, snapshot=record)
    application.receipt, application.submitted_at, application.state = receipt, receipt.submitted_at, "admitted"
    application.save()
    return application


def make_expert(name: str = "Эксперт") -> Account:
    number = next(NUMBER)
    return make_account(name, f"Номер{number}", roles=["expert"], email=f"expert{number}@example.org")


def make_sheet(application: Application, expert: Account, *, officer: Account, now: datetime, accepted: bool = True) -> Sheet:
    """An invited sheet; accepted unless told otherwise."""
    due = now + timedelta(days=10)
    sheet = invite_expert(application=application, expert=expert, due_at=due, by=officer, now=now)
    if accepted:
        accept_sheet(sheet=sheet, by=expert, now=now)
    return sheet


def draft_of(**values: str) -> dict:
    return {key: {"value": value, "na": value == "", "comment": ""} for key, value in values.items()}


def hand_in(sheet: Sheet, *, now: datetime, remark: str = "", **values: str) -> None:
    """Scores the sheet and hands it in: hand_in(sheet, now=…, use="4", plan="3"); an empty value is "no score"."""
    save_sheet(sheet=sheet, draft=draft_of(**values), remark=remark, version=sheet.version, by=sheet.expert, now=now)
    submit_sheet(sheet=sheet, by=sheet.expert, now=now)


def make_judged(
    call: Call, *, officer: Account, now: datetime, scores: list[tuple[str, str]], amount: int = 100_000
) -> list[Application]:
    """Applications each judged by two experts: `scores` gives (use, plan) for each; both experts agree."""
    experts = [make_expert(), make_expert()]
    found = []
    for use, plan in scores:
        application = make_admitted(call, now=now, amount=amount)
        for expert in experts:
            hand_in(make_sheet(application, expert, officer=officer, now=now), now=now, use=use, plan=plan)
        application.refresh_from_db()
        found.append(application)
    return found


def make_plan(call: Call, *, officer: Account, now: datetime, seed: str = "1", **given) -> Plan:
    """A plan asked for by the officer and counted."""
    plan = ask_plan(call=call, seed=seed, by=officer, now=now, **given)
    count_plan(plan=plan.pk, now=now)
    plan.refresh_from_db()
    return plan
