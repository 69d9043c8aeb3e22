"""What an expert may see of the other experts' sheets."""

from ..models import HandIn, Sheet


def others_of(sheet: Sheet) -> list[HandIn]:
    """What others handed in on the same application, lowest total first; empty unless the regulation shows it.

    It is shown after handing in one's own, never before; without names and in an order that tells none.
    """
    if not sheet.is_submitted or sheet.application.call.regulation.review.others_visible != "after_own":
        return []
    others = Sheet.objects.submitted().filter(application=sheet.application).exclude(pk=sheet.pk).select_related("current")
    return sorted((one.current for one in others), key=lambda hand_in: (hand_in.total is None, hand_in.total, hand_in.pk))
