"""What buttons do to rows: add one, take one away, move it, put the last one back."""

import copy
import re
from dataclasses import dataclass
from typing import Any

from .leaves import Key
from .pages import put
from .shapes import Data, Named, Rows, shape_at, steps_of, value_at
from .whole import WHOLE

ACT = re.compile(r"(add|drop|up|down|restore):([a-z0-9_-]{1,200})(?::([a-z]{0,20}))?", re.ASCII)


@dataclass(frozen=True)
class Act:
    """`add:rules-criteria:scale`, `drop:rules-criteria-0`: what, where, and which kind of new row."""

    verb: str
    name: str
    kind: str = ""

    @classmethod
    def read(cls, text: str) -> "Act | None":
        found = ACT.fullmatch(text or "")
        return cls(found[1], found[2], found[3] or "") if found else None


@dataclass(frozen=True)
class Done:
    """The sketch after an act: `focus` is the name of the row to show, `gone` what can be put back."""

    data: Data
    focus: str
    gone: dict[str, Any] | None = None


def apply(act: Act, data: Data, gone: dict[str, Any] | None = None) -> Done:
    """Does the act; one that fits nothing any more changes nothing."""
    if act.verb == "restore":
        return _restore(data, gone)
    steps = steps_of(act.name)
    if act.verb == "add":
        return _add(act, data, steps)
    rows, n = value_at(data, steps[:-1]), steps[-1] if steps else None
    if not isinstance(shape_at(WHOLE, steps[:-1]), Rows) or not isinstance(n, int) or not rows or n >= len(rows):
        return Done(data, act.name)
    if act.verb == "drop":
        kept = [*rows[:n], *rows[n + 1 :]]
        return Done(put(data, steps[:-1], kept), "-".join(map(str, steps[:-1])), {"at": list(steps), "row": rows[n]})
    other = n - 1 if act.verb == "up" else n + 1
    if not 0 <= other < len(rows):
        return Done(data, act.name)
    moved = list(rows)
    moved[n], moved[other] = moved[other], moved[n]
    return Done(put(data, steps[:-1], moved), "-".join(map(str, (*steps[:-1], other))))


def _add(act: Act, data: Data, steps: tuple) -> Done:
    shape, rows = shape_at(WHOLE, steps), value_at(data, steps) or []
    if not isinstance(shape, Rows) or len(rows) >= shape.most:
        return Done(data, act.name)
    template = next((new for kind, _words, new in shape.adds if kind == act.kind), None)
    if template is None:
        return Done(data, act.name)
    row = copy.deepcopy(template)
    if any(isinstance(part, Key) and part.key == "key" for part in shape.row.parts):
        row["key"] = fresh_key(data, steps, shape.stem or "row")
    if isinstance(shape, Named) and not row.get("name") and shape.key in ("applications", "sheets"):
        row["name"] = next(name for n in range(len(rows), 999) if (name := str(n + 1)) not in [one.get("name") for one in rows])
    return Done(put(data, steps, [*rows, row]), f"{act.name}-{len(rows)}")


def fresh_key(data: Data, steps: tuple, stem: str) -> str:
    """The first of stem_1, stem_2, … that stands nowhere in the same part: keys of questions are unique over the whole form."""
    taken = set(_keys(value_at(data, steps[:1])))
    return next(key for n in range(1, 10_000) if (key := f"{stem}_{n}") not in taken)


def _keys(value: Any) -> list[str]:
    if isinstance(value, list):
        return [key for one in value for key in _keys(one)]
    if isinstance(value, dict):
        return [str(value.get("key", "")), *(key for one in value.values() for key in _keys(one))]
    return []


def _restore(data: Data, gone: dict[str, Any] | None) -> Done:
    if not gone:
        return Done(data, "")
    *above, n = gone["at"]
    rows = value_at(data, tuple(above))
    if not isinstance(rows, list):
        return Done(data, "")
    return Done(put(data, tuple(above), [*rows[:n], gone["row"], *rows[n:]]), "-".join(map(str, gone["at"])))
