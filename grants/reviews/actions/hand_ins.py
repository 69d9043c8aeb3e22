"""One more hand-in of a sheet: every mark checked by the regulation, the total computed, the row added for good."""

from datetime import datetime

from ..marks import checked, faults_of, total_of
from ..models import HandIn, Sheet
from ..queries import form_values


def add_hand_in(sheet: Sheet, draft: dict, *, remark: str, now: datetime, why: str = "") -> HandIn:
    """Adds what the draft says; raises Refused with every fault at its field. The caller holds the sheet's lock."""
    application, rules = sheet.application, sheet.application.regulation.rules
    if faults := faults_of(rules, draft, remark=remark, least=application.regulation.review.comment_min):
        faults[0].rest = tuple(faults[1:])
        raise faults[0]
    scores = checked(rules, draft)
    values = form_values(application.regulation, {application.pk: application}).get(application.pk)
    return HandIn.objects.create(
        sheet=sheet,
        number=sheet.hand_ins.count() + 1,
        submitted_at=now,
        scores=scores,
        remark=remark,
        total=total_of(rules, scores, amount=application.amount, values=values),
        why=why,
    )
