"""Articles, issues and columns on the editing desk."""

import django_filters
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column as WagtailColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from portal.publishing.life_words import STANDINGS
from portal.publishing.models import Article, Column, Issue
from portal.publishing.views import editor
from portal.publishing.views.rows import RowViewSet
from portal.publishing.workspace import life_address

ABOUT_THE_TEXT = [
    FieldPanel("title"),
    FieldPanel("subtitle"),
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
]


class StandingColumn(WagtailColumn):
    """The life of a text in a word, as a way to its page."""

    def __init__(self) -> None:
        super().__init__("standing", label=_("Standing"), sort_key="standing", accessor=_standing)


def _standing(text: Article | Issue) -> str:
    return format_html('<a href="{}">{}</a>', life_address(text), STANDINGS[text.standing])


class KindColumn(WagtailColumn):
    def __init__(self) -> None:
        super().__init__("kind", label=_("Kind"), sort_key="kind", accessor="get_kind_display")


def standing_filter() -> django_filters.ChoiceFilter:
    choices = [(key.value, word) for key, word in STANDINGS.items()]
    return django_filters.ChoiceFilter(label=_("Standing"), choices=choices)


class ArticleFilterSet(WagtailFilterSet):
    standing = standing_filter()

    class Meta:
        model = Article
        fields = ["standing", "kind", "column", "language"]


class IssueFilterSet(WagtailFilterSet):
    standing = standing_filter()

    class Meta:
        model = Issue
        fields = ["standing", "kind"]


class PlainIndexView(IndexView):
    """Nothing is done to several texts at once: no boxes to tick."""

    @cached_property
    def columns(self) -> list[WagtailColumn]:
        return [column for column in super().columns if column.name != "bulk_actions"]


class TextViewSet(SnippetViewSet):
    """An editor whose saves keep the life of texts."""

    add_view_class = editor.TextCreateView
    edit_view_class = editor.TextEditView
    copy_view_class = editor.TextCopyView
    preview_on_add_view_class = editor.TextPreviewOnCreateView
    preview_on_edit_view_class = editor.TextPreviewOnEditView
    revisions_view_class = editor.TextPreviewRevisionView
    revisions_revert_view_class = editor.TextRevertView
    index_view_class = PlainIndexView
    list_per_page = 30


class ArticleViewSet(TextViewSet):
    model = Article
    icon = "doc-full-inverse"
    list_display = ["title", KindColumn(), "column", StandingColumn(), "edited_at"]
    filterset_class = ArticleFilterSet
    search_fields = ["title", "summary"]
    edit_handler = ObjectList(
        [
            *ABOUT_THE_TEXT,
            FieldRowPanel([FieldPanel("column"), FieldPanel("byline")]),
            FieldPanel("body"),
            MultiFieldPanel([FieldPanel("city"), FieldPanel("firm")], heading=_("What it is about")),
            MultiFieldPanel(
                [FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("venue")], heading=_("Of an event")
            ),
        ]
    )


class IssueViewSet(TextViewSet):
    model = Issue
    icon = "openquote"
    list_display = ["title", KindColumn(), "number", "running_number", "issued_on", StandingColumn()]
    filterset_class = IssueFilterSet
    search_fields = ["title", "code"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *ABOUT_THE_TEXT,
                    FieldRowPanel([FieldPanel("code"), FieldPanel("issued_on")]),
                    FieldRowPanel([FieldPanel("number"), FieldPanel("running_number")]),
                    FieldPanel("contents"),
                ],
                heading=_("Contents"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("editor"), FieldPanel("signed_by")]),
                    FieldPanel("permit_number"),
                    FieldPanel("compiled_by"),
                    FieldPanel("audience"),
                    FieldRowPanel([FieldPanel("printed_by"), FieldPanel("printed_on"), FieldPanel("copies")]),
                ],
                heading=_("Cover"),
            ),
            ObjectList(
                [FieldPanel(name) for name in ("report_to", "send_to", "issue_to", "contacts", "codes")],
                heading=_("Distribution and contacts"),
            ),
        ]
    )


class ColumnViewSet(RowViewSet):
    model = Column
    icon = "list-ul"
    list_display = ["name_zh", "order", "is_open"]


class NewsletterGroup(SnippetViewSetGroup):
    menu_label = _("Newsletter")
    menu_icon = "openquote"
    menu_order = 100
    items = (ArticleViewSet, IssueViewSet, ColumnViewSet)
