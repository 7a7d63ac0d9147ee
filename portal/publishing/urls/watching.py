"""Outside addresses and archived copies on the editing desk."""

from django.urls import path

from portal.publishing.views import watching

urlpatterns = [
    # /editing/links/
    path("links/", watching.link_list, name="desk-link-list"),
    path("links/<int:pk>/check/", watching.link_check, name="desk-link-check"),
    # /editing/policies/12/archive/
    path("policies/<int:pk>/archive/", watching.policy_archive, name="desk-policy-archive"),
    path("policies/<int:pk>/archive/file/", watching.policy_archived, name="desk-policy-archived"),
    path("policies/<int:pk>/archive/fetch/", watching.policy_fetch, name="desk-policy-fetch"),
    path("policies/<int:pk>/archive/upload/", watching.policy_upload, name="desk-policy-upload"),
]
