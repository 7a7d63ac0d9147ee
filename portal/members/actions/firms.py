"""Firms: admitted, corrected, and their consents."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.members import policies
from portal.members.actions.entries import journal_firm, plain
from portal.members.actions.standing import add_first_term, change_profile, close_terms
from portal.members.models import Consent, Firm, Grade, SizeBand, User, check_credit_code
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
    member_until: date | None = None,
) -> Firm:
    """Make a firm a member, with its first profile and term. Refused when its credit code is wrong or known."""
    code = credit_code.strip().upper()
    try:
        check_credit_code(code)
    except ValidationError as problem:
        raise Refused(problem.messages[0]) from problem
    if Firm.objects.filter(credit_code=code).exists():
        raise Refused(_("%(code)s is a member already.") % {"code": code})
    firm = Firm.objects.create(credit_code=code, name_zh=name_zh, name_en=name_en, joined_on=joined_on)
    journal_firm("firm.admitted", firm, by, at, after={"name": name_zh, "joined_on": joined_on.isoformat()})
    add_first_term(firm, grade, joined_on, member_until, by, at)
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
    before = {name: plain(getattr(firm, name)) for name in changed}
    for name, value in changed.items():
        setattr(firm, name, value)
    firm.save(update_fields=list(changed))
    if changed.get("left_on"):
        close_terms(firm, left_on, by, at)
    after = {name: plain(value) for name, value in changed.items()}
    journal_firm("firm.changed", firm, by, at, before=before, after=after)
    return firm


@transaction.atomic
def record_consent(*, firm: Firm, evidence: str, by: User | None, at: datetime) -> Consent:
    """Record that a firm consents to figures from which its own could be inferred."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    if not evidence.strip():
        raise Refused(_("Say where the signed paper is kept."))
    if Consent.objects.filter(firm=firm, withdrawn_at__isnull=True).exists():
        raise Refused(_("A consent of this firm is in force already."))
    row = Consent.objects.create(firm=firm, given_at=at, evidence=evidence.strip())
    journal_firm("consent.given", firm, by, at, after={"evidence": row.evidence})
    return row


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User | None, at: datetime) -> Consent:
    """End a consent. Releases made before keep what they published."""
    consent = Consent.objects.select_for_update(of=("self",)).select_related("firm").get(pk=consent.pk)
    if reason := policies.why_not_withdraw_consent(consent):
        raise Refused(reason)
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    journal_firm("consent.withdrawn", consent.firm, by, at)
    return consent
