from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "fund.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        post_migrate.connect(put_triggers_back, sender=self)


def put_triggers_back(*, using: str, **kwargs) -> None:
    """Django's own signal, the only way to act after every migrate; the last app's tables exist by then as well."""
    from . import triggers

    triggers.install(using)
