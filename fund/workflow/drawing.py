"""Workflows as documents: a diagram and a table of moves for each, printed from the tables themselves."""

from django.utils import translation

from .table import Workflow, all_workflows

HEAD = """# Workflows

Printed by `manage.py draw_workflows` from the tables in each room's `workflow.py`; a test says whether it is fresh.
"""


def draw_all() -> str:
    with translation.override("en"):
        return "\n".join([HEAD, *(draw(workflow) for workflow in sorted(all_workflows(), key=lambda w: w.model))])


def draw(workflow: Workflow) -> str:
    lines = [f"## {workflow.model}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {workflow.initial}"]
    lines += [f"    {source} --> {move.to}: {move.name}" for move in workflow.moves for source in move.source]
    lines += [f"    {state} --> [*]" for state in workflow.final]
    lines += ["```", "", "| move | from | to | label | who |", "|---|---|---|---|---|"]
    for move in workflow.moves:
        lines.append(f"| {move.name} | {', '.join(move.source)} | {move.to} | {move.label} | {move.who.__name__} |")
    return "\n".join(lines) + "\n"


def faults(workflow: Workflow) -> list[str]:
    """What is wrong with a table: states nobody reaches, states without a way out."""
    reached, todo = {workflow.initial}, [workflow.initial]
    while todo:
        state = todo.pop()
        for move in workflow.moves:
            if state in move.source and move.to not in reached:
                reached.add(move.to)
                todo.append(move.to)
    left = {source for move in workflow.moves for source in move.source}
    unreached = [f"{workflow.model}: nothing reaches {state}" for state in workflow.states if state not in reached]
    stuck = [f"{workflow.model}: no way out of {s}" for s in workflow.states if s not in left and s not in workflow.final]
    return unreached + stuck
