"""The editing desk, for editors alone: outsiders get 404, other staff 403."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal.members.access import requires_staff
from portal.members.roles import Permission
from portal.publishing.views import files

own = [path("files/<path:name>", files.desk_file, name="desk-file"), path("documents/", include(document_urls))]
urlpatterns = decorate_urlpatterns([*own, path("", include(admin_urls))], requires_staff(Permission.PUBLICATION_EDIT))
