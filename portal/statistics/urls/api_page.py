"""The page about the public API."""

from django.urls import path

from portal.statistics.api.page import api_reference

app_name = "api-page"
urlpatterns = [
    # /api/
    path("", api_reference, name="api-reference"),
]
