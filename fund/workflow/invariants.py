"""Every row stands in a state that its table of moves knows."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps

from fund.core.invariants import invariant

from .table import Workflow, all_workflows


def unknown_states(workflow: Workflow) -> Callable[[], Iterable[Any]]:
    return lambda: apps.get_model(workflow.model)._base_manager.exclude(state__in=workflow.states)


for table in all_workflows():
    invariant(table.model, "stands in a state that its table of moves knows")(unknown_states(table))
