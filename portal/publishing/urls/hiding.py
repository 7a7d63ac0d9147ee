"""Firms' pages on the editing desk: looked at, hidden, shown again."""

from django.urls import path

from portal.publishing.views import hiding

urlpatterns = [
    # /editing/member-pages/12/
    path("member-pages/<int:pk>/", hiding.member_page, name="desk-member-page"),
    path("member-pages/<int:pk>/hide/", hiding.member_page_hide, name="desk-member-page-hide"),
    path("member-pages/<int:pk>/show/", hiding.member_page_show, name="desk-member-page-show"),
]
