"""Who sees a file or a paper: whoever sees its parent, asked each time. A room above may add what closes one (an answer hidden from experts)."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from fund.core.visibility import NOBODY, none_of, opens

from .catalogue import KINDS
from .models import Document, Paper, Picture


def sees_parent(row: Any, user: Any) -> bool:
    """One file asks its own parent only."""
    parent = parent_model(row.of_type)
    return parent is not None and parent._default_manager.visible_to(user).filter(pk=row.of_id).exists()


def by_parents(model: type[Document] | type[Paper] | type[Picture], user: Any) -> Q:
    """A list asks each kind of parent that has files in one query of its own."""
    joined = NOBODY
    for label in model.objects.order_by().values_list("of_type", flat=True).distinct():
        parent = parent_model(label)
        if parent is not None:
            joined |= Q(of_type=label, of_id__in=parent._default_manager.visible_to(user).values("pk"))
    return joined


def parent_model(label: str) -> Any:
    """The parent's model if rows of it can be seen by anybody at all."""
    try:
        model = apps.get_model(label)
    except LookupError:
        return None
    return model if hasattr(model._default_manager.all(), "visible_to") else None


@opens("documents.Document", "who sees its parent", anyone=True)
def document_of_a_visible_parent(user):
    return by_parents(Document, user)


@opens("documents.Picture", "who sees its parent", anyone=True)
def picture_of_a_visible_parent(user):
    return by_parents(Picture, user)


@opens("documents.Paper", "who sees its parent, if its kind asks for no more", anyone=True)
def paper_of_a_visible_parent(user):
    return by_parents(Paper, user) & ~Q(kind__in=[name for name, kind in KINDS.items() if kind.who])


def is_open(row: Any, user: Any) -> bool:
    """May this user have this one file now? Its parent first, then what closes the file itself."""
    if not sees_parent(row, user):
        return False
    model = type(row)
    return model.objects.filter(pk=row.pk).exclude(none_of(model._meta.label, user)).exists()


def may_read(paper: Paper, user: Any) -> bool:
    """May this user read this paper now? Its parent first, then what its kind asks for besides."""
    who = KINDS[paper.kind].who if paper.kind in KINDS else None
    return is_open(paper, user) and (who is None or who(user, paper.of))
