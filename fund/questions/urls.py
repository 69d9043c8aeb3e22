"""Addresses of this room."""

app_name = "questions"
urlpatterns: list = []
