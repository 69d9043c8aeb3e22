from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "grants.councils"
    label = "councils"
    verbose_name = _("Council")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.audit.triggers import append_only
        from fund.core.navigation import desk_item
        from grants.calls.pages import call_page

        from . import keeping, notices, papers, visibility  # noqa: F401
        from .permissions import can_rank, sees_meetings

        for model in ("Decision", "Vote", "Ballot", "Wording"):
            append_only(f"councils.{model}")
        call_page("councils:list", _("Decisions"), can_rank, order=40)
        call_page("councils:lot", _("Lots"), can_rank, order=45)
        call_page("councils:meetings_of_call", _("Council meetings"), can_rank, order=45)
        desk_item("councils:meetings", _("Council"), sees_meetings, key="councils", order=35)
