"""Making a call from a regulation file: the same verb for the upload page and the command."""

from datetime import datetime

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.people.models import Person
from fund.people.roles import has_role, holders
from fund.workflow.engine import lock
from grants.scoring.marked import BadFile

from ..models import Call
from ..permissions import can_import
from ..queries import frozen, read_upload
from .adopting import adopt
from .sketching import follow, refuse_sketched


@transaction.atomic
def import_call(
    *,
    file: str,
    text: str,
    by: Account | None,
    now: datetime,
    for_: Person | None = None,
    curator: Account | None = None,
    once: str | None = None,
) -> Call:
    """Makes a draft call of the file, or writes it into the draft or announced call of that key; all or nothing.

    In order: read and check the file (BadFile names every line that is wrong); lock the call it belongs to; write its
    columns and a new version; record. The same file again changes nothing. An open call is amended, never imported.
    """
    slot = claim(once, by=by, verb="calls.import_call", body={"text": text})
    if slot.made:
        return slot.thing(Call)
    upload = read_upload(file, text, now)
    if upload.regulation is None or upload.problems:
        raise BadFile(upload.problems)
    if not can_import(by, upload.call):
        raise Refused(_("Calls are made by officers."), code="who")
    call = upload.call or Call(curator=_curator(curator, by), created_at=now)
    if upload.call:
        lock(call)
        if upload.changes and (found := frozen(call, now)):  # opened since the file was read
            raise Refused(capfirst(found[0].reason.say(gettext)), code="frozen")
    sketch = None if upload.is_unchanged else refuse_sketched(call)
    if version := adopt(call, upload.regulation, by=by, now=now):
        facts = {"version": version.number, "digest": version.digest}
        record("calls.import_call", call, by=by, for_=for_, now=now, to=call.state, facts=facts)
        follow(sketch, call)
    slot.keep(call)
    return call


def _curator(curator: Account | None, by: Account | None) -> Account:
    if curator is None:
        curator = by or holders("officer").first()
    if curator is None or not has_role(curator, "officer"):
        raise Refused(_("A call needs an officer as its curator."), field="curator", code="curator")
    return curator
