"""Ties in words for the officer: who and what, by name. Experts never read these."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fund.people.models import Organisation, Person
from grants.applications.models import Application

from ..conflicts import KINDS, Found, Tie

SENTENCES = {
    "person": _("is the applicant or in the team"),
    "household": _("one household: %(who)s"),
    "organisation": _("the same organisation: %(what)s"),
    "department": _("the same department, %(what)s: %(who)s"),
    "manager": _("manager and subordinate: %(who)s"),
    "project": _("an earlier application together, %(what)s: %(who)s"),
    "rival": _("stands behind a rival application of this call: %(what)s"),
    "domain": _("mailboxes at %(what)s: %(who)s"),
}
BY_THE_EXPERT = _("%(kind)s (declared by the expert)")


class TieWords:
    """Says ties by name; what they name is fetched once, in three queries, for all of them."""

    def __init__(self, ties: Iterable[Tie]):
        ties = [tie for tie in ties if tie.who or tie.keys]
        self.persons = {person.pk: person.short_name for person in _rows(Person.objects.select_related("account"), _who(ties))}
        self.organisations = {one.pk: one.name for one in _rows(Organisation.objects, _keys(ties, "organisation"))}
        self.applications = {
            one.pk: f"{one.name} ({one.number})" for one in _rows(Application.objects, _keys(ties, "project", "rival"))
        }

    def say(self, tie: Tie) -> str:
        if not (tie.who or tie.keys) and tie.kind != "person":
            return BY_THE_EXPERT % {"kind": dict(KINDS)[tie.kind]}
        names = {"organisation": self.organisations, "project": self.applications, "rival": self.applications}.get(tie.kind, {})
        who = ", ".join(self.persons[pk] for pk in tie.who if pk in self.persons)
        what = ", ".join(str(names.get(key, key)) for key in tie.keys)
        return str(SENTENCES[tie.kind]) % {"who": who or "—", "what": what}


def words_of(ties: Found) -> TieWords:
    return TieWords(tie for listed in ties.values() for tie in listed)


def _who(ties: list[Tie]) -> set[int]:
    return {pk for tie in ties for pk in tie.who}


def _keys(ties: list[Tie], *kinds: str) -> set[int]:
    return {key for tie in ties if tie.kind in kinds for key in tie.keys}


def _rows(rows: Any, ids: set[int]) -> Any:
    return rows.filter(pk__in=ids) if ids else ()
