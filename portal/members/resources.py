"""Members as tables of the admin's import and export. Rows are saved by the same acts as at the desk."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import tablib
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export import fields
from import_export.widgets import CharWidget, DateWidget, Widget

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.actions import admit_firm, change_firm, change_profile, invite_person, represent
from portal.members.models import Firm, Grade, Profile, Representation, SizeBand, User
from portal.members.roles import FirmRole
from portal.reference.models import Division
from portal.reference.resources import CodeWidget
from portal.ui.exchange import ExchangeResource

DEFAULTS = {"division": None, "size_band": SizeBand.SMALL.value, "grade": Grade.MEMBER.value, "controller": ""}
PROFILE = tuple(DEFAULTS)
FIRM = ("credit_code", "name_zh", "name_en", "joined_on", "left_on")
PERSON = ("email", "name", "firm", "role", "since_on", "until_on")


class ChoiceWidget(Widget):
    """One of a list of words; an empty cell takes the default."""

    def __init__(self, choices: Iterable[str], default: str = ""):
        super().__init__()
        self.words, self.default = list(choices), default

    def clean(self, value: object, row: object = None, **kwargs: object) -> str:
        word = str(value or "").strip() or self.default
        if word not in self.words:
            raise ValueError(_("“%(word)s” is none of: %(words)s.") % {"word": word, "words": ", ".join(self.words)})
        return word


class CodeTextWidget(Widget):
    """A code in capitals, without blanks around it."""

    def clean(self, value: object, row: object = None, **kwargs: object) -> str:
        return str(value or "").strip().upper()


class FirmWidget(Widget):
    """A firm named by its credit code."""

    def clean(self, value: object, row: object = None, **kwargs: object) -> Firm:
        code = str(value or "").strip().upper()
        firm = Firm.objects.filter(credit_code=code).first()
        if firm is None:
            raise ValueError(_("No member has the credit code %(code)s.") % {"code": code})
        return firm

    def render(self, value: Firm | None, obj: object = None, **kwargs: object) -> str:
        return value.credit_code if value else ""


class EmailWidget(Widget):
    def clean(self, value: object, row: object = None, **kwargs: object) -> str:
        address = str(value or "").strip().lower()
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error
        return address


def day(column: str) -> fields.Field:
    return fields.Field(column_name=column, attribute=column, widget=DateWidget(format="%Y-%m-%d"))


def acted(act: Callable[[], models.Model]) -> models.Model:
    """Do the act of one row; a refusal becomes that row's error."""
    try:
        with transaction.atomic():
            return act()
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal


class ActResource(ExchangeResource):
    """Rows that are saved by an act of `by`: the person who imports."""

    by: User | None = None

    def before_import(self, dataset: tablib.Dataset, **kwargs: object) -> None:
        super().before_import(dataset, **kwargs)
        self.by = kwargs.get("user")


class FirmResource(ActResource):
    """The member register: a firm's record, and its profile, true from the day of the import unless it is new."""

    joined_on, left_on = day("joined_on"), day("left_on")
    credit_code = fields.Field("credit_code", "credit_code", widget=CodeTextWidget())
    division = fields.Field("division", "division", widget=CodeWidget(Division))
    size_band = fields.Field("size_band", "size_band", widget=ChoiceWidget(SizeBand.values, SizeBand.SMALL))
    grade = fields.Field("grade", "grade", widget=ChoiceWidget(Grade.values, Grade.MEMBER))
    controller = fields.Field("controller", "controller", widget=CharWidget())

    class Meta(ExchangeResource.Meta):
        model = Firm
        fields = (*FIRM, *PROFILE)
        import_order = export_order = (*FIRM, *PROFILE)
        import_id_fields = ("credit_code",)

    def get_instance(self, instance_loader: object, row: dict) -> Firm | None:
        code = str(row.get("credit_code") or "").strip().upper()
        firm = Firm.objects.filter(credit_code=code).first()
        return _with_profile(firm, _profiles([firm]).get(firm.pk)) if firm else None

    def init_instance(self, row: dict | None = None) -> Firm:
        return _with_profile(Firm(), None)

    def do_instance_save(self, instance: Firm, is_create: bool) -> None:
        if instance.division is None:
            raise ValidationError(_("Say where the firm is registered (division, six digits)."))
        if is_create:
            instance.pk = acted(lambda: self._admit(instance)).pk
            instance._state.adding = False
            return
        stored = Firm.objects.get(pk=instance.pk)
        profile = _profiles([stored]).get(stored.pk)
        acted(lambda: self._change(stored, instance))
        if profile is None or any(getattr(profile, name) != getattr(instance, name) for name in PROFILE):
            acted(lambda: self._reprofile(stored, instance, clock.today()))

    def _admit(self, typed: Firm) -> Firm:
        values = {name: getattr(typed, name) for name in ("credit_code", "name_zh", "name_en", "joined_on", *PROFILE)}
        firm = admit_firm(by=self.by, at=clock.now(), **values)
        return self._change(firm, typed) if typed.left_on else firm

    def _change(self, firm: Firm, typed: Firm) -> Firm:
        values = {name: getattr(typed, name) for name in ("name_zh", "name_en", "joined_on", "left_on")}
        return change_firm(firm=firm, by=self.by, at=clock.now(), **values)

    def _reprofile(self, firm: Firm, typed: Firm, on: date) -> Profile:
        values = {name: getattr(typed, name) for name in PROFILE}
        return change_profile(firm=firm, effective_on=on, by=self.by, at=clock.now(), **values)

    def iter_queryset(self, queryset: QuerySet[Firm]) -> Iterator[Firm]:
        """Two queries, whatever the number of firms."""
        firms = list(queryset)
        profiles = _profiles(firms)
        yield from (_with_profile(firm, profiles.get(firm.pk)) for firm in firms)


def _profiles(firms: list[Firm]) -> dict[int, Profile]:
    """The profiles in force today, by firm."""
    rows = Profile.objects.filter(firm__in=[firm.pk for firm in firms], effective_on__lte=clock.today())
    rows = rows.select_related("division").order_by("effective_on", "recorded_at", "pk")
    return {row.firm_id: row for row in rows}


def _with_profile(firm: Firm, profile: Profile | None) -> Firm:
    """The firm as a row of the file: what is true of it now stands beside what identifies it."""
    for name, default in DEFAULTS.items():
        setattr(firm, name, getattr(profile, name, default))
    return firm


class RepresentationResource(ActResource):
    """People and the firms that they act for. Somebody unknown gets an account without a password, and chooses one
    by the link on the sign-in page."""

    email = fields.Field("email", "email", widget=EmailWidget())
    name = fields.Field("name", "name", widget=CharWidget())
    firm = fields.Field("firm", "firm", widget=FirmWidget())
    role = fields.Field("role", "role", widget=ChoiceWidget([role.value for role in FirmRole]))
    since_on, until_on = day("since_on"), day("until_on")

    class Meta(ExchangeResource.Meta):
        model = Representation
        fields = PERSON
        import_order = export_order = PERSON
        import_id_fields = ("email", "firm")
        # The person may not exist before the row is saved: the acts check what has to be checked.
        clean_model_instances = False

    def before_import(self, dataset: tablib.Dataset, **kwargs: object) -> None:
        super().before_import(dataset, **kwargs)
        if "until_on" in (dataset.headers or []) and any(dataset["until_on"]):
            raise ValidationError(_("Roles are ended at the desk, not by a file: leave until_on empty."))

    def get_instance(self, instance_loader: object, row: dict) -> Representation | None:
        rows = Representation.objects.filter(until_on__isnull=True).select_related("user", "firm")
        found = rows.filter(
            user__email__iexact=str(row.get("email") or "").strip(),
            firm__credit_code=str(row.get("firm") or "").strip().upper(),
        ).first()
        return _with_person(found) if found else None

    def skip_row(
        self,
        instance: Representation,
        original: Representation,
        row: dict,
        import_validation_errors: dict | None = None,
    ) -> bool:
        if instance.pk and not import_validation_errors and instance.role != original.role:
            raise ValidationError(
                _("This person acts for the firm already, in another role. End it at the desk first.")
            )
        return bool(instance.pk) and not import_validation_errors

    def do_instance_save(self, instance: Representation, is_create: bool) -> None:
        instance.pk = acted(lambda: self._let_act(instance)).pk
        instance._state.adding = False

    def _let_act(self, typed: Representation) -> Representation:
        at = clock.now()
        user = invite_person(email=typed.email, name=typed.name or "", by=self.by, at=at)
        typed.user = user
        since_on = typed.since_on or clock.today()
        return represent(user=user, firm=typed.firm, role=FirmRole(typed.role), since_on=since_on, by=self.by, at=at)

    def iter_queryset(self, queryset: QuerySet[Representation]) -> Iterator[Representation]:
        yield from (_with_person(row) for row in queryset.select_related("user", "firm"))


def _with_person(row: Representation) -> Representation:
    row.email, row.name = row.user.email, row.user.name
    return row
