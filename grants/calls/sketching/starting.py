"""How a sketch begins: from nothing, from a call of the past, from the regulation in force."""

import copy
from typing import Any

from ..regulation import Regulation, as_data
from ..regulation.timeline import INSTANTS
from .shapes import Data
from .whole import WHOLE


def blank(*, zone: str, title: dict[str, str]) -> Data:
    """What most calls have alike stands there already, to be changed; everything else is a gap."""
    return {
        "format": 1,
        "call": {"title": title, "applicants": ["person", "team"]},
        "timeline": {"zone": zone},
        "eligibility": [],
        "questions": {"sections": []},
        "costs": {"categories": []},
        "review": {"experts": "3"},
        "rules": {"criteria": [], "sheet_total": "sum", "digits": "1", "examples": []},
        "letters": {},
    }


def entered(regulation: Regulation) -> Data:
    """The whole regulation, to be written on."""
    return WHOLE.enter(as_data(regulation), {})


def copied(regulation: Regulation, *, title: dict[str, str]) -> Data:
    """A regulation for a further call: everything but its name, its address, its dates and what was explained to its applicants."""
    data: dict[str, Any] = copy.deepcopy(entered(regulation))
    data.pop("clarifications", None)
    data["call"] = {**data["call"], "title": title, "key": ""}
    data["timeline"] = {
        key: value for key, value in data["timeline"].items() if key not in (*INSTANTS, "projects_from", "projects_until")
    }
    return data
