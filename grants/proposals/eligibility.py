"""May this applicant take part? Plain data in, the unmet conditions with their explanations out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fund.core.bilingual import Said, say
from fund.questions.schema import Requirement
from fund.questions.validation import read_number


@dataclass(frozen=True)
class Unmet:
    """One condition that is not met: the question, why it rules the applicant out, what fits instead (may be empty)."""

    key: str
    question: Said
    why: Said
    instead: Said


def unmet(requirements: Iterable[Requirement], answers: Mapping[str, str]) -> list[Unmet]:
    """The conditions not met, in order, in the active language.

    `answers`: requirement key → key of the choice, or a number as typed; a missing or unreadable answer meets nothing.
    Bounds are met by their own values. Source: domain.md, "eligibility first, with an explained refusal that names what
    fits instead".
    """
    return [
        Unmet(one.key, say(one.label), say(one.refusal), say(one.instead))
        for one in requirements
        if not is_met(one, answers.get(one.key, ""))
    ]


def is_met(requirement: Requirement, answer: str) -> bool:
    if not requirement.is_number:
        return answer in requirement.accepted
    try:
        number = read_number(answer)
    except ValueError:
        return False
    return (requirement.least is None or number >= requirement.least) and (requirement.most is None or number <= requirement.most)
