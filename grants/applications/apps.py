from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "grants.applications"
    label = "applications"
    verbose_name = _("Applications")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.audit.triggers import append_only
        from fund.core.navigation import desk_item
        from grants.calls.pages import call_page
        from grants.calls.permissions import runs

        from . import papers, visibility  # noqa: F401
        from .permissions import can_intake, can_list, can_read_admission

        append_only("applications.Extension")
        append_only("applications.Dossier")
        desk_item("applications:list", _("My applications"), can_list, order=10)
        call_page("applications:intake_call", _("Intake"), runs, order=10)
        call_page("applications:admission", _("Protocol of admission"), can_read_admission, order=15)
        desk_item("applications:intake", _("Intake"), can_intake, key="intake", order=30)
