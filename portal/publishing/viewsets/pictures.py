"""The list of pictures. Collections are not used on this desk: pictures stand in the one that Wagtail begins with."""

from wagtail.admin.ui.tables import BaseColumn
from wagtail.images.views.images import IndexView

_all = IndexView.columns.func


def _but_the_collection(view: IndexView) -> list[BaseColumn]:
    return [column for column in _all(view) if column.name != "collection"]


def without_collections() -> None:
    IndexView.columns = property(_but_the_collection)
