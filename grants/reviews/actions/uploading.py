"""A filled-in spreadsheet becomes drafts: all of its sheets or none. Nothing is handed in by it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused

from ..marks import faults_begun
from ..permissions import can_upload
from ..queries.uploading import sheets_to_upload
from .scoring import save_sheet


class Upload(NamedTuple):
    """The draft and the remark that one sheet is to have, and the version of the site's that was seen beside them."""

    uid: str
    seen: int
    draft: dict
    remark: str


@transaction.atomic
def upload_sheets(*, call: Any, uploads: Sequence[Upload], by: Any, now: datetime) -> dict[str, int]:
    """Takes the sheets of a spreadsheet over into drafts; gives uid → version of those that changed.

    In order, sheet by sheet: refuse what is not the expert's own, or what the regulation would not take; lock, refuse what
    was handed in or closed meanwhile, or changed since it was seen (Conflict); save. One fault undoes all of it. The same
    file again changes nothing. Recorded once, without the marks: a draft is the expert's own.
    """
    if not can_upload(by, call):
        raise Refused(_("The sheets of this call cannot be changed any more."), code="state")
    sheets, regulation = sheets_to_upload(by, call), call.regulation
    known = [(sheets[one.uid], one) for one in uploads if one.uid in sheets]
    if len(known) < len(uploads):
        raise Refused(_("One of the sheets is not yours any more. Load the file again to see which."), code="gone")
    versions = {}
    for sheet, one in sorted(known, key=lambda pair: pair[0].pk):  # locked in one order, whoever uploads at once
        if faults := faults_begun(regulation.rules, one.draft, remark=one.remark, least=regulation.review.comment_min):
            raise Refused(str(faults[0]), code="marks")
        before = sheet.version
        save_sheet(sheet=sheet, draft=one.draft, remark=one.remark, version=one.seen, by=by, now=now)
        if sheet.version != before:
            versions[sheet.uid] = sheet.version
    if versions:
        facts = {"sheets": sorted(sheet.pk for sheet, one in known if one.uid in versions)}
        record("reviews.upload_sheets", call, by=by, now=now, facts=facts)
    return versions
