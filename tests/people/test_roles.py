"""Giving and taking roles: who may, for what, what follows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from fund.accounts.models import Account
from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.models import Notice
from fund.people.actions import grant_role, revoke_role
from fund.people.models import RoleGrant
from fund.people.roles import has_role, holders, needs_second_factor, plays, scope_ids
from tests.factories.people import make_account, make_organisation

NOW = timezone.now()


def again(account):
    """The account as the next request reads it."""
    return Account.objects.get(pk=account.pk)


def test_has_role_nobody_without_a_grant(resident):
    assert not has_role(resident, "officer")
    assert not has_role(None, "officer")
    assert not has_role(AnonymousUser(), "resident")
    assert has_role(resident, "resident")


def test_has_role_unknown_key_is_an_error(resident):
    with pytest.raises(KeyError):
        has_role(resident, "oficer")


def test_grant_role_for_the_fund_covers_each_thing(officer, resident):
    thing = make_organisation(resident)

    assert has_role(officer, "officer", thing)
    assert list(holders("officer", thing)) == [officer]


def test_grant_role_for_one_thing_covers_no_other(admin, resident, stranger):
    mine, other = make_organisation(resident, "Первая"), make_organisation(resident, "Вторая")

    grant_role(stranger, "coordinator", by=admin, now=NOW, thing=mine)

    assert has_role(stranger, "coordinator", mine)
    assert not has_role(stranger, "coordinator", other)
    assert not has_role(stranger, "coordinator")
    assert plays(stranger, "coordinator")
    assert scope_ids(stranger, "coordinator", type(mine)) == [mine.pk]
    assert list(holders("coordinator")) == []


def test_grant_role_twice_is_one_grant_and_one_letter(admin, resident):
    first = grant_role(resident, "organiser", by=admin, now=NOW, why="ведёт события")
    second = grant_role(resident, "organiser", by=admin, now=NOW)

    assert first == second
    assert Notice.objects.filter(kind="people.role_granted", account=resident).count() == 1
    assert Entry.objects.about(first).get().personal.why == "ведёт события"


@pytest.mark.parametrize("role", ["officer", "admin"])
def test_grant_role_refused_for_others(role, resident, officer, stranger):
    for by in (resident, officer):
        with pytest.raises(Refused):
            grant_role(stranger, role, by=by, now=NOW)


def test_grant_role_employee_by_an_officer(officer, stranger):
    grant_role(stranger, "employee", by=officer, now=NOW)

    assert has_role(stranger, "employee")


def test_grant_role_never_to_oneself(admin):
    with pytest.raises(Refused):
        grant_role(admin, "director", by=admin, now=NOW)


def test_grant_role_resident_cannot_be_granted(admin, stranger):
    with pytest.raises(Refused):
        grant_role(stranger, "resident", by=admin, now=NOW)


def test_revoke_role_acts_on_the_next_request_and_ends_sessions(admin, organiser, signed_in):
    browser = signed_in(organiser)
    assert browser.get("/ru/desk/profile/").status_code == 200

    revoke_role(RoleGrant.objects.get(account=organiser), by=admin, now=NOW, why="сезон окончен")

    assert not has_role(again(organiser), "organiser")
    assert browser.get("/ru/desk/profile/").status_code == 302
    assert Notice.objects.filter(kind="people.role_revoked", account=organiser).count() == 1


def test_revoke_role_twice_is_refused(admin, organiser):
    grant = RoleGrant.objects.get(account=organiser)
    revoke_role(grant, by=admin, now=NOW)

    with pytest.raises(Refused):
        revoke_role(grant, by=admin, now=NOW)


def test_role_again_after_it_was_revoked(admin, organiser):
    revoke_role(RoleGrant.objects.get(account=organiser), by=admin, now=NOW)

    grant_role(organiser, "organiser", by=admin, now=NOW)

    assert RoleGrant.objects.filter(account=organiser, role="organiser").count() == 2
    assert has_role(again(organiser), "organiser")


def test_one_live_grant_is_held_by_the_database(organiser):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=organiser, role="organiser", granted_at=NOW)


def test_a_switched_off_account_holds_nothing(officer):
    officer.is_active = False
    officer.save()

    assert not has_role(again(officer), "officer")
    assert list(holders("officer")) == []


def test_needs_second_factor_by_role(resident, organiser, officer, accountant, expert, director, council_member, admin):
    assert [needs_second_factor(a) for a in (resident, organiser)] == [False, False]
    assert all(needs_second_factor(a) for a in (officer, accountant, expert, director, council_member, admin))


def test_corporate_address_makes_an_employee(db, settings):
    account = make_account(email=f"anna@{settings.PROFILE.corporate_domains[0]}")

    assert has_role(account, "employee")
