from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "fund.notices"
    label = "notices"
    verbose_name = _("Notices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.core.navigation import desk_item

        from . import permissions, visibility  # noqa: F401

        desk_item("notices:failed", _("Letters"), permissions.can_resend, order=90)
        # Every room's notices.py registers its kinds and deadlines; this room knows none of them by name.
        autodiscover_modules("notices")
