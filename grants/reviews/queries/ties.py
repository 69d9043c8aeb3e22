"""Who is tied to whom in a call: rows fetched in a constant number of queries, judged by conflicts.py."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q

from fund.accounts.models import Account
from fund.people.models import Person
from grants.applications.models import SENT, Application
from grants.proposals.models import TeamMember

from ..conflicts import Found, Tie, Ties, found_in_call
from ..models import Conflict, Sheet


def ties_of_call(call: Any, *, experts: Iterable[int]) -> Found:
    """(application id, expert account id) → ties found by rule and declared, over the whole call."""
    experts = list(experts)
    ties = _found_by_rule(call, experts, among=Q(state__in=SENT))
    written = Conflict.objects.live().filter(application__call=call, expert__in=experts).order_by("pk")
    for pk, expert, kind, facts in written.values_list("application", "expert", "kind", "facts"):
        listed = ties.setdefault((pk, expert), [])
        if kind not in [tie.kind for tie in listed]:
            listed.append(Tie(kind, tuple(facts.get("who", ())), tuple(facts.get("keys", ()))))
    return ties


def ties_of_sheet(sheet: Sheet) -> list[Tie]:
    """The ties that rules find now between a sheet's expert and its application; none is written down by reading."""
    # Only what can tie: the application itself, and what the expert has in the same call as a rival.
    own = Application.objects.competing(sheet.expert).values("pk")
    ties = _found_by_rule(sheet.application.call, [sheet.expert_id], among=Q(pk=sheet.application_id) | Q(pk__in=own))
    return ties.get((sheet.application_id, sheet.expert_id), [])


def _found_by_rule(call: Any, experts: list[int], *, among: Q) -> Found:
    """(application id, expert account id) → ties by rule with applications of the call `among` these; four queries at most."""
    of_call, earlier = _people(Q(among, call=call) | _earlier(call, experts), call)
    persons = {pk for one in of_call.values() for pk in one.persons}
    together: dict[int, set[int]] = defaultdict(set)
    for pk, one in earlier.items():
        for person in one.persons:
            together[person].add(pk)
    by_account, known = _facts(persons, experts, together)
    behind = {pk: [one.as_ties(), *(known[person] for person in one.persons if person in known)] for pk, one in of_call.items()}
    return found_in_call({account: known[person] for account, person in by_account.items()}, behind)


@dataclass
class People:
    """Who stands behind one application: owner, guardian and everyone named in the team; the organisation that applies."""

    persons: set[int]
    organisations: set[int]
    # Of members whose person nobody knows yet.
    addresses: set[str] = field(default_factory=set)

    def as_ties(self) -> Ties:
        """What ties to the application itself and to nobody known by name."""
        return Ties(organisations=frozenset(self.organisations), domains=domains_of(*self.addresses))


def _people(which: Q, call: Any) -> tuple[dict[int, People], dict[int, People]]:
    """The people behind applications by id: of this call, and of others."""
    found: dict[bool, dict[int, People]] = {True: {}, False: {}}
    rows = Application.objects.filter(which).values_list("pk", "call", "owner__person", "guardian", "organisation")
    for pk, of_call, owner, guardian, organisation in rows:
        persons = {person for person in (owner, guardian) if person}
        found[of_call == call.pk][pk] = People(persons, {organisation} if organisation else set())
    _add_members(found[True] | found[False])
    return found[True], found[False]


def _add_members(people: dict[int, People]) -> None:
    """Everyone named in the teams; who has not joined yet is known by the address, if it has an account."""
    members = TeamMember.objects.live().filter(of_type=Application._meta.label_lower, of_id__in=list(people))
    unknown: dict[str, list[int]] = defaultdict(list)
    for pk, person, of_account, email in members.values_list("of_id", "person", "account__person", "email"):
        people[pk].persons |= {one for one in (person, of_account) if one}
        if not (person or of_account):
            people[pk].addresses.add(email.lower())
            unknown[email.lower()].append(pk)
    for email, person in Account.objects.filter(email__in=list(unknown)).values_list("email", "person"):
        for pk in unknown[email.lower()] if person else ():
            people[pk].persons.add(person)


def _earlier(call: Any, experts: list[int]) -> Q:
    """What the experts have sent, alone or in a team, to other calls."""
    joined = TeamMember.objects.joined().filter(of_type=Application._meta.label_lower, account__in=experts)
    return (Q(owner__in=experts) | Q(pk__in=joined.values("of_id"))) & Q(submitted_at__isnull=False) & ~Q(call=call)


def _facts(persons: set[int], accounts: list[int], earlier: dict[int, set[int]]) -> tuple[dict[int, int], dict[int, Ties]]:
    """Account id → person id of these accounts; person id → ties (household, mandates, department, manager …) of all."""
    wanted = Q(pk__in=persons) | Q(account__in=accounts)
    organisations = defaultdict(set)
    by_account, facts, asked = {}, {}, set(accounts)
    # One row for each mandate of a person, and one for a person without any.
    for pk, account, *known, organisation, ended_at in Person.objects.filter(wanted).values_list(
        "pk", "account", "household", "department", "manager", "email", "account__email", "mandates__organisation",
        "mandates__ended_at",
    ):  # fmt: skip
        facts[pk] = known
        if account in asked:
            by_account[account] = pk
        if organisation and ended_at is None:
            organisations[pk].add(organisation)
    return by_account, {pk: _of_person(pk, *known, organisations[pk], earlier.get(pk, ())) for pk, known in facts.items()}


def _of_person(pk: int, household: int, department: str, manager: int | None, email: str, sign_in: str | None,
               organisations: Iterable[int], earlier: Iterable[int]) -> Ties:  # fmt: skip
    return Ties(
        person=pk,
        households=frozenset({household}),
        organisations=frozenset(organisations),
        departments=frozenset({department.strip().lower()} if department.strip() else ()),
        managers=frozenset({manager} if manager else ()),
        projects=frozenset(earlier),
        domains=domains_of(email, sign_in),
    )


def domains_of(*addresses: str | None) -> frozenset[str]:
    """The domains of these addresses that say something: those where anyone gets a mailbox are listed in the profile."""
    found = {address.rpartition("@")[2].lower() for address in addresses if address}
    return frozenset(found - set(settings.PROFILE.public_mail_domains))
