from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "fund.documents"
    label = "documents"
    verbose_name = _("Files")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.audit.triggers import append_only

        from . import visibility  # noqa: F401

        for model in ("Paper", "PaperFile", "PaperVoid"):
            append_only(f"documents.{model}")
