"""My profile: who I am, how I sign in, which roles I hold, what I agreed to."""

from allauth.account.models import EmailAddress
from django.http import Http404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import say
from fund.core.moments import ZONES
from fund.core.pages import Page, ThingVerbPage, VerbPage

from ..actions import give_consent, update_profile, withdraw_consent
from ..forms import ConsentsForm, ProfileForm
from ..models import Consent, ConsentDocument, RoleGrant
from ..permissions import can_withdraw_consent
from ..queries import consents_of, open_documents
from ..roles import ROLES, needs_second_factor
from ..second_factor import has_second_factor
from .callers import ForCaller

FIELDS = ("last_name", "first_name", "middle_name", "birth_date", "phone")


class ProfilePage(ForCaller, Page):
    """Everything the fund knows about me, and where each part is changed."""

    template_name = "people/profile.html"
    title = _("Profile")
    nav = "profile"

    def get_context_data(self, **kwargs):
        user = self.request.user
        grants = RoleGrant.objects.visible_to(user).filter(account=user).live()
        return super().get_context_data(
            person=self.person,
            grants=grants,
            consents=consents_of(self.person),
            has_second_factor=has_second_factor(user),
            needs_second_factor=needs_second_factor(user),
            resident=ROLES["resident"],
            clock=say(ZONES[user.time_zone]) if user.time_zone in ZONES else user.time_zone,
            pending_address=EmailAddress.objects.filter(user=user, verified=False).first(),
            **kwargs,
        )


class ProfileUpdate(ForCaller, VerbPage):
    template_name = "people/update_profile.html"
    form_class = ProfileForm
    title = _("About me")
    nav = "profile"
    done = _("Saved")

    def get_crumbs(self):
        return [(_("Profile"), reverse("people:profile"))]

    def get_initial(self):
        account = self.person.account or self.request.user
        facts = {name: getattr(self.person, name) for name in FIELDS}
        return {**facts, "language": account.language, "time_zone": account.time_zone}

    def act(self, form):
        update_profile(self.person, **self.facts(form, self.person), **self.acting)
        if self.for_:
            return reverse("people:profile")
        # The page comes back in the language just chosen.
        return self.request.build_absolute_uri(f"/{self.request.user.language}{reverse('people:profile')[3:]}")

    @staticmethod
    def facts(form, person) -> dict:
        facts = dict(form.cleaned_data)
        if facts["birth_date"]:
            facts["birth_year"] = None
        return facts


class Consents(ForCaller, VerbPage):
    """What I agreed to, what I am asked, each purpose apart; nothing is ticked beforehand."""

    template_name = "people/consents.html"
    form_class = ConsentsForm
    title = _("Consents")
    nav = "profile"

    def get_crumbs(self):
        return [(_("Profile"), reverse("people:profile"))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "documents": open_documents(self.person)}

    def act(self, form):
        for document in form.agreed:
            give_consent(self.person, document, how="phone" if self.for_ else "page", **self.acting)
        return self.next_page() or reverse("people:consents")

    def next_page(self) -> str:
        """Back to the page that asked for a consent (an application about to be sent), if it is one of ours."""
        address = self.request.GET.get("next", "")
        return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(given=consents_of(self.person), **kwargs)


class ConsentWithdraw(ForCaller, ThingVerbPage):
    model = Consent
    template_name = "people/withdraw_consent.html"
    title = _("Withdraw the consent")
    nav = "profile"
    may = staticmethod(can_withdraw_consent)
    done = _("The consent is withdrawn")

    def get_queryset(self):
        return super().get_queryset().live().select_related("document", "person__account")

    def get_crumbs(self):
        return [(_("Profile"), reverse("people:profile")), (_("Consents"), reverse("people:consents"))]

    def act(self, form):
        withdraw_consent(self.thing, **self.acting)
        return reverse("people:consents")


class ConsentDocumentPage(Page):
    """The text of one version, for anyone: it can be read before an account exists."""

    template_name = "people/consent_document.html"

    def get_context_data(self, **kwargs):
        found = ConsentDocument.objects.filter(purpose=self.kwargs["purpose"], version=self.kwargs["version"]).first()
        if found is None:
            raise Http404
        self.title = found.said.name
        return super().get_context_data(document=found, **kwargs)
