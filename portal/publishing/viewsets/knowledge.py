"""Terms with their comparisons, and cases of the catalogue, on the editing desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.publishing.models import CatalogueCase, KnowledgeTerm
from portal.publishing.views.rows import RowViewSet
from portal.publishing.views.terms import TermCreateView, TermEditView

_POINT = [
    FieldPanel("beside"),
    FieldRowPanel([FieldPanel("aspect_zh"), FieldPanel("aspect_en")]),
    FieldRowPanel([FieldPanel("this_zh"), FieldPanel("this_en")]),
    FieldRowPanel([FieldPanel("other_zh"), FieldPanel("other_en")]),
    FieldPanel("order"),
]


class TermViewSet(RowViewSet):
    model = KnowledgeTerm
    icon = "help"
    add_view_class = TermCreateView
    edit_view_class = TermEditView
    list_display = ["name_zh", "name_en", "group", "is_public"]
    list_filter = ["group", "is_public"]
    search_fields = ["name_zh", "name_en", "aliases"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("name_zh"), FieldPanel("name_en")]),
                    FieldPanel("aliases"),
                    MultiFieldPanel([FieldPanel("short_zh"), FieldPanel("short_en")], heading=_("In a sentence")),
                    MultiFieldPanel([FieldPanel("body_zh"), FieldPanel("body_en")], heading=_("Text of the term")),
                    FieldPanel("sources", help_text=_("A line each: the name in Chinese | in English.")),
                ],
                heading=_("Term"),
            ),
            ObjectList(
                [InlinePanel("points", heading=_("Points of comparison"), label=_("Point"))], heading=_("Comparisons")
            ),
            ObjectList(
                [
                    FieldPanel("slug"),
                    FieldRowPanel([FieldPanel("group"), FieldPanel("order")]),
                    FieldPanel("is_public"),
                ],
                heading=_("Place on the site"),
            ),
        ]
    )


class CaseViewSet(RowViewSet):
    model = CatalogueCase
    icon = "folder"
    list_display = ["category", "text_zh", "is_public"]
    list_filter = ["is_public"]
    search_fields = ["text_zh", "text_en"]
    edit_handler = ObjectList(
        [
            FieldPanel("category"),
            MultiFieldPanel([FieldPanel("text_zh"), FieldPanel("text_en")], heading=_("Case")),
            FieldRowPanel([FieldPanel("order"), FieldPanel("is_public")]),
        ]
    )


class KnowledgeGroup(SnippetViewSetGroup):
    menu_label = _("Knowledge")
    menu_icon = "help"
    menu_order = 220
    items = (TermViewSet, CaseViewSet)
