"""Reading that is too big for a query set: an uploaded file, what stands before an opening, a changed regulation."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext, gettext_lazy
from pydantic import ValidationError

from fund.core.errors import Refused
from fund.core.parts import N_
from grants.scoring.faults import Faulty, faulty, path
from grants.scoring.marked import BadFile, Problem, read_marked
from grants.scoring.proof import ExampleResult, run_examples

from .models import TAKING, Call, Sketch, code_of
from .regulation import Change, Regulation, as_data, differences, digest, from_data, obstacles
from .regulation.checks import profile_faults, wrong_examples
from .regulation.timeline import INSTANTS
from .sketching import WHOLE, Found, Reading, read_sketch
from .sketching.shapes import Places


@dataclass(frozen=True)
class Upload:
    """A regulation file as an import would take it: what is wrong, or which call it makes or changes, and how."""

    regulation: Regulation | None
    problems: tuple[Problem, ...]
    call: Call | None = None
    changes: tuple[Change, ...] = ()
    examples: tuple[ExampleResult, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return self.call is not None and not self.changes


def profile_keys() -> dict[str, set[str]]:
    profile = settings.PROFILE
    return {"programmes": {one.key for one in profile.programmes}, "themes": {one.key for one in profile.themes}}


def read_upload(file: str, text: str, now: datetime) -> Upload:
    """Reads and checks a file against the schema, its worked examples, the profile and the calls there are."""
    try:
        marked = read_marked(file, text)
        regulation = Regulation.model_validate(marked.data)
    except BadFile as bad:
        return Upload(None, bad.problems)
    except ValidationError as error:
        return Upload(None, tuple(marked.problems(error)))
    call = Call.objects.filter(slug=regulation.call.key).first()
    changes = tuple(differences(call.regulation, regulation)) if call else ()
    faults = profile_faults(regulation, **profile_keys()) + taken(regulation.call.key, code_of(regulation), call)
    faults += (frozen(call, now) if changes else []) + wrong_examples(regulation)
    problems = tuple(sorted((marked.problem(fault) for fault in faults), key=lambda problem: problem.line))
    examples = tuple(run_examples(regulation.rules, regulation.envelope))
    return Upload(regulation, problems, call, changes, examples)


def taken(slug: str, code: str, call: Call | None) -> list[Faulty]:
    """What of this regulation another call has: its address, its numbers. `call` is the one it belongs to (None: a new one)."""
    others, found = Call.objects.exclude(pk=call.pk) if call else Call.objects.all(), []
    if call and slug != call.slug:
        sentence = N_("the address of a call stays as it is: {slug}")
        found.append(faulty("taken", sentence, at=("call", "key"), slug=call.slug))
    elif other := others.filter(slug=slug).first():
        sentence = N_("the address {slug} belongs to the call “{title}”: choose another one")
        found.append(faulty("taken", sentence, at=("call", "key"), slug=slug, title=other.title))
    if other := others.filter(code=code).first():
        sentence = N_("the code {taken} belongs to the call “{title}”: choose another prefix")
        found.append(faulty("taken", sentence, at=("call", "number_prefix"), taken=code, title=other.title))
    return found


def frozen(call: Call, now: datetime) -> list[Faulty]:
    """A regulation is written freely until its call opens."""
    if call.state == "draft" or (call.state == "announced" and now < call.opens_at):
        return []
    sentence = N_(
        "this address has the call “{title}”, which has opened: it is amended on its page, and a new call needs another address"
    )
    return [faulty("frozen", sentence, at=("call", "key"), title=call.title)]


def reading_of(sketch: Sketch, now: datetime) -> Reading:
    """The sketch against the schema, its worked examples, the profile and the calls there are; none of another call's can be put in force."""
    reading = read_sketch(sketch.data, now=now, **profile_keys())
    passport = reading.data.get("call") or {}
    faults = taken(passport.get("key", ""), _code_in(reading.data), sketch.call)
    found = tuple(Found("-".join(map(str, fault.at)), fault.reason) for fault in faults)
    return replace(reading, faults=(*found, *reading.faults), regulation=None) if found else reading


def _code_in(data: dict) -> str:
    """The code a sketch will have, once it says its letters and its opening: what is typed there is the clock of its zone."""
    try:
        opens = datetime.fromisoformat((data.get("timeline") or {}).get("opens", ""))
    except ValueError:
        return ""
    return f"{(data.get('call') or {}).get('number_prefix', '')}-{opens:%y}"


def differs(sketch: Sketch) -> bool:
    """Did anybody write anything in it that says otherwise than what is in force?"""
    call = sketch.call
    if call is None or sketch.saved_at is None:
        return call is None
    if sketch.data.get("curator") != str(call.curator_id):
        return True
    try:
        return digest(from_data(WHOLE.leave(sketch.data, (), "", Places()))) != call.version.digest
    except ValidationError:
        return True


def counts_by_time(now: datetime, theme: str = "") -> dict[str, int]:
    """How many calls are open, open soon, are over: the numbers on the chips, in one query."""
    calls = Call.objects.published()
    calls = calls.about(theme) if theme else calls
    is_open = Q(state__in=TAKING, opens_at__lte=now, closes_at__gte=now)
    is_soon = Q(state="announced", opens_at__gt=now)
    found = calls.aggregate(all=Count("pk"), open=Count("pk", filter=is_open), soon=Count("pk", filter=is_soon))
    return {"open": found["open"], "soon": found["soon"], "over": found["all"] - found["open"] - found["soon"]}


@dataclass(frozen=True)
class Obstacle:
    """What stands before an opening; `field` is the place of the regulation that can be mended by a form."""

    say: str
    at: str
    field: str | None


def obstacles_of(call: Call, now: datetime) -> list[Obstacle]:
    return obstacles_in(call.regulation, now)


def obstacles_in(regulation: Regulation, now: datetime) -> list[Obstacle]:
    found = obstacles(regulation, now=now, **profile_keys())
    return [Obstacle(_sentence(fault), path(fault.at), str(fault.at[-1]) if fault.at else None) for fault in found]


def _sentence(fault: Faulty) -> str:
    text = fault.reason.say(gettext)
    return f"{path(fault.at)}: {text}" if fault.at else text


def changed(
    regulation: Regulation,
    *,
    timeline: dict[str, datetime | None] | None = None,
    envelope: Decimal | None = None,
    clarification: dict[str, str] | None = None,
    now: datetime | None = None,
) -> Regulation:
    """The regulation with other dates, another envelope, one more clarification; Refused where it would contradict itself."""
    data = as_data(regulation)
    zone = ZoneInfo(regulation.timeline.zone)
    for name, at in (timeline or {}).items():
        data["timeline"].pop(name, None)
        if at is not None:
            data["timeline"][name] = at.astimezone(zone).isoformat()
    if envelope is not None:
        data["money"]["envelope"] = str(envelope)
    if clarification:
        text = {code: words for code, words in clarification.items() if words}
        today = now.astimezone(zone).date().isoformat()
        data["clarifications"] = [*data.get("clarifications", []), {"on": today, "text": text}]
    try:
        return from_data(data)
    except ValidationError as error:
        raise _refusal(error) from None


DATES = {
    "opens": gettext_lazy("the opening"),
    "closes": gettext_lazy("the deadline"),
    "checked_by": gettext_lazy("the end of the formal check"),
    "judged_by": gettext_lazy("the end of the judging"),
    "decided_by": gettext_lazy("the day of decisions"),
    "released_by": gettext_lazy("the day of results"),
    "appeals_until": gettext_lazy("the end of appeals"),
    "reserve_until": gettext_lazy("the end of the reserve"),
}


def _refusal(error: ValidationError) -> Refused:
    """The first thing the schema says, as a refusal at its field."""
    found = error.errors(include_url=False, include_input=False)[0]
    facts: dict[str, Any] = dict(found.get("ctx") or {})
    at = [*found["loc"], *facts.get("at", ())]
    field = str(at[-1]) if at else None
    told = dict(facts.get("facts") or {})
    if field in INSTANTS and "before" in told:
        before = DATES[str(told["before"])]
        return Refused(gettext("This must come after %(before)s.") % {"before": before}, field=field, code="order")
    sentence = facts.get("sentence")
    return Refused(gettext(sentence).format(**told) if sentence else found["msg"], field=field, code=found["type"])
