"""Papers of a council: the protocol of every meeting, the outcome document of one without a call."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy

from fund.documents.catalogue import paper_kind
from fund.documents.models import Paper

from ..models import Meeting, Resolution
from ..permissions import can_read_protocol
from .floor import answers_for, floor_texts, outcome_texts
from .protocol import protocol_texts

__all__ = ["OUTCOME", "PROTOCOL", "answers_for", "outcome_texts", "protocol_texts", "standing_protocol", "texts_of_protocol"]

PROTOCOL = paper_kind(
    "councils.protocol",
    "ПС",
    gettext_lazy("Protocol of a council meeting"),
    who=can_read_protocol,
    crumbs=lambda meeting: [(gettext_lazy("Council meeting"), meeting.get_absolute_url())],
)


def _way_back(resolution: Resolution) -> list:
    """For everyone once it is published; before, those who may read it come from the meeting."""
    if resolution.published_at is not None:
        return [
            (gettext_lazy("Outcome documents"), reverse("councils:resolutions")),
            (resolution.meeting.title, resolution.get_absolute_url()),
        ]
    return [(gettext_lazy("Council meeting"), resolution.meeting.get_absolute_url())]


OUTCOME = paper_kind("councils.outcome", "ИД", gettext_lazy("Outcome document of the council"), crumbs=_way_back)


def standing_protocol(meeting: Meeting) -> Paper:
    """The protocol in force: that of a closed meeting, the last one issued."""
    return Paper.objects.about(meeting).standing().filter(kind=PROTOCOL).latest("sequence")


def texts_of_protocol(meeting: Meeting, *, now: datetime) -> dict[str, dict]:
    """What the protocol of this meeting says, in both languages."""
    return floor_texts(meeting, now=now) if meeting.is_floor else protocol_texts(meeting, now=now)
