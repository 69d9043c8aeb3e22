"""Reading that is too big for a query set: the intake queue with what each row waits for, everyone behind a call's applications."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fund.accounts.models import Account
from fund.audit.models import Entry
from fund.documents.models import Paper
from grants.calls.models import Call
from grants.proposals.models import TeamMember

from .models import Application, Dossier, Likeness, Tick

LABEL = Application._meta.label_lower


def accounts_behind(call: Call, *, begun_by: datetime) -> QuerySet[Account]:
    """Owners and joined team members of the call's applications begun until then, withdrawn ones left out."""
    begun = Application.objects.of_call(call).filter(created_at__lte=begun_by).exclude(state="withdrawn")
    team = TeamMember.objects.joined().filter(of_type=LABEL, of_id__in=begun.values("pk"))
    return Account.objects.filter(Q(pk__in=begun.values("owner")) | Q(pk__in=team.values("account"))).order_by("pk")


def my_applications(user: Any) -> QuerySet[Application]:
    """Everything the user writes or wrote, what needs them first."""
    return (
        Application.objects.visible_to(user).written_by(user).select_related("call", "owner__person").order_by("-saved_at", "-pk")
    )


def invitations_of(user: Any, *, now: datetime) -> QuerySet[TeamMember]:
    """Invitations into teams that wait for the user's answer."""
    waiting = TeamMember.objects.waiting_for(user, now).filter(of_type=LABEL)
    return waiting.select_related("invited_by__person").order_by("pk")


def intake(user: Any) -> QuerySet[Application]:
    """The queue of the formal check: every sent application this officer may see, with its team's consents counted."""
    lacking = TeamMember.objects.without_consent().filter(of_type=LABEL, of_id=OuterRef("pk"))
    undecided = Likeness.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")), is_kept=None)
    ticks = Tick.objects.filter(receipt=OuterRef("receipt")).order_by().values("receipt").annotate(n=Count("pk"))
    return (
        Application.objects.visible_to(user)
        .exclude(state__in=("draft", "missed"))
        .select_related("call", "version", "owner__person", "organisation")
        .annotate(lacks_consent=Exists(lacking), is_alike=Exists(undecided), sent_from=F("receipt__submitted_at"))
        .annotate(checked=Coalesce(Subquery(ticks.values("n")), 0))
        .order_by("submitted_at", "pk")
    )


def unsent_of(call: Call, email: str) -> Application | None:
    """The draft that the owner of this address writes for the call: an officer may give it time, not see it."""
    drafts = Application.objects.of_call(call).filter(state="draft", owner__email__iexact=email)
    return drafts.select_related("owner").first()


def counts_by_state(rows: QuerySet[Application]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")))


def history(application: Application) -> list[Entry]:
    """Every act on it, oldest first, with who and the reason that may still be read."""
    entries = Entry.objects.about(application).select_related("by__person", "personal")
    return list(entries.order_by("at", "pk"))


def unread_in(call: Call) -> QuerySet[Application]:
    """What was sent, or sent anew, since the call's texts were compared."""
    unread = Q(fingerprint=None) | ~Q(fingerprint__receipt=F("receipt"))
    return Application.objects.of_call(call).sent().filter(unread).select_related("receipt__contents", "version").order_by("pk")


def calls_to_compare() -> QuerySet[Call]:
    unread = Q(fingerprint=None) | ~Q(fingerprint__receipt=F("receipt"))
    return Call.objects.filter(pk__in=Application.objects.sent().filter(unread).values("call")).order_by("pk")


def texts_of(application: Application) -> dict[str, str]:
    """What was written at length in what was sent last: question key → text, the cells of a table as lines."""
    answers = application.receipt.snapshot.get("answers", {}) if application.receipt else {}
    found = {}
    for question in application.regulation.questions.questions():
        value = answers.get(question.key)
        if question.type in ("short_text", "long_text") and isinstance(value, str):
            found[question.key] = value
        elif question.type == "table" and isinstance(value, list):
            found[question.key] = "\n".join(
                " ".join(str(cell) for cell in row.values()) for row in value if isinstance(row, dict)
            )
    return found


def likenesses_of(application: Application) -> list[Likeness]:
    """The flags of one application, the strongest first."""
    both = Likeness.objects.filter(Q(first=application) | Q(second=application))
    return list(both.select_related("first", "second", "decided_by__person").order_by("-percent", "pk"))


def dossiers_of(application: Application, *, for_experts: bool = False) -> list[Paper]:
    """The dossier of what counts now; none while nothing was sent, while it waits to be written, or once it was erased."""
    issued = Dossier.objects.filter(receipt=application.receipt_id, is_for_experts=for_experts)
    return list(Paper.objects.told().filter(pk__in=issued.values("paper")).exclude(contents=None))


def without_dossier(*, for_experts: bool = False) -> QuerySet[Application]:
    """What was sent and has no dossier yet, the longest waiting first; what was erased has nothing to write."""
    issued = Dossier.objects.filter(receipt=OuterRef("receipt"), is_for_experts=for_experts)
    sent = Application.objects.exclude(receipt=None).exclude(receipt__contents=None)
    return sent.filter(~Exists(issued)).select_related("call", "version", "receipt__contents").order_by("submitted_at", "pk")
