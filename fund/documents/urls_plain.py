"""Addresses of files: without a language, asked of their parent each time."""

from django.urls import path

from .views import files, papers

app_name = "documents"
urlpatterns = [
    path("documents/<slug:uid>/", files.download, name="download"),
    path("papers/<slug:uid>/<str:language>.pdf", papers.download, name="paper"),
    path("pictures/<slug:uid>/<int:width>.webp", files.picture, name="picture"),
]
