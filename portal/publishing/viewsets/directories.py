"""Authorities, entrances and members' pages on the editing desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.publishing.models import MemberPage
from portal.publishing.viewsets.turning import AuthorityViewSet, EntranceViewSet


class MemberPageViewSet(SnippetViewSet):
    model = MemberPage
    icon = "group"
    list_display = ["firm", "released_at"]


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directories")
    menu_icon = "group"
    menu_order = 400
    items = (MemberPageViewSet, AuthorityViewSet, EntranceViewSet)
