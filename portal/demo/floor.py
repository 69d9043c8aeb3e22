"""The demo's meetings without a call: one held forty days ago, half of its proposals carried out; one to come."""

from datetime import date, datetime, timedelta
from typing import Any

from fund.accounts.models import Account
from fund.documents.actions import draw_paper
from grants.councils.actions import (
    answer_invitation,
    cast_vote,
    close_item,
    close_meeting,
    convene,
    entrust,
    hand_in,
    invite_side,
    issue_outcome,
    mark_attendance,
    open_meeting,
    publish_outcome,
    put_to_vote,
    report,
    reword,
    set_topic,
    sign_protocol,
)
from grants.councils.models import Meeting, Motion, Side
from grants.councils.queries.votes import count_of

from .moments import day

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
COUNCIL = ("council", "council-2", "council-3", "council-4")
PLACE = "Технополис GS, зал «Орбита», и видеосвязь"
HELD = "Малые города: что можем сделать вместе"
TO_COME = "Открытое образование: школы, кружки и мастерские района"
# Side, whom the letter addresses, address, answer, who comes instead.
SIDES = (
    (
        "Министерство экономики области",
        "Ольга Ветрова, заместитель министра",
        "vetrova@example.org",
        "sends",
        "Павел Линд, отдел кластеров",
    ),
    ("Администрация соседнего района", "Игорь Саблин, глава", "sablin@example.org", "comes", ""),
    ("Волонтёрский центр «Рядом»", "Дарья Климова, руководитель", "klimova@example.org", "comes", ""),
    ("Областной университет", "Наталья Юрьева, проректор", "yuryeva@example.org", "declines", ""),
)
TOPICS = (
    ("Модель городского фонда: что переносится в другие малые города", "Павел Линд, министерство экономики области"),
    ("Наследие и туризм: общие маршруты двух районов", "Игорь Саблин, администрация соседнего района"),
    ("Волонтёры на событиях года", "Дарья Климова, центр «Рядом»"),
)
SAID = (
    "Обсудили порядок конкурсов фонда и то, чего не хватает малым городам: готовых положений и обученных экспертов.",
    "Стороны согласны на общий маршрут вдоль старой железной дороги; спор вызвал срок установки указателей.",
    "",
)
# Topic, author (a side's place, "council-2", or a name from the room), words, later words, votes, who answers, days from the
# meeting, what became of it (True: done, False: not done) with the day of the report.
MOTIONS: tuple[tuple[Any, ...], ...] = (
    (
        0,
        0,
        "Передать положения конкурсов фонда трём малым городам области.",
        "Передать положения конкурсов и образцы документов фонда трём малым городам области и провести для их команд три занятия.",
        "++++",
        "officer",
        30,
        (True, 26, "Документы переданы, прошли три занятия, пришёл 31 человек."),
    ),
    (1, 1, "Проложить общий пеший маршрут вдоль старой железной дороги, 14 км.", "", "+++0", 1, 36, None),
    (1, "council-2", "Собрать воспоминания железнодорожников и их семей для общей выставки.", "", "++++", "council-2", 60, None),
    (
        2,
        2,
        "Составить общий календарь событий двух районов, чтобы волонтёрам хватало выходных.",
        "",
        "++-+",
        2,
        20,
        (True, 18, "Календарь на год согласован и открыт на сайте центра."),
    ),
    (
        2,
        "Марина Одинцова, жительница",
        "Обучить первой помощи двадцать волонтёров до следующего праздника города.",
        "",
        "++++",
        2,
        34,
        (False, 33, "Набрали только девять человек: продолжаем набор."),
    ),
    (0, "council-3", "Завести общий призовой фонд трёх городов.", "", "+--0", None, 0, None),
)


def convene_council(cast: dict[str, Account], title: str, starts_at: datetime, topics, sides) -> Meeting:
    """Convened three weeks before; the director presides, the officer keeps the minutes and invites the sides."""
    officer, now = cast["officer"], starts_at - 21 * DAY
    meeting = convene(
        title=title,
        starts_at=starts_at,
        place=PLACE,
        topics=topics,
        members=[cast[key] for key in COUNCIL],
        chair=cast["director"],
        secretary=officer,
        by=officer,
        now=now,
    )
    for place, (name, person, email, answer, delegate) in enumerate(sides, 1):
        side = invite_side(meeting=meeting, name=name, person=person, email=email, by=officer, now=now + place * MINUTE)
        if answer:
            answer_invitation(side=side, answer=answer, delegate=delegate, now=now + place * DAY)
    return meeting


def hold_floor(cast: dict[str, Account], now: datetime) -> Meeting:
    """A whole meeting forty days ago, its outcome document published, its proposals followed up until today."""
    starts_at = day(now, -40, 11)
    officer, director = cast["officer"], cast["director"]
    meeting = convene_council(cast, HELD, starts_at, TOPICS, SIDES)
    sides, seats = list(meeting.sides.all()), list(meeting.members.order_by("pk"))
    came = [side.pk for side in sides if side.answer != "declines"]
    mark_attendance(meeting=meeting, present=[seat.pk for seat in seats[:-1]], sides=came, by=officer, now=starts_at)
    open_meeting(meeting=meeting, by=officer, now=starts_at)
    for topic, minutes in zip(meeting.topics.all(), SAID, strict=True):
        facts = {"title": topic.title, "speaker": topic.speaker, "minutes": minutes}
        set_topic(meeting=meeting, topic=topic, by=officer, now=starts_at + 20 * MINUTE, **facts)
    carried = [_vote(meeting, place, facts, sides, cast) for place, facts in enumerate(MOTIONS)]
    ended = starts_at + timedelta(hours=2)
    draw_paper(close_meeting(meeting=meeting, by=officer, now=ended), now=ended + MINUTE)
    for who in ("officer", "director"):
        sign_protocol(meeting=meeting, by=cast[who], now=ended + timedelta(hours=3))
    _follow(carried, sides, cast, starts_at, ended + DAY)
    draw_paper(issue_outcome(meeting=meeting, by=officer, now=ended + 2 * DAY), now=ended + 2 * DAY)
    publish_outcome(resolution=meeting.resolution, by=director, now=ended + 3 * DAY)
    return meeting


def _vote(meeting: Meeting, place: int, facts: tuple, sides: list[Side], cast: dict[str, Account]) -> Motion:
    topic, author, text, later, votes, *_rest = facts
    officer, now = cast["officer"], meeting.starts_at + (30 + place * 10) * MINUTE
    whose: dict[str, Any] = {"said_by": author}
    if isinstance(author, int):
        whose = {"side": sides[author]}
    elif author in cast:
        whose = {"member": meeting.members.get(account=cast[author])}
    motion = hand_in(meeting=meeting, text=text, topic=meeting.topics.all()[topic], by=officer, now=now, **whose)
    if later:
        reword(motion=motion, text=later, topic=motion.topic, seen=1, by=officer, now=now + 3 * MINUTE)
    put_to_vote(item=motion.item, by=officer, now=now + 4 * MINUTE)
    words = {"+": "for", "-": "against", "0": "abstain"}
    for seat, sign in zip(count_of(motion.item).voters, votes, strict=True):
        cast_vote(item=motion.item, member=seat, choice=words[sign], by=seat.account, now=now + 5 * MINUTE)
    close_item(item=motion.item, by=officer, now=now + 6 * MINUTE)
    return motion


def _follow(motions: list[Motion], sides: list[Side], cast: dict[str, Account], held: datetime, now: datetime) -> None:
    for motion, facts in zip(motions, MOTIONS, strict=True):
        whom, days, came_of_it = facts[-3:]
        if whom is None:
            continue
        who = {"side": sides[whom]} if isinstance(whom, int) else {"account": cast[whom]}
        due_on: date = (held + days * DAY).date()
        follow_up = entrust(motion=motion, due_on=due_on, by=cast["officer"], now=now, **who)
        if came_of_it:
            is_done, day_of_it, word = came_of_it
            report(follow_up=follow_up, is_done=is_done, word=word, by=follow_up.account, now=held + day_of_it * DAY)


def call_floor(cast: dict[str, Account], now: datetime) -> Meeting:
    """A meeting in nine days: two sides have answered, one has handed in a proposal."""
    topics = (
        ("Мастерские и кружки: кто чем может поделиться", "Наталья Юрьева, областной университет"),
        ("Как школьнику района попасть в Технополис", ""),
    )
    answers = ("", "comes", "sends", "comes")
    delegates = ("", "", "Артём Зуев, центр «Рядом»", "")
    sides = [(*side[:3], answer, delegate) for side, answer, delegate in zip(SIDES, answers, delegates, strict=True)]
    starts_at = day(now, 9, 15)
    meeting = convene_council(cast, TO_COME, starts_at, topics, sides)
    university, at = meeting.sides.get(name=SIDES[3][0]), now - 2 * DAY
    text = "Открыть лаборатории университета для кружков района по субботам."
    hand_in(meeting=meeting, text=text, topic=meeting.topics.first(), side=university, by=None, now=at)
    seat = meeting.members.get(account=cast["council-2"])
    hand_in(meeting=meeting, text="Пускать школьников в автобус Технополиса бесплатно.", member=seat, by=seat.account, now=at)
    return meeting
