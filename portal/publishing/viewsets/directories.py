"""Authorities, entrances and members' pages on the editing desk."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.publishing.models import MemberPage, ProvincialCity
from portal.publishing.views.rows import RowIndexView, RowViewSet
from portal.publishing.viewsets.turning import AuthorityViewSet, EntranceViewSet


class FirmColumn(Column):
    """The firm's name, as a way to its page on the desk."""

    def __init__(self) -> None:
        super().__init__("firm", label=_("firm"), accessor=_linked)


def _linked(page: MemberPage) -> str:
    return format_html('<a href="{}">{}</a>', reverse("desk-member-page", args=[page.pk]), page.firm)


class MemberPageViewSet(SnippetViewSet):
    model = MemberPage
    icon = "group"
    list_display = [FirmColumn(), "released_at", "taken_back_at", "hidden_at"]
    index_view_class = RowIndexView
    copy_view_enabled = False


class ProvincialCityViewSet(RowViewSet):
    """National ones are not entered here: they are a list of the reference data."""

    model = ProvincialCity
    icon = "site"
    list_display = ["place", "batch", "year", "source", "is_public"]
    search_fields = ["place__name_zh", "place__name_en", "source"]


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directories")
    menu_icon = "group"
    menu_order = 230
    items = (MemberPageViewSet, AuthorityViewSet, EntranceViewSet, ProvincialCityViewSet)
