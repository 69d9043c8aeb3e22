"""A fault of a sketch in an officer's words: fields by their labels, never by their keys."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from .asking import TYPES
from .faults import Found
from .leaves import Leaf
from .pages import page_at, page_of
from .shapes import Data, Group, shape_at, steps_of
from .whole import WHOLE


def sentence_of(found: Found) -> str:
    """What is wrong, as it stands at the field."""
    reason, steps = found.reason, steps_of(found.name)
    leaf = shape_at(WHOLE, steps)
    if reason.code == "missing" and "key" not in reason.facts:
        return gettext("Fill this in")
    if reason.code == "string_pattern_mismatch" and isinstance(leaf, Leaf) and leaf.form:
        return str(leaf.form)
    if reason.code == "order" and "before" in reason.facts:
        return gettext("This must come after “%(before)s”") % {"before": _label(steps, str(reason.facts["before"]))}
    facts = {name: _in_words(steps, name, fact) for name, fact in reason.facts.items()}
    return capfirst(type(reason)(reason.code, reason.sentence, facts).say(gettext))


def _in_words(steps: tuple, name: str, fact: Any) -> Any:
    if name in ("low", "high", "limit"):
        return _label(steps, str(fact))
    return dict(TYPES).get(fact, fact) if name == "type" else fact


def _label(steps: tuple, key: str) -> str:
    """The label of a neighbour: the field `key` of the group that the place stands in, or is."""
    for above in (steps[:-1], steps):
        group = shape_at(WHOLE, above)
        if isinstance(group, Group) and (leaf := group.part(key)) is not None:
            return str(getattr(leaf, "label", getattr(leaf, "title", key)))
    return key


def place_words(name: str, data: Data) -> str:
    """Where it stands: the page's title, then the label of the field."""
    page = page_at(page_of(name), data)
    shape = shape_at(WHOLE, steps_of(name))
    label = str(getattr(shape, "label", "") or getattr(shape, "title", ""))
    title = str(page.title_in(data)) if page else ""
    return f"{title}: {label}" if label and label != title else title


def by_page(faults: Any) -> Mapping[str, list[Found]]:
    """The faults of each page."""
    found: dict[str, list[Found]] = {}
    for fault in faults:
        found.setdefault(page_of(fault.name), []).append(fault)
    return found
