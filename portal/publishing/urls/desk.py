"""The editing desk, for editors alone: outsiders get 404, other staff 403. Wagtail has the pages that it uses."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal.members.access import requires_staff
from portal.members.roles import Permission
from portal.publishing.urls import figures, hiding, watching
from portal.publishing.views import doors, files

wagtail = [path("documents/", include(document_urls)), path("", include(admin_urls))]
own = [
    path("files/<path:name>", files.desk_file, name="desk-file"),
    path("", include("portal.publishing.urls.life")),
    *figures.urlpatterns,
    *watching.urlpatterns,
    *hiding.urlpatterns,
]
urlpatterns = decorate_urlpatterns(
    [*own, *decorate_urlpatterns(wagtail, doors.closed_unless_used)], requires_staff(Permission.PUBLICATION_EDIT)
)
