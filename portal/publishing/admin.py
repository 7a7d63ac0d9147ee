"""Policies, entrances and authorities as files: imported with a preview, exported. Rows are edited on the desk."""

from collections.abc import Mapping

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from import_export.resources import ModelResource
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal.lib import clock
from portal.members.access import may
from portal.members.roles import Permission
from portal.publishing.actions.rows import imported
from portal.publishing.admin_subscribers import SubscriberAdmin
from portal.publishing.models import Authority, Entrance, Policy, PolicyTopic, Subscriber
from portal.publishing.resources import AuthorityResource, EntranceResource, PolicyResource, PolicyTopicResource
from portal.publishing.search.index import reindex_rows_of
from portal.ui.exchange import ExchangeAdmin


class ShelfAdmin(ExchangeAdmin):
    """A list that comes and goes as a file; a row leads to the editing desk."""

    resource: type[ModelResource]
    list_per_page = 50

    def get_resource_classes(self, request: HttpRequest) -> list[type[ModelResource]]:
        return [self.resource]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"publishing.add_{self.opts.model_name}")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Editors come back from a file to the list on their desk."""
        if not may(request.user, Permission.PUBLICATION_EDIT):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse(f"wagtailsnippets_publishing_{self.opts.model_name}:list"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        desk = reverse(f"wagtailsnippets_publishing_{self.opts.model_name}:edit", args=[object_id])
        return HttpResponseRedirect(desk)

    def import_action(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The preview says what was mended on the way."""
        response = super().import_action(request, **kwargs)
        if isinstance(response, TemplateResponse):
            for note in getattr((response.context_data or {}).get("result"), "notes", ()):
                messages.info(request, note)
        return response

    def imported(self, request: HttpRequest, *, file_name: str, counts: Mapping[str, int]) -> None:
        imported(model=self.model, file_name=file_name, counts=counts, by=request.user.key, at=clock.now())
        reindex_rows_of(self.model)


@admin.register(Policy)
class PolicyAdmin(ShelfAdmin):
    resource = PolicyResource
    list_display = ("title_zh", "document_number", "issuer_zh", "validity", "published_on", "is_public")
    list_filter = ("topic", "validity", "level", "is_public")
    search_fields = ("title_zh", "title_en", "document_number", "issuer_zh")


@admin.register(PolicyTopic)
class PolicyTopicAdmin(ShelfAdmin):
    resource = PolicyTopicResource
    list_display = ("code", "name_zh", "name_en", "order")


@admin.register(Entrance)
class EntranceAdmin(ShelfAdmin):
    resource = EntranceResource
    list_display = ("slug", "name_zh", "address", "is_public")


@admin.register(Authority)
class AuthorityAdmin(ShelfAdmin):
    resource = AuthorityResource
    list_display = ("name_zh", "place", "phone", "is_reported_to", "is_public")
    list_select_related = ("place",)


admin.site.register(Subscriber, SubscriberAdmin)
# Pictures and files belong to the desk, which checks what they are.
admin.site.unregister([get_image_model(), get_document_model()])
