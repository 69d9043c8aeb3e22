"""The demo's decisions without a council: two seasons released, equals on the cut line of one parted by a lot."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from fund.accounts.models import Account
from fund.core.covers import Dice
from fund.lots.drawing import drawn
from fund.lots.models import Draw
from grants.applications.models import Application
from grants.calls.models import Call
from grants.councils.actions import follow_ranking, release
from grants.results.actions import Cleared, clear_comments
from grants.results.queries import comments_of
from grants.reviews.actions import commit_lot, draw_lot, reveal_lot
from grants.reviews.queries import ranking_of, waiting_for_lot

GIST = "Подтвердите письмом, что место для экрана согласовано."
DIGITS = ("один", "два", "три", "четыре", "пять", "шесть")


def decide_and_release(call: Call, director: Account, *, decided_at: datetime, released_at: datetime) -> None:
    """Parts the equals, follows the ranking to the end and tells everyone at once."""
    if waiting_for_lot(call, ranking_of(call, now=decided_at)):
        part_equals(call, director, decided_at - timedelta(hours=2))
    follow_ranking(call=call, by=director, now=decided_at)
    release(call=call, by=director, now=released_at)


def part_equals(call: Call, director: Account, now: datetime) -> None:
    """List and seed committed, the die thrown aloud half an hour later, the seed opened after it."""
    draw = commit_lot(call=call, by=director, now=now)
    thrown_at = now + timedelta(minutes=30)
    draw_lot(call=call, draw=draw, words=words_for(draw), by=director, now=thrown_at)
    reveal_lot(call=call, draw=draw, by=director, now=thrown_at + timedelta(minutes=5))


def clear_most(call: Call, officer: Account, now: datetime) -> None:
    """The curator has looked at what the experts wrote, all but one application; one remark is told in its gist."""
    applications = list(Application.objects.of_call(call).filter(outcome__released_at__isnull=False).order_by("-pk"))
    for place, application in enumerate(applications[:-1]):
        choices = [Cleared(one.hand_in.pk, one.part, "cleared") for one in comments_of(application)]
        if place == 0:
            choices[0] = replace(choices[0], choice="withheld", text=GIST, why="По отзыву можно узнать эксперта.")
        clear_comments(application=application, choices=choices, by=officer, now=now)


def words_for(draw: Draw) -> str:
    """Words that bring the list out in its own order. Nobody who draws can find such words: the seed is sealed. The demo
    opens the seal, because the same project must win whenever it is made."""
    codes = draw.codes()
    dice = (Dice(f"{codes} {turn}") for turn in count())
    throws = ("Кубик: " + ", ".join(DIGITS[die.throw(6)] for _ in range(4)) for die in dice)
    return next(words for words in throws if [one.code for one in drawn(codes, draw.seal.seed, words)] == codes)
