"""Authorities and entrances to systems on the editing desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from portal.publishing.forms_policies import EntranceForm
from portal.publishing.models import Authority, Entrance
from portal.publishing.views.rows import RowViewSet


class AuthorityViewSet(RowViewSet):
    model = Authority
    icon = "mail"
    list_display = ["name_zh", "place", "phone", "is_reported_to", "is_public"]
    list_filter = ["is_reported_to", "is_public"]
    search_fields = ["name_zh", "name_en", "duties_zh", "phone"]
    edit_handler = ObjectList(
        [
            FieldPanel("name_zh"),
            FieldPanel("name_en"),
            FieldRowPanel([FieldPanel("place"), FieldPanel("order")]),
            MultiFieldPanel([FieldPanel("duties_zh"), FieldPanel("duties_en")], heading=_("Turn to it for")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]), FieldPanel("website"),
                    FieldPanel("address_zh"), FieldPanel("address_en"),
                ],
                heading=_("How to reach it"),
            ),
            FieldRowPanel([FieldPanel("is_reported_to"), FieldPanel("is_public")]),
        ]
    )  # fmt: skip


class EntranceViewSet(RowViewSet):
    model = Entrance
    icon = "link-external"
    list_display = ["name_zh", "group_zh", "address", "is_public"]
    list_filter = ["group_zh", "is_public"]
    search_fields = ["name_zh", "name_en", "purpose_zh", "address"]
    edit_handler = ObjectList(
        [
            FieldPanel("name_zh"),
            FieldPanel("name_en"),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("order"), FieldPanel("is_public")]),
            MultiFieldPanel([FieldPanel("purpose_zh"), FieldPanel("purpose_en")], heading=_("What one does there")),
            FieldPanel("address"),
            MultiFieldPanel(
                [FieldPanel("manual"), FieldPanel("manual_address")], heading=_("Manual: a file here, or elsewhere")
            ),
            FieldRowPanel([FieldPanel("group_zh"), FieldPanel("group_en")]),
        ],
        base_form_class=EntranceForm,
    )
