"""Addresses of the roof: home, the start page of the workspaces."""

from django.urls import path

from .views import desk, help, home

app_name = "portal"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("privacy/", help.Privacy.as_view(), name="privacy"),
    path("accessibility/", help.Accessibility.as_view(), name="accessibility"),
    path("desk/", desk.Desk.as_view(), name="desk"),
]
