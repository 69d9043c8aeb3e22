"""The protocol of admission of a call: what it would say now, who signs it, the papers issued so far."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ThingVerbPage
from fund.documents.models import Paper
from grants.calls.models import Call

from ..actions import issue_admission, standing_admission
from ..admission import admission_of, decided_since
from ..forms import AdmissionForm
from ..models import REASONS
from ..papers import ADMISSION
from ..permissions import can_intake, can_issue_admission, can_read_admission
from .officer import QUEUE


class AdmissionIssue(ThingVerbPage):
    """M2: everything sent to the call by what the check made of it; one button signs and issues."""

    model, key = Call, "slug"
    template_name = "applications/admission.html"
    form_class = AdmissionForm
    title, nav = _("Protocol of admission"), "intake"
    may = staticmethod(can_read_admission)
    done = _("The protocol is signed and issued")

    @cached_property
    def standing(self):
        return standing_admission(self.thing)

    def get_crumbs(self):
        """By way of the queue, which directors do not have."""
        call = self.thing
        if can_intake(self.request.user):
            return [(QUEUE[0], reverse(QUEUE[1])), (call.title, reverse("applications:intake_call", args=[call.slug]))]
        return [(call.title, reverse("calls:manage", args=[call.slug]))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "is_anew": self.standing is not None}

    def act(self, form):
        given = form.cleaned_data
        issue_admission(call=self.thing, why=given.get("why", ""), by=self.request.user, now=self.request.now, once=given["once"])
        return reverse("applications:admission", args=[self.thing.slug])

    def get_context_data(self, **kwargs):
        call, found, words = self.thing, admission_of(self.thing), dict(REASONS)
        return super().get_context_data(
            call=call,
            page="applications:check" if can_intake(self.request.user) else "applications:read",
            found=found,
            refused=[(one, [words[key] for key in one.reasons]) for one in found.refused],
            papers=Paper.objects.about(call).filter(kind=ADMISSION).told().order_by("-pk"),
            standing=self.standing,
            since=decided_since(call, self.standing) if self.standing else 0,
            may_issue=can_issue_admission(self.request.user, call),
            **kwargs,
        )
