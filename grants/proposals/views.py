"""The page of a cost table, for rooms of proposals to mix into theirs; and the page an invitation's link leads to."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import say
from fund.core.errors import Conflict, Refused
from fund.core.pages import Page, VerbMixin
from fund.people.actions import person_of
from fund.people.models import ConsentDocument, Person
from fund.people.queries import missing_consents
from fund.people.views.callers import ForCaller
from fund.questions.queries import answers_of
from fund.questions.schema import CostTable
from fund.questions.views import KeptMixin

from .actions import accept_invitation, decline_invitation
from .forms import CostsForm, InvitationForm
from .invitations import member_of
from .models import TeamMember
from .parts import COSTS, MINIMUM


class CostsMixin(KeptMixin):
    """A5. Mix into a ThingPage; the room gives the table, its verb and where to go on.

    Autosave is answered with the totals too: they lie outside the rows, so no field that is typed in is ever replaced.
    """

    def get_table(self) -> CostTable:
        raise NotImplementedError

    def save(self, form: CostsForm) -> Any:
        """Calls the room's verb with form.rows, form.minimum, form.version, form.tab, form.finished."""
        raise NotImplementedError

    @cached_property
    def table(self) -> CostTable:
        return self.get_table()

    def build_form(self, *posted: Any) -> CostsForm:
        self.answers = answers_of(self.thing)
        values = self.answers.values
        return CostsForm(
            self.table,
            values.get(COSTS, []),
            *posted,
            minimum=values.get(MINIMUM, ""),
            version=self.answers.version_of(COSTS),
            is_postponed=COSTS in self.answers.postponed,
        )

    def get_context_data(self, **kwargs: Any) -> dict:
        context = super().get_context_data(draft=f"{self.thing.uid}-costs", table=self.table, **kwargs)
        return {**context, "saved_at": self.answers.saved_at}

    def keep(self, form: CostsForm) -> None:
        self.save(form)

    def is_right(self, form: CostsForm) -> bool:
        form.stand_on(answers_of(self.thing).version_of(COSTS))
        return form.check()

    def theirs(self, form: CostsForm, conflict: Conflict) -> list:
        words = {category.key: say(category.label) for category in self.table.categories}
        return [{**row, "category": words.get(row["category"], "")} for row in conflict.theirs["values"].get(COSTS, [])]

    def autosaved(self, form: CostsForm) -> HttpResponse:
        """The state's words, the totals, and the sum of each row by its id."""
        response = self.stated()
        context = {"sums": form.sums, "table": self.table, "row_sums": form.row_sums, "oob": True}
        response.content += render_to_string("proposals/cost_sums.html", context).encode()
        return response


class InvitationPage(VerbMixin, Page):
    """What the link in a letter opens: who names me, in what; I answer here, account or not. Reading it changes nothing."""

    template_name = "proposals/invitation.html"
    form_class = InvitationForm
    title = _("Invitation into a team")

    @cached_property
    def member(self):
        member = member_of(self.kwargs["token"])
        if member is None or member.of is None:
            raise Http404
        return member

    @property
    def answering(self) -> dict:
        """Nobody signed in: the link vouches for the address."""
        return {"by": None, "now": self.request.now}

    @cached_property
    def person(self) -> Person | None:
        return Person.objects.filter(account__email__iexact=self.member.email).first()

    def get_form_kwargs(self):
        person = self.person
        required = ConsentDocument.objects.current().filter(is_required=True)
        documents = missing_consents(person) if person else list(required)
        return {**super().get_form_kwargs(), "documents": documents, "needs_name": person is None or not person.has_name}

    def get_initial(self):
        first, _space, last = self.member.name.partition(" ")
        return {"first_name": first, "last_name": last}

    def post(self, request, *args, **kwargs):
        if "decline" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            decline_invitation(member=self.member, **self.answering)
        except Refused as refusal:
            messages.warning(request, refusal.message)
        return HttpResponseRedirect(request.path)

    def act(self, form):
        accept_invitation(member=self.member, **form.names, documents=form.agreed, **self.answering)
        return self.request.path

    def get_context_data(self, **kwargs):
        member = self.member
        inviter = getattr(member.invited_by, "person", None)
        return super().get_context_data(
            member=member,
            proposal=member.of,
            state=member.state_at(self.request.now),
            by=inviter.short_name if inviter else "",
            **kwargs,
        )


class InvitationAnswer(ForCaller, InvitationPage):
    """The same for whoever is signed in with the invited address, or the officer who acts for them: no letter is needed."""

    template_name = "proposals/answer.html"
    nav = "applications"

    @cached_property
    def member(self):
        address = self.for_.address if self.for_ else self.request.user.email
        mine = TeamMember.objects.filter(removed_at=None, email__iexact=address) if address else TeamMember.objects.none()
        member = mine.filter(uid=self.kwargs["uid"]).first()
        if member is None or member.of is None:
            raise Http404
        return member

    @property
    def answering(self):
        return self.acting

    @cached_property
    def person(self):
        return self.for_ or person_of(self.request.user)
