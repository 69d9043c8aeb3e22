"""The tag library `gs`, a builtin of every template; its parts lie by subject."""

from django.template import Library

from . import drawings, marks, pieces, wording

register = Library()
for part in (drawings, marks, pieces, wording):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
