"""Firms and people as tables, for administrators. Whatever is saved here goes through the acts of members.actions."""

from collections.abc import Mapping

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.resources import ModelResource

from portal.journal.actions import record
from portal.lib import clock
from portal.members.actions import appoint, change_firm, change_person, end_appointment, invite_person
from portal.members.models import Appointment, Consent, Dues, Firm, Profile, Representation, Term, User
from portal.members.policies import why_not_appoint
from portal.members.resources import FirmResource, RepresentationResource
from portal.members.resources_standing import DuesResource, TermResource
from portal.members.roles import StaffRole
from portal.ui.exchange import ExchangeAdmin

# One door for everybody: attempts are counted there, and the second step is asked for.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = gettext_lazy("Data admin")
# Rights come from appointments; groups would be a second truth.
admin.site.unregister(Group)


class Kept:
    """Rows that are never deleted here."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnly(Kept):
    """Rows that are looked at here and changed at the desk."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class MemberAdmin(Kept, ExchangeAdmin):
    """Members come in by a file, with a preview; each row is saved by its own act."""

    resource: type[ModelResource]

    def get_resource_classes(self, request: HttpRequest) -> list[type[ModelResource]]:
        return [self.resource]

    def imported(self, request: HttpRequest, *, file_name: str, counts: Mapping[str, int]) -> None:
        after = {"file": file_name, **counts}
        kind = self.model._meta.model_name
        record(actor=request.user.key, verb="member.imported", kind=kind, key="", at=clock.now(), after=after)


class ProfileInline(ReadOnly, admin.TabularInline):
    model = Profile
    fields = readonly_fields = ("effective_on", "division", "size_band", "grade", "controller", "recorded_at")
    ordering = ("-effective_on", "-recorded_at")


@admin.register(Firm)
class FirmAdmin(MemberAdmin):
    """New firms come by a file or at the desk, where their first profile is asked for too."""

    resource = FirmResource
    list_display = ("credit_code", "name_zh", "name_en", "joined_on", "left_on")
    search_fields = ("credit_code", "name_zh", "name_en")
    readonly_fields = ("credit_code",)
    fields = ("credit_code", "name_zh", "name_en", "joined_on", "left_on")
    inlines = (ProfileInline,)
    list_per_page = 50

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Firm, form: forms.ModelForm, change: bool) -> None:
        values = {name: getattr(obj, name) for name in ("name_zh", "name_en", "joined_on", "left_on")}
        change_firm(firm=obj, by=request.user, at=clock.now(), **values)


@admin.register(User)
class UserAdmin(Kept, admin.ModelAdmin):
    """People. Passwords and addresses are their own: nobody sets them for somebody else."""

    list_display = ("email", "name", "is_active", "is_staff", "joined_at")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    readonly_fields = ("key", "is_staff", "joined_at")
    fields = ("email", "name", "is_active", "is_staff", "key", "joined_at")
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "email") if obj else (*self.readonly_fields, "is_active")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's account is changed by superusers alone."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if change:
            change_person(user=obj, name=obj.name, is_active=obj.is_active, by=request.user, at=clock.now())
        else:
            made = invite_person(email=obj.email, name=obj.name, by=request.user, at=clock.now())
            obj.pk, obj.key = made.pk, made.key
            messages.info(request, _("The person chooses a password by the link “Forgotten password” at sign-in."))


@admin.register(Representation)
class RepresentationAdmin(ReadOnly, MemberAdmin):
    """Who acts for which firm: looked up and imported here, given and ended at the desk."""

    resource = RepresentationResource
    list_display = ("user", "firm", "role", "since_on", "until_on")
    list_select_related = ("user", "firm")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name", "firm__credit_code", "firm__name_zh")
    list_per_page = 50

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.add_representation")


class StandingAdmin(ReadOnly, MemberAdmin):
    """Rows that are looked at and imported here, and recorded one by one at the desk."""

    search_fields = ("firm__credit_code", "firm__name_zh")
    list_select_related = ("firm", "replaced_by")
    list_per_page = 50

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.add_term")


@admin.register(Term)
class TermAdmin(StandingAdmin):
    resource = TermResource
    list_display = ("firm", "grade", "from_on", "until_on", "recorded_at")


@admin.register(Dues)
class DuesAdmin(StandingAdmin):
    resource = DuesResource
    list_display = ("firm", "from_on", "until_on", "amount_cents", "paid_on", "receipt_number", "recorded_at")


class AppointmentForm(forms.ModelForm):
    def clean(self) -> dict:
        cleaned = super().clean()
        user = cleaned.get("user")
        if user and (reason := why_not_appoint(user, clock.today())):
            self.add_error("user", reason)
        since, until = cleaned.get("since_on") or self.instance.since_on, cleaned.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", _("It cannot end before it began on %(day)s.") % {"day": since.isoformat()})
        return cleaned


@admin.register(Appointment)
class AppointmentAdmin(Kept, admin.ModelAdmin):
    """Who works for the association, as what and where. An appointment is made here, and ended, never rewritten."""

    form = AppointmentForm
    list_display = ("user", "role", "division", "since_on", "until_on")
    list_select_related = ("user", "division")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name")
    autocomplete_fields = ("user", "division")
    fields = ("user", "role", "division", "since_on", "until_on")

    def get_readonly_fields(self, request: HttpRequest, obj: Appointment | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("until_on",)
        return self.fields if obj.until_on else ("user", "role", "division", "since_on")

    def save_model(self, request: HttpRequest, obj: Appointment, form: forms.ModelForm, change: bool) -> None:
        at = clock.now()
        if not change:
            made = appoint(
                user=obj.user, role=StaffRole(obj.role), division=obj.division, since_on=obj.since_on, by=request.user,
                at=at,
            )  # fmt: skip
            obj.pk = made.pk
        elif "until_on" in form.changed_data and obj.until_on:
            end_appointment(appointment=obj, on=obj.until_on, by=request.user, at=at)


@admin.register(Consent)
class ConsentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("firm", "given_at", "withdrawn_at", "evidence")
    list_select_related = ("firm",)
    search_fields = ("firm__credit_code", "firm__name_zh")
