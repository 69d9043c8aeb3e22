"""Addresses of the core; they have no language prefix."""

from django.urls import path

from . import views

app_name = "core"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("kit/", views.kit, name="kit"),
    path("kit/save/", views.kit_save, name="kit_save"),
    path("kit/letter/", views.kit_letter, name="kit_letter"),
    path("kit/<slug:name>/", views.kit_page, name="kit_page"),
]
