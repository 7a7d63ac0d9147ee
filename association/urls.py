"""Every address. Chinese pages have no prefix; English ones begin with /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

# The API for programs has one address in both languages; its page, /api/, has two as every page.
machine_patterns = [path("api/v1/", include("portal.statistics.urls.api"))]
page_patterns = i18n_patterns(
    path("", include("portal.front.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("portal.members.urls")),
    path("filing/benchmark/", include("portal.statistics.urls.firm")),
    path("filing/directory/", include("portal.publishing.urls.firm")),
    path("filing/", include("portal.filings.urls.firm")),
    path("desk/", include("portal.filings.urls.desk")),
    path("desk/", include("portal.statistics.urls.desk")),
    path("receipts/", include("portal.filings.urls.public")),
    path("statistics/", include("portal.statistics.urls.public")),
    path("lists/", include("portal.reference.urls")),
    path("", include("portal.publishing.urls.public")),
    path("api/", include("portal.statistics.urls.api_page")),
    path("ui/", include("portal.ui.urls")),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
# The editing desk has one address; its language is that of the person who edits.
desk_patterns = [path("editing/", include("portal.publishing.urls.desk"))]
urlpatterns = [*machine_patterns, *desk_patterns, *page_patterns]
