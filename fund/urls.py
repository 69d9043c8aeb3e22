"""All addresses: pages stand under their language, what is for programs and operators has none."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

ROOMS = [
    "fund.people.urls",
    "fund.notices.urls",
    "fund.documents.urls",
    "fund.questions.urls",
    "fund.lots.urls",
    "grants.calls.urls",
    "grants.proposals.urls",
    "grants.applications.urls",
    "grants.reviews.urls",
    "grants.councils.urls",
    "grants.results.urls",
    "portal.urls",
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("fund.core.urls")),
    path("", include("fund.documents.urls_plain")),
    path("", include("portal.urls_plain")),
]
urlpatterns += i18n_patterns(path("account/", include("allauth.urls")), *(path("", include(room)) for room in ROOMS))
handler500 = "fund.core.views.server_error"
