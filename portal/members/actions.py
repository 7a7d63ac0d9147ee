"""Admitting firms and people. Each act writes the journal."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members import policies
from portal.members.models import (
    Appointment,
    Consent,
    Firm,
    Grade,
    Profile,
    Representation,
    SizeBand,
    User,
    check_credit_code,
)
from portal.members.roles import DATA_ADMIN_ROLES, FirmRole, StaffRole
from portal.reference.models import Division


@transaction.atomic
def admit_firm(
    *,
    credit_code: str,
    name_zh: str,
    name_en: str,
    division: Division,
    joined_on: date,
    by: User | None,
    at: datetime,
    size_band: str = SizeBand.SMALL,
    grade: str = Grade.MEMBER,
    controller: str = "",
) -> Firm:
    """Make a firm a member, with its first profile. Refused when its credit code is wrong or known."""
    code = credit_code.strip().upper()
    try:
        check_credit_code(code)
    except ValidationError as problem:
        raise Refused(problem.messages[0]) from problem
    if Firm.objects.filter(credit_code=code).exists():
        raise Refused(_("%(code)s is a member already.") % {"code": code})
    firm = Firm.objects.create(credit_code=code, name_zh=name_zh, name_en=name_en, joined_on=joined_on)
    _journal("firm.admitted", firm, by, at, after={"name": name_zh, "joined_on": joined_on.isoformat()})
    change_profile(
        firm=firm, effective_on=joined_on, division=division, size_band=size_band, grade=grade,
        controller=controller, by=by, at=at,
    )  # fmt: skip
    return firm


@transaction.atomic
def change_firm(
    *, firm: Firm, name_zh: str, name_en: str, joined_on: date, left_on: date | None, by: User | None, at: datetime
) -> Firm:
    """Mend what identifies a firm; its credit code stays. What statistics need of it is its profile."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    if left_on and left_on < joined_on:
        raise Refused(_("A firm cannot leave before it joined."))
    wanted = {"name_zh": name_zh, "name_en": name_en, "joined_on": joined_on, "left_on": left_on}
    changed = {name: value for name, value in wanted.items() if getattr(firm, name) != value}
    if not changed:
        return firm
    before = {name: _plain(getattr(firm, name)) for name in changed}
    for name, value in changed.items():
        setattr(firm, name, value)
    firm.save(update_fields=list(changed))
    after = {name: _plain(value) for name, value in changed.items()}
    _journal("firm.changed", firm, by, at, before=before, after=after)
    return firm


@transaction.atomic
def change_profile(
    *,
    firm: Firm,
    effective_on: date,
    division: Division,
    size_band: str,
    grade: str,
    controller: str,
    by: User | None,
    at: datetime,
) -> Profile:
    """Record what is true of a firm from a day on. Earlier profiles stay."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    same_day = firm.profiles.filter(effective_on=effective_on).order_by("-recorded_at", "-pk").first()
    said = (division.pk, size_band, grade, controller)
    if same_day and said == (same_day.division_id, same_day.size_band, same_day.grade, same_day.controller):
        raise Refused(_("This has been recorded already."))
    profile = Profile.objects.create(
        firm=firm, effective_on=effective_on, recorded_at=at, recorded_by=by.key if by else None,
        division=division, size_band=size_band, grade=grade, controller=controller,
    )  # fmt: skip
    after = {
        "division": division.pk, "size_band": size_band, "grade": grade, "controller": controller,
        "effective_on": effective_on.isoformat(),
    }  # fmt: skip
    _journal("firm.profile_changed", firm, by, at, after=after)
    return profile


@transaction.atomic
def invite_person(*, email: str, name: str, by: User | None, at: datetime) -> User:
    """The person with this e-mail address, known or new; a new one has no password before choosing one.

    The journal keeps the person's key and not the address, so that it says nothing once the person is erased.
    """
    address = User.objects.normalize_email(email).strip().lower()
    known = User.objects.filter(email__iexact=address).first()
    if known is not None:
        return known
    user = User.objects.create_user(address, None, name=name.strip())
    record(actor=by.key if by else None, verb="person.invited", kind="person", key=user.key, at=at)
    return user


@transaction.atomic
def change_person(*, user: User, name: str, is_active: bool, by: User, at: datetime) -> User:
    """Mend a name, close an account or open it again. A closed account signs in nowhere."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk and not is_active:
        raise Refused(_("You cannot close your own account."))
    verb = "person.changed"
    if user.is_active != is_active:
        verb = "person.opened" if is_active else "person.closed"
    user.name, user.is_active = name.strip(), is_active
    user.save(update_fields=["name", "is_active"])
    record(actor=by.key, verb=verb, kind="person", key=user.key, at=at)
    return user


@transaction.atomic
def represent(
    *, user: User, firm: Firm, role: FirmRole, since_on: date, by: User | None, at: datetime
) -> Representation:
    """Let a person act for a firm."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if reason := policies.why_not_represent(user, firm, timezone.localdate(at)):
        raise Refused(reason)
    row = Representation.objects.create(user=user, firm=firm, role=role, since_on=since_on)
    _journal("firm.represented", firm, by, at, after={"person": str(user.key), "role": role})
    return row


@transaction.atomic
def end_representation(*, representation: Representation, on: date, by: User | None, at: datetime) -> Representation:
    """End it after a day; from the next one the person sees nothing of the firm."""
    representation = (
        Representation.objects.select_for_update(of=("self",)).select_related("user", "firm").get(pk=representation.pk)
    )
    if reason := policies.why_not_end(representation, on):
        raise Refused(reason)
    representation.until_on = on
    representation.save(update_fields=["until_on"])
    after = {"person": str(representation.user.key), "until_on": on.isoformat()}
    _journal("firm.representation_ended", representation.firm, by, at, after=after)
    return representation


@transaction.atomic
def appoint(
    *, user: User, role: StaffRole, division: Division | None, since_on: date, by: User | None, at: datetime
) -> Appointment:
    """Let a person work for the association, everywhere or in one division."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if reason := policies.why_not_appoint(user, timezone.localdate(at)):
        raise Refused(reason)
    row = Appointment.objects.create(user=user, role=role, division=division, since_on=since_on)
    record(
        actor=by.key if by else None, verb="staff.appointed", kind="person", key=user.key, at=at,
        after={"role": role, "division": division.pk if division else ""},
    )  # fmt: skip
    _open_data_admin(user, timezone.localdate(at))
    return row


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: date, by: User | None, at: datetime) -> Appointment:
    """End it after a day."""
    appointment = Appointment.objects.select_for_update(of=("self",)).select_related("user").get(pk=appointment.pk)
    if appointment.until_on is not None:
        raise Refused(_("This ended on %(day)s already.") % {"day": appointment.until_on.isoformat()})
    if on < appointment.since_on:
        raise Refused(_("It cannot end before it began on %(day)s.") % {"day": appointment.since_on.isoformat()})
    appointment.until_on = on
    appointment.save(update_fields=["until_on"])
    record(
        actor=by.key if by else None, verb="staff.appointment_ended", kind="person", key=appointment.user.key, at=at,
        after={"role": appointment.role, "until_on": on.isoformat()},
    )  # fmt: skip
    _open_data_admin(appointment.user, timezone.localdate(at))
    return appointment


def _open_data_admin(user: User, on: date) -> None:
    """The door of the data admin follows a person's appointments; what is behind it follows them day by day."""
    held = Appointment.objects.filter(user=user, role__in=DATA_ADMIN_ROLES)
    user.is_staff = user.is_superuser or held.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)).exists()
    user.save(update_fields=["is_staff"])


@transaction.atomic
def record_consent(*, firm: Firm, evidence: str, by: User | None, at: datetime) -> Consent:
    """Record that a firm consents to figures from which its own could be inferred."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    if not evidence.strip():
        raise Refused(_("Say where the signed paper is kept."))
    if Consent.objects.filter(firm=firm, withdrawn_at__isnull=True).exists():
        raise Refused(_("A consent of this firm is in force already."))
    row = Consent.objects.create(firm=firm, given_at=at, evidence=evidence.strip())
    _journal("consent.given", firm, by, at, after={"evidence": row.evidence})
    return row


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User | None, at: datetime) -> Consent:
    """End a consent. Releases made before keep what they published."""
    consent = Consent.objects.select_for_update(of=("self",)).select_related("firm").get(pk=consent.pk)
    if reason := policies.why_not_withdraw_consent(consent):
        raise Refused(reason)
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    _journal("consent.withdrawn", consent.firm, by, at)
    return consent


def _plain(value: object) -> object:
    """A value as the journal keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _journal(
    verb: str, firm: Firm, by: User | None, at: datetime, after: dict | None = None, before: dict | None = None
) -> None:
    record(
        actor=by.key if by else None, verb=verb, kind="firm", key=firm.credit_code, at=at,
        firm_code=firm.credit_code, before=before, after=after,
    )  # fmt: skip
