"""Policies and their topics on the editing desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.publishing.models import Policy, PolicyTopic


class PolicyViewSet(SnippetViewSet):
    model = Policy
    icon = "doc-full"
    list_display = ["title_zh", "document_number", "issuer_zh", "validity", "published_on"]
    list_filter = ["topic", "validity", "level"]
    search_fields = ["title_zh", "document_number", "issuer_zh"]


class PolicyTopicViewSet(SnippetViewSet):
    model = PolicyTopic
    icon = "tag"
    list_display = ["name_zh", "order"]


class PolicyGroup(SnippetViewSetGroup):
    menu_label = _("Policies")
    menu_icon = "doc-full"
    menu_order = 200
    items = (PolicyViewSet, PolicyTopicViewSet)
