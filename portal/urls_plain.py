"""Addresses without a language: the bare one, health, robots, the demo."""

from django.urls import path

from .views import demo, health, home

urlpatterns = [
    path("", home.Bare.as_view(), name="bare"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("sitemap.xml", health.sitemap, name="sitemap"),
    path("demo/", demo.Demo.as_view(), name="demo"),
]
