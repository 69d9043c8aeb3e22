"""The one message of this room itself: the daily digest."""

from django.utils.translation import gettext_lazy as _

from .registry import EMAIL, kind

DIGEST = kind("notices.digest", _("Daily digest"), channels=(EMAIL,), shown_to=lambda user: False)
