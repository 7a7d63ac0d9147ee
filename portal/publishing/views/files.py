"""Pictures of the editing desk: kept in the private store, shown to those who may edit."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET


@require_GET
def desk_file(request: HttpRequest, name: str) -> FileResponse:
    """A small picture by its name in the store; names that lead out of it are none."""
    store = storages["desk_pictures"]
    if ".." in name.split("/") or not store.exists(name):
        raise Http404
    return FileResponse(store.open(name), headers={"X-Content-Type-Options": "nosniff"})
