"""Addresses of papers: reading one, and asking whether one is genuine."""

from django.urls import path

from .views import papers, verify

app_name = "papers"
urlpatterns = [
    path("papers/<slug:uid>/", papers.PaperRead.as_view(), name="read"),
    path("verify/", verify.Verify.as_view(), name="verify"),
    path("verify/file/", verify.VerifyFile.as_view(), name="verify_file"),
    path("verify/<str:code>/", verify.Check.as_view(), name="check"),
]
