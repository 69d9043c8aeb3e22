"""Writing a regulation: begin, save page by page, put in force, drop. What is typed is kept, right or wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Conflict, Refused
from fund.core.once import claim
from fund.people.models import Person
from fund.people.roles import has_role
from fund.workflow.engine import lock

from ..models import Call, Sketch
from ..permissions import can_adopt, can_begin, can_drop, can_edit, can_reopen, can_write
from ..queries import differs, reading_of
from ..sketching import Act, Page, apply, blank, copied, entered, place_words, sentence_of
from .adopting import adopt, show_change

NOT_YOURS = gettext_lazy("This is not yours to do.")
LONGEST = 19  # digits of an id


@transaction.atomic
def begin_sketch(
    *,
    title: dict[str, str],
    by: Any,
    now: datetime,
    source: Call | None = None,
    for_: Person | None = None,
    once: str | None = None,
) -> Sketch:
    """Begins the regulation of a new call: from nothing, or from a call of the past without its dates."""
    slot = claim(once, by=by, verb="calls.begin_sketch", body={"title": title, "source": source and source.pk})
    if slot.made:
        return slot.thing(Sketch)
    if not can_begin(by):
        raise Refused(_("Calls are made by officers."), code="who")
    data = copied(source.regulation, title=title) if source else blank(zone=settings.PROFILE.time_zone, title=title)
    sketch = _begun(data, by=by, now=now, for_=for_, facts={"source": source and source.pk})
    slot.keep(sketch)
    return sketch


@transaction.atomic
def edit_regulation(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> Sketch:
    """The sketch of a call that has not opened: the one that is being written, or a new one of the regulation in force."""
    lock(call)
    refuse_opened(call, by=by, now=now)
    if sketch := Sketch.objects.filter(call=call).first():
        return sketch
    return _begun(_in_force(call), by=by, now=now, for_=for_, call=call, facts={"version": call.version.number})


def _in_force(call: Call) -> dict:
    return {**entered(call.regulation), "curator": str(call.curator_id)}


@transaction.atomic
def reopen_call(call: Call, *, by: Any, now: datetime, for_: Person | None = None) -> Sketch:
    """Begins the call that opens a cancelled one anew. Its title stays; address and dates are asked for; its drafts follow
    when it opens (the room that knows them carries them). Asked twice, it is the same sketch.
    """
    lock(call)
    if sketch := Sketch.objects.filter(reopens=call).first():
        return sketch
    if not can_reopen(by, call):
        raise Refused(_("Only a cancelled call is opened anew, and only once."), code="state")
    data = copied(call.regulation, title={"ru": call.title_ru, "en": call.title_en})
    return _begun(data, by=by, now=now, for_=for_, reopens=call, facts={"reopens": call.pk})


def _begun(data: dict, *, by: Any, now: datetime, for_: Any, facts: dict, **of: Any) -> Sketch:
    data.setdefault("curator", str(by.pk))
    sketch = Sketch.objects.create(data=data, created_at=now, created_by=by, **of)
    record("calls.begin_sketch", sketch, by=by, for_=for_, now=now, facts=facts)
    return sketch


@transaction.atomic
def save_sketch(
    sketch: Sketch,
    *,
    page: Page,
    given: Mapping[str, Any],
    token: str,
    by: Any,
    now: datetime,
    act: Act | None = None,
    tab: str = "",
    for_: Person | None = None,
) -> str:
    """Keeps one page as typed, then does what a button on its rows asked for; returns the name of the row to show.

    In order: lock; refuse who may not; Conflict if another window has changed this page since `token` (nothing of theirs
    is touched); write. After a change of rows every open window of the part is a stale one: places may have moved.
    """
    _lock(sketch)
    _refuse_frozen(sketch, by=by, now=now)
    data = page.merged(sketch.data, given)
    if page.token(sketch.data) != token and not (tab and sketch.tabs.get(page.path) == tab) and data != sketch.data:
        raise Conflict(_conflict(sketch, by), theirs={"data": sketch.data, "at": sketch.saved_at})
    focus = ""
    sketch.tabs = {**sketch.tabs, page.path: tab}
    if act is not None:
        done = apply(act, data, sketch.gone)
        data, focus, sketch.gone = done.data, done.focus, done.gone
        sketch.tabs = {path: one for path, one in sketch.tabs.items() if path.split("/")[0] != page.part.key}
    if data != sketch.data:
        sketch.data, sketch.saved_at, sketch.saved_by = data, now, by
    sketch.save()
    return focus


def _conflict(sketch: Sketch, by: Any) -> str:
    if sketch.saved_by_id == getattr(by, "pk", None):
        return _("You changed this in another window meanwhile. Both texts are kept: compare them below.")
    name = Person.objects.filter(account=sketch.saved_by_id).first()
    if name is None:
        return _("Another person changed this meanwhile. Both texts are kept: compare them below.")
    return _("%(name)s changed this meanwhile. Both texts are kept: compare them below.") % {"name": name.short_name}


@transaction.atomic
def adopt_sketch(sketch: Sketch, *, by: Any, now: datetime, for_: Person | None = None) -> Call:
    """Puts the sketch in force: a draft call is made of it, or its call gets a new version; the sketch is gone.

    In order: lock the call, then the sketch; refuse what is wrong with it, a number or an address that another call has;
    write the columns and the version; record. What only keeps a call from opening (no worked example yet) is no refusal.
    """
    if sketch.call:
        lock(sketch.call)
    _lock(sketch)
    _refuse_frozen(sketch, by=by, now=now, can=can_adopt)
    reading = reading_of(sketch, now)
    if reading.regulation is None:
        found = reading.faults[0]
        raise Refused(f"{place_words(found.name, sketch.data)}. {sentence_of(found)}", code="faulty")
    call = sketch.call or Call(created_at=now, reopens=sketch.reopens)
    call.curator = _curator(sketch)
    version = adopt(call, reading.regulation, by=by, now=now)
    call.save(update_fields=["curator"])
    show_change(call)
    facts = {"version": call.version.number, "digest": call.version.digest, "is_new": version is not None}
    record("calls.adopt_sketch", call, by=by, for_=for_, now=now, to=call.state, facts=facts)
    sketch.delete()
    return call


def _curator(sketch: Sketch) -> Account:
    chosen = str(sketch.data.get("curator", ""))
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < LONGEST
    curator = Account.objects.filter(pk=int(chosen), is_active=True).first() if is_number else None
    if curator is None or not has_role(curator, "officer", sketch.call):
        raise Refused(_("A call needs an officer as its curator."), field="curator", code="curator")
    return curator


@transaction.atomic
def drop_sketch(sketch: Sketch, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Throws the sketch away; the regulation in force stays. The journal keeps that it was there, and who dropped it."""
    _lock(sketch)
    if not can_drop(by, sketch):
        raise Refused(NOT_YOURS, code="who")
    record("calls.drop_sketch", sketch, by=by, for_=for_, now=now, facts={"title": str(sketch.title), "call": sketch.call_id})
    sketch.delete()


def _lock(sketch: Sketch) -> None:
    """Another may have put it in force or dropped it since it was found."""
    try:
        lock(sketch)
    except Sketch.DoesNotExist:
        raise Refused(_("This was put in force or dropped meanwhile."), code="gone") from None


def _refuse_frozen(sketch: Sketch, *, by: Any, now: datetime, can: Any = can_write) -> None:
    if sketch.call:
        refuse_opened(sketch.call, by=by, now=now)
    if not can(by, sketch):
        raise Refused(NOT_YOURS, code="who")


def refuse_opened(call: Call, *, by: Any, now: datetime) -> None:
    if not can_edit(by, call) or (call.state == "announced" and call.opens_at <= now):
        raise Refused(
            _("The call is open: only a later deadline, more money and clarifications may be given now."), code="frozen"
        )


def refuse_sketched(call: Call) -> Sketch | None:
    """Two ways of changing one regulation at once would lose one of them. A sketch that says nothing new is no hindrance:
    `follow` it once the regulation has changed.
    """
    sketch = Sketch.objects.filter(call=call).first() if call.pk else None
    if sketch and differs(sketch):
        raise Refused(
            _("The editor holds changes of this regulation that are not in force. Put them in force there, or drop them."),
            code="sketched",
        )
    return sketch


def follow(sketch: Sketch | None, call: Call) -> None:
    """A sketch in which nothing new was written says what the regulation says now."""
    if sketch:
        sketch.data, sketch.saved_at = _in_force(call), None
        sketch.save(update_fields=["data", "saved_at"])
