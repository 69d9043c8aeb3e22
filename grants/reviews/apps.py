from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "grants.reviews"
    label = "reviews"
    verbose_name = _("Reviews")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.audit.triggers import append_only
        from fund.core.navigation import desk_item
        from grants.calls.pages import call_page

        from . import notices, papers, visibility  # noqa: F401
        from .permissions import can_assign, can_follow, judges
        from .queries.diverging import diverging_in

        append_only("reviews.HandIn")
        append_only("reviews.Message")
        append_only("reviews.Vote")
        desk_item("reviews:list", _("Reviews"), judges, order=20)
        call_page("reviews:assign", _("Assigning experts"), can_assign, order=20)
        call_page("reviews:progress", _("Judging"), can_follow, order=30)
        call_page("reviews:diverging", _("Where experts diverge"), can_follow, tell=diverging_in, order=35)
