"""The demo multiplied for benchmarks: applications and their sheets copied in bulk, each copy with a number of its own."""

from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models, transaction

from fund.core.models import Upward
from fund.core.uids import new_uid
from fund.questions.models import Answers
from grants.applications.models import Application
from grants.calls.models import Call
from grants.proposals.models import CostLine, Receipt
from grants.reviews.models import HandIn, Sheet

CHUNK = 1000


@transaction.atomic
def multiply(times: int, *, now: datetime) -> dict[str, int]:
    """Copies every application times − 1 times, with its answers, costs, receipt, sheets and hand-ins. Counts the rows."""
    originals = list(Application.objects.order_by("pk"))
    for _copy in range(times - 1):
        copy_applications(originals)
    return {"applications": Application.objects.count(), "sheets": Sheet.objects.count()}


def copy_applications(originals: list[Application]) -> None:
    calls = {call.pk: call for call in Call.objects.all()}
    copies = []
    for original in originals:
        call, number = calls[original.call_id], ""
        if original.number:
            number = call.number_for(call.next_number)
            call.next_number += 1
        copies.append(copy(original, number=number, receipt=None, state="draft", submitted_at=None))
    made = Application.objects.bulk_create(copies, CHUNK)
    Call.objects.bulk_update(calls.values(), ["next_number"])
    pairs = list(zip(originals, made, strict=True))
    for model in (Answers, CostLine):
        copy_rows(model, pairs)
    copy_receipts(pairs)
    copy_sheets(pairs)


def copy_rows(model: type[models.Model], pairs: list) -> None:
    """Rows that refer to an application by type and id."""
    to = {original.pk: made.pk for original, made in pairs}
    rows = model.objects.filter(of_type=Application._meta.label_lower, of_id__in=to)
    bulk(model, (copy(row, of_id=to[row.of_id]) for row in rows))


def copy_receipts(pairs: list) -> None:
    """Each copy gets its receipt, and only then the state that needs one."""
    sent = [(original, made) for original, made in pairs if original.receipt_id]
    receipts = {receipt.pk: receipt for receipt in Receipt.objects.filter(pk__in=[one.receipt_id for one, _made in sent])}
    copies = [copy(receipts[one.receipt_id], number=made.number, **Upward.key(made)) for one, made in sent]
    for (_one, made), receipt in zip(sent, Receipt.objects.bulk_create(copies, CHUNK), strict=True):
        made.receipt = receipt
    for original, made in pairs:
        made.state, made.submitted_at = original.state, original.submitted_at
    Application.objects.bulk_update([made for _one, made in pairs], ["receipt", "state", "submitted_at"], CHUNK)


def copy_sheets(pairs: list) -> None:
    to = {original.pk: made for original, made in pairs}
    originals = list(Sheet.objects.filter(application__in=to).order_by("pk"))
    waiting = [copy(one, application=to[one.application_id], current=None, state=unsent(one)) for one in originals]
    made = Sheet.objects.bulk_create(waiting, CHUNK)
    new = {original.pk: sheet for original, sheet in zip(originals, made, strict=True)}
    hand_ins = list(HandIn.objects.filter(sheet__in=new).order_by("pk"))
    copies = HandIn.objects.bulk_create([copy(one, sheet=new[one.sheet_id]) for one in hand_ins], CHUNK)
    current = {original.pk: made_one for original, made_one in zip(hand_ins, copies, strict=True)}
    for original in originals:
        if original.current_id:
            new[original.pk].current, new[original.pk].state = current[original.current_id], "submitted"
    Sheet.objects.bulk_update([sheet for sheet in made if sheet.current_id], ["current", "state"], CHUNK)


def unsent(sheet: Sheet) -> str:
    return "draft" if sheet.state == "submitted" else sheet.state


def copy(row: models.Model, **changed: Any) -> Any:
    """The same row anew: another key, another address, and what is given."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    if "uid" in values:
        values["uid"] = new_uid()
    made = type(row)(**values)
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def bulk(model: type[models.Model], rows: Any) -> None:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        model.objects.bulk_create(chunk)
