"""The letters of appeals, and the deadline of their answer."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.notices.actions import notify
from fund.notices.registry import Due, deadline, kind
from fund.people.roles import holders

from .models import GROUNDS, OPEN, Appeal
from .permissions import ANSWERING, answers_appeals, can_consider

AUTHORS = {"why": _("You got this letter as an author of the application.")}
FUND = {"why": _("You got this letter because you may answer appeals."), "shown_to": answers_appeals}

RECEIVED = kind("results.appeal_received", _("Your appeal is received"), **AUTHORS)
ANSWERED = kind("results.appeal_answered", _("Your appeal is answered"), **AUTHORS)
REVISED = kind("results.decision_revised", _("A decision was taken anew"), **AUTHORS)
FILED = kind("results.appeal_filed", _("An appeal was filed"), **FUND)
UPHELD = kind("results.appeal_upheld", _("An upheld appeal waits for the council"), **FUND)


def facts_of(appeal: Appeal, **more: Any) -> dict:
    application, words = appeal.application, dict(GROUNDS)
    return {
        "title": application.title,
        "number": application.number,
        "call": application.call.words,
        "grounds": [words[key] for key in appeal.grounds],
        "is_refusal": appeal.against == "refusal",
        **more,
    }


def answerers(appeal: Appeal) -> list[Account]:
    """Everybody who may answer it: of the fund, and without a part in it."""
    call = appeal.application.call
    known = {account.pk: account for role in ANSWERING for account in holders(role, call)}
    return [account for account in known.values() if can_consider(account, appeal)]


def _tell_authors(message: str, appeal: Appeal, *, now: datetime, **more: Any) -> None:
    link = ("results:read", appeal.uid)
    notify(message, appeal, to=appeal.application.authors(), now=now, facts=facts_of(appeal, **more), link=link)


def tell_received(appeal: Appeal, *, now: datetime) -> None:
    _tell_authors(RECEIVED, appeal, now=now, answer_by=appeal.answer_by)


def tell_answered(appeal: Appeal, *, now: datetime) -> None:
    _tell_authors(ANSWERED, appeal, now=now, upheld=appeal.state == "upheld", answer=appeal.answer)


def tell_revised(appeal: Appeal, *, now: datetime) -> None:
    decision = appeal.revision
    _tell_authors(REVISED, appeal, now=now, outcome=decision.outcome, amount=decision.amount, decision_why=decision.why)


def tell_filed(appeal: Appeal, *, now: datetime) -> None:
    """Those who may answer; where there is nobody, the directors, who must find somebody."""
    to = answerers(appeal) or list(holders("director", appeal.application.call))
    facts = facts_of(appeal, answer_by=appeal.answer_by)
    notify(FILED, appeal, to=to, now=now, facts=facts, link=("results:read", appeal.uid))


def tell_upheld(appeal: Appeal, *, now: datetime) -> None:
    to = list(holders("director", appeal.application.call))
    notify(UPHELD, appeal, to=to, now=now, facts=facts_of(appeal, answer=appeal.answer), link=("results:read", appeal.uid))


@deadline("results.answer_due", label=_("An answer to an appeal is due"), remind=(timedelta(days=3), timedelta(days=1)), **FUND)
def answers_due(now: datetime, horizon: datetime):
    """Who took it up; while nobody has, everybody who may."""
    appeals = Appeal.objects.filter(state__in=OPEN, answer_by__gt=now, answer_by__lte=horizon)
    for appeal in appeals.select_related("application__call", "considered_by"):
        facts = facts_of(appeal, answer_by=appeal.answer_by)
        for account in [appeal.considered_by] if appeal.considered_by else answerers(appeal):
            yield Due(appeal, account, appeal.answer_by, facts, ("results:read", appeal.uid), since=appeal.filed_at)
