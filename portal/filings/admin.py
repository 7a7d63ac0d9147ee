"""Periods in the data admin, for their windows of accepted dates. The ledger itself is not there: no figure of a firm
can be changed in the admin by anybody."""

from datetime import date

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.filings.actions.periods import change_windows
from portal.filings.models.period import Period, Window
from portal.filings.policies import why_not_set_windows
from portal.lib import clock


class WindowFormSet(forms.BaseInlineFormSet):
    def windows(self) -> list[tuple[date | None, date]]:
        """What would stand after saving, as (filed until, accepts from)."""
        rows = [row.cleaned_data for row in self.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        return [(row["filed_until_on"], row["accepts_from_on"]) for row in rows if "accepts_from_on" in row]

    def clean(self) -> None:
        super().clean()
        if not any(self.errors) and (reason := why_not_set_windows(self.windows())):
            raise ValidationError(reason)


class WindowInline(admin.TabularInline):
    model = Window
    formset = WindowFormSet
    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Window | None = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(Period)
class PeriodAdmin(admin.ModelAdmin):
    """The dates are changed at the desk; the windows here, all at once, and journalled."""

    list_display = ("code", "opens_on", "due_on", "locks_on")
    readonly_fields = ("code", "first_on", "last_on", "opens_on", "due_on", "locks_on")
    inlines = (WindowInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Period]:
        return super().get_queryset(request).order_by("-first_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Period | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Period, form: forms.ModelForm, change: bool) -> None:
        """Nothing: what can be changed here are the windows."""

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: WindowFormSet, change: bool) -> None:
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if formset.has_changed():
            change_windows(period=form.instance, windows=formset.windows(), by=request.user, at=clock.now())
