"""Rules read from a file, alone or out of a regulation; whatever is wrong is named as `FILE:LINE: path: reason`."""

from decimal import Decimal
from typing import NamedTuple

from pydantic import ValidationError

from fund.core.parts import N_, Money, Place, Strict

from .marked import BadFile, Marked, bad_file, read_marked
from .proof import examples_faults
from .rules import Rules

MOST_BYTES = 200_000_000


class RulesAlone(Rules):
    """A file of rules without a regulation around them; it may bring an envelope, in roubles."""

    envelope: Money | None = None


class _Money(Strict):
    envelope: Money


class RulesFile(NamedTuple):
    """What `rank --rules` reads: the rules, and the envelope in roubles, if the file names one."""

    rules: Rules
    envelope: Decimal | None


def read_rules(file: str, text: str) -> RulesFile:
    """The rules of a whole regulation (under `rules`, with `money.envelope`), or rules alone. Raises BadFile.

    Of a regulation only these two parts are looked at. Worked examples that do not come out right are errors.
    """
    marked = read_marked(file, text)
    data = marked.data if isinstance(marked.data, dict) else {}
    above: Place = ("rules",) if "rules" in data else ()
    try:
        if above:
            rules = Rules.model_validate(data["rules"])
            envelope = _envelope(marked, data.get("money"))
        else:
            alone = RulesAlone.model_validate(marked.data)
            rules, envelope = alone, alone.envelope
    except ValidationError as error:
        raise BadFile(marked.problems(error, above)) from None
    if faults := examples_faults(rules, envelope):
        raise BadFile(marked.problem(fault, above) for fault in faults)
    return RulesFile(rules, envelope)


def _envelope(marked: Marked, money: object) -> Decimal | None:
    if not isinstance(money, dict) or "envelope" not in money:
        return None
    try:
        return _Money.model_validate({"envelope": money["envelope"]}).envelope
    except ValidationError as error:
        raise BadFile(marked.problems(error, ("money",))) from None


def read_text(file: str) -> str:
    """The text of a UTF-8 file. Raises BadFile if it is missing, not UTF-8, or too large."""
    try:
        with open(file, "rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise bad_file(file, 1, "file", N_("the file is larger than {most} bytes"), most=MOST_BYTES)
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise bad_file(file, line, "file", N_("the file is not UTF-8")) from None
    except OSError as error:
        raise bad_file(file, 1, "file", N_("the file cannot be read: {problem}"), problem=error.strerror or "") from None
