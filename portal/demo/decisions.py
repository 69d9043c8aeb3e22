"""The demo's decisions without a council: two seasons released."""

from datetime import datetime

from fund.accounts.models import Account
from grants.applications.models import Application
from grants.calls.models import Call
from grants.councils.actions import decide, follow_ranking, release


def decide_and_release(call: Call, director: Account, *, decided_at: datetime, released_at: datetime) -> None:
    """Follows the ranking to the end and tells everyone at once."""
    follow_ranking(call=call, by=director, now=decided_at)
    for application in Application.objects.filter(call=call, state="under_review", outcome=None):
        why = "Равные баллы: решено голосованием совета."
        decide(application=application, outcome="reserve", why=why, by=director, now=decided_at)
    release(call=call, by=director, now=released_at)
