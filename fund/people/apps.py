from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from fund.core.navigation import desk_item


class PeopleConfig(AppConfig):
    name = "fund.people"
    label = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import receivers, visibility  # noqa: F401
        from .permissions import can_see_people, can_see_roles, pays

        desk_item("people:list", _("People"), can_see_people, order=80)
        desk_item("people:all_organisations", _("Organisations"), pays, key="people", order=80)
        desk_item("people:roles", _("Roles"), can_see_roles, key="roles", order=90)
        post_migrate.connect(publish_first_documents, sender=self)


def publish_first_documents(*, using: str, **kwargs) -> None:
    """A new database has the consent texts of the house from the start; later versions are published on a page."""
    from .texts import publish_missing

    publish_missing(using)
