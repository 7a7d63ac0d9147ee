"""Subscribers in the data admin: taken over from a file, and given out as one, which is journalled."""

from collections.abc import Mapping

import tablib
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from import_export.resources import ModelResource

from portal.journal.actions import record
from portal.lib import clock
from portal.members.access import may
from portal.members.roles import Permission
from portal.publishing.models import Subscriber
from portal.publishing.resources_subscribers import SubscriberResource
from portal.ui.exchange import ExchangeAdmin


class SubscriberAdmin(ExchangeAdmin):
    """Rows are looked at and erased on the desk; nobody types one in without the address having agreed."""

    def get_resource_classes(self, request: HttpRequest) -> list[type[ModelResource]]:
        return [SubscriberResource]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscriber]:
        return super().get_queryset(request).exclude(state=Subscriber.State.ERASED)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """From a file one comes back to the list on the desk."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("editing:subscriber-list"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return may(request.user, Permission.SUBSCRIBER_EDIT)

    has_import_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    def imported(self, request: HttpRequest, *, file_name: str, counts: Mapping[str, int]) -> None:
        self._journal(request, "subscriber.imported", {"file": file_name, **counts})

    def get_data_for_export(self, request: HttpRequest, queryset: QuerySet, **kwargs: object) -> tablib.Dataset:
        found = super().get_data_for_export(request, queryset, **kwargs)
        self._journal(request, "subscriber.exported", {"people": len(found)})
        return found

    def _journal(self, request: HttpRequest, verb: str, after: dict[str, object]) -> None:
        record(actor=request.user.key, verb=verb, kind="subscriber", key="", at=clock.now(), after=after)
