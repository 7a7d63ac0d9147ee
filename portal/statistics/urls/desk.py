"""Releases at the association's desk."""

from django.urls import path

from portal.statistics.views import desk

app_name = "releases"
urlpatterns = [
    # /desk/releases/
    path("releases/", desk.release_list, name="release-list"),
    # /desk/releases/periods/2020Q1/build/
    path("releases/periods/<slug:code>/build/", desk.release_build, name="release-build"),
    # /desk/releases/2020Q1-1/
    path("releases/<slug:name>/", desk.release_check, name="release-check"),
    path("releases/<slug:name>/publish/", desk.release_publish, name="release-publish"),
]
