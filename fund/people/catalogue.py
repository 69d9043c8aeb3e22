"""The roles of the fund and the purposes of consent, as data: a key, a name and a description a person can read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """What one role may do, in words. `second_factor`: money and scores want more than a password.

    `granted` is False for what nobody hands out: every account is a resident.
    """

    key: str
    name: Any
    description: Any
    second_factor: bool = False
    granted: bool = True


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "resident",
            _("Resident"),
            _("Applies for money, joins teams, suggests ideas. Everyone with a confirmed address is a resident."),
            granted=False,
        ),
        Role(
            "employee",
            _("Employee"),
            _("Works in the cluster: proved by a corporate address or by an officer. Some calls are for employees only."),
        ),
        Role(
            "expert",
            _("Expert"),
            _("Scores the applications assigned to them, and sees no others."),
            second_factor=True,
        ),
        Role(
            "council_member",
            _("Council member"),
            _("Sits in council meetings, votes, sees the ranking on the agenda."),
            second_factor=True,
        ),
        Role(
            "director",
            _("Director"),
            _("Sees rankings and decides what is funded, releases the decisions, approves requests."),
            second_factor=True,
        ),
        Role(
            "officer",
            _("Officer"),
            _("Runs calls: regulation, formal check, assignment of experts, letters. Acts for those who call by phone."),
            second_factor=True,
        ),
        Role(
            "accountant",
            _("Accountant"),
            _("Sees bank details, prepares agreements, pays tranches, reads financial reports."),
            second_factor=True,
        ),
        Role("organiser", _("Organiser"), _("Prepares events: timetable, registrations, lists of guests.")),
        Role("door_steward", _("Door steward"), _("Checks guests in at the doors of one event.")),
        Role("coordinator", _("Volunteer coordinator"), _("Opens volunteer opportunities, fills shifts, confirms hours.")),
        Role("shift_lead", _("Shift lead"), _("Leads one shift: marks arrivals and proposes hours.")),
        Role(
            "admin",
            _("Administrator"),
            _("Gives and takes away roles, looks after the site. Decides nothing about money."),
            second_factor=True,
        ),
    )
}
WITH_SECOND_FACTOR = frozenset(role.key for role in ROLES.values() if role.second_factor)
GRANTED = {role.key: role for role in ROLES.values() if role.granted}


@dataclass(frozen=True)
class Purpose:
    """What a consent allows; one document names one purpose. `is_required`: nothing works without it."""

    key: str
    name: Any
    description: Any
    is_required: bool = False


PURPOSES: dict[str, Purpose] = {
    purpose.key: purpose
    for purpose in (
        Purpose(
            "processing",
            _("Processing of personal data"),
            _("We keep your name and contacts to consider what you send us and to answer you."),
            is_required=True,
        ),
        Purpose("newsletter", _("Newsletter"), _("A letter with news of the fund, at most twice a month.")),
        Purpose("media", _("Photo and video"), _("Pictures with you may appear in reports and on this site.")),
        Purpose("publishing", _("My name and hours in public"), _("Your name stands on project pages and in volunteer tables.")),
        Purpose("minor", _("Participation of my child"), _("Given by a parent or guardian for a person under 18.")),
    )
}
