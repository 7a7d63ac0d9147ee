"""Search over everything public."""

from django.urls import path

urlpatterns: list[path] = []
