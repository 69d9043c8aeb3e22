"""What applications are about: the answer to the regulation's question on the theme, and who knows it."""

from collections.abc import Iterable
from typing import Any

from fund.core.bilingual import Said, say
from grants.applications.models import Application
from grants.calls.models import Call
from grants.proposals.models import ReceiptContents

from ..models import Expertise

THEME = "theme"  # the question by which an applicant names the direction, where a regulation asks it


def theme_question(call: Call) -> Any:
    """The regulation's question on the theme: a choice, or several; None where it asks none."""
    return next(
        (one for one in call.regulation.questions.questions() if one.key == THEME and one.type in ("choice", "several")), None
    )


def topics_of_call(call: Call) -> dict[str, Said]:
    """Key → title of the topics an application of this call may name; empty where it is not asked."""
    question = theme_question(call)
    return {choice.key: say(choice.label) for choice in question.choices} if question else {}


def topics_of(applications: Iterable[Application]) -> dict[int, frozenset[str]]:
    """Application → keys of the topics it named in what it sent; one query."""
    sent = {one.receipt_id: one.pk for one in applications}
    rows = ReceiptContents.objects.filter(receipt__in=sent).values_list("receipt", f"snapshot__answers__{THEME}")
    return {sent[receipt]: topics_in(answer) for receipt, answer in rows}


def topics_in(answer: Any) -> frozenset[str]:
    """Keys of the topics in an answer to the question on the theme, as it was sent."""
    if isinstance(answer, str):
        return frozenset({answer} if answer else ())
    return frozenset(one for one in answer if isinstance(one, str)) if isinstance(answer, list) else frozenset()


def expertise_of(call: Call, experts: Iterable[int]) -> dict[int, Expertise]:
    """Expert → what is said of them for this call; where nothing is said yet, the topics of the last call, as a suggestion
    that is not saved. Two queries."""
    experts = list(experts)
    found = {one.expert_id: one for one in Expertise.objects.filter(call=call, expert__in=experts)}
    known = topics_of_call(call).keys()
    if known and found.keys() != set(experts):
        for one in Expertise.objects.filter(expert__in=experts).exclude(call=call).order_by("pk"):
            if one.expert_id not in found or found[one.expert_id].pk is None:
                topics = [key for key in one.topics if key in known]
                found[one.expert_id] = Expertise(call=call, expert_id=one.expert_id, topics=topics)
    return found
