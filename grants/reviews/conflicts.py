"""Which ties keep an expert from an application: plain facts in, named reasons with their facts out. No database here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What a tie is called: on the assignment matrix in one word, in the declaration in a sentence.
KINDS = [
    ("person", _("is the applicant or in the team")),
    ("household", _("lives in one household with the applicant")),
    ("organisation", _("belongs to the same organisation")),
    ("department", _("works in the same department")),
    ("manager", _("is the manager of the applicant, or the other way round")),
    ("project", _("made an earlier project together")),
    ("rival", _("is in the team of a rival application of this call")),
    ("domain", _("has a mailbox at the same organisation")),
    ("family", _("is a relative")),
    ("friend", _("is a friend")),
    ("money", _("shares money or business")),
    ("other", _("another tie")),
]
FOUND_BY_RULE = ("person", "household", "organisation", "department", "manager", "project", "rival", "domain")
DECLARED = ("family", "friend", "organisation", "project", "money", "other")
IN_A_WORD = {
    "person": pgettext_lazy("tie", "self"),
    "household": pgettext_lazy("tie", "household"),
    "organisation": pgettext_lazy("tie", "org."),
    "department": pgettext_lazy("tie", "department"),
    "manager": pgettext_lazy("tie", "manager"),
    "project": pgettext_lazy("tie", "project"),
    "rival": pgettext_lazy("tie", "rival"),
    "domain": pgettext_lazy("tie", "mailbox"),
    "family": pgettext_lazy("tie", "family"),
    "friend": pgettext_lazy("tie", "friend"),
    "money": pgettext_lazy("tie", "money"),
    "other": pgettext_lazy("tie", "declared"),
}


@dataclass(frozen=True)
class Ties:
    """What is known of one person (ids and keys, never names); an organisation that applies is one without a person.

    `projects`: applications to earlier calls the person stood behind. `domains`: of their addresses, public ones left out.
    """

    person: int | None = None
    households: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    departments: frozenset[str] = frozenset()
    managers: frozenset[int] = frozenset()
    projects: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()

    def marks(self) -> Iterator[tuple[str, Any]]:
        """(kind, key) of everything that ties this person to whoever has the same; the person last."""
        for kind in ("household", "organisation", "department", "project", "domain"):
            for key in getattr(self, f"{kind}s"):
                yield kind, key
        if self.person is not None:
            yield "person", self.person


@dataclass(frozen=True)
class Tie:
    """One tie between an expert and an application, and the facts by which it was found.

    `who`: ids of the persons behind the application it leads to. `keys`: what they share (ids of organisations or earlier
    applications, names of departments, domains; of a rival the expert's own application). Empty where an expert declared it.
    """

    kind: str
    who: tuple[int, ...] = ()
    keys: tuple[Any, ...] = ()

    @property
    def facts(self) -> dict[str, list]:
        """As a row keeps it."""
        return {"who": list(self.who), "keys": list(self.keys)}


Found = dict[tuple[int, int], list[Tie]]


def found(expert: Ties, people: Sequence[Ties]) -> list[Tie]:
    """The ties that rules find between one expert and the people behind one application, in the order of FOUND_BY_RULE."""
    return found_in_call({0: expert}, {0: people}).get((0, 0), [])


def found_in_call(experts: Mapping[int, Ties], applications: Mapping[int, Sequence[Ties]]) -> Found:
    """(application, expert) → ties, over all experts and applications of one call; pairs without a tie are left out.

    Inputs: the `Ties` of each expert, and of everyone behind each application, by any ids. Equal keys of one kind tie; a
    manager and whom they manage are tied both ways; an expert who stands behind one application is a rival of all others.
    The work is proportional to the ties there are, not to experts × applications. Source: domain.md, "Conflict of interest".
    """
    behind, managed = _indexed(applications)
    ties: Found = {}
    for expert, own in experts.items():
        who, keys = defaultdict(set), defaultdict(set)
        for kind, key in own.marks():
            for application, person in behind.get((kind, key), ()):
                who[application, kind].add(person)
                keys[application, kind].add(key)
        for key in own.managers:
            for application, person in behind.get(("person", key), ()):
                who[application, "manager"].add(person)
        for application, person in managed.get(own.person, ()):
            who[application, "manager"].add(person)
        mine = {application for application, kind in who if kind == "person"}
        for application in (applications.keys() - mine) if mine else ():
            keys[application, "rival"] |= mine
            who[application, "rival"] |= set()
        for application, kind in sorted(who, key=lambda one: (one[0], FOUND_BY_RULE.index(one[1]))):
            people = tuple(sorted(person for person in who[application, kind] if person is not None))
            tie = Tie(kind, people, () if kind == "person" else tuple(sorted(keys[application, kind])))
            ties.setdefault((application, expert), []).append(tie)
    return ties


def _indexed(applications: Mapping[int, Sequence[Ties]]) -> tuple[dict, dict]:
    """(kind, key) → pairs (application, person) that have it, and manager → pairs whom they manage."""
    behind, managed = defaultdict(list), defaultdict(list)
    for application, people in applications.items():
        for one in people:
            for mark in one.marks():
                behind[mark].append((application, one.person))
            for manager in one.managers:
                managed[manager].append((application, one.person))
    return behind, managed
