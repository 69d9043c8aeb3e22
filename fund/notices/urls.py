"""Addresses of this room: the inbox, its preferences, unsubscribing, letters that failed."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("desk/inbox/", views.Inbox.as_view(), name="inbox"),
    path("desk/inbox/preferences/", views.Prefer.as_view(), name="prefer"),
    path("desk/inbox/read/", views.ReadAll.as_view(), name="read_all"),
    path("desk/inbox/<slug:uid>/", views.NoticePage.as_view(), name="notice"),
    path("desk/inbox/<slug:uid>/read/", views.Read.as_view(), name="read"),
    path("desk/letters/", views.FailedLetters.as_view(), name="failed"),
    path("desk/letters/<slug:uid>/resend/", views.Resend.as_view(), name="resend"),
    path("unsubscribe/<str:token>/", views.Unsubscribe.as_view(), name="unsubscribe"),
]
