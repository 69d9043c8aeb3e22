"""The demo's calls, one for every state, made from two regulations with their dates moved around today."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from fund.core.clock import fund_zone
from grants.calls.actions import (
    amend_regulation,
    announce_call,
    answer_question,
    archive_call,
    ask_curator,
    cancel_call,
    close_call,
    edit_regulation,
    import_call,
    open_call,
    save_sketch,
    start_judging,
)
from grants.calls.models import Call
from grants.calls.sketching import page_at

from .moments import day
from .texts import ASKED, CLARIFIED, DATA

# Days from today: opening, deadline. What follows the deadline keeps the same distances everywhere.
AFTER = {"checked_by": 5, "judged_by": 21, "decided_by": 28, "released_by": 31, "appeals_until": 41, "reserve_until": 150}
EXAMPLES = settings.BASE_DIR / "examples"
YEAR = "2027"  # stands in the names of the shipped regulations
# Drafts of shipped regulations: the file, its days.
SHIPPED = {"okrug": ("ten_criteria.yaml", (20, 65)), "research": ("horizon.yaml", (30, 80))}

# Each call: how its passport differs from the yard's, its money, its days.
YARDS: dict[str, dict[str, Any]] = {
    "living-yard": {
        "days": (-26, 9),
        "money": (3_200_000, 450_000),
        "themes": ["city", "eco"],
        "prefix": "ЖД",
    },
    "media-lab": {
        "days": (-20, 2),
        "money": (2_100_000, 700_000),
        "themes": ["media"],
        "prefix": "МЛ",
        "title": ("Медиалаборатория", "Media Lab"),
        "summary": (
            "Подкасты, игры, видео и цифровое искусство с доступом к студии Технополиса.",
            "Podcasts, games, video and digital art, with access to the Technopolis studio.",
        ),
        "applicants": ["person", "team", "organisation"],
    },
    "memory": {
        "days": (-4, 24),
        "money": (1_200_000, 300_000),
        "themes": ["heritage"],
        "prefix": "ПМ",
        "programme": "heritage",
        "title": ("Память места", "Memory of the Place"),
        "summary": (
            "Экспедиции, выставки и маршруты о Гумбиннене и Гусеве, людях и домах.",
            "Expeditions, exhibitions and routes about Gumbinnen and Gusev, their people and houses.",
        ),
    },
    "city-sound": {
        "days": (12, 45),
        "money": (1_500_000, 350_000),
        "themes": ["stage"],
        "prefix": "ЗГ",
        "title": ("Звук города", "Sound of the Town"),
        "summary": (
            "Концерты, хоры, театр и танец там, где их не ждут: во дворе, в цехе, на мосту.",
            "Concerts, choirs, theatre and dance where nobody expects them: in a yard, a workshop, on a bridge.",
        ),
    },
    "youth-start": {
        "days": (-50, -2),
        "money": (1_800_000, 400_000),
        "themes": ["youth"],
        "prefix": "ШС",
        "title": ("Школьный старт", "School Start"),
        "summary": (
            "Проекты ребят от 14 лет и тех, кто им помогает: кружки, мастерские, спорт, наука.",
            "Projects by people from 14 and those who help them: clubs, workshops, sport, science.",
        ),
    },
    "green-town": {
        "days": (-70, -16),
        "money": (900_000, 450_000),
        "themes": ["eco", "city"],
        "prefix": "ЗД",
        "title": ("Зелёный двор", "Green Yard"),
        "summary": (
            "Сады, ивы у реки, починка вместо свалки: проекты, после которых в городе легче дышать.",
            "Gardens, willows by the river, mending instead of dumping: projects that let the town breathe.",
        ),
    },
    "stage-season": {
        "days": (-110, -29),
        "money": (1_100_000, 400_000),
        "themes": ["stage", "heritage"],
        "prefix": "СС",
        "title": ("Сезон на сцене", "Season on Stage"),
        "summary": (
            "Спектакли, показы и вечера, которые город делает сам.",
            "Plays, screenings and evenings that the town makes itself.",
        ),
    },
    "warm-evenings": {
        "days": (-105, -27),
        "money": (1_300_000, 400_000),
        "themes": ["youth", "stage"],
        "prefix": "ТВ",
        "title": ("Тёплые вечера", "Warm Evenings"),
        "summary": (
            "Кружки, показы и встречи по вечерам: то, ради чего выходят из дома после работы.",
            "Clubs, screenings and meetings in the evening: what people leave home for after work.",
        ),
    },
    "living-yard-spring": {
        "days": (-125, -31),
        "money": (1_000_000, 450_000),
        "themes": ["city"],
        "prefix": "ЖВ",
        "title": ("Живой двор, прошлый набор", "Living Yard, the last round"),
        "ties": [{"criterion": "use"}, {"criterion": "novelty"}, "spread", "lot"],
    },
    "town-reads": {
        "days": (-420, -380),
        "money": (600_000, 300_000),
        "themes": ["heritage", "youth"],
        "prefix": "ГЧ",
        "title": ("Город читает", "The Town Reads"),
        "summary": ("Чтения, книжные полки и прогулки с книгой.", "Readings, bookshelves and walks with a book."),
    },
    "river-cancelled": {
        "days": (-15, 30),
        "money": (500_000, 200_000),
        "themes": ["eco"],
        "prefix": "РП",
        "title": ("Река рядом", "The River Nearby"),
        "summary": ("Проекты на берегах Писсы и Красной.", "Projects on the banks of the Pissa and the Krasnaya."),
    },
}


def timeline(now: datetime, opens: int, closes: int) -> str:
    """The dates of a regulation around today; projects begin two months after the deadline."""
    moments = {"opens": day(now, opens, 10), "closes": day(now, closes)}
    moments |= {name: day(now, closes + days) for name, days in AFTER.items()}
    starts = day(now, closes + 60).date()
    days = {"projects_from": starts, "projects_until": starts + timedelta(days=270)}
    lines = [f"{name}: {at.isoformat()}" for name, at in (moments | days).items()]
    return "\n  ".join(["", f"zone: {fund_zone()}", "grace_minutes: 10", "correction_days: 4", *lines])


def put(text: str, key: str, value: str) -> str:
    """The file with another value of one key, of the top (`timeline`) or of the second level (`  title`), as text:
    to read and write the YAML of a dozen regulations would take longer than all the rest of the demo."""
    indent = len(key) - len(key.lstrip())
    block = rf"^{key}:.*\n(?:(?: {{{indent + 1},}}.*)?\n)*"
    return re.sub(block, lambda _found: f"{key}: {value}\n", text, count=1, flags=re.MULTILINE)


def yard_text(now: datetime, key: str) -> str:
    """The yard's regulation as another call's file."""
    facts, text = YARDS[key], (DATA / "yard.yaml").read_text(encoding="utf-8")
    envelope, most = facts["money"]
    values: dict[str, Any] = {"key": key, "themes": facts["themes"], "number_prefix": facts["prefix"], "most": most}
    for name in ("title", "summary"):
        if name in facts:
            values[name] = dict(zip(("ru", "en"), facts[name], strict=True))
    values |= {name: facts[name] for name in ("applicants", "programme", "ties") if name in facts}
    for name, value in values.items():
        text = put(text, f"  {name}", json.dumps(value, ensure_ascii=False))
    return put(put(text, "money", f"{{envelope: {envelope}}}"), "timeline", timeline(now, *facts["days"]))


def shipped_text(now: datetime, key: str) -> str:
    """A shipped regulation with its dates moved around today; the year in its name is the one in which it closes."""
    file, days = SHIPPED[key]
    text = (EXAMPLES / file).read_text(encoding="utf-8").replace(YEAR, str(day(now, days[1]).year))
    return put(text, "timeline", timeline(now, *days))


def make_calls(now: datetime, cast: dict[str, Any]) -> dict[str, Call]:
    """All of them, each as far as the clock and the officers bring it without any application."""
    officer = cast["officer"]
    found = {}
    for key, facts in YARDS.items():
        opens = day(now, facts["days"][0], 10)
        early = min(opens, now) - timedelta(days=12)
        call = import_call(file=f"{key}.yaml", text=yard_text(now, key), by=officer, now=early)
        if opens > now:
            announce_call(call, by=officer, now=now - timedelta(days=3))
        else:
            open_call(call, by=officer, now=opens)
        found[key] = call
    for key, (file, _days) in SHIPPED.items():
        found[key] = import_call(file=file, text=shipped_text(now, key), by=officer, now=now)
    cancel_call(
        found["river-cancelled"],
        why="В порогах нашлась ошибка. Откроем конкурс заново с исправленным положением, черновики сохранятся.",
        by=officer,
        now=day(now, -3, 12),
    )
    amend_regulation(found["living-yard"], **CLARIFIED, by=officer, now=day(now, -6, 12))
    write_on(found["city-sound"], by=officer, now=now)
    return found


def write_on(call: Call, *, by: Any, now: datetime) -> None:
    """The regulation of an announced call stands in the editor: a weight was changed, and its examples say so in red."""
    sketch = edit_regulation(call, by=by, now=now)
    page = page_at("criteria", sketch.data)
    assert page is not None
    given = {
        f"{page.name}-0-was": sketch.data["rules"]["criteria"][0]["key"],
        f"{page.name}-0-weight": "5",
        f"{page.name}-0-comment_required": "on",
    }
    save_sketch(sketch, page=page, given=given, token=page.token(sketch.data), by=by, now=now)


def ask_questions(now: datetime, calls: dict[str, Call], cast: dict[str, Any]) -> None:
    """Answered ones on the page of the nearest calls, and one that waits for the curator."""
    officer = cast["officer"]
    for place, (asked, answer) in enumerate(ASKED):
        for key in ("living-yard", "media-lab"):
            at = day(now, -9 + place, 11)
            question = ask_curator(calls[key], text=asked, by=cast["resident"], now=at)
            answer_question(question, answer=answer, is_public=True, by=officer, now=at + timedelta(hours=5))
    ask_curator(calls["living-yard"], text="Можно ли подать заявку вдвоём с соседкой?", by=cast["resident"], now=day(now, -1, 20))


def close(call: Call, now: datetime) -> datetime:
    """The clock's act, a minute after the last instant."""
    at = call.closes_at + timedelta(minutes=1)
    call.refresh_from_db()
    close_call(call, now=at)
    return at


def judge(call: Call, cast: dict[str, Any]) -> datetime:
    """The formal check is over on the day the regulation names."""
    at = call.regulation.timeline.checked_by
    start_judging(call, by=cast["officer"], now=at)
    return at


def archive(call: Call, now: datetime, cast: dict[str, Any]) -> None:
    archive_call(call, by=cast["officer"], now=now)
