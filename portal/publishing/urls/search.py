"""Search over everything public."""

from django.urls import path

from portal.publishing.views import search

urlpatterns = [
    # /search/?q=外包&kind=article&page=2
    path("search/", search.search, name="search"),
]
