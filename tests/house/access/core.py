"""The page of components needs no world."""


def world(world) -> None:
    world.kwargs["core:kit_page"] = {"name": "panes"}
