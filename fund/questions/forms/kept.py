"""The base of forms that keep a draft: which version of which open page they are, and which button was pressed."""

import re
import secrets
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.core.forms import Form, new_token

FINISHED = (("yes", _("Yes, it is finished")), ("later", _("No, I will come back to it")))
TAB = re.compile(r"[\w-]{8,32}", re.ASCII)
VERSION = re.compile(r"\d{1,9}", re.ASCII)
# Buttons that save the page and show it again.
ACTS = ("add", "drop", "restore", "attach", "remove")


class KeptForm(Form):
    """A form of one part of a draft. Valid means it can be kept; what is wrong with it is another question."""

    def __init__(self, *args: Any, version: int = 0, is_postponed: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_postponed = is_postponed
        self._version = version
        self._shown_version: int | None = None

    @property
    def version(self) -> int:
        """The version this page was drawn from: what it says may replace that one only."""
        posted = self.data.get("version", "") if self.is_bound else ""
        return int(posted) if VERSION.fullmatch(posted) else self._version

    @property
    def shown_version(self) -> int:
        """The version the page is drawn from now."""
        return self.version if self._shown_version is None else self._shown_version

    def stand_on(self, version: int) -> None:
        """The page shows this version from now on: what is sent next may replace it."""
        self._shown_version = version

    @cached_property
    def tab(self) -> str:
        """A name for this open page, the same over all its savings."""
        posted = self.data.get("tab", "") if self.is_bound else ""
        return posted if TAB.fullmatch(posted) else secrets.token_urlsafe(12)

    @staticmethod
    def new_token() -> str:
        """Files go up with it: a button pressed twice attaches once."""
        return new_token()

    @property
    def act(self) -> str:
        """The button that saves and shows the page again: add, drop, restore, attach or remove; "" for the others."""
        return next((act for act in ACTS if self.is_bound and act in self.data), "")

    @property
    def finished(self) -> bool | None:
        """What the people answered to "Is this section finished?"; None if they were not asked."""
        return {"yes": True, "later": False}.get(self.data.get("finished", "")) if self.is_bound else None

    def finished_choices(self) -> list[tuple[str, Any, bool]]:
        chosen = "later" if (self.finished is False or (self.finished is None and self.is_postponed)) else "yes"
        return [(key, label, key == chosen) for key, label in FINISHED]

    @property
    def unsaved(self) -> str:
        """What autosave leaves alone, in htmx's words."""
        return "*"

    @property
    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0])

    def follow(self, data: Any) -> None:
        """Draws what a button on rows asked for in the page before."""
