"""The demo's judging: experts invited, some done, some half way, one who stepped aside; scores that follow a project's merit."""

from datetime import datetime, timedelta
from decimal import Decimal

from fund.accounts.models import Account
from fund.core.covers import Dice
from grants.applications.models import Application
from grants.calls.models import Call
from grants.reviews.actions import (
    accept_sheet,
    ask_plan,
    ask_stability,
    count_plan,
    count_stability,
    declare_conflict,
    decline_sheet,
    open_discussion,
    plan_sheets,
    save_sheet,
    set_limits,
    speak,
    submit_sheet,
)
from grants.reviews.models import Sheet
from grants.reviews.queries import ties_of_call
from grants.reviews.queries.topics import topics_of_call
from grants.scoring.rubric import Criterion

from .texts import REMARKS, comment_on, one_of, projects


def assign(call: Call, experts: list[Account], officer: Account, now: datetime) -> list[Sheet]:
    """Three experts for each application in turn, none with a tie; returns the sheets in the order of their making."""
    applications = list(Application.objects.filter(call=call, state="admitted").order_by("pk"))
    tied = ties_of_call(call, experts=[expert.pk for expert in experts])
    wanted = set()
    for place, application in enumerate(applications):
        turned = experts[place % len(experts) :] + experts[: place % len(experts)]
        free = [expert for expert in turned if not tied.get((application.pk, expert.pk))]
        wanted |= {(application.pk, expert.pk) for expert in free[: call.regulation.review.experts]}
    due = call.regulation.timeline.judged_by
    plan_sheets(call=call, wanted=wanted, due_at=due, by=officer, now=now)
    return list(Sheet.objects.of_call(call).order_by("application", "expert"))


# Two of a call's applications, in the order of writing, whose experts agree mark for mark: nothing but a lot parts them.
EQUALS = {"living-yard-spring": (6, 8)}


def judge_all(sheets: list[Sheet], now: datetime) -> None:
    """Every sheet accepted, scored, handed in, some days apart."""
    likes = equals_among(sheets)
    for place, sheet in enumerate(sheets):
        at = now + timedelta(days=2 + place % 9, hours=place % 8)
        accept_sheet(sheet=sheet, by=sheet.expert, now=at)
        score(sheet, at + timedelta(hours=3), like=likes.get(sheet.pk))


def equals_among(sheets: list[Sheet]) -> dict[int, Sheet]:
    """Sheet of the later of two equals → the sheet of the earlier with the same marks."""
    places = EQUALS.get(sheets[0].application.call.slug)
    if places is None:
        return {}
    found: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.application_id, []).append(sheet)
    earlier, later = (list(found.values())[place] for place in places)
    return {sheet.pk: like for like, sheet in zip(earlier, later, strict=True)}


def judge_half(sheets: list[Sheet], now: datetime, today: datetime) -> None:
    """A judging under way: of seven sheets four are in, one is a draft, one accepted, one waits; one declined, one recused."""
    for place, sheet in enumerate(sheets):
        at = min(now + timedelta(days=1 + place % 6, hours=place % 9), today - timedelta(hours=2))
        step = place % 7
        if place == len(sheets) - 1:
            declare_conflict(sheet=sheet, kind="friend", by=sheet.expert, now=at, why="Дружим семьями")
        elif place == len(sheets) - 2:
            decline_sheet(sheet=sheet, why="Уезжаю до конца месяца", by=sheet.expert, now=at)
        elif step < 6:
            accept_sheet(sheet=sheet, by=sheet.expert, now=at)
            if step < 5:
                score(sheet, at + timedelta(minutes=40), hands_in=step < 4, merit=1 if place == DISSENTER else None)


# The third sheet of the first application: its expert sees what the other two do not.
DISSENTER = 2


def score(sheet: Sheet, now: datetime, *, hands_in: bool = True, merit: int | None = None, like: Sheet | None = None) -> None:
    """A draft with its comments; handed in unless it is to stay half done. `merit`: this expert's own view of the project;
    `like`: the sheet whose marks this one repeats."""
    rules, marked = sheet.application.regulation.rules, like or sheet
    if merit is None:
        merit = next((one["merit"] for one in projects() if one["title"] == marked.application.title), 3)
    scored = rules.scored if hands_in else rules.scored[:3]
    draft = {one.key: mark(one, merit, f"{seed_of(marked)} {one.key}") for one in scored}
    remark = one_of(REMARKS, seed_of(sheet)) if hands_in else ""
    save_sheet(sheet=sheet, draft=draft, remark=remark, version=sheet.version, by=sheet.expert, now=now)
    if hands_in:
        submit_sheet(sheet=sheet, by=sheet.expert, now=now + timedelta(minutes=15))


def seed_of(sheet: Sheet) -> str:
    return f"{sheet.application.title} {sheet.expert.email}"


def mark(criterion: Criterion, merit: int, seed: str) -> dict:
    """A value of the criterion's own scale near the project's merit; one expert in twenty leaves a blank where that is allowed."""
    values = criterion.values()
    dice = Dice(seed)
    if criterion.na_allowed and dice.throw(20) == 0:
        return {"value": "", "na": True, "comment": ""}
    part = Decimal(merit * 17 + 8 + dice.throw(24)) / 100
    value = values[min(len(values) - 1, int(part * (len(values) - 1) + Decimal("0.5")))]
    told = comment_on(float(value * 5 / criterion.greatest), seed) if criterion.comment_required else ""
    return {"value": f"{value:f}", "na": False, "comment": told}


def discuss(sheets: list[Sheet], officer: Account, now: datetime) -> None:
    """The officer asks those who diverge to talk, and two of them have."""
    three = [Sheet.objects.get(pk=sheet.pk) for sheet in sheets[: DISSENTER + 1]]
    open_discussion(application=three[0].application, topic="Хватит ли проекту людей", by=officer, now=now)
    for place, words in ((DISSENTER, DOUBT), (0, ANSWER)):
        speak(sheet=three[place], text=words, by=three[place].expert, now=now + timedelta(hours=3 - place))


DOUBT = "Кто будет вести проект через полгода, из заявки не видно: в команде один человек, и у него уже есть похожее дело."
ANSWER = "В плане назван координатор от школы, поэтому я за команду спокойна. А вот цены я бы перепроверила."

# What the experts know, in the order of the cast: keys of the regulation's themes.
KNOWN = (("city", "eco"), ("stage", "youth"), ("media", "youth"), ("eco",), ("city", "media", "stage"), ())


def count_firmness(call: Call, director: Account, now: datetime) -> None:
    """How firm the ranking is, counted before the council met."""
    count_stability(report=ask_stability(call=call, by=director, now=now).pk, now=now)


def plan_again(call: Call, experts: list[Account], officer: Account, now: datetime) -> None:
    """The officer says what the experts know and counts a plan that fills what was declined; it waits to be accepted."""
    known = topics_of_call(call).keys()
    limits: dict[int, tuple[list[str], int | None]] = {
        expert.pk: ([key for key in topics if key in known], None) for expert, topics in zip(experts, KNOWN, strict=True)
    }
    set_limits(call=call, limits=limits, by=officer, now=now)
    count_plan(plan=ask_plan(call=call, seed="", by=officer, now=now).pk, now=now)
