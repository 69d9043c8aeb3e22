"""What somebody has to do now, gathered from the rooms: each list is one query or two, whatever its length."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.core.moments import moment
from fund.notices.models import Delivery
from fund.notices.queries import unread
from fund.people.roles import has_role, plays
from grants.applications.models import Application
from grants.applications.queries import invitations_of
from grants.calls.models import Call, Question
from grants.councils.models import LIVE, Meeting, Member
from grants.councils.workflow import MEETING
from grants.proposals.models import TeamMember
from grants.results.models import Appeal
from grants.results.permissions import answers_appeals
from grants.reviews.models import Sheet

MOST = 8  # of one kind; the room's own list has them all


@dataclass(frozen=True)
class Todo:
    """One thing to do: where, what, by when."""

    url: str
    title: Any
    words: str = ""
    pill: Any = ""
    kind: str = "amber"


@dataclass
class Group:
    title: Any
    items: list[Todo] = field(default_factory=list)


def groups_for(user: Any, now: datetime) -> list[Group]:
    """The lists that are not empty: what has a deadline first, messages last."""
    found = [
        Group(_("My applications"), [*to_join(user, now), *to_write(user, now)]),
        Group(_("Reviews"), list(to_score(user, now))),
        Group(_("Formal check"), list(to_check(user))),
        Group(_("Questions to the curator"), list(to_answer(user))),
        Group(_("Council"), list(to_meet(user, now))),
        Group(_("Appeals"), list(to_answer_appeals(user))),
        Group(_("Calls"), [*to_announce(user, now), *to_assign(user), *to_decide(user, now)]),
        Group(_("Messages"), [*messages_of(user), *failed_letters(user)]),
    ]
    return [group for group in found if group.items]


def mine(user: Any):
    """Applications one writes: one's own, and those of teams one has joined with a right to write."""
    joined = TeamMember.objects.joined().filter(of_type="applications.application", account=user).exclude(rights="view")
    return Application.objects.filter(Q(owner=user) | Q(pk__in=joined.values("of_id"))).select_related("call")


def to_join(user: Any, now: datetime) -> Iterator[Todo]:
    for one in invitations_of(user, now=now)[:MOST]:
        title = _("Answer the invitation into a team")
        yield Todo(reverse("proposals:answer", args=[one.uid]), title, one.invited_by.person.short_name, _("Waits"), "amber")


def to_write(user: Any, now: datetime) -> Iterator[Todo]:
    """Corrections first, then drafts; the nearest deadline first within each."""
    in_time = Q(call__closes_at__gt=now) | Q(extended_until__gt=now)
    waiting = mine(user).filter(Q(state="returned", correct_until__gt=now) | Q(state="draft") & in_time)
    for one in waiting.order_by("-state", "correct_until", "call__closes_at")[: 2 * MOST]:
        address = reverse("applications:read", args=[one.uid])
        if one.state == "returned":
            words = _("Correct until %(moment)s") % {"moment": moment(one.correct_until, now)}
            yield Todo(address, one.name, words, _("To correct"), "danger")
        else:
            until = moment(max(filter(None, (one.call.deadline, one.extended_until))), now)
            words = _("%(call)s · send until %(moment)s") % {"call": one.call.title, "moment": until}
            yield Todo(address, one.name, words, _("Not submitted"), "amber")


def to_score(user: Any, now: datetime) -> Iterator[Todo]:
    """Invitations by call, then the sheets one owes."""
    if not plays(user, "expert"):
        return
    owed = Sheet.objects.outstanding().filter(expert=user, application__call__state__in=("closed", "judging"))
    invited = owed.filter(state="invited").values_list("application__call__slug").annotate(n=Count("pk")).order_by()
    for slug, count in invited:
        title = ngettext("Answer %(n)s invitation", "Answer %(n)s invitations", count) % {"n": count}
        yield Todo(reverse("reviews:declare", args=[slug]), title, "", _("Waits"), "amber")
    sheets = owed.exclude(state="invited").select_related("application").order_by("due_at", "pk")
    for sheet in sheets[:MOST]:
        words = _("Hand in until %(moment)s") % {"moment": moment(sheet.due_at, now)}
        pill, kind = (_("In progress"), "amber") if sheet.state == "draft" else (_("Not started"), "mute")
        yield Todo(reverse("reviews:score", args=[sheet.uid]), sheet.application.name, words, pill, kind)


def to_check(user: Any) -> Iterator[Todo]:
    """Applications that wait for the formal check, counted by call."""
    if not plays(user, "officer"):
        return
    waiting = Application.objects.visible_to(user).filter(state__in=("submitted", "late_requested"))
    calls = Call.objects.visible_to(user).filter(pk__in=waiting.values("call"))
    counts = dict(waiting.order_by().values_list("call").annotate(n=Count("pk")))
    for call in calls.order_by("closes_at")[:MOST]:
        n = counts[call.pk]
        words = ngettext("%(n)s application waits", "%(n)s applications wait", n) % {"n": n}
        yield Todo(reverse("applications:intake_call", args=[call.slug]), call.title, words, str(n), "info")


def to_answer(user: Any) -> Iterator[Todo]:
    if not plays(user, "officer"):
        return
    waiting = Question.objects.visible_to(user).waiting().select_related("call").order_by("asked_at")
    for question in waiting[:MOST]:
        title = question.text if len(question.text) <= 80 else question.text[:79] + "…"
        yield Todo(reverse("calls:answer", args=[question.uid]), title, question.call.title, _("Waits"), "amber")


def to_meet(user: Any, now: datetime) -> Iterator[Todo]:
    """Protocols that lack the user's signature; meetings the user sits in, under way or to come."""
    unsigned = Q(chair=user, chair_signed_at=None) | Q(secretary=user, secretary_signed_at=None)
    seated = Q(pk__in=Member.objects.filter(account=user).values("meeting"))
    mine = Q(unsigned, state="closed") | Q(seated, state__in=LIVE)
    for one in Meeting.objects.visible_to(user).filter(mine).select_related("call").order_by("starts_at")[:MOST]:
        words = f"{moment(one.starts_at, now)} · {one.place}"
        if one.state == "closed":
            yield Todo(reverse("councils:sign_protocol", args=[one.uid]), one.name, words, _("Protocol to sign"), "amber")
        else:
            state = MEETING.states[one.state]
            yield Todo(one.get_absolute_url(), one.name, words, state.label, state.tone)


def to_answer_appeals(user: Any) -> Iterator[Todo]:
    """Appeals nobody has taken up, of applications that are not the user's own; who took a part reads so in the list."""
    if not answers_appeals(user):
        return
    own = Application.objects.written_by(user)
    if count := Appeal.objects.visible_to(user).filter(state="filed").exclude(application__in=own.values("pk")).count():
        title = ngettext("%(n)s appeal waits for an answer", "%(n)s appeals wait for an answer", count) % {"n": count}
        yield Todo(reverse("results:list"), title, "", str(count), "info")


def to_announce(user: Any, now: datetime) -> Iterator[Todo]:
    if not plays(user, "officer"):
        return
    for call in Call.objects.visible_to(user).filter(state="draft").order_by("opens_at")[:MOST]:
        words = _("Opens %(moment)s") % {"moment": moment(call.opens_at, now)}
        yield Todo(reverse("calls:manage", args=[call.slug]), call.title, words, _("Draft"), "mute")


def to_assign(user: Any) -> Iterator[Todo]:
    """Calls with admitted applications that no expert has yet."""
    if not plays(user, "officer"):
        return
    calls = Call.objects.visible_to(user).filter(state__in=("closed", "judging"), applications__state="admitted")
    for call in calls.annotate(n=Count("applications")).order_by("closes_at")[:MOST]:
        words = ngettext("%(n)s application without experts", "%(n)s applications without experts", call.n) % {"n": call.n}
        yield Todo(reverse("reviews:assign", args=[call.slug]), call.title, words, _("Assign"), "amber")


def to_decide(user: Any, now: datetime) -> Iterator[Todo]:
    if not plays(user, "director"):
        return
    open_ones = Count("applications", filter=Q(applications__state="under_review", applications__outcome=None))
    for call in Call.objects.filter(state="judging").annotate(undecided=open_ones).order_by("closes_at")[:MOST]:
        if not has_role(user, "director", call):
            continue
        if call.undecided:
            n = call.undecided
            words = ngettext("%(n)s application without a decision", "%(n)s applications without a decision", n) % {"n": n}
        else:
            words = _("All is decided: the decisions wait for their release")
        yield Todo(reverse("councils:list", args=[call.slug]), call.title, words, _("Being judged"), "plum")


def messages_of(user: Any) -> Iterator[Todo]:
    if count := unread(user):
        yield Todo(reverse("notices:inbox"), _("Read the messages"), pill=str(count), kind="info")


def failed_letters(user: Any) -> Iterator[Todo]:
    if not (has_role(user, "officer") or has_role(user, "admin")):
        return
    if count := Delivery.objects.failed_letters().count():
        yield Todo(reverse("notices:failed"), _("Letters that failed"), pill=str(count), kind="danger")
