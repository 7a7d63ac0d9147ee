"""Articles, issues and columns on the editing desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.publishing.models import Article, Column, Issue

ABOUT_THE_TEXT = [
    FieldPanel("title"),
    FieldPanel("subtitle"),
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
]


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "doc-full-inverse"
    list_display = ["title", "kind", "column", "standing", "edited_at"]
    list_filter = ["kind", "column", "standing"]
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


class IssueViewSet(SnippetViewSet):
    model = Issue
    icon = "openquote"
    list_display = ["title", "kind", "number", "running_number", "issued_on", "standing"]
    list_filter = ["kind", "standing"]
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


class ColumnViewSet(SnippetViewSet):
    model = Column
    icon = "list-ul"
    list_display = ["name_zh", "order", "is_open"]


class NewsletterGroup(SnippetViewSetGroup):
    menu_label = _("Newsletter")
    menu_icon = "openquote"
    menu_order = 100
    items = (ArticleViewSet, IssueViewSet, ColumnViewSet)
