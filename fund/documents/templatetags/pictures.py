"""{% load pictures %}: the addresses of a public picture in its widths."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def picture_url(picture, width: int) -> str:
    """The smallest rendition that is at least this wide, else the widest."""
    widths = [found for found, _, _ in picture.renditions]
    return address(picture, next((found for found in widths if found >= width), widths[-1]))


@register.simple_tag
def picture_set(picture) -> str:
    return ", ".join(f"{address(picture, width)} {width}w" for width, _, _ in picture.renditions)


def address(picture, width: int) -> str:
    return reverse("documents:picture", args=[picture.uid, width])
