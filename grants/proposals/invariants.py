"""A receipt is the hash of what was submitted; what belongs to a proposal belongs to one that is there."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from fund.core.invariants import invariant
from fund.questions.digest import digest

from .models import CostLine, Receipt, ReceiptContents, TeamMember


@invariant("proposals.Receipt", "has the hash of what was submitted")
def other_digest() -> Iterable[Any]:
    contents = ReceiptContents.objects.select_related("receipt")
    return [one.receipt for one in contents.iterator() if digest(one.snapshot) != one.receipt.digest]


@invariant("proposals.Receipt", "belongs to a proposal that is there")
def lost_receipts() -> Iterable[Any]:
    return lost(Receipt)


@invariant("proposals.TeamMember", "belongs to a proposal that is there")
def lost_members() -> Iterable[Any]:
    return lost(TeamMember)


@invariant("proposals.CostLine", "belongs to a proposal that is there")
def lost_lines() -> Iterable[Any]:
    return lost(CostLine)


def lost(model: Any) -> Iterable[Any]:
    for label in model.objects.order_by().values_list("of_type", flat=True).distinct():
        there = apps.get_model(label)._base_manager.values("pk")
        yield from model.objects.filter(of_type=label).exclude(of_id__in=there)
