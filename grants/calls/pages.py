"""Pages that rooms above bring to a call's desk page: intake, assignment, ranking."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from .models import Call


@dataclass(frozen=True)
class CallPage:
    """One link of the call's desk page. `tell(call)` may say a few words beside it, a number mostly."""

    view: str
    label: Any
    who: Callable[[Any, Call], bool]
    tell: Callable[[Call], Any] | None
    order: int


PAGES: list[CallPage] = []


def call_page(
    view: str,
    label: Any,
    who: Callable[[Any, Call], bool],
    *,
    tell: Callable[[Call], Any] | None = None,
    order: int = 50,
) -> None:
    """A room's apps.ready() adds its page; `view` takes the call's slug. Called twice for one view, the later stands."""
    page = CallPage(view, label, who, tell, order)
    PAGES[:] = sorted([*(one for one in PAGES if one.view != view), page], key=lambda one: (one.order, one.view))


def links_of(call: Call, user: Any) -> list[tuple[str, Any, Any]]:
    """(address, label, words) of the pages this user may open about a call that has opened."""
    if call.state in ("draft", "announced"):
        return []
    found = []
    for page in PAGES:
        if page.who(user, call):
            try:
                found.append((reverse(page.view, args=[call.slug]), page.label, page.tell(call) if page.tell else ""))
            except NoReverseMatch:
                continue
    return found
