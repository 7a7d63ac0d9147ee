"""Terms, catalogue, categories, modes of supply, and what helps to decide."""

from django.urls import path

urlpatterns: list[path] = []
