"""The lists in the admin: rows are added, changed and closed, one by one or by a file, and never deleted."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext
from import_export.resources import ModelResource

from portal.lib import clock
from portal.reference.actions import follow_file, publish_import, save_row
from portal.reference.models import (
    Currency,
    Division,
    Edition,
    Market,
    MarketGroup,
    MarketGroupMember,
    Rate,
    Region,
    RegionMember,
    RegionScheme,
    ServiceCategory,
)
from portal.reference.resources import RESOURCES
from portal.ui.exchange import ExchangeAdmin


class ListAdmin(ExchangeAdmin):
    """One table of a list. Every save and every import ends in an edition and an entry in the journal."""

    # What tells a row apart stays as it is: a changed code would be another row.
    key_fields: ClassVar[tuple[str, ...]] = ("code",)
    readonly_fields = ("is_edited_here",)
    actions = ("give_back",)
    list_per_page = 50

    def get_resource_classes(self, request: HttpRequest) -> list[type[ModelResource]]:
        return [RESOURCES[self.model]]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, *(self.key_fields if obj else ()))

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool) -> None:
        after = {name: _written(form.cleaned_data[name]) for name in form.changed_data}
        before = {name: _written(form.initial.get(name)) for name in form.changed_data} if change else {}
        if after:
            save_row(row=obj, before=before, after=after, by=request.user.key, at=clock.now())

    def imported(self, request: HttpRequest, *, file_name: str, counts: Mapping[str, int]) -> None:
        publish_import(model=self.model, file_name=file_name, counts=counts, by=request.user.key, at=clock.now())

    @admin.action(permissions=["change"], description=gettext_lazy("Take the file's values again at the next loading"))
    def give_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = follow_file(rows=queryset, by=request.user.key, at=clock.now())
        messages.success(
            request,
            ngettext("%(count)s row follows its file again.", "%(count)s rows follow their file again.", count)
            % {"count": count},
        )


def _written(value: object) -> object:
    """A form's value as the journal keeps it."""
    if isinstance(value, models.Model):
        return value.pk
    return value if value is None or isinstance(value, bool | int) else str(value)


@admin.register(Division)
class DivisionAdmin(ListAdmin):
    list_display = ("code", "name_zh", "name_en", "level", "parent", "until_on")
    list_select_related = ("parent",)
    list_filter = ("level", "is_edited_here")
    search_fields = ("code", "name_zh", "name_en")


@admin.register(RegionScheme)
class RegionSchemeAdmin(ListAdmin):
    list_display = ("code", "name_zh", "name_en", "until_on")
    search_fields = ("code", "name_zh", "name_en")


@admin.register(Region)
class RegionAdmin(ListAdmin):
    key_fields = ("code", "scheme")
    list_display = ("code", "name_zh", "name_en", "scheme")
    list_select_related = ("scheme",)
    list_filter = ("scheme",)


@admin.register(RegionMember)
class RegionMemberAdmin(ListAdmin):
    key_fields = ("region", "division")
    list_display = ("region", "division", "since_on", "until_on", "source")
    list_select_related = ("region", "division")
    list_filter = ("region__scheme", "is_edited_here")
    search_fields = ("division__code", "division__name_zh", "division__name_en")


@admin.register(Market)
class MarketAdmin(ListAdmin):
    key_fields = ("alpha3",)
    list_display = ("alpha3", "name_zh", "name_en", "region_zh", "until_on")
    list_filter = ("region_zh", "is_edited_here")
    search_fields = ("alpha3", "alpha2", "name_zh", "name_en")


@admin.register(MarketGroup)
class MarketGroupAdmin(ListAdmin):
    list_display = ("code", "name_zh", "name_en", "belt_and_road", "until_on")


@admin.register(MarketGroupMember)
class MarketGroupMemberAdmin(ListAdmin):
    key_fields = ("group", "market")
    list_display = ("group", "market", "since_on", "until_on", "source")
    list_select_related = ("group", "market")
    list_filter = ("group", "is_edited_here")
    search_fields = ("market__alpha3", "market__name_zh", "market__name_en")


@admin.register(ServiceCategory)
class ServiceCategoryAdmin(ListAdmin):
    list_display = ("code", "name_zh", "name_en", "trade_category", "is_digitally_deliverable", "until_on")
    list_filter = ("level", "trade_category", "is_edited_here")
    search_fields = ("code", "name_zh", "name_en")


@admin.register(Currency)
class CurrencyAdmin(ListAdmin):
    list_display = ("code", "name_zh", "name_en", "is_main", "until_on")


@admin.register(Rate)
class RateAdmin(ListAdmin):
    key_fields = ("currency", "month_on")
    list_display = ("currency", "month_on", "usd_per_unit", "cny_per_unit", "source")
    list_select_related = ("currency",)
    list_filter = ("currency", "is_edited_here")
    date_hierarchy = "month_on"


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """Read, and nothing else."""

    list_display = ("list_name", "number", "made_at", "made_by")
    list_filter = ("list_name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("content")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False
