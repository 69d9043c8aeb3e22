"""{% load inbox %}{% unread as count %}: how many messages the reader has not opened."""

from django import template

from ..queries import unread as count

register = template.Library()


@register.simple_tag(takes_context=True)
def unread(context) -> int:
    user = context["request"].user
    return count(user) if user.is_authenticated else 0
