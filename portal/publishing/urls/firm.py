"""A firm's own page in the directory, for the firm."""

from django.urls import path

from portal.publishing.views import firm_page

app_name = "directory"
urlpatterns = [
    # /filing/directory/
    path("", firm_page.page, name="page"),
    path("edit/", firm_page.page_edit, name="page-edit"),
    path("preview/", firm_page.page_preview, name="page-preview"),
    path("release/", firm_page.page_release, name="page-release"),
    path("take-back/", firm_page.page_take_back, name="page-take-back"),
]
