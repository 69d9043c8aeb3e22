"""My household: children by name and year, consents for them, the adult who answers for a minor; and that adult's page."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Refused
from fund.core.pages import Page, ThingVerbPage, VerbMixin, VerbPage

from ..actions import (
    answer_as_guardian,
    ask_guardian_again,
    end_guardianship,
    name_guardian,
    register_child,
    update_profile,
)
from ..forms import ChildForm, GuardianAnswerForm, NameGuardianForm, RegisterChildForm
from ..links import guardianship_of
from ..models import Consent, ConsentDocument, Guardianship, Person
from ..permissions import can_update_person, is_guardian
from ..queries import ANSWER_DAYS, missing_consents
from .callers import ForCaller

PROFILE = (_("Profile"), "people:profile")
HOUSEHOLD = (_("My household"), "people:household")


def crumbs_to(*pages):
    return [(words, reverse(view)) for words, view in pages]


class HouseholdPage(ForCaller, Page):
    """H1: my children with what I agreed to for each; who answers for me, if I am under 18."""

    template_name = "people/household.html"
    title = _("My household")
    nav = "profile"
    acts = {"again": ask_guardian_again, "end": end_guardianship}

    def get_crumbs(self):
        return crumbs_to(PROFILE)

    @cached_property
    def guardianships(self):
        """As guardian and as child, both with their people."""
        both = Guardianship.objects.live().select_related("guardian__account", "child__account")
        return list(both.filter(guardian=self.person).order_by("child__birth_year", "pk")), list(both.filter(child=self.person))

    def post(self, request, *args, **kwargs):
        verb = self.acts.get(request.POST.get("act", ""))
        children, guardians = self.guardianships
        chosen = (request.POST.get("guardian"), request.POST.get("child"))
        found = next((one for one in [*children, *guardians] if (one.guardian.uid, one.child.uid) == chosen), None)
        if verb is None or found is None:
            raise Http404
        try:
            verb(found, **self.acting)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(refusal=refusal), status=refusal.status)
        if verb is ask_guardian_again:
            messages.success(request, _("The letter is on its way again"))
        return HttpResponseRedirect(request.path)

    def get_context_data(self, **kwargs):
        children, guardians = self.guardianships
        day = self.request.now.date()
        minor = Consent.objects.live().filter(document__purpose="minor").select_related("document", "guardian__account")
        given = {one.person_id: one for one in minor.filter(person__in=[each.child_id for each in [*children, *guardians]])}
        for one in children:
            one.consent = given.get(one.child_id)
        for one in guardians:  # one adult's consent is not another's, who has not answered yet
            consent = given.get(one.child_id)
            one.consent = consent if consent and consent.guardian_id == one.guardian_id else None
        return super().get_context_data(
            person=self.person,
            children=children,
            guardians=guardians,
            is_minor=self.person.is_minor_on(day),
            has_birthday=bool(self.person.birth_date or self.person.birth_year),
            **kwargs,
        )


class ChildRegister(ForCaller, VerbPage):
    template_name = "people/verb.html"
    form_class = RegisterChildForm
    title = _("Add a child")
    nav = "profile"
    extra_context = {
        "lead": _("A name and a year are enough. No e-mail is asked for a child; letters go to you."),
        "button": _("Add the child"),
    }

    def get_crumbs(self):
        return crumbs_to(PROFILE, HOUSEHOLD)

    def act(self, form):
        register_child(**form.cleaned_data, **self.acting)
        return reverse("people:household")


class OfChild(ForCaller):
    """A page about a child one guards."""

    model = Person
    nav = "profile"

    def get_queryset(self):
        return Person.objects.visible_to(self.reader).filter(account=None)

    @cached_property
    def thing(self):
        thing = super().thing
        if not is_guardian(self.reader, thing):
            raise Http404
        return thing

    def get_crumbs(self):
        return crumbs_to(PROFILE, HOUSEHOLD)


class ChildUpdate(OfChild, ThingVerbPage):
    template_name = "people/verb.html"
    form_class = ChildForm
    may = staticmethod(can_update_person)
    done = _("Saved")
    extra_context = {"button": _("Save")}

    def get_title(self):
        return self.thing.short_name

    def get_initial(self):
        born = self.thing.birth_date.year if self.thing.birth_date else self.thing.birth_year
        return {"first_name": self.thing.first_name, "last_name": self.thing.last_name, "birth_year": born}

    def act(self, form):
        facts = dict(form.cleaned_data)
        if self.thing.birth_date:
            facts.pop("birth_year")
        elif not 0 <= self.request.now.year - facts["birth_year"] <= 18:
            raise Refused(_("Enter the year of birth of a child under 18"), field="birth_year")
        update_profile(self.thing, **facts, **self.acting)
        return reverse("people:household")


class ChildConsent(OfChild, ThingVerbPage):
    """The guardian, signed in, agrees that the child takes part."""

    template_name = "people/child_consent.html"
    form_class = GuardianAnswerForm
    title = _("Consent for a child")

    def get_form_kwargs(self):
        asked = ConsentDocument.objects.current().filter(purpose="minor")
        return {**super().get_form_kwargs(), "documents": list(asked)}

    def act(self, form):
        live = Guardianship.objects.live().get(child=self.thing, guardian=self.person)
        answer_as_guardian(live, documents=form.agreed, **self.acting)
        return reverse("people:household")


class GuardianName(ForCaller, VerbPage):
    """Who is under 18 names the adult who answers."""

    template_name = "people/verb.html"
    form_class = NameGuardianForm
    title = _("Name an adult who answers for me")
    nav = "profile"
    done = _("A letter is on its way to them")
    extra_context = {
        "lead": _("A parent or legal guardian. Until they agree, applications in your name cannot be sent."),
        "button": _("Write to them"),
    }

    def get_crumbs(self):
        return crumbs_to(PROFILE, HOUSEHOLD)

    def act(self, form):
        name_guardian(self.person, **form.cleaned_data, **self.acting)
        return reverse("people:household")


class GuardianPage(VerbMixin, Page):
    """H2, by the letter's link, no account: who, what, when; agree, decline, later withdraw. Reading it changes nothing."""

    template_name = "people/guardian.html"
    form_class = GuardianAnswerForm
    title = _("Consent of a guardian")

    @cached_property
    def guardianship(self):
        found = guardianship_of(self.kwargs["token"])
        if found is None or not found.child.is_minor_on(self.request.now.date()):
            raise Http404
        return found

    @property
    def state(self) -> str:
        one = self.guardianship
        if one.ended_at:
            return "ended"
        if one.confirmed_at and self.consent:
            return "agreed"
        return "expired" if not one.confirmed_at and (self.request.now - one.named_at).days >= ANSWER_DAYS else "asked"

    @cached_property
    def consent(self):
        given = Consent.objects.live().filter(person=self.guardianship.child, document__purpose="minor")
        return given.select_related("document").first()

    def get_form_kwargs(self):
        asked = ConsentDocument.objects.current().filter(purpose="minor")
        documents = [*asked, *missing_consents(self.guardianship.guardian)]
        return {**super().get_form_kwargs(), "documents": documents}

    def post(self, request, *args, **kwargs):
        if "end" in request.POST:
            end_guardianship(self.guardianship, by=None, now=request.now)
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)

    def act(self, form):
        if self.state != "asked":
            raise Refused(_("This was answered already, or the time to answer is over."), code="state")
        answer_as_guardian(self.guardianship, documents=form.agreed, by=None, now=self.request.now)
        return self.request.path

    def get_context_data(self, **kwargs):
        return super().get_context_data(guardianship=self.guardianship, state=self.state, consent=self.consent, **kwargs)
