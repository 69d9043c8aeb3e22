"""Pages about things with a table of moves."""

from typing import Any

from .table import Workflow


class MoveMixin:
    """Stands before ThingMixin: an act that does not fit (any more) is told with the state that the thing is in."""

    workflow: Workflow
    moves: tuple[str, ...] = ()  # the page's button makes one of them
    thing: Any

    def past(self) -> Any:
        if self.moves and not self.workflow.fits(self.thing, *self.moves):
            return self.workflow.no_more(self.thing)
        return super().past()  # type: ignore[misc]

    def no_more(self) -> str:
        return self.workflow.no_more(self.thing)
