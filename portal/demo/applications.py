"""The demo's applications: begun, written and sent by the verbs people use, on the days they would have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fund.accounts.models import Account
from fund.core.covers import Dice
from fund.people.models import Organisation
from grants.applications.actions import (
    admit_application,
    attach_answer,
    invite_member,
    issue_admission,
    lapse_application,
    refuse_application,
    return_application,
    save_costs,
    save_section,
    set_applicant,
    start_application,
    submit_application,
    tick_checks,
    withdraw_application,
)
from grants.applications.formal import points_of
from grants.applications.models import Application
from grants.calls.models import Call

from .moments import day
from .pictures import sketch
from .texts import AGREED, DOING, EXPERIENCE, RISKS, one_of, projects

ELIGIBLE = {"place": "district", "open": "everyone"}
# Which invented project comes to which call, by the key of the call; the order is the order of sending.
THEMES = {
    "living-yard": ("city",),
    "media-lab": ("media",),
    "memory": ("heritage",),
    "youth-start": ("youth", "media"),
    "green-town": ("eco", "city"),
    "stage-season": ("stage", "heritage"),
    "warm-evenings": ("youth", "stage"),
    "living-yard-spring": ("city", "eco", "media"),
    "town-reads": ("heritage", "youth"),
}
# How far each call's applications come: drafts left unfinished, and those that were sent.
COUNTS = {
    "living-yard": (2, 3),
    "media-lab": (3, 2),
    "memory": (1, 1),
    "youth-start": (1, 6),
    "green-town": (1, 9),
    "stage-season": (0, 6),
    "warm-evenings": (0, 9),
    "living-yard-spring": (0, 9),
    "town-reads": (0, 3),
}
# Which of them, in the order of writing, belong to people one can sign in as: drafts, one given back, one under review, one
# funded, one in the reserve.
OF_THE_CAST = {
    ("living-yard", 0): "applicant",
    ("green-town", 1): "applicant",
    ("living-yard-spring", 4): "applicant",
    ("living-yard-spring", 8): "teammate",
    ("media-lab", 1): "teammate",
    ("media-lab", 2): "minor",
    ("youth-start", 2): "teammate",
}

# One copied the text of another and gave it a name of its own: the officer's queue flags the two.
COPIES = {("youth-start", 6): (5, "Подкаст «Говорит Маяковское»")}


@dataclass(frozen=True)
class Written:
    application: Application
    project: dict


def projects_for(key: str, count: int) -> list[dict]:
    """So many of the invented projects as fit the call, in an order of its own."""
    fitting = [one for one in projects() if one["theme"] in THEMES[key]]
    others = [one for one in projects() if one["theme"] not in THEMES[key]]
    ordered = sorted(fitting, key=lambda one: Dice(key + one["title"]).throw(250))
    return [*ordered, *others][:count]


def write_all(now: datetime, calls: dict[str, Call], people: dict[str, Account]) -> dict[str, list[Written]]:
    """Every call's applications. The applicant of the cast has a draft to finish, one sent, one that was funded."""
    residents = [account for key, account in people.items() if key.startswith("town-")]
    found: dict[str, list[Written]] = {}
    turn = 0
    for key, (drafts, sent) in COUNTS.items():
        found[key] = []
        for place, project in enumerate(projects_for(key, drafts + sent)):
            owner = residents[turn % len(residents)]
            turn += 1
            if (key, place) in COPIES:
                copied, title = COPIES[key, place]
                project = {**found[key][copied].project, "title": title}
            owner = people.get(OF_THE_CAST.get((key, place), ""), owner)
            found[key].append(write(calls[key], project, owner, is_draft=place < drafts, place=place, now=now))
    invite(found["living-yard"][0], people["teammate"], now)
    return found


def write(call: Call, project: dict, owner: Account, *, is_draft: bool, place: int, now: datetime) -> Written:
    """One application: begun some days after the opening, sent before the deadline or before today."""
    begun = call.opens_at + timedelta(days=2 + place % 4, hours=place % 7)
    begun = min(begun, now - timedelta(days=2))
    application = start_application(call=call, by=owner, now=begun, eligibility=ELIGIBLE)
    at = begun + timedelta(hours=2)
    sections = list(application.regulation.questions.sections)
    answers = answers_of(project, call, now=at)
    for section in sections[:2] if is_draft and place % 2 == 0 else sections:
        values = {question.key: answers[question.key] for question in section.questions if question.key in answers}
        save_section(application=application, section=section.key, values=values, version=0, by=owner, now=at, finished=True)
        at += timedelta(minutes=25)
    if not is_draft or place % 2:
        rows = [
            dict(zip(("category", "title", "quantity", "unit_price", "own"), map(str, line), strict=True))
            for line in project["lines"]
        ]
        save_costs(application=application, rows=rows, minimum=least_of(project), version=0, by=owner, now=at, finished=True)
    if place % 3 == 0:
        question = next(one for one in application.regulation.questions.questions() if one.type == "file")
        attach_answer(
            application=application, question=question, files=[sketch(project["title"], project["theme"])], by=owner, now=at
        )
    if not is_draft:
        send_at = min(call.deadline - timedelta(hours=3 + 7 * place), now - timedelta(hours=5 + place))
        submit_application(application=application, by=owner, now=max(send_at, at + timedelta(minutes=5)))
    return Written(application, project)


def answers_of(project: dict, call: Call, *, now: datetime) -> dict[str, Any]:
    seed = project["what"]  # a copied project is copied whole
    starts = call.regulation.timeline.projects_from
    return {
        "title": project["title"],
        "what": project["what"],
        "change": project["change"],
        "theme": project["theme"],
        "people": str(project["people"]),
        "address": project["address"],
        "owner": project["owner"],
        "agreed": one_of(AGREED, f"{seed} agreed"),
        "steps": [
            {"what": what, "by": (starts + timedelta(days=20 * place)).isoformat(), "who": who}
            for place, (what, who) in enumerate(steps_of(project))
        ],
        "risks": one_of(RISKS, f"{seed} risks"),
        "experience": one_of(EXPERIENCE, seed),
    }


def steps_of(project: dict) -> Iterator[tuple[str, str]]:
    """What is done and who does it: the place is agreed upon, then each line of the costs becomes a step."""
    yield "Место: договориться с владельцем", "Координатор"
    for category, title, *_numbers in project["lines"]:
        verb, who = DOING[category]
        yield f"{title.partition(':')[0]}: {verb}", who


def least_of(project: dict) -> str:
    """The least sum the project can be made with: three quarters of what is asked, in thousands."""
    asked = sum(line[2] * line[3] - line[4] for line in project["lines"])
    return str(int(asked * 0.75) // 1000 * 1000)


def invite(written: Written, account: Account, now: datetime) -> None:
    """The applicant's team: one who has not answered yet."""
    person = account.person
    invite_member(
        application=written.application,
        name=person.short_name,
        email=account.email,
        rights="edit",
        part="Считает смету",
        by=written.application.owner,
        now=day(now, -1, 15),
    )


def apply_as(written: Written, organisation: Organisation, now: datetime) -> None:
    """A draft in the name of an organisation that its owner speaks for."""
    one = written.application
    set_applicant(application=one, applicant_kind="organisation", organisation=organisation, by=one.owner, now=day(now, -1, 14))


def lapse_drafts(call: Call) -> None:
    """The clock's act after the deadline: drafts become missed, and stay whole."""
    at = call.closes_at + timedelta(minutes=30)
    for draft in Application.objects.drafts_over(at).filter(call=call):
        lapse_application(application=draft, now=at)


def admit_all(call: Call, written: list[Written], officer: Account) -> None:
    """The formal check of a call that goes on to the experts, a few days after its deadline, and its protocol."""
    at = call.closes_at + timedelta(days=2)
    for place, one in enumerate(sent(written)):
        looked_at = at + timedelta(minutes=20 * place)
        tick_checks(application=one, checks=[key for key, _words in points_of(one)], by=officer, now=looked_at)
        admit_application(application=one, by=officer, now=looked_at + timedelta(minutes=5))
    call.refresh_from_db()
    issue_admission(call=call, by=officer, now=at + timedelta(days=1))


def check_some(call: Call, written: list[Written], officer: Account, now: datetime) -> None:
    """A formal check under way: one admitted, one given back, one refused, one withdrawn, the rest wait."""
    admitted, returned, refused, withdrawn, *waiting = sent(written)
    at = now - timedelta(hours=6)
    for one, checks in zip(waiting, (("time", "eligibility", "applicant", "theme"), ("time",)), strict=False):
        tick_checks(application=one, checks=checks, by=officer, now=at)
    admit_application(application=admitted, by=officer, now=at)
    marks = [
        {"section": "idea", "question": "people", "remark": "Посчитайте, сколько человек придёт, и напишите, откуда эта цифра."},
        {"section": "@costs", "question": "", "remark": "К строке «Верстаки» нужна вторая цена."},
    ]
    until = day(now, 2)
    return_application(
        application=returned, marks=marks, until=until, by=officer, now=at, why="Два места поправить, остальное хорошо."
    )
    refuse_application(
        application=refused, reasons=["off_theme"], remark="Проект пройдёт за пределами округа.", by=officer, now=at
    )
    withdraw_application(application=withdrawn, by=withdrawn.owner, now=at, why="Нашли деньги у родителей класса")


def sent(written: list[Written]) -> list[Application]:
    found = []
    for one in written:
        one.application.refresh_from_db()
        if one.application.state == "submitted":
            found.append(one.application)
    return found
