"""Addresses of this room: answering an invitation, by the link of a letter or signed in."""

from django.urls import path

from . import views

app_name = "proposals"
urlpatterns = [
    path("invitations/<str:token>/", views.InvitationPage.as_view(), name="invitation"),
    path("desk/invitations/<slug:uid>/", views.InvitationAnswer.as_view(), name="answer"),
]
