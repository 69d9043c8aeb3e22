from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "grants.calls"
    label = "calls"
    verbose_name = _("Calls")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.audit.triggers import append_only
        from fund.core.navigation import desk_item

        from . import notices, visibility  # noqa: F401
        from .permissions import can_see_desk

        append_only("calls.Version")
        desk_item("calls:desk", _("Calls"), can_see_desk, order=30)
