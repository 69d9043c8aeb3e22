"""What can be told at all: every room names its kinds of messages and its deadlines in its notices.py.

A kind is called "room.message" and has three templates, templates/notices/<room>/<message>.{subject.txt,txt,html}.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

NOW, DAILY, OFF = "now", "daily", "off"
EMAIL, INBOX, DIGEST = "email", "inbox", "digest"


@dataclass(frozen=True)
class Kind:
    """One kind of message: its word for people, whether it may be unsubscribed, who finds it in the preferences."""

    name: str
    label: Any
    why: Any = ""  # the sentence under the letter: "You got this letter as the author of the application."
    optional: bool = False  # may be put into the daily digest or switched off, with one click
    default: str = NOW
    channels: tuple[str, ...] = (EMAIL, INBOX)
    secret: bool = False  # its facts open doors (codes, links): wiped soon after sending, never in the inbox
    to_anyone: bool = False  # may go to an address nobody has confirmed: account letters only
    urgent: bool = False  # waits for no quiet hours
    shown_to: Callable[[Any], bool] = field(default=lambda user: True)

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @property
    def template(self) -> str:
        return "notices/" + self.name.replace(".", "/")


@dataclass(frozen=True)
class Due:
    """One person's duty: act on the thing by `at`. `since`: when the duty began, so that nobody is reminded of before."""

    thing: Any
    account: Any
    at: datetime
    facts: dict = field(default_factory=dict)
    link: Any = None
    calendar: Any = None
    since: datetime | None = None


@dataclass(frozen=True)
class Deadline:
    """A kind of duty, at which distances before it to remind, and the function that finds who still owes it."""

    kind: str
    remind: tuple[timedelta, ...]
    find: Callable[[datetime, datetime], Iterable[Due]]


KINDS: dict[str, Kind] = {}
DEADLINES: dict[str, Deadline] = {}


def kind(name: str, label: Any, **options: Any) -> str:
    """Registers a kind of message and returns its name: SUBMITTED = kind("applications.submitted", _("Application received"))."""
    if name.count(".") != 1:
        raise ValueError(f"a kind of message is called room.message, not {name!r}")
    if name in KINDS:
        raise ValueError(f"two kinds of message are called {name!r}")
    if options.get("secret"):
        options.setdefault("channels", (EMAIL,))
    KINDS[name] = Kind(name, label, **options)
    return name


def kind_of(name: str) -> Kind:
    if name not in KINDS:
        raise LookupError(f"no room has registered the message {name!r}: its notices.py says kind({name!r}, _('…'))")
    return KINDS[name]


def deadline(name: str, *, remind: Iterable[timedelta], label: Any = "", **options: Any):
    """Registers a deadline and its kind of message: a function (now, horizon) that yields a Due for whoever still owes it.

    A reminder helps; whoever does not want it may switch it off, unless the room says optional=False.
    """

    def register(find: Callable[[datetime, datetime], Iterable[Due]]):
        kind(name, label or name, **{"optional": True, **options})
        DEADLINES[name] = Deadline(name, tuple(sorted(remind)), find)
        return find

    return register
