"""Who sees people, organisations, roles and consents. Rooms above add their own rules: teams, applications, shifts."""

from django.db.models import Q

from fund.core.visibility import opens

from .models import Guardianship, Mandate
from .roles import has_role


@opens("people.Person", "oneself")
def oneself(user):
    return Q(account=user.pk)


@opens("people.Person", "a child one guards")
def a_child_one_guards(user):
    live = Guardianship.objects.live().exclude(confirmed_at=None)
    return Q(pk__in=live.filter(guardian__account=user.pk).values("child"))


@opens("people.Person", "an officer")
def an_officer(user):
    return has_role(user, "officer")


@opens("people.Person", "an administrator, those who have accounts")
def an_administrator(user):
    return Q(account__isnull=False) if has_role(user, "admin") else False


@opens("people.Organisation", "its representative")
def its_representative(user):
    return Q(pk__in=Mandate.objects.filter(ended_at=None, person__account=user.pk).values("organisation"))


@opens("people.Organisation", "an officer, an accountant or a director")
def an_officer_an_accountant_or_a_director(user):
    return any(has_role(user, key) for key in ("officer", "accountant", "director"))


@opens("people.BankDetails", "an officer or an accountant")
def an_officer_or_an_accountant(user):
    return has_role(user, "officer") or has_role(user, "accountant")


@opens("people.Mandate", "one's own")
def ones_own_mandate(user):
    return Q(person__account=user.pk)


@opens("people.Mandate", "those of an organisation one speaks for, once confirmed")
def of_ones_organisation(user):
    mine = Mandate.objects.filter(ended_at=None, person__account=user.pk).exclude(confirmed_at=None)
    return Q(organisation__in=mine.values("organisation"))


@opens("people.Mandate", "an officer or an accountant")
def an_officer_or_an_accountant_sees_mandates(user):
    return has_role(user, "officer") or has_role(user, "accountant")


@opens("people.Guardianship", "one's own, as guardian or child")
def ones_own_guardianship(user):
    return Q(guardian__account=user.pk) | Q(child__account=user.pk)


@opens("people.Guardianship", "an officer")
def an_officer_sees_guardianships(user):
    return has_role(user, "officer")


@opens("people.RoleGrant", "one's own")
def ones_own_role(user):
    return Q(account=user.pk)


@opens("people.RoleGrant", "an administrator")
def an_administrator_sees_roles(user):
    return has_role(user, "admin")


@opens("people.Consent", "one's own")
def ones_own_consent(user):
    return Q(person__account=user.pk)


@opens("people.Consent", "of a child one guards")
def of_a_child_one_guards(user):
    live = Guardianship.objects.live().exclude(confirmed_at=None)
    return Q(person__in=live.filter(guardian__account=user.pk).values("child"))


@opens("people.Consent", "an officer")
def an_officer_sees_consents(user):
    return has_role(user, "officer")
