"""What the addresses of this room are asked about: a message to the applicant, whose letter failed."""

from django.utils import timezone

from fund.notices.actions import notify
from fund.notices.letters import unsubscribe_token
from fund.notices.models import Delivery


def world(world) -> None:
    applicant = world.cast.applicant
    facts = {"role": "x", "description": "x", "second_factor": False}
    notice = notify("people.role_granted", applicant, to=applicant, now=timezone.now(), facts=facts)[0]
    Delivery.objects.filter(notice=notice, channel="email").update(state="failed", error="550 no")
    world.things["notice"] = notice
    world.kwargs |= {
        "notices:notice": {"uid": notice.uid},
        "notices:read": {"uid": notice.uid},
        "notices:resend": {"uid": notice.uid},
        "notices:unsubscribe": {"token": unsubscribe_token(notice)},
    }
