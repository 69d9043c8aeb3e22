"""The demo's decisions without a council: two seasons released, equals on the cut line of one parted by a lot."""

from datetime import datetime, timedelta
from itertools import count

from fund.accounts.models import Account
from fund.core.covers import Dice
from fund.lots.drawing import drawn
from fund.lots.models import Draw
from grants.calls.models import Call
from grants.councils.actions import follow_ranking, release
from grants.reviews.actions import commit_lot, draw_lot, reveal_lot
from grants.reviews.queries import ranking_of, waiting_for_lot

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


def words_for(draw: Draw) -> str:
    """Words that bring the list out in its own order. Nobody who draws can find such words: the seed is sealed. The demo
    opens the seal, because the same project must win whenever it is made."""
    codes = draw.codes()
    dice = (Dice(f"{codes} {turn}") for turn in count())
    throws = ("Кубик: " + ", ".join(DIGITS[die.throw(6)] for _ in range(4)) for die in dice)
    return next(words for words in throws if [one.code for one in drawn(codes, draw.seal.seed, words)] == codes)
