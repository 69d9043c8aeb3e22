"""Organisations: mine and the one page of each; the fund's list, where mandates are confirmed by the paper that was seen."""

from functools import cached_property

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.pages import ListPage, Page, ThingMixin, ThingPage, ThingVerbPage, VerbMixin, VerbPage

from ..actions import (
    accept_representation,
    confirm_mandate,
    end_mandate,
    invite_representative,
    register_organisation,
    set_bank_details,
    update_organisation,
)
from ..forms import BankDetailsForm, ConfirmMandateForm, OrganisationForm, RegisterOrganisationForm, RepresentativeForm
from ..links import representation_of
from ..models import BankDetails, Mandate, Organisation
from ..permissions import (
    can_confirm_mandate,
    can_end_mandate,
    can_invite_representative,
    can_see_organisations,
    can_see_people,
    can_set_bank_details,
    can_update_organisation,
)
from .callers import ForCaller
from .household import PROFILE, crumbs_to

MINE, ALL = (_("My organisations"), "people:organisations"), (_("Organisations"), "people:all_organisations")
WAITING = Mandate.objects.filter(ended_at=None, confirmed_at=None, organisation=OuterRef("pk"))


class MyOrganisations(ForCaller, ListPage):
    """Those I speak for, each with what is still lacking."""

    template_name = "people/organisations.html"
    title = _("My organisations")
    nav = "profile"

    def get_crumbs(self):
        return crumbs_to(PROFILE)

    def get_rows(self):
        return Mandate.objects.filter(person=self.person, ended_at=None).select_related("organisation").order_by("pk")


class OrganisationRegister(ForCaller, VerbPage):
    template_name = "people/verb.html"
    form_class = RegisterOrganisationForm
    title = _("Add an organisation")
    nav = "profile"
    done = _("The organisation stands in your list. An officer confirms that you speak for it once they have seen the paper")
    extra_context = {
        "lead": _("One that the fund knows already is found by its INN; then only your mandate is added."),
        "button": _("Add the organisation"),
    }

    def get_crumbs(self):
        return crumbs_to(PROFILE, MINE)

    def act(self, form):
        organisation = register_organisation(**form.cleaned_data, **self.acting)
        return reverse("people:organisation", args=[organisation.uid])


class AllOrganisations(ListPage):
    """For those who look after papers and payments; chips show where a mandate waits."""

    template_name = "people/all_organisations.html"
    title = _("Organisations")
    nav = "people"

    def dispatch(self, request, *args, **kwargs):
        if not can_see_organisations(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_rows(self):
        words = self.request.GET.get("q", "").strip()[:100]
        rows = Organisation.objects.visible_to(self.request.user).matching(words).annotate(waits=Exists(WAITING))
        return rows.filter(waits=True) if self.request.GET.get("show") == "waiting" else rows

    def get_context_data(self, **kwargs):
        waiting = Organisation.objects.visible_to(self.request.user).filter(Exists(WAITING)).count()
        extra = {"show": self.request.GET.get("show", ""), "may_see_people": can_see_people(self.request.user)}
        return super().get_context_data(waiting=waiting, **extra, **kwargs)


class OfOrganisation(ForCaller, ThingMixin):
    """A page about one organisation: for its people, for the fund's, for an officer who acts for one of its people."""

    model = Organisation
    nav = "profile"

    def get_queryset(self):
        return Organisation.objects.visible_to(self.reader)

    @property
    def is_staff(self) -> bool:
        return self.for_ is None and can_see_organisations(self.request.user)

    @property
    def day(self):
        return self.request.now.date()

    def get_crumbs(self):
        people = [(_("People"), reverse("people:list"))] if can_see_people(self.request.user) else []
        first = [*people, *crumbs_to(ALL)] if self.is_staff else crumbs_to(PROFILE, MINE)
        if not isinstance(self, OrganisationRead):
            first.append((self.thing.name, self.page))
        return first

    @property
    def page(self) -> str:
        return reverse("people:organisation", args=[self.thing.uid])

    def find(self, uid: str) -> Mandate:
        """A live mandate the reader may see, by the person who holds it."""
        live = Mandate.objects.visible_to(self.reader).filter(organisation=self.thing, ended_at=None, person__uid=uid)
        mandate = live.select_related("person__account", "organisation").first()
        if mandate is None:
            raise Http404
        return mandate


class OrganisationRead(OfOrganisation, ThingPage):
    """Facts, who speaks for it, where it is paid."""

    template_name = "people/organisation.html"

    def get_title(self):
        return self.thing.name

    def post(self, request, *args, **kwargs):
        """The button beside a representative."""
        mandate = self.find(request.POST.get("end", ""))
        try:
            end_mandate(mandate, **self.acting)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(refusal=refusal), status=refusal.status)
        mine = mandate.person_id == self.person.pk and not self.is_staff
        return HttpResponseRedirect(reverse("people:organisations") if mine else request.path)

    def get_context_data(self, **kwargs):
        thing, day, user = self.thing, self.day, self.request.user
        mandates = Mandate.objects.visible_to(self.reader).filter(organisation=thing, ended_at=None)
        mandates = list(mandates.select_related("person__account", "organisation").order_by("pk"))
        for one in mandates:
            one.may_end = can_end_mandate(self.reader, one, day)
            one.may_confirm = one.confirmed_at is None and can_confirm_mandate(user, one)
            one.is_over = bool(one.ends_on and one.ends_on < day)
        return super().get_context_data(
            mandates=mandates,
            mine=next((one for one in mandates if one.person_id == self.person.pk), None),
            bank=BankDetails.objects.visible_to(user).filter(organisation=thing).first(),
            has_bank=BankDetails.objects.filter(organisation=thing).exists(),
            may_invite=can_invite_representative(user, thing, day),
            may_update=can_update_organisation(user, thing, day),
            may_set_bank=can_set_bank_details(user, thing, day),
            **kwargs,
        )


class OrganisationChanging(OfOrganisation, ThingVerbPage):
    """A form about one organisation, for whom `can_<verb>` admits on this day."""

    template_name = "people/verb.html"
    who = staticmethod(can_update_organisation)

    @cached_property
    def thing(self):
        thing = super().thing
        if not type(self).who(self.request.user, thing, self.day):
            raise Http404
        return thing


class OrganisationUpdate(OrganisationChanging):
    form_class = OrganisationForm
    title = _("Correct the organisation")
    done = _("Saved")
    extra_context = {"button": _("Save")}

    def get_initial(self):
        return {name: getattr(self.thing, name) for name in ("name", "full_name", "ogrn", "address")}

    def act(self, form):
        update_organisation(self.thing, **form.cleaned_data, **self.acting)
        return self.page


class RepresentativeInvite(OrganisationChanging):
    form_class = RepresentativeForm
    title = _("Invite a representative")
    who = staticmethod(can_invite_representative)
    done = _("The invitation is on its way")
    extra_context = {"button": _("Send the invitation")}

    def act(self, form):
        invite_representative(self.thing, **form.cleaned_data, **self.acting)
        return self.page


class BankDetailsSet(OrganisationChanging):
    form_class = BankDetailsForm
    title = _("Bank details")
    who = staticmethod(can_set_bank_details)
    done = _("The bank details are kept")
    extra_context = {
        "lead": _("Only officers and accountants of the fund see them. What stood there before is replaced."),
        "button": _("Save"),
    }

    def act(self, form):
        set_bank_details(self.thing, **form.cleaned_data, **self.acting)
        return self.page


class MandateConfirm(OfOrganisation, ThingVerbPage):
    """An officer has seen the paper, and says which."""

    template_name = "people/verb.html"
    form_class = ConfirmMandateForm
    title = _("Confirm the mandate")
    done = _("The mandate is confirmed, the representative is written to")
    extra_context = {"button": _("Confirm")}

    @cached_property
    def mandate(self):
        mandate = self.find(self.kwargs["person"])
        if not can_confirm_mandate(self.request.user, mandate):
            raise Http404
        return mandate

    def dispatch(self, request, *args, **kwargs):
        _mandate = self.mandate
        return super().dispatch(request, *args, **kwargs)

    def act(self, form):
        confirm_mandate(self.mandate, by=self.request.user, now=self.request.now, paper=form.cleaned_data["paper"])
        return self.page

    def get_context_data(self, **kwargs):
        return super().get_context_data(lead=self.mandate.person.full_name, **kwargs)


class RepresentationAccept(VerbMixin, Page):
    """What the letter's link opens, signed in with its address: for which organisation, as what, until when; one button."""

    template_name = "people/accept_representation.html"
    title = _("Speak for an organisation")
    nav = "profile"

    @cached_property
    def asked(self):
        found = representation_of(self.kwargs["token"])
        if found is None or found[0].email != self.request.user.email.lower():
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        _asked = self.asked
        return super().dispatch(request, *args, **kwargs)

    def act(self, form):
        asked, organisation = self.asked
        accept_representation(asked, organisation, by=self.request.user, now=self.request.now)
        return reverse("people:organisation", args=[organisation.uid])

    def get_context_data(self, **kwargs):
        asked, organisation = self.asked
        return super().get_context_data(asked=asked, organisation=organisation, **kwargs)
