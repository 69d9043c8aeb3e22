"""The two bars of links: the public one, and the workspace bar whose items each room brings along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# View, label, key of the lit item. Rooms are named by string only; an item whose page does not exist is left out.
PUBLIC: tuple[tuple[str, Any, str], ...] = (
    ("calls:list", _("Calls"), "calls"),
    ("projects:list", _("Projects"), "projects"),
    ("timetable:list", _("Events"), "events"),
    ("shifts:list", _("Volunteering"), "volunteers"),
    ("portal:about", _("About the fund"), "about"),
)


@dataclass(frozen=True)
class DeskItem:
    """One item of the workspace bar: who sees it, and where in the bar it stands."""

    view: str
    label: Any
    who: Callable[[Any], bool]
    key: str
    order: int


DESK_ITEMS: list[DeskItem] = []


def desk_item(view: str, label, who: Callable[[Any], bool], *, key: str = "", order: int = 50) -> None:
    """A room's apps.ready() puts its workspace into the bar. Called twice for one view, the later call stands.

    `key` is what the room's pages say in `nav`; without it, the room's own name (the part before the colon).
    """
    item = DeskItem(view, label, who, key or view.partition(":")[0], order)
    DESK_ITEMS[:] = sorted([*(i for i in DESK_ITEMS if i.view != view), item], key=lambda i: (i.order, i.view))


@dataclass(frozen=True)
class Link:
    url: str
    label: Any
    key: str


def address(view: str) -> str | None:
    """The page's address in the reader's language, or None: no bar carries a dead link."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return None


def public_links() -> list[Link]:
    found = ((address(view), label, key) for view, label, key in PUBLIC)
    return [Link(url, label, key) for url, label, key in found if url]


def desk_links(user) -> list[Link]:
    """The items this user may open, in their order."""
    if not user.is_authenticated:
        return []
    mine = (item for item in DESK_ITEMS if item.who(user))
    found = ((address(item.view), item) for item in mine)
    return [Link(url, item.label, item.key) for url, item in found if url]
