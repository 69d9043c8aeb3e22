"""The signed link of an invited side: its letters carry it, it opens the side's own page and nothing else."""

from fund.core.links import read, sign

from .models import Side

SIDE = "councils.side"
# What a meeting entrusts to a side may take a year: the link of the invitation lives on for its follow-up.
DAYS = 730


def token_of(side: Side) -> str:
    return sign(SIDE, {"side": side.uid})


def side_of(token: str) -> Side | None:
    """Whom the link speaks for; None when it is foreign, altered, too old, or the invitation was taken back."""
    payload = read(SIDE, token, days=DAYS)
    rows = Side.objects.invited().select_related("meeting__chair__person", "meeting__secretary__person")
    return rows.filter(uid=payload["side"]).first() if payload else None
