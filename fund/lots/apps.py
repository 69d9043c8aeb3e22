from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LotsConfig(AppConfig):
    name = "fund.lots"
    label = "lots"
    verbose_name = _("Lots")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.audit.triggers import append_only

        from . import visibility  # noqa: F401

        for model in ("Draw", "Participant", "Seal", "Drawing", "Reveal"):
            append_only(f"lots.{model}")
