"""Keeping a cost table: as typed, with lines and sums of what can be read."""

from decimal import Decimal

import pytest
from django.utils import timezone

from fund.core.errors import Conflict
from fund.questions.queries import answers_of
from grants.proposals.actions import save_costs
from grants.proposals.models import CostLine
from grants.proposals.parts import COSTS
from tests.factories.applications import make_draft, make_submitted
from tests.factories.calls import make_call
from tests.factories.proposals import make_table, row

NOW = timezone.now()
TABLE = make_table(minimum_allowed=True)


@pytest.fixture
def proposal(applicant):
    return make_draft(make_call(now=NOW), applicant, now=NOW)


def save(proposal, rows, *, version=0, **more):
    return save_costs(of=proposal, table=TABLE, rows=rows, version=version, by=proposal.owner, now=NOW, **more)


def test_save_costs_keeps_what_is_wrong_and_adds_up_the_rest(proposal):
    save(proposal, [row(unit_price="118 400,50", own="400,50"), row(title="", unit_price="много")], minimum="50 000")

    proposal.refresh_from_db()
    assert (proposal.amount, proposal.own_amount, proposal.minimum) == (Decimal(118000), Decimal("400.50"), Decimal(50000))
    assert [line.title for line in CostLine.objects.about(proposal)] == ["Доски"]
    assert answers_of(proposal).values[COSTS][1]["unit_price"] == "много"


def test_save_costs_replaces_the_whole_table(proposal):
    save(proposal, [row(), row("work", "Плотник")])

    save(proposal, [row("work", "Плотник")], version=1)

    assert list(CostLine.objects.about(proposal).values_list("position", "title")) == [(1, "Плотник")]


def test_save_costs_of_a_stale_page_overwrites_nobody(proposal):
    save(proposal, [row()], tab="page-of-anna")

    with pytest.raises(Conflict):
        save(proposal, [row(title="Гвозди")], tab="page-of-ilya")

    assert [line.title for line in CostLine.objects.about(proposal)] == ["Доски"]


def test_save_costs_after_sending_leaves_the_sums_that_were_sent(applicant):
    proposal = make_submitted(make_call(now=NOW), applicant, now=NOW)
    proposal.refresh_from_db()
    sent = proposal.amount

    save(proposal, [row(unit_price="1")], version=answers_of(proposal).version_of(COSTS))

    proposal.refresh_from_db()
    assert proposal.amount == sent
    assert [line.unit_price for line in CostLine.objects.about(proposal)] == [Decimal(1)]
