"""Pages that rooms above bring to an application's own page: the explanation of its score, an appeal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from .models import Application

Who = Callable[[Any, Application, datetime], bool]


@dataclass(frozen=True)
class ApplicationPage:
    """One button of the application's page; `who(user, application, now)` says to whom it is shown."""

    view: str
    label: Any
    who: Who
    order: int


PAGES: list[ApplicationPage] = []


def application_page(view: str, label: Any, who: Who, *, order: int = 50) -> None:
    """A room's apps.ready() adds its page; `view` takes the application's uid. Called twice for one view, the later stands."""
    page = ApplicationPage(view, label, who, order)
    PAGES[:] = sorted([*(one for one in PAGES if one.view != view), page], key=lambda one: (one.order, one.view))


def links_of(application: Application, user: Any, now: datetime) -> list[tuple[str, Any]]:
    """(address, label) of the pages this user may open about the application."""
    return [(reverse(page.view, args=[application.uid]), page.label) for page in PAGES if page.who(user, application, now)]
