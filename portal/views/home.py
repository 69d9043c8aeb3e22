"""P1: what one can do here, told in ten seconds; and the language of a bare address."""

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.http import HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_supported_language_variant
from django.views.generic import View

from fund.core.public import PublicPage
from grants.calls.models import RELEASED, Call
from grants.calls.wording import track_of

CARDS = 6
RESULTS = 3


class Home(PublicPage):
    """The promise, the nearest deadline, the open calls, how it works, what came of earlier ones. Nothing that does not exist."""

    template_name = "portal/home.html"

    def freshness(self):
        return Call.objects.published().freshness()

    def get_context_data(self, **kwargs):
        now = self.request.now
        calls = list(Call.objects.open(now).order_by("closes_at", "pk")[:CARDS])
        soon = [] if len(calls) >= 3 else list(Call.objects.soon(now).order_by("opens_at", "pk")[:3])
        nearest = next(iter([*calls, *soon]), None)
        results = Call.objects.filter(state__in=RELEASED).order_by("-closes_at", "pk")
        funded = Q(applications__state="funded")
        results = results.annotate(funded=Count("applications", funded), given=Sum("applications__granted", filter=funded))
        track = track_of(nearest.regulation, now) if nearest else []
        return super().get_context_data(calls=calls, soon=soon, nearest=nearest, track=track, results=results[:RESULTS], **kwargs)


class Bare(View):
    """`/`: to the language of the profile, else of the cookie, else Russian."""

    def get(self, request):
        response = HttpResponseRedirect(f"/{self.language(request)}/")
        add_never_cache_headers(response)
        return response

    def language(self, request) -> str:
        if request.user.is_authenticated:
            return request.user.language
        try:
            return get_supported_language_variant(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        except LookupError:
            return settings.LANGUAGE_CODE
