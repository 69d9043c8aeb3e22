"""What experts wrote on the sheets that count, and what of it the applicant may read: nothing until it is cleared."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fund.core.bilingual import Said, say
from grants.applications.models import Application
from grants.reviews.models import HandIn, Sheet

from ..models import Clearance

REMARK = ""  # the part that a sheet tells the author; the others are keys of criteria


@dataclass(frozen=True)
class Comment:
    """One text of one hand-in: what it is about, the original, and the clearance that stands, if there is one."""

    hand_in: HandIn
    part: str
    title: Said
    original: str
    clearance: Clearance | None

    @property
    def shown(self) -> str:
        """What the applicant reads: as written, what is left of it, or the gist."""
        if self.clearance is None:
            return ""
        return self.original if self.clearance.choice == "cleared" else self.clearance.text

    @property
    def choice(self) -> str:
        """cleared, edited, withheld; empty while nobody has looked at it."""
        return self.clearance.choice if self.clearance else ""


def comments_of(application: Application) -> list[Comment]:
    """Every comment of the sheets that count, criterion by criterion, the words to the author first; two queries."""
    return _comments([application])[application.pk]


def chosen_so_far(comments: Iterable[Comment]) -> int:
    """How often somebody has chosen for these comments: what a page shows, and what it is compared with when it is sent."""
    return sum(comment.clearance.number for comment in comments if comment.clearance)


def _comments(applications: Iterable[Application]) -> dict[int, list[Comment]]:
    by_id = {one.pk: one for one in applications}
    found: dict[int, list[Comment]] = {pk: [] for pk in by_id}
    sheets = list(Sheet.objects.submitted().filter(application__in=by_id).select_related("current").order_by("pk"))
    newest: dict[tuple[int, str], Clearance] = {}
    for one in Clearance.objects.filter(hand_in__in=[sheet.current_id for sheet in sheets]).order_by("number"):
        newest[one.hand_in_id, one.part] = one
    for pk, application in by_id.items():
        titles = {REMARK: Said(_("What to tell the author"), "")} | {
            criterion.key: say(criterion.title) for criterion in application.regulation.rules.scored
        }
        own = [sheet.current for sheet in sheets if sheet.application_id == pk]
        for part, title in titles.items():
            texts = ((hand_in, text_of(hand_in, part)) for hand_in in own)
            found[pk] += [
                Comment(hand_in, part, title, text, newest.get((hand_in.pk, part))) for hand_in, text in texts if text.strip()
            ]
    return found


def text_of(hand_in: HandIn, part: str) -> str:
    return hand_in.remark if part == REMARK else hand_in.scores.get(part, {}).get("comment", "")


def released_comments(application: Application) -> dict[str, list[Comment]]:
    """By part, in an order that no one can trace back to the sheets: a keyed hash, always the same for one comment."""
    found = defaultdict(list)
    for comment in comments_of(application):
        found[comment.part].append(comment)
    return {part: sorted(comments, key=_lot) for part, comments in found.items()}


def _lot(comment: Comment) -> str:
    return salted_hmac("results.comments", f"{comment.hand_in.pk} {comment.part}", algorithm="sha256").hexdigest()


def count_to_clear(applications: Iterable[Application]) -> dict[int, tuple[int, int]]:
    """Application id → how many comments nobody has looked at, and how many there are; two queries."""
    found = _comments(applications)
    return {pk: (sum(not one.choice for one in comments), len(comments)) for pk, comments in found.items()}


def to_clear(call: Any) -> str:
    """For the call's desk page: how many comments wait."""
    applications = Application.objects.of_call(call).filter(sheets__state="submitted").distinct().select_related("version")
    waiting = sum(count for count, _all in count_to_clear(applications).values())
    return _("%(count)s to look at") % {"count": waiting} if waiting else ""
