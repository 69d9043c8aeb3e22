"""Pages of those who look after people: employment, for officers; consent texts, for administrators."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ListPage, Page, ThingVerbPage, VerbPage

from ..actions import create_person, publish_consent_document, set_employment
from ..catalogue import PURPOSES
from ..forms import ConsentTextForm, CreatePersonForm, EmploymentForm
from ..models import ConsentDocument, Person
from ..permissions import can_act_for, can_publish_consent_document, can_see_people, can_set_employment
from ..roles import has_role, read_grants
from .roles import ForAdministrators


class People(ListPage):
    """Everyone the fund knows, with or without an account, narrowed by words of a name."""

    template_name = "people/list.html"
    title = _("People")
    nav = "people"

    def dispatch(self, request, *args, **kwargs):
        if not can_see_people(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_rows(self):
        words = self.request.GET.get("q", "").strip()[:100]
        return Person.objects.visible_to(self.request.user).matching(words).select_related("account", "manager__account")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        people = list(context["rows"])
        read_grants(person.account for person in people if person.account)
        for person in people:
            person.may_be_acted_for = can_act_for(self.request.user, person)
        return {**context, "rows": people}


class PersonCreate(VerbPage):
    """Somebody who called and has no account: written down, so that an officer can act for them."""

    template_name = "people/verb.html"
    form_class = CreatePersonForm
    title = _("Write down a caller")
    nav = "people"
    extra_context = {
        "lead": _("For an application the caller needs an account as well: an address confirmed by a link is enough."),
        "button": _("Write them down"),
    }

    def dispatch(self, request, *args, **kwargs):
        if not can_see_people(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self):
        return [(_("People"), reverse("people:list"))]

    def act(self, form):
        person = create_person(by=self.request.user, now=self.request.now, **form.cleaned_data)
        return reverse("people:act_for", args=[person.uid])


class EmploymentSet(ThingVerbPage):
    model = Person
    template_name = "people/set_employment.html"
    form_class = EmploymentForm
    title = _("Work in the cluster")
    nav = "people"
    may = staticmethod(can_set_employment)
    done = _("Saved")

    def get_crumbs(self):
        return [(_("People"), reverse("people:list"))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.thing}

    def get_initial(self):
        manager = self.thing.manager
        return {
            "is_employee": has_role(self.thing.account, "employee"),
            "department": self.thing.department,
            "manager": manager.address if manager else "",
        }

    def act(self, form):
        data = form.cleaned_data
        facts = {"department": data["department"], "manager": data["manager"], "is_employee": data.get("is_employee")}
        set_employment(self.thing, by=self.request.user, now=self.request.now, **facts)
        return reverse("people:list")


class ConsentDocuments(ForAdministrators, Page):
    template_name = "people/consent_documents.html"
    title = _("Consent texts")

    def get_context_data(self, **kwargs):
        return super().get_context_data(documents=ConsentDocument.objects.current(), **kwargs)


class ConsentDocumentPublish(ForAdministrators, VerbPage):
    """The newest text, to be changed into the next version."""

    template_name = "people/publish_consent_document.html"
    form_class = ConsentTextForm
    done = _("Published. Who agreed to an older version has agreed; who is asked from now on reads this one")

    def get_title(self):
        if self.kwargs["purpose"] not in PURPOSES or not can_publish_consent_document(self.request.user):
            raise Http404
        return PURPOSES[self.kwargs["purpose"]].name

    def get_crumbs(self):
        return [(_("People and roles"), reverse("people:roles")), (_("Consent texts"), reverse("people:consent_documents"))]

    def get_initial(self):
        newest = ConsentDocument.objects.current().filter(purpose=self.kwargs["purpose"]).first()
        return {"text_ru": newest.text_ru, "text_en": newest.text_en} if newest else {}

    def act(self, form):
        self.get_title()
        publish_consent_document(self.kwargs["purpose"], by=self.request.user, now=self.request.now, **form.cleaned_data)
        return reverse("people:consent_documents")
