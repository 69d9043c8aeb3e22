"""Papers of this room: the dossier as an expert may read it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from fund.documents.catalogue import paper_kind
from grants.applications.models import Application

from .queries import ties_of_sheet
from .visibility import being_read_by


def can_read_dossier(user: Any, application: Application) -> bool:
    """Who judges it now and is tied to nobody behind it, by the facts as they are at this moment."""
    sheet = being_read_by(user).filter(application=application).select_related("application__call").first()
    return sheet is not None and not ties_of_sheet(sheet)


EXPERT_DOSSIER = paper_kind(
    "reviews.dossier",
    "ДЭ",
    gettext_lazy("Dossier for experts"),
    who=can_read_dossier,
    crumbs=lambda one: [(gettext_lazy("My reviews"), reverse("reviews:list"))],
)
