from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    name = "grants.results"
    label = "results"
    verbose_name = _("Results and appeals")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fund.audit.triggers import append_only
        from fund.core.navigation import desk_item
        from grants.applications.pages import application_page
        from grants.calls.pages import call_page
        from grants.councils.obstacles import obstacle

        from . import notices, visibility  # noqa: F401
        from .permissions import answers_appeals, can_clear_call, can_explain, can_export, can_file
        from .queries import open_refusals, to_clear

        append_only("results.Clearance")
        desk_item("results:list", _("Appeals"), answers_appeals, key="appeals", order=50)
        call_page("results:comments", _("Comments for applicants"), can_clear_call, tell=to_clear, order=45)
        call_page("results:published", _("Published results"), can_export, order=48)
        application_page("results:explain", _("How my score came about"), can_explain, order=10)
        application_page("results:file", _("File an appeal"), can_file, order=20)
        obstacle("an appeal against a refusal", open_refusals)
