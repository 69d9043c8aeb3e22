"""The one message of this room itself: the daily digest."""

from django.utils.translation import gettext_lazy as _

from .registry import EMAIL, kind

WHY = _("You got this letter because you chose to get some messages once a day.")
DIGEST = kind("notices.digest", _("Daily digest"), why=WHY, channels=(EMAIL,), shown_to=lambda user: False)
