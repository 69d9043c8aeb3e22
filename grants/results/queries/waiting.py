"""Appeals that keep a release back."""

from typing import Any

from django.utils.translation import ngettext

from ..models import Appeal


def open_refusals(call: Any) -> list[str]:
    """Whoever was refused and appeals may yet have to be judged with the others: the release waits for the answer."""
    count = Appeal.objects.of_call(call).open().filter(against="refusal").count()
    words = ngettext(
        "%(count)s appeal against a refusal is not answered", "%(count)s appeals against refusals are not answered", count
    )
    return [words % {"count": count}] if count else []
