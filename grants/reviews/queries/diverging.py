"""How many applications of a call wait for an answer to their divergence."""

from typing import Any

from ..models import Divergence


def diverging_in(call: Any) -> int | str:
    """The number beside the link of the call's page; nothing where there is none."""
    return Divergence.objects.filter(application__call=call, stands=True, answer="").count() or ""
