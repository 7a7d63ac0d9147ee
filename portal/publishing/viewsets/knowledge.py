"""Terms, comparisons and cases on the editing desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.publishing.models import CatalogueCase, ComparedPoint, KnowledgeTerm


class TermViewSet(SnippetViewSet):
    model = KnowledgeTerm
    icon = "help"
    list_display = ["name_zh", "name_en", "group", "is_public"]
    list_filter = ["group", "is_public"]
    search_fields = ["name_zh", "name_en", "aliases"]


class PointViewSet(SnippetViewSet):
    model = ComparedPoint
    icon = "list-ul"
    list_display = ["term", "beside", "aspect_zh"]


class CaseViewSet(SnippetViewSet):
    model = CatalogueCase
    icon = "folder"
    list_display = ["category", "text_zh", "is_public"]


class KnowledgeGroup(SnippetViewSetGroup):
    menu_label = _("Knowledge")
    menu_icon = "help"
    menu_order = 300
    items = (TermViewSet, PointViewSet, CaseViewSet)
