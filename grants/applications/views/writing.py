"""The pages on which an application is written: sections, costs, team, files."""

from functools import cached_property

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import say
from fund.core.errors import Refused
from fund.core.pages import ThingPage, ThingVerbPage
from fund.people.actions import person_of
from fund.people.queries import missing_consents
from fund.questions.views import SectionMixin
from grants.proposals.actions import leave_team
from grants.proposals.forms import HandOverForm, InviteForm, MemberForm
from grants.proposals.models import TeamMember
from grants.proposals.parts import COSTS
from grants.proposals.views import CostsMixin

from ..actions import (
    attach_answer,
    attach_documents,
    change_member,
    hand_over,
    invite_again,
    invite_member,
    remove_document,
    remove_member,
    save_costs,
    save_section,
    set_applicant,
)
from ..actions.attaching import MOST_LOOSE
from ..actions.writing import is_marked, marked_questions
from ..forms import ApplicantForm, FilesForm
from ..models import APPLICANT, FILES, TEAM
from ..permissions import can_edit, can_hand_over, can_invite, can_leave, can_set_applicant
from .applicant import OfApplication, is_author, is_sender, is_writer


def is_owner(user, application) -> bool:
    return application.owner_id == user.pk


def is_member(user, application) -> bool:
    return is_author(user, application) and not is_owner(user, application)


class Writing(OfApplication):
    """A page that writes: only for who may, while it may be written; in a correction only if this part was marked."""

    whose, may = staticmethod(is_writer), staticmethod(can_edit)
    part = ""

    @property
    def is_marked(self) -> bool:
        return is_marked(self.thing, self.part or self.kwargs.get("section", ""))

    def past(self):
        return super().past() or ("" if self.is_marked else _("This place was not marked for correction."))

    def get_leave_url(self) -> str:
        return reverse("applications:read", args=[self.thing.uid])

    def get_next_url(self, form) -> str:
        """Straight back to the check page, if one came from there; else to the task list."""
        if self.request.GET.get("from") == "check":
            return reverse("applications:submit", args=[self.thing.uid])
        return self.get_leave_url()


class ApplicationEdit(Writing, SectionMixin, ThingPage):
    """A4: one section, kept as it is typed."""

    template_name = "applications/edit.html"

    def get_title(self):
        return say(self.section.title)

    def get_questions(self):
        return self.thing.regulation.questions

    def get_only(self):
        is_narrow = self.thing.state == "returned" and self.is_marked
        return marked_questions(self.thing, self.section.key) if is_narrow else None

    def save(self, form):
        return save_section(
            application=self.thing,
            section=self.section.key,
            values=form.typed,
            version=form.version,
            tab=form.tab,
            finished=form.finished,
            **self.acting,
        )

    def attach(self, question, files):
        once = self.request.POST.get("once")
        attach_answer(application=self.thing, question=question, files=files, once=once, **self.acting)

    def remove(self, uid):
        remove_document(application=self.thing, uid=uid, **self.acting)


class ApplicationSetApplicant(Writing, ThingVerbPage):
    """Who applies (a person, a team, an organisation, as the call allows), who is paid, who answers for a minor."""

    template_name = "applications/set_applicant.html"
    form_class = ApplicantForm
    title = _("Who applies and who is paid")
    part = APPLICANT
    whose, may = staticmethod(is_sender), staticmethod(can_set_applicant)

    @property
    def owner(self):
        return person_of(self.thing.owner)

    def get_form_kwargs(self):
        day = self.request.now.date()
        return {**super().get_form_kwargs(), "call": self.thing.call, "person": self.owner, "day": day}

    def get_initial(self):
        thing = self.thing
        organisation = thing.organisation and thing.organisation.uid
        return {"applicant_kind": thing.applicant_kind, "organisation": organisation, "payee_kind": thing.payee_kind}

    def act(self, form):
        given = form.cleaned_data
        set_applicant(
            application=self.thing,
            applicant_kind=given["applicant_kind"],
            organisation=given.get("organisation"),
            payee_kind=given["payee_kind"],
            **self.acting,
        )
        return self.get_next_url(form)

    def get_context_data(self, **kwargs):
        day = self.request.now.date()
        return super().get_context_data(
            owner=self.owner,
            is_mine=self.owner == self.person,
            is_minor=self.owner.is_minor_on(day),
            guardian=self.contents.guardian,
            takes_organisations="organisation" in self.thing.regulation.call.applicants,
            **kwargs,
        )


class ApplicationLeave(OfApplication, ThingVerbPage):
    """A member of the team leaves; their name and consent leave with them."""

    template_name = "applications/leave.html"
    title = _("Leave the team")
    whose, may = staticmethod(is_member), staticmethod(can_leave)
    done = _("You have left the team")

    def act(self, form):
        if sentence := self.past():
            raise Refused(sentence, code="state")
        leave_team(member=TeamMember.objects.about(self.thing).joined().get(account=self.reader.pk), **self.acting)
        return reverse("applications:list")


class ApplicationCosts(Writing, CostsMixin, ThingPage):
    """A5: the cost table, its totals beside the limits."""

    template_name = "applications/costs.html"
    title = _("The costs")
    part = COSTS

    def get_table(self):
        return self.thing.regulation.costs

    def save(self, form):
        return save_costs(
            application=self.thing,
            rows=form.rows,
            minimum=form.minimum,
            version=form.version,
            tab=form.tab,
            finished=form.finished,
            **self.acting,
        )


class ApplicationTeam(Writing, ThingVerbPage):
    """A6: who is named, what they may do, who has answered; one more is invited here."""

    template_name = "applications/team.html"
    form_class = InviteForm
    title = _("The team")
    part = TEAM
    done = _("The invitation is on its way")
    acts = {"again": invite_again, "remove": remove_member}

    def post(self, request, *args, **kwargs):
        verb = self.acts.get(request.POST.get("act", ""))
        return self.change(verb) if verb else super().post(request, *args, **kwargs)

    def change(self, verb):
        """The buttons beside a member."""
        member = next((one for one in self.contents.team if one.uid == self.request.POST.get("member")), None)
        if member is None:
            raise Http404
        try:
            verb(application=self.thing, member=member, **self.acting)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(form=InviteForm(), refusal=refusal), status=refusal.status)
        return HttpResponseRedirect(self.request.path)

    def act(self, form):
        given = {key: form.cleaned_data[key] for key in ("name", "email", "part", "rights", "once")}
        invite_member(application=self.thing, **self.acting, **given)
        return self.request.path

    def get_context_data(self, **kwargs):
        members = self.contents.team
        for member in members:
            member.state = member.state_at(self.request.now)
        user = self.reader
        return super().get_context_data(
            owner=self.contents.owner,
            members=members,
            may_invite=can_invite(user, self.thing),
            may_hand_over=can_hand_over(user, self.thing)
            and any(member.state == "joined" and member.account_id for member in members),
            most=self.thing.regulation.call.team_most,
            **kwargs,
        )


class ApplicationMember(Writing, ThingVerbPage):
    """One member's part and rights."""

    template_name = "applications/member.html"
    form_class = MemberForm
    whose, may = staticmethod(is_sender), staticmethod(can_invite)
    part = TEAM

    @cached_property
    def member(self):
        member = TeamMember.objects.about(self.thing).live().filter(uid=self.kwargs["member"]).first()
        if member is None:
            raise Http404
        return member

    def get_title(self):
        return self.member.name

    def get_initial(self):
        return {"part": self.member.part, "rights": self.member.rights}

    def act(self, form):
        given = form.cleaned_data
        change_member(
            application=self.thing,
            member=self.member,
            rights=given["rights"],
            part=given["part"],
            **self.acting,
        )
        return reverse("applications:team", args=[self.thing.uid])


class ApplicationHandOver(Writing, ThingVerbPage):
    """Another owner, from the team."""

    template_name = "applications/hand_over.html"
    form_class = HandOverForm
    whose, may = staticmethod(is_owner), staticmethod(can_hand_over)
    title = _("Hand the application over")
    part = TEAM
    done = _("The application has a new owner")

    def get_form_kwargs(self):
        joined = TeamMember.objects.about(self.thing).joined().exclude(account=None)
        return {**super().get_form_kwargs(), "members": joined}

    def act(self, form):
        hand_over(application=self.thing, to=form.cleaned_data["to"], **self.acting)
        return reverse("applications:read", args=[self.thing.uid])

    def get_context_data(self, **kwargs):
        return super().get_context_data(missing=missing_consents(person_of(self.thing.owner)), **kwargs)


class ApplicationFiles(Writing, ThingVerbPage):
    """A7: every file of the application; loose documents are added and removed here."""

    template_name = "applications/files.html"
    form_class = FilesForm
    title = _("Documents")
    part = FILES

    def post(self, request, *args, **kwargs):
        if uid := request.POST.get("remove"):
            try:
                remove_document(application=self.thing, uid=uid, **self.acting)
            except Refused as refusal:
                return self.render_to_response(self.get_context_data(form=FilesForm(), refusal=refusal), status=refusal.status)
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)

    def act(self, form):
        given = form.cleaned_data
        attach_documents(application=self.thing, files=given["files"], **self.acting, once=given["once"])
        return self.request.path

    def get_context_data(self, **kwargs):
        sections = {
            q.key: (one, q) for one in self.thing.regulation.questions.sections for q in one.questions if q.type == "file"
        }
        asked = [(section, question, self.contents.files(key)) for key, (section, question) in sections.items()]
        return super().get_context_data(loose=self.contents.files(FILES), asked=asked, most=MOST_LOOSE, **kwargs)
