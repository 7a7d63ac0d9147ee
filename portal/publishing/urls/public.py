"""What anybody may read, area by area."""

from portal.publishing.urls import directories, knowledge, letters, newsletters, policies, printing, search

app_name = "publishing"
urlpatterns = [
    *newsletters.urlpatterns,
    *printing.urlpatterns,
    *policies.urlpatterns,
    *knowledge.urlpatterns,
    *directories.urlpatterns,
    *letters.urlpatterns,
    *search.urlpatterns,
]
