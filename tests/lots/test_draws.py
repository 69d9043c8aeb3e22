"""A draw's steps follow one another, none is undone, and the seed is nobody's before the reveal."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.lots.actions import commit_draw, draw_lots, reveal_seed
from fund.lots.drawing import fingerprint, list_fingerprint
from fund.lots.models import Draw, Drawing, Participant, Reveal, Seal
from fund.lots.queries import lots_about

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def draw(director):
    return make(director)


def make(director, codes=("Б-2", "А-1", "В-3"), **facts):
    title = {"ru": "Жребий", "en": "Lot"}
    return commit_draw(**{"about": director, "title": title, "codes": codes, "by": director, "now": NOW, **facts})


def test_commit_closes_the_list_and_publishes_both_hashes(draw):
    assert draw.codes() == ["А-1", "Б-2", "В-3"]
    assert draw.seed_hash == fingerprint(draw.seal.seed)
    assert draw.list_hash == list_fingerprint(draw.seal.salt, ["А-1", "Б-2", "В-3"])
    assert (draw.step, draw.seed, draw.order()) == ("committed", None, [])


def test_commit_tells_the_seed_to_nobody(draw):
    entry = Entry.objects.get(verb="lots.commit")

    assert entry.facts == {"seed_hash": draw.seed_hash, "list_hash": draw.list_hash}


def test_commit_of_one_is_refused(director):
    with pytest.raises(Refused):
        make(director, codes=["А-1"])


def test_draw_and_reveal_open_the_order(draw, director):
    draw_lots(draw=draw, words=" дождь  будет ", by=director, now=NOW)
    assert (draw.step, draw.words, draw.seed, draw.order()) == ("drawn", "дождь будет", None, [])

    reveal_seed(draw=draw, by=director, now=NOW)

    assert (draw.step, draw.seed) == ("revealed", draw.seal.seed)
    assert sorted(one.code for one in draw.order()) == ["А-1", "Б-2", "В-3"]


@pytest.mark.parametrize("words", ["", "лёд тронулся"])
def test_a_revealed_draw_counts_with_its_words(director, words):
    draw = make(director)
    draw_lots(draw=draw, words=words, by=director, now=NOW)
    assert lots_about(director) == []

    reveal_seed(draw=draw, by=director, now=NOW)

    (lots,) = lots_about(director)
    assert lots.seed == f"{draw.seed} {words}".strip()
    assert lots.among == {"А-1", "Б-2", "В-3"}


def test_reveal_before_the_draw_is_refused(draw, director):
    with pytest.raises(Refused):
        reveal_seed(draw=draw, by=director, now=NOW)


def test_draw_before_its_commitment_is_refused(draw, director):
    with pytest.raises(Refused):
        draw_lots(draw=draw, words="", by=director, now=NOW - timedelta(seconds=1))


def test_no_step_is_made_twice(draw, director):
    draw_lots(draw=draw, words="раз", by=director, now=NOW)
    with pytest.raises(Refused):
        draw_lots(draw=draw, words="два", by=director, now=NOW)
    reveal_seed(draw=draw, by=director, now=NOW)

    with pytest.raises(Refused):
        reveal_seed(draw=Draw.objects.get(pk=draw.pk), by=director, now=NOW)
    assert (Drawing.objects.get().words, Reveal.objects.count()) == ("раз", 1)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Draw, {"title_ru": "Другой"}),
        (Participant, {"code": "Г-4"}),
        (Seal, {"seed": "0"}),
        (Drawing, {"words": "два"}),
        (Reveal, {"revealed_at": NOW}),
    ],
)
def test_nothing_of_a_draw_changes_or_goes(draw, director, model, change):
    draw_lots(draw=draw, words="раз", by=director, now=NOW)
    reveal_seed(draw=draw, by=director, now=NOW)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


def test_everybody_sees_that_there_is_a_draw_and_nobody_its_list(draw, stranger, director):
    """The list is opened by the room that draws; about an account no room has a rule."""
    for user in (AnonymousUser(), stranger, director):
        assert list(Draw.objects.visible_to(user)) == [draw]
        assert not Participant.objects.visible_to(user).exists()
