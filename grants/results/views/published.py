"""The results of a call: the public page, and the released ranking as a table for those who run the call."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import Count, Sum
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import View

from fund.core.exports import as_csv, as_xlsx, attached
from fund.core.navigation import address
from fund.core.numerals import num
from fund.core.pages import ThingMixin
from fund.core.public import PublicPage
from grants.applications.models import Application
from grants.calls.models import Call
from grants.reviews.queries import lots_among

from ..permissions import can_export, can_publish, can_recount
from ..queries.exported import exported_rows
from ..queries.published import consents_to_publish, published_of
from ..queries.recount import recount_files


class CallResults(ThingMixin, PublicPage):
    """What the call gave, to whom and by which score; before the release the page is not there."""

    model, key = Call, "slug"
    may = staticmethod(can_publish)
    template_name = "results/published.html"
    nav = "calls"

    def get_title(self):
        return _("Results: %(call)s") % {"call": self.thing.title}

    def get_crumbs(self):
        return [(_("Calls"), address("calls:list")), (self.thing.title, self.thing.get_absolute_url())]

    def freshness(self):
        """The call, what became of its applications, and who agrees to be named: a consent taken back acts at once."""
        call = self.thing
        states = Application.objects.of_call(call).order_by("state").values("state").annotate(n=Count("pk"), sum=Sum("granted"))
        consents = consents_to_publish(call).aggregate(n=Count("pk"), sum=Sum("pk"))
        return call.uid, call.revision, call.state, *map(str, states), *consents.values()

    def get_context_data(self, **kwargs):
        found = published_of(self.thing, now=self.request.now)
        steps = [
            (pgettext("applications", "Sent"), found.sent),
            (pgettext("applications", "Admitted"), found.admitted),
            (pgettext("applications", "Passed the thresholds"), found.passed),
            (pgettext("applications", "Funded"), len(found.funded)),
        ]
        user = self.request.user
        may = user.is_authenticated and can_export(user, self.thing)
        bars = [(name, n, num(n)) for name, n in steps]
        return super().get_context_data(
            call=self.thing,
            r=found,
            bars=bars,
            lots=lots_among(self.thing),
            crumb=_("Results"),
            may_export=may,
            may_recount=may and can_recount(user, self.thing),
            **kwargs,
        )


class CallExport(ThingMixin, View):
    """The released ranking, row by row, without what a conflict closes to the reader."""

    model, key = Call, "slug"
    may = staticmethod(can_export)

    def get(self, request, *args, form, **kwargs):
        rows = list(exported_rows(self.thing, reader=request.user, now=request.now))
        if form not in ("csv", "xlsx"):
            raise Http404
        body = as_csv(rows) if form == "csv" else as_xlsx(rows, str(_("Ranking")), since=self.thing.opens_at)
        return attached(body, f"ranking-{self.thing.slug}.{form}")


class CallRecount(ThingMixin, View):
    """Regulation, marks without names and sums asked, as `manage.py rank` reads them."""

    model, key = Call, "slug"
    may = staticmethod(can_recount)

    def get(self, request, *args, **kwargs):
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for name, text in recount_files(self.thing).items():
                archive.writestr(ZipInfo(name), text, ZIP_DEFLATED)  # no clock in it: the same ranking is the same bytes
        return attached(packed.getvalue(), f"recount-{self.thing.slug}.zip")
