"""For those who judge in a spreadsheet: all sheets of a call down as one file, and the filled-in file back into drafts."""

from dataclasses import asdict
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import View

from fund.core import links
from fund.core.errors import Refused
from fund.core.moments import deadline
from fund.core.pages import ThingMixin, ThingVerbPage
from fund.core.ringing import ring
from grants.calls.models import Call

from ..actions import Upload, find_conflicts, upload_sheets
from ..forms import SpreadsheetForm, UploadForm
from ..permissions import can_upload
from ..queries import ties_of_call
from ..queries.order import in_own_order
from ..queries.uploading import Plan, plan_upload, sheets_to_upload
from ..spreadsheet import Filled, read_sheets, write_sheets
from .expert import CRUMB

WRITABLE = ("accepted", "draft")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOOK = "reviews.upload"  # what the signed marks of a look are for
KNOWN = "reviews.uploaded"  # in the session: what the last upload made of each sheet


class OfCall(ThingMixin):
    """A call the user judges in; a stranger finds none here."""

    model, key = Call, "slug"
    may = staticmethod(can_upload)

    @cached_property
    def sheets(self) -> dict:
        return sheets_to_upload(self.request.user, self.thing)

    def writable(self) -> list:
        """The sheets that may be written now, in the order of the expert's own list; a tie found this moment keeps one out."""
        user = self.request.user
        open_ones = [sheet for sheet in self.sheets.values() if sheet.state in WRITABLE]
        tied = ties_of_call(self.thing, experts=[user.pk])
        if any((sheet.application_id, user.pk) in tied for sheet in open_ones):
            ring("grants.reviews.tasks.look_for_ties")  # reading a page changes nothing
        return in_own_order(sheet for sheet in open_ones if (sheet.application_id, user.pk) not in tied)


class SheetsDownload(OfCall, View):
    """The file itself: one's own sheets that are still to be handed in, with what was written so far."""

    def get(self, request, *args, **kwargs):
        call, sheets = self.thing, self.writable()
        regulation = call.regulation
        until = deadline(min((sheet.due_at for sheet in sheets), default=regulation.timeline.judged_by), request.now)
        least = regulation.review.comment_min
        body = write_sheets(call, request.user, sheets, rules=regulation.rules, least=least, until=until)
        response = HttpResponse(body, content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="sheets-{call.slug}.xlsx"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class SheetsUpload(OfCall, ThingVerbPage):
    """First the file is read and its difference shown; the second form takes over what was seen, into drafts."""

    template_name = "reviews/upload.html"
    title, nav = _("Judging in a spreadsheet"), "reviews"

    def get_crumbs(self):
        return [(CRUMB[0], reverse(CRUMB[1]))]

    def get_form_class(self):
        return UploadForm if "filled" in self.request.POST else SpreadsheetForm

    def post(self, request, *args, **kwargs):
        find_conflicts(call=self.thing, now=request.now)  # what closed meanwhile is not taken
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        return self.take_over(form) if isinstance(form, UploadForm) else self.look(form)

    def look(self, form: SpreadsheetForm) -> HttpResponse:
        """The dry run: what stands against the file, or what would change. Nothing is saved."""
        regulation, call = self.thing.regulation, self.thing
        rules, least = regulation.rules, regulation.review.comment_min
        found = read_sheets(
            form.cleaned_data["file"], call=call, expert=self.request.user, sheets=self.sheets, rules=rules, least=least
        )
        plan = Plan([], 0, found.wrong) if found.wrong else self.plan(found.sheets)
        return self.shown(plan, status=422 if plan.wrong else 409 if plan.stale else 200)

    def take_over(self, form: UploadForm) -> HttpResponse:
        """Into drafts, all of it or nothing; what changed since the look is shown once more."""
        seen = self.read(form.cleaned_data["filled"])
        if seen is None:
            form.add_error(None, _("What you saw can no longer be taken over. Load the file again."))
            return self.form_invalid(form)
        plan = self.plan([filled for filled, _version in seen])
        if plan.wrong:
            return self.shown(plan, status=422)
        try:
            versions = self.act_on(plan, {filled.uid: version for filled, version in seen}, knowing=form.cleaned_data["knowing"])
        except Refused as refusal:
            self.__dict__.pop("sheets", None)  # as they are now
            return self.shown(self.plan([filled for filled, _version in seen]), refusal=refusal, status=refusal.status)
        downloaded = {filled.uid: filled.version for filled, _version in seen}
        made = {uid: (downloaded[uid], version) for uid, version in versions.items()}
        self.request.session[KNOWN] = self.request.session.get(KNOWN, {}) | made
        words = ngettext("%(n)s draft is taken over.", "%(n)s drafts are taken over.", len(versions)) % {"n": len(versions)}
        then = _("Hand each sheet in on its own page.")
        messages.success(self.request, f"{words} {then}")
        return HttpResponseRedirect(reverse("reviews:list"))

    def act_on(self, plan: Plan, seen: dict[str, int], *, knowing: bool) -> dict[str, int]:
        if plan.stale and not knowing:
            raise Refused(_("Say that you have seen what changed on the site."), code="knowing")
        uploads = [Upload(one.sheet.uid, seen[one.sheet.uid], one.draft, one.remark) for one in plan.changes]
        return upload_sheets(call=self.thing, uploads=uploads, by=self.request.user, now=self.request.now)

    def plan(self, filled: list[Filled]) -> Plan:
        known = self.request.session.get(KNOWN, {})
        return plan_upload(filled, self.sheets, call=self.thing, by=self.request.user, known=known)

    def shown(self, plan: Plan, *, status: int, refusal: Refused | None = None) -> HttpResponse:
        confirm = UploadForm(initial={"filled": self.signed(plan)}) if plan.changes and not plan.wrong else None
        context = self.get_context_data(form=SpreadsheetForm(), confirm=confirm, plan=plan, refusal=refusal)
        return self.render_to_response(context, status=status)

    def signed(self, plan: Plan) -> str:
        """The rows that are shown, with the versions they are shown beside; only this expert can take them over."""
        seen = [(asdict(one.filled), one.sheet.version) for one in plan.changes]
        return links.sign(LOOK, {"by": self.request.user.pk, "call": self.thing.slug, "seen": seen})

    def read(self, token: str) -> list[tuple[Filled, int]] | None:
        data = links.read(LOOK, token, days=1)
        if data is None or (data["by"], data["call"]) != (self.request.user.pk, self.thing.slug):
            return None
        return [(Filled(**filled), version) for filled, version in data["seen"]]

    def get_context_data(self, **kwargs):
        call, writable = self.thing, self.writable()
        handed_in = sum(sheet.is_submitted for sheet in self.sheets.values())
        return super().get_context_data(call=call, writable=writable, handed_in=handed_in, **{"plan": None, **kwargs})
