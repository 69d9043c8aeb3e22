"""A notice as a letter: subject, plain text and HTML in the recipient's language and zone, with headers that are ours."""

import hashlib
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import http_date
from django.utils.translation import gettext as _

from fund.core.text import nested, one_line

from .calendars import ics
from .facts import Moment, harmless, unpack
from .models import Delivery, Notice
from .registry import kind_of

_signer = signing.Signer(salt="notices.unsubscribe")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*\n")


class Letter(EmailMultiAlternatives):
    """A mail whose parts are joined by boundaries made of its Message-ID, so that a second copy is identical."""

    def message(self):
        mail = super().message()
        seed = self.extra_headers["Message-ID"]
        for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
            part.set_boundary(hashlib.sha256(f"{seed}{number}".encode()).hexdigest()[:32])
        return mail


@dataclass(frozen=True)
class Written:
    """What a notice says, once per language."""

    subject: str
    text: str
    html: str
    link: str
    unsubscribe: str


def compose(delivery: Delivery, language: str) -> Letter:
    """The mail of a delivery, ready to leave."""
    notice = delivery.notice
    written = write(notice, language)
    letter = Letter(
        subject=written.subject,
        body=written.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.recipient.email],
        headers=_headers(delivery, written, language),
    )
    letter.attach_alternative(written.html, "text/html")
    if notice.calendar:
        with _as_read_by(notice, language):
            file = ics(notice.calendar, made_at=notice.created_at, host=settings.SITE_HOST, link=written.link)
        letter.attach("event.ics", file.decode(), "text/calendar")
    return letter


def write(notice: Notice, language: str) -> Written:
    """Renders the three templates; every text somebody typed is made harmless first."""
    template = kind_of(notice.kind).template
    with _as_read_by(notice, language):
        context = context_of(notice, language)
        context["subject"] = _subject(notice, context)
        return Written(
            subject=context["subject"],
            text=_tidy(_render(f"{template}.txt", context)),
            html=_inliner().inline(_render(f"{template}.html", context, escape=True)),
            link=context["action_url"],
            unsubscribe=context["unsubscribe_url"],
        )


def context_of(notice: Notice, language: str, clean: Any = harmless) -> dict:
    """What a template of a message may use: the facts by their names, and what the frame of letters shows."""
    message = kind_of(notice.kind)
    written_at = _("Written on %(moment)s.") % {"moment": Moment(notice.created_at, notice.created_at)}
    return {
        "why": f"{message.why} {written_at}".strip(),
        **unpack(notice.facts, now=notice.created_at, clean=clean),
        "action_url": full_link(notice.link, language),
        "profile": settings.PROFILE,
        "LANGUAGE_CODE": language,
        "settings_url": settings.SITE_URL + reverse("notices:prefer") if notice.account_id else "",
        "unsubscribe_url": _unsubscribe(notice) if message.optional else "",
    }


def subject_of(notice: Notice, language: str) -> str:
    """The subject line alone, as typed: what the inbox lists."""
    with _as_read_by(notice, language):
        return _subject(notice, context_of(notice, language, clean=str))


def text_of(notice: Notice, language: str) -> str:
    """The plain text for the inbox: as typed, without subject, button and the lines under the letter."""
    with _as_read_by(notice, language):
        context = context_of(notice, language, clean=str) | {"action_url": ""}
        context["subject"] = _subject(notice, context)
        text = _render(f"{kind_of(notice.kind).template}.txt", context)
    return _tidy(text.rpartition("\n--\n")[0].strip().removeprefix(context["subject"]))


def full_link(path: str, language: str) -> str:
    """The address of the button: our host, the reader's language."""
    return settings.SITE_URL + own_path(path, language) if path else ""


def own_path(path: str, language: str) -> str:
    return path.replace("/*", f"/{language}", 1) if path.startswith("/*") else path


def unsubscribe_token(notice: Notice) -> str:
    """Signed without a time: it never expires, and a second copy of the letter is the same to the byte."""
    return _signer.sign_object([notice.account_id, notice.address_id, notice.kind])


def read_unsubscribe(token: str) -> list | None:
    """[account, address, kind], or None when the token is not ours."""
    try:
        return _signer.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None


def _unsubscribe(notice: Notice) -> str:
    return settings.SITE_URL + reverse("notices:unsubscribe", args=[unsubscribe_token(notice)])


def _headers(delivery: Delivery, written: Written, language: str) -> dict[str, str]:
    headers = {
        "Message-ID": delivery.message_id,
        "Date": http_date(delivery.notice.created_at.timestamp()).replace("GMT", "+0000"),
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    if written.unsubscribe:
        headers["List-Unsubscribe"] = f"<{written.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _subject(notice: Notice, context: dict) -> str:
    return one_line(_render(f"{kind_of(notice.kind).template}.subject.txt", context))[:200]


@contextmanager
def _as_read_by(notice: Notice, language: str):
    """The recipient's language and clock."""
    with translation.override(language), timezone.override(notice.recipient.time_zone or settings.TIME_ZONE):
        yield


def _render(name: str, context: dict, *, escape: bool = False) -> str:
    found: Any = get_template(name)
    return _quoted(found.template.render(Context(context, autoescape=escape)))


def _quoted(text: str) -> str:
    """Line by line: a mark that somebody left open spoils its own line alone."""
    return "\n".join(map(nested, text.split("\n")))


def _tidy(text: str) -> str:
    """Plain text without the empty lines that template tags leave behind."""
    return _EMPTY_LINES.sub("\n\n", text.strip()) + "\n"


@cache
def _inliner():
    import css_inline

    return css_inline.CSSInliner(load_remote_stylesheets=False)
