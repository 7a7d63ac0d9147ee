"""Newsletters, handbooks, articles, notices, events, and their feeds."""

from django.urls import path

urlpatterns: list[path] = []
