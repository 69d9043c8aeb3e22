"""Meetings without a call for tests, made by the verbs that make them in the product."""

from datetime import timedelta

from grants.councils.actions import (
    close_item,
    close_meeting,
    convene,
    entrust,
    hand_in,
    invite_side,
    mark_attendance,
    open_meeting,
)
from grants.councils.models import Meeting, Motion, Side

from .councils import vote_all

TITLE = "Малые города: что можем сделать вместе"
TOPICS = [("Общие маршруты двух районов", "Игорь Саблин"), ("Волонтёры на событиях года", "")]


def make_floor(*, officer, director, members, now, **more) -> Meeting:
    facts = {"title": TITLE, "starts_at": now + timedelta(days=2), "place": "Зал «Орбита»", "topics": TOPICS}
    return convene(members=members, chair=director, secretary=officer, by=officer, now=now, **{**facts, **more})


def make_side(meeting, *, officer, now, name="Администрация района", email="sablin@example.org", **more) -> Side:
    return invite_side(meeting=meeting, name=name, person="Игорь Саблин", email=email, by=officer, now=now, **more)


def make_open_floor(meeting, *, officer, now, sides=()) -> Meeting:
    present = list(meeting.members.values_list("pk", flat=True))
    mark_attendance(meeting=meeting, present=present, sides=[side.pk for side in sides], by=officer, now=now)
    open_meeting(meeting=meeting, by=officer, now=now)
    return meeting


def make_motion(meeting, *, officer, now, text="Проложить общий маршрут.", **more) -> Motion:
    whose = more or {"said_by": "Марина Одинцова"}
    return hand_in(meeting=meeting, text=text, by=officer, now=now, **whose)


def make_carried(meeting, *, officer, now, text="Проложить общий маршрут.", **more) -> Motion:
    motion = make_motion(meeting, officer=officer, now=now, text=text, **more)
    vote_all(motion.item, "+" * meeting.members.count(), officer=officer, now=now)
    close_item(item=motion.item, by=officer, now=now)
    return motion


def make_held(*, officer, director, members, now, days: int = 30) -> tuple[Meeting, Side, list[Motion]]:
    """Closed, two proposals carried, one entrusted to the officer, one to the side."""
    meeting = make_floor(officer=officer, director=director, members=members, now=now)
    side = make_side(meeting, officer=officer, now=now)
    make_open_floor(meeting, officer=officer, now=now, sides=[side])
    motions = [
        make_carried(meeting, officer=officer, now=now, text=text) for text in ("Проложить маршрут.", "Обучить волонтёров.")
    ]
    close_meeting(meeting=meeting, by=officer, now=now)
    due_on = (now + timedelta(days=days)).date()
    entrust(motion=motions[0], due_on=due_on, account=officer, by=officer, now=now)
    entrust(motion=motions[1], due_on=due_on, side=side, by=officer, now=now)
    return meeting, side, motions
