"""What anybody may read, area by area."""

from portal.publishing.urls import directories, knowledge, letters, newsletters, policies, search

app_name = "publishing"
urlpatterns = [
    *newsletters.urlpatterns,
    *policies.urlpatterns,
    *knowledge.urlpatterns,
    *directories.urlpatterns,
    *letters.urlpatterns,
    *search.urlpatterns,
]
