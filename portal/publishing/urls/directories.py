"""Members, demonstration cities, contacts of authorities, entrances to systems."""

from django.urls import path

urlpatterns: list[path] = []
