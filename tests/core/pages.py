"""How tests of tags print a line of a template in one language and zone."""

from django.template import Context, Template
from django.utils import timezone, translation


def printed(line: str, lang: str = "ru", zone: str = "Europe/Kaliningrad", **context) -> str:
    with translation.override(lang), timezone.override(zone):
        return Template(line).render(Context(context)).strip()
