"""What the addresses of draws are asked about: one that is committed, about anything at all."""

from django.utils import timezone

from fund.lots.actions import commit_draw


def world(world) -> None:
    director = world.cast.director
    draw = commit_draw(about=director, title={"ru": "Жребий"}, codes=["ЖД-26-001", "ЖД-26-002"], by=director, now=timezone.now())
    world.kwargs["lots"] = {"uid": draw.uid}
