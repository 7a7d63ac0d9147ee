"""Policies and their topics on the editing desk."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.lib import clock
from portal.publishing.models import Policy, PolicyTopic
from portal.publishing.models.policies import ENDS_SOON, LAPSING
from portal.publishing.views.rows import RowEditView, RowViewSet


class TermColumn(Column):
    """Until when it is in force, with a warning where that is soon, or past and unmarked."""

    def __init__(self) -> None:
        super().__init__("expires_on", label=_("In force until"), sort_key="expires_on", accessor=_term)


def _term(policy: Policy) -> str | SafeString:
    if policy.expires_on is None:
        return ""
    today, warning = clock.today(), ""
    if policy.validity in LAPSING and policy.expires_on < today:
        warning = _now("ended: mark it")
    elif policy.validity in LAPSING and policy.expires_on <= today + ENDS_SOON:
        warning = _now("ends soon")
    day = policy.expires_on.isoformat()
    return format_html('{} <strong class="ed-closed">{}</strong>', day, warning) if warning else day


class PolicyEditView(RowEditView):
    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        address = reverse("desk-policy-archive", args=[self.object.pk])
        archive = HeaderButton(_now("Archived copy"), url=address, icon_name="download", priority=5)
        return [*super().header_buttons, archive]


class PolicyViewSet(RowViewSet):
    model = Policy
    icon = "doc-full"
    edit_view_class = PolicyEditView
    ordering = ["-published_on", "slug"]
    list_display = ["title_zh", "document_number", "issuer_zh", "validity", TermColumn(), "published_on"]
    list_filter = ["topic", "validity", "level", "is_public"]
    search_fields = ["title_zh", "title_en", "document_number", "issuer_zh", "text"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("title_zh"), FieldPanel("title_en"),
                    FieldRowPanel([FieldPanel("document_number"), FieldPanel("index_number")]),
                    FieldRowPanel([FieldPanel("issuer_zh"), FieldPanel("issuer_en")]),
                    FieldRowPanel([FieldPanel("topic"), FieldPanel("level"), FieldPanel("place")]),
                ],
                heading=_("Head of the document"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("made_on"), FieldPanel("published_on")]),
                    FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expires_on")]),
                    FieldRowPanel([FieldPanel("validity"), FieldPanel("replaced_by")]),
                ],
                heading=_("Dates and validity"),
            ),
            MultiFieldPanel(
                [FieldPanel("summary_zh"), FieldPanel("summary_en"), FieldPanel("text")],
                heading=_("What the document says"),
            ),
            MultiFieldPanel(
                [FieldPanel("address"), FieldRowPanel([FieldPanel("slug"), FieldPanel("is_public")])],
                heading=_("Where it stands"),
            ),
        ]
    )  # fmt: skip


class PolicyTopicViewSet(RowViewSet):
    model = PolicyTopic
    icon = "tag"
    list_display = ["name_zh", "name_en", "order"]


class PolicyGroup(SnippetViewSetGroup):
    menu_label = _("Policies")
    menu_icon = "doc-full"
    menu_order = 200
    items = (PolicyViewSet, PolicyTopicViewSet)
