"""Verbs of draws: commit, draw, reveal. Who may is asked by the room whose thing is drawn about; this one keeps the order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.workflow.engine import lock

from .drawing import faults_of, fingerprint, in_fixed_order, list_fingerprint, new_seed
from .models import Draw, Drawing, Participant, Reveal, Seal


@transaction.atomic
def commit_draw(*, about: models.Model, title: dict[str, str], codes: Iterable[str], by: Any, now: datetime) -> Draw:
    """Closes the list and commits a seed: both hashes are public from now on, the seed is nobody's.

    In order: put the codes into their fixed order; make a seed and a salt; keep both sealed; add the draw with its
    hashes and its list; record. The caller has asked who may, and whether these were drawn among before.
    """
    listed, seed, salt = in_fixed_order(codes), new_seed(), new_seed()
    if len(listed) < 2:
        raise Refused(_("A draw needs two participants or more."), code="few")
    draw = Draw.objects.create(
        **Draw.key(about),
        title_ru=title["ru"],
        title_en=title.get("en", ""),
        seed_hash=fingerprint(seed),
        list_hash=list_fingerprint(salt, listed),
        committed_at=now,
        committed_by=by,
    )
    Participant.objects.bulk_create(Participant(draw=draw, position=place, code=code) for place, code in enumerate(listed, 1))
    Seal.objects.create(draw=draw, seed=seed, salt=salt)
    record("lots.commit", draw, by=by, now=now, facts={"seed_hash": draw.seed_hash, "list_hash": draw.list_hash})
    return draw


@transaction.atomic
def draw_lots(*, draw: Draw, words: str, by: Any, now: datetime) -> None:
    """Draws: the words said aloud are fixed, and with them the order; it opens with the seed."""
    _lock(draw)
    if draw.step != "committed":
        raise Refused(_("This draw was made already."), code="step")
    if now < draw.committed_at:
        raise Refused(_("A draw follows its commitment."), code="step")
    Drawing.objects.create(draw=draw, words=" ".join(words.split()), drawn_at=now, drawn_by=by)
    record("lots.draw", draw, by=by, now=now, personal={"words": words})


@transaction.atomic
def reveal_seed(*, draw: Draw, by: Any, now: datetime) -> None:
    """Opens the seed; from now on the order holds and anyone can compute it. Refused if seal and list fit no hash."""
    _lock(draw)
    if draw.step != "drawn":
        raise Refused(_("The seed is revealed once, and after the draw."), code="step")
    seal = draw.seal
    hashes = {"seed_hash": draw.seed_hash, "list_hash": draw.list_hash}
    if faults_of(draw.codes(), salt=seal.salt, seed=seal.seed, **hashes):
        raise Refused(_("Seed or list do not fit the published hashes. Nothing was revealed."), code="broken")
    Reveal.objects.create(draw=draw, revealed_at=now, revealed_by=by)
    record("lots.reveal", draw, by=by, now=now, facts={"seed": seal.seed})
    draw.refresh_from_db()


def _lock(draw: Draw) -> None:
    """The draw's own row is what two who press at once wait for; what hangs on it is read anew."""
    lock(draw)
    for name in ("drawing", "reveal"):
        draw._state.fields_cache.pop(name, None)
