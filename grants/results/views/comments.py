"""The officer's pages before the release: what of the experts' comments the applicants may read."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ListPage, ThingMixin, ThingVerbPage
from grants.applications.models import Application
from grants.calls.models import Call

from ..actions import clear_comments
from ..forms import ClearForm
from ..permissions import can_clear, can_clear_call
from ..queries import comments_of, count_to_clear


class CommentList(ThingMixin, ListPage):
    """The judged applications of a call, with how many comments nobody has looked at."""

    model, key = Call, "slug"
    template_name = "results/comments.html"
    title, nav = _("Comments for applicants"), "calls"
    may = staticmethod(can_clear_call)
    paginate_by = 50

    def get_crumbs(self):
        return [(_("Calls"), reverse("calls:desk")), (self.thing.title, reverse("calls:manage", args=[self.thing.slug]))]

    def get_rows(self):
        mine = Application.objects.visible_to(self.request.user).of_call(self.thing)
        return mine.filter(sheets__state="submitted").distinct().select_related("version").by_number()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counts = count_to_clear(context["rows"])
        return {**context, "queue": [(row, *counts[row.pk]) for row in context["rows"]]}


class Clear(ThingVerbPage):
    """Every comment on one application: shown, shown in part with a reason, or not shown with a reason."""

    model = Application
    template_name = "results/clear.html"
    form_class = ClearForm
    nav = "calls"
    may = staticmethod(can_clear)
    done = _("Kept. The applicant reads it once the results are released.")

    def get_queryset(self):
        return super().get_queryset().filter(sheets__state="submitted").distinct().select_related("call", "version")

    def get_title(self):
        return self.thing.name

    def get_crumbs(self):
        call = self.thing.call
        return [
            (call.title, reverse("calls:manage", args=[call.slug])),
            (_("Comments for applicants"), reverse("results:comments", args=[call.slug])),
        ]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "comments": comments_of(self.thing)}

    def act(self, form) -> str:
        clear_comments(
            application=self.thing,
            choices=form.choices(),
            by=self.request.user,
            now=self.request.now,
            seen=form.cleaned_data["seen"],
        )
        return reverse("results:comments", args=[self.thing.call.slug])
