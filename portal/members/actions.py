"""Admitting firms and people. Each act writes the journal."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
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
from portal.members.roles import FirmRole, StaffRole
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
    profile = Profile.objects.create(
        firm=firm, effective_on=effective_on, recorded_at=at, recorded_by=by.key if by else None,
        division=division, size_band=size_band, grade=grade, controller=controller,
    )  # fmt: skip
    after = {"division": division.pk, "size_band": size_band, "grade": grade, "effective_on": effective_on.isoformat()}
    _journal("firm.profile_changed", firm, by, at, after=after)
    return profile


@transaction.atomic
def represent(
    *, user: User, firm: Firm, role: FirmRole, since_on: date, by: User | None, at: datetime
) -> Representation:
    """Let a person act for a firm."""
    if Representation.objects.filter(user=user, firm=firm, until_on__isnull=True).exists():
        raise Refused(_("%(person)s acts for this firm already.") % {"person": user})
    row = Representation.objects.create(user=user, firm=firm, role=role, since_on=since_on)
    _journal("firm.represented", firm, by, at, after={"person": str(user.key), "role": role})
    return row


@transaction.atomic
def end_representation(*, representation: Representation, on: date, by: User | None, at: datetime) -> Representation:
    """End it after a day; from the next one the person sees nothing of the firm."""
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
    row = Appointment.objects.create(user=user, role=role, division=division, since_on=since_on)
    record(
        actor=by.key if by else None, verb="staff.appointed", kind="person", key=user.key, at=at,
        after={"role": role, "division": division.pk if division else ""},
    )  # fmt: skip
    return row


@transaction.atomic
def record_consent(*, firm: Firm, evidence: str, by: User | None, at: datetime) -> Consent:
    """Record that a firm consents to figures from which its own could be inferred."""
    if Consent.objects.filter(firm=firm, withdrawn_at__isnull=True).exists():
        raise Refused(_("A consent of this firm is in force already."))
    row = Consent.objects.create(firm=firm, given_at=at, evidence=evidence)
    _journal("consent.given", firm, by, at, after={"evidence": evidence})
    return row


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User | None, at: datetime) -> Consent:
    """End a consent. Releases made before keep what they published."""
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    _journal("consent.withdrawn", consent.firm, by, at)
    return consent


def _journal(verb: str, firm: Firm, by: User | None, at: datetime, after: dict | None = None) -> None:
    record(
        actor=by.key if by else None, verb=verb, kind="firm", key=firm.credit_code, at=at,
        firm_code=firm.credit_code, after=after or {},
    )  # fmt: skip
