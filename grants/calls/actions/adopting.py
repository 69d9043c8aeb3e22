"""Putting a regulation into force: the one place where a call's columns are written from it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fund.core.errors import Refused

from ..models import Call, Version, code_of
from ..regulation import Regulation, as_data, digest


def columns(regulation: Regulation) -> dict[str, Any]:
    """What a call's row says of its regulation, so that lists need not read it."""
    passport, timeline = regulation.call, regulation.timeline
    return {
        "slug": passport.key,
        "code": code_of(regulation),
        "title_ru": passport.title.ru,
        "title_en": passport.title.en,
        "lead_ru": passport.summary.ru,
        "lead_en": passport.summary.en,
        "programme": passport.programme,
        "themes": spaced(passport.themes),
        "applicants": spaced(passport.applicants),
        "youngest": passport.youngest,
        "opens_at": timeline.opens,
        "deadline": timeline.closes,
        "closes_at": timeline.closes + timedelta(minutes=timeline.grace_minutes),
        "envelope": regulation.envelope,
        "least": regulation.costs.least,
        "most": regulation.costs.most,
    }


def spaced(keys: tuple[str, ...]) -> str:
    return f" {' '.join(keys)} " if keys else ""


def adopt(
    call: Call, regulation: Regulation, *, by: Any, now: datetime, reason: str = "", is_amendment: bool = False
) -> Version | None:
    """Writes the columns and adds a version; None if this regulation is in force already. The caller holds the lock."""
    mark = digest(regulation)
    if call.pk and call.version and call.version.digest == mark:
        return None
    for name, value in columns(regulation).items():
        setattr(call, name, value)
    number = call.version.number + 1 if call.pk and call.version else 1
    _save(call)
    version = Version.objects.create(
        call=call,
        number=number,
        data=as_data(regulation),
        digest=mark,
        reason=reason,
        is_amendment=is_amendment,
        made_at=now,
        made_by=by,
    )
    vars(call)["version"] = version
    show_change(call)
    return version


def _save(call: Call) -> None:
    """Two new calls that want one address or one code at once: the database decides, the later is told in words."""
    if call.pk:
        return call.save()
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError as error:
        raise Refused(_("Another call has just taken this address or these numbers. Look again."), code="taken") from error


def show_change(call: Call) -> None:
    """A visitor would see something else now: cached pages about the call are stale."""
    Call.objects.filter(pk=call.pk).update(revision=F("revision") + 1)
    call.revision += 1
