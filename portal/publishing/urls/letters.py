"""Subscribing, confirming, leaving."""

from django.urls import path

urlpatterns: list[path] = []
