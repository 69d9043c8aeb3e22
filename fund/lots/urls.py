"""Addresses of draws, open to everyone."""

from django.urls import path

from . import views

app_name = "lots"
urlpatterns = [
    path("lots/", views.DrawList.as_view(), name="list"),
    path("lots/<str:uid>/", views.DrawRead.as_view(), name="read"),
    path("lots/<str:uid>/draw.json", views.DrawInputs.as_view(), name="inputs"),
]
