"""Roles and accounts, for administrators: who holds what, give, take away, switch off."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Reason
from fund.core.pages import ListPage, ThingVerbPage, VerbPage
from fund.core.text import normalised

from ..actions import deactivate_account, grant_role, reactivate_account, revoke_role
from ..forms import GrantRoleForm
from ..models import Person, RoleGrant
from ..permissions import can_deactivate, can_revoke_role, can_see_roles
from ..roles import ROLES


class ForAdministrators:
    """A page that does not exist for anyone else."""

    nav = "roles"

    def dispatch(self, request, *args, **kwargs):
        if not can_see_roles(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class Roles(ForAdministrators, ListPage):
    """The accounts and their roles; narrowed by words of a name or an address, and by role."""

    template_name = "people/roles.html"
    title = _("People and roles")

    def get_rows(self):
        people = (
            Person.objects.visible_to(self.request.user)
            .filter(account__isnull=False)
            .select_related("account")
            .order_by("last_name", "first_name", "pk")
        )
        words, role = self.request.GET.get("q", "").strip()[:100], self.request.GET.get("role", "")
        if words:
            people = people.filter(Q(account__email__icontains=normalised(words)) | Q(pk__in=Person.objects.matching(words)))
        if role in ROLES:
            people = people.filter(account__in=RoleGrant.objects.live().filter(role=role).values("account"))
        return people

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        people = list(context["rows"])
        held: dict[int, list[tuple[RoleGrant, bool]]] = {}
        for grant in RoleGrant.objects.live().filter(account__in=[person.account_id for person in people]):
            held.setdefault(grant.account_id, []).append((grant, can_revoke_role(self.request.user, grant)))
        context["people"] = [(person, held.get(person.account_id, [])) for person in people]
        context["roles"] = ROLES.values()
        return context


class RoleGrantPage(ForAdministrators, VerbPage):
    template_name = "people/grant_role.html"
    form_class = GrantRoleForm
    title = _("Give a role")
    done = _("The role is given, and the person is told")

    def get_crumbs(self):
        return [(_("People and roles"), reverse("people:roles"))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_initial(self):
        return {"email": self.request.GET.get("email", "")}

    def act(self, form):
        data = form.cleaned_data
        grant_role(form.account, data["role"], by=self.request.user, now=self.request.now, why=data["why"], once=data["once"])
        return reverse("people:roles")


class RoleRevoke(ThingVerbPage):
    model = RoleGrant
    template_name = "people/revoke_role.html"
    form_class = Reason
    nav = "roles"
    title = _("Take the role away")
    may = staticmethod(can_revoke_role)
    done = _("The role is taken away, and every session of the account has ended")

    def get_queryset(self):
        return super().get_queryset().live().select_related("account__person")

    def get_crumbs(self):
        return [(_("People and roles"), reverse("people:roles"))]

    def act(self, form):
        revoke_role(self.thing, by=self.request.user, now=self.request.now, why=form.cleaned_data["why"])
        return reverse("people:roles")


def can_switch(user, person: Person) -> bool:
    return person.account_id is not None and can_deactivate(user, person.account)


class AccountDeactivate(ThingVerbPage):
    model = Person
    template_name = "people/deactivate.html"
    form_class = Reason
    nav = "roles"
    title = _("Switch the account off")
    may = staticmethod(can_switch)
    done = _("The account is switched off, and its sessions have ended")

    def get_queryset(self):
        return super().get_queryset().filter(account__is_active=True).select_related("account")

    def get_crumbs(self):
        return [(_("People and roles"), reverse("people:roles"))]

    def act(self, form):
        deactivate_account(self.thing.account, by=self.request.user, now=self.request.now, why=form.cleaned_data["why"])
        return reverse("people:roles")


class AccountReactivate(AccountDeactivate):
    title = _("Switch the account on")
    done = _("The account is switched on")

    def get_queryset(self):
        return ThingVerbPage.get_queryset(self).filter(account__is_active=False).select_related("account")

    def act(self, form):
        reactivate_account(self.thing.account, by=self.request.user, now=self.request.now, why=form.cleaned_data["why"])
        return reverse("people:roles")
