"""What is wrong, as a sentence that can be translated, together with the place where it stands."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fund.core.parts import N_, Place, plain

DECIMAL_PATTERN = N_("{whole}.{part}")
DECIMAL = re.compile(r"(-?[0-9]{1,20})\.([0-9]{1,20})")


def _in_words(fact: object, pattern: str) -> object:
    found = DECIMAL.fullmatch(fact) if isinstance(fact, str) else None
    return pattern.format(whole=found[1], part=found[2]) if found else fact


@dataclass(frozen=True, slots=True)
class Reason:
    """A code for programs and a sentence for people, with the facts that fill its {names}."""

    code: str
    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence; `translate` is gettext, or nothing for English. Decimals are written as the language writes them."""
        pattern = translate(DECIMAL_PATTERN)
        facts = {name: _in_words(fact, pattern) for name, fact in self.facts.items()}
        return translate(self.sentence).format(**facts)

    def __str__(self) -> str:
        return self.say()


class Faulty(ValueError):
    """Inputs that the rules cannot be applied to; `at` is the path to what is wrong."""

    def __init__(self, reason: Reason, at: Place = ()):
        super().__init__(f"{path(at)}: {reason}" if at else str(reason))
        self.reason, self.at = reason, at


def faulty(code: str, sentence: str, *, at: Place = (), **facts: Any) -> Faulty:
    return Faulty(Reason(code, sentence, {name: plain(fact) for name, fact in facts.items()}), at)


def path(at: Place) -> str:
    """`("criteria", 2, "weight")` as `criteria[2].weight`; positions count from 0 as in any program."""
    text = ""
    for step in at:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
