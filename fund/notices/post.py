"""The way to the mail server: one connection per run, and what each of its answers means for a letter."""

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage, get_connection


class Unreachable(Exception):
    """The mail server cannot be reached: nothing is wrong with any letter."""


class Turned(Exception):
    """One letter was turned down. `verdict`: failed (never), retry (not now), uncertain (perhaps it went)."""

    def __init__(self, verdict: str, why: str):
        super().__init__(why)
        self.verdict, self.why = verdict, why[:300]


class Post:
    """A connection opened at first need, reused for every letter of a run, and opened anew after it broke."""

    def __init__(self):
        self._connection: Any = None

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *args) -> None:
        self.close()

    def open(self) -> None:
        if self._connection is not None:
            return
        connection = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(f"{type(error).__name__}: {error}"[:300]) from error
        self._connection = connection

    def deliver(self, letter: EmailMessage) -> None:
        try:
            self._connection.send_messages([letter])
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
                self.close()
            raise Turned(verdict(error), said(error)) from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                connection.close()


def verdict(error: Exception) -> str:
    """5xx is final, 4xx is for now; when the line broke while sending, the letter may have gone."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return "failed" if codes and all(code >= 500 for code in codes) else "retry"
    if isinstance(error, smtplib.SMTPResponseException):
        return "failed" if error.smtp_code >= 500 else "retry"
    if isinstance(error, smtplib.SMTPNotSupportedError | ValueError):
        return "failed"
    return "uncertain"


def said(error: Exception) -> str:
    """The server's answer without the address it repeats: the journal of errors holds no personal data."""
    answer: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, answer = error.smtp_code, error.smtp_error
    else:
        return type(error).__name__
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(word for word in text.split() if '@' not in word)}"
