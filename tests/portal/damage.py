"""For each invariant the damage it is about, done to a fund that has some of everything."""

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from fund.audit import triggers
from fund.core.invariants import all_rules
from fund.documents.models import Document, Paper
from grants.applications.models import Application, Dossier
from grants.calls.models import Call, Version
from grants.councils.models import Decision, Outcome
from grants.proposals.models import CostLine, Receipt, ReceiptContents, TeamMember
from grants.reviews.models import Conflict, HandIn, Sheet

NOBODY = 10**9


def other_sum() -> None:
    Application.objects.filter(state="admitted").update(amount=1, own_amount=1)


def thaw() -> None:
    version = Call.objects.get(slug="living-yard").version
    data = version.data | {"rules": version.data["rules"] | {"digits": 3}}
    facts = {"call": version.call, "number": version.number + 1, "made_at": version.made_at}
    Version.objects.create(data=data, digest="0" * 64, is_amendment=True, **facts)


def later_hand_in() -> None:
    last = Sheet.objects.submitted().first().current
    HandIn.objects.create(sheet=last.sheet, number=last.number + 1, submitted_at=last.submitted_at, scores=last.scores)


def tie() -> None:
    sheet = Sheet.objects.filter(state="accepted").first() or Sheet.objects.filter(state="draft").first()
    Conflict.objects.create(application=sheet.application, expert=sheet.expert, kind="other", declared_at=timezone.now())


def lose_bytes() -> None:
    Document.objects.filter(pk=Document.objects.served().first().pk).update(path="documents/away")


def other_version() -> None:
    one = Application.objects.first()
    one.version = Version.objects.exclude(call=one.call).first()
    one.save(update_fields=["version"])


def skip_number(model, key: str) -> Callable[[], None]:
    def skip() -> None:
        row = model.objects.order_by(key, "-number").first()
        model.objects.filter(pk=row.pk).update(number=row.number + 7)

    return skip


def swap_decision() -> None:
    one = Outcome.objects.first()
    last = one.decision
    Decision.objects.create(
        application=last.application,
        number=last.number + 1,
        outcome="decline",
        decided_at=last.decided_at,
        decided_by=last.decided_by,
    )


def outlive_erasure() -> None:
    receipt = Receipt.objects.filter(dossiers=None).first()
    Dossier.objects.create(receipt=receipt, paper=Paper.objects.filter(contents__isnull=False).first())
    ReceiptContents.objects.filter(receipt=receipt).delete()


DAMAGE: dict[tuple[str, str], Callable[[], object]] = {
    ("calls.Call", "says what its regulation in force says"): lambda: Call.objects.filter(state="draft").update(envelope=10**9),
    ("calls.Call", "gives each number once, in order"): lambda: Call.objects.filter(state="judging").update(next_number=1),
    ("calls.Call", "has promised what its standing decisions give"): lambda: Call.objects.filter(promised__gt=0).update(
        promised=1
    ),
    ("calls.Version", "has the digest of its contents"): lambda: Version.objects.filter(is_amendment=False).update(
        digest="0" * 64
    ),
    ("calls.Version", "is numbered without gaps"): skip_number(Version, "call"),
    ("calls.Version", "leaves questions, rubric and rules of an open call as they were"): thaw,
    ("proposals.Receipt", "has the hash of what was submitted"): lambda: Receipt.objects.update(digest="0" * 64),
    ("proposals.Receipt", "belongs to a proposal that is there"): lambda: Receipt.objects.update(of_id=NOBODY),
    ("proposals.TeamMember", "belongs to a proposal that is there"): lambda: TeamMember.objects.filter(
        pk=TeamMember.objects.first().pk
    ).update(of_id=NOBODY),
    ("proposals.CostLine", "belongs to a proposal that is there"): lambda: CostLine.objects.filter(
        pk=CostLine.objects.first().pk
    ).update(of_id=NOBODY),
    ("applications.Application", "counts with the sum of its receipt"): other_sum,
    ("applications.Application", "has a receipt of its own, under its own number"): lambda: Receipt.objects.update(
        number="ЖЖ-00-000"
    ),
    ("applications.Application", "follows a version of its own call"): other_version,
    ("applications.Dossier", "says nothing any more once its receipt was erased"): outlive_erasure,
    ("reviews.Sheet", "counts with its own last hand-in"): later_hand_in,
    ("reviews.HandIn", "is numbered without gaps"): skip_number(HandIn, "sheet"),
    ("reviews.Sheet", "is closed to whom a conflict ties"): tie,
    ("councils.Outcome", "is the last decision on its own application"): swap_decision,
    ("councils.Outcome", "has moved its application once released"): lambda: Application.objects.filter(state="declined").update(
        state="admitted"
    ),
    ("councils.Outcome", "grants the sum decided"): lambda: Application.objects.filter(state="funded").update(granted=1),
    ("documents.Document", "has its bytes, as they came in"): lose_bytes,
}


def is_seen(rule: tuple[str, str], damage: Callable[[], object]) -> bool:
    """Does the rule find rows after the damage, which is undone again?"""
    with transaction.atomic():
        triggers.drop(connection.alias)
        damage()
        found = bool(tuple(all_rules()[rule]()))
        transaction.set_rollback(True)
    return found
