"""May it happen now? Each answer is None, or a sentence that says why not."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.members.models import (
    Application,
    Appointment,
    Consent,
    Dues,
    Firm,
    Invitation,
    Representation,
    Term,
    User,
)
from portal.members.roles import FIRM_PERMISSIONS, FirmRole, Permission


def _not_over(on: date) -> Q:
    return Q(until_on__isnull=True) | Q(until_on__gte=on)


def why_not_represent(user: User, firm: Firm, on: date) -> str | None:
    """Nobody files figures and reviews them: staff act for no firm."""
    if not user.is_active:
        return _("The account of %(person)s is closed.") % {"person": user}
    if Appointment.objects.filter(_not_over(on), user=user).exists():
        return _("%(person)s works for the association and cannot act for a firm.") % {"person": user}
    if Representation.objects.filter(user=user, firm=firm, until_on__isnull=True).exists():
        return _("%(person)s acts for this firm already.") % {"person": user}
    return None


def why_not_appoint(user: User, on: date) -> str | None:
    if Representation.objects.filter(_not_over(on), user=user, ended_at__isnull=True).exists():
        return _("%(person)s acts for a firm and cannot work for the association.") % {"person": user}
    return None


def why_not_end(representation: Representation, on: date) -> str | None:
    if representation.until_on is not None:
        return _("This ended on %(day)s already.") % {"day": representation.until_on.isoformat()}
    if on < representation.since_on:
        return _("It cannot end before it began on %(day)s.") % {"day": representation.since_on.isoformat()}
    return None


def why_not_withdraw_consent(consent: Consent) -> str | None:
    return _("This consent has been withdrawn already.") if consent.withdrawn_at else None


# ── The team of a firm ───────────────────────────────────────────────────────────────────────────


def team(firm: Firm) -> QuerySet[Representation]:
    """Whoever acts for the firm until further notice, with an account that is open."""
    return Representation.objects.filter(firm=firm, until_on__isnull=True, user__is_active=True)


def why_not_close(representation: Representation, on: date) -> str | None:
    over = representation.until_on is not None and representation.until_on < on
    if over or representation.ended_at:
        return _("This ended on %(day)s already.") % {"day": representation.until_on.isoformat()}
    return None


def why_not_leave(representation: Representation, by: User | None) -> str | None:
    """A firm is never left without an owner. Only the association may close the last one, when it has invited the
    next: an owner who is gone hands nothing over any more."""
    firm = representation.firm
    if representation.role != FirmRole.OWNER or representation.until_on is not None:
        return None
    if team(firm).filter(role=FirmRole.OWNER).exclude(pk=representation.pk).exists():
        return None
    person = {"person": representation.user}
    if by is not None and Representation.objects.filter(user=by, firm=firm).exists():
        return _("%(person)s is the firm's only owner. Hand the ownership over first.") % person
    if open_invitations(firm).filter(role=FirmRole.OWNER).exists():
        return None
    return _("%(person)s is the firm's only owner. Invite the next owner first.") % person


def why_not_change_role(representation: Representation, role: FirmRole) -> str | None:
    if representation.role == role:
        return _("%(person)s has this role already.") % {"person": representation.user}
    return None


def why_not_hand_over(owner: Representation, to: Representation, stays_as: FirmRole | None, on: date) -> str | None:
    if reason := why_not_close(owner, on) or why_not_close(to, on):
        return reason
    if owner.role != FirmRole.OWNER:
        return _("%(person)s does not own the firm's account.") % {"person": owner.user}
    if to.firm_id != owner.firm_id or to.user_id == owner.user_id or to.role == FirmRole.OWNER:
        return _("Choose somebody else of the team.")
    if not to.user.is_active:
        return _("The account of %(person)s is closed.") % {"person": to.user}
    if stays_as == FirmRole.OWNER:
        return _("Who hands over does not stay owner.")
    return None


def why_not_need_certifier(firm: Firm) -> str | None:
    """Two people sign where one of the team may file and another may certify."""
    rights = [(row.user_id, FIRM_PERMISSIONS[FirmRole(row.role)]) for row in team(firm)]
    files = {person for person, held in rights if Permission.FILING_EDIT in held}
    certifies = {person for person, held in rights if Permission.FILING_CERTIFY in held}
    if any(one != other for one in files for other in certifies):
        return None
    return _("Two people have to sign then: invite somebody who files, or somebody who certifies, first.")


# ── Invitations ──────────────────────────────────────────────────────────────────────────────────


def open_invitations(firm: Firm) -> QuerySet[Invitation]:
    """Neither accepted nor taken back; they may have run out."""
    return Invitation.objects.filter(firm=firm, accepted_at__isnull=True, cancelled_at__isnull=True)


def why_not_invite(firm: Firm, email: str, on: date) -> str | None:
    known = User.objects.filter(email__iexact=email).first()
    if known and (reason := why_not_represent(known, firm, on)):
        return reason
    if open_invitations(firm).filter(email__iexact=email).exists():
        return _("%(email)s has an open invitation already: send it again, or take it back.") % {"email": email}
    return None


def why_not_use(invitation: Invitation) -> str | None:
    """Whether an invitation can still be sent again or taken back."""
    if invitation.accepted_at:
        return _("This invitation has been accepted.")
    if invitation.cancelled_at:
        return _("This invitation has been taken back.")
    return None


def why_not_accept(invitation: Invitation, at: datetime) -> str | None:
    if reason := why_not_use(invitation):
        return reason
    if at >= invitation.expires_at:
        return _("This invitation has run out. Ask for a new one.")
    return None


# ── Joining ──────────────────────────────────────────────────────────────────────────────────────


def why_not_apply(credit_code: str) -> str | None:
    firm = Firm.objects.filter(credit_code=credit_code).first()
    if firm and firm.left_on:
        return _("This firm has been a member before. Please contact the association: its record is opened again.")
    if firm:
        return _("This firm is a member already. Ask its owner for an invitation, or contact the association.")
    if Application.objects.filter(credit_code=credit_code, state=Application.State.RECEIVED).exists():
        return _(
            "An application of this firm is being looked at. Its address was sent to the contact person by e-mail."
        )
    return None


def why_not_answer(application: Application) -> str | None:
    if application.state == Application.State.RECEIVED:
        return None
    return _("This application has been answered already.")


# ── Terms and dues ───────────────────────────────────────────────────────────────────────────────


def why_not_record_term(
    firm: Firm, grade: str, from_on: date, until_on: date | None, replaces: Term | None
) -> str | None:
    if until_on and until_on < from_on:
        return _("A period cannot end before it begins.")
    if replaces and (replaces.firm_id != firm.pk or Term.objects.filter(replaces=replaces).exists()):
        return _("This row has been replaced already.")
    if replaces and (grade, from_on, until_on) == (replaces.grade, replaces.from_on, replaces.until_on):
        return _("This has been recorded already.")
    standing = Term.objects.filter(firm=firm, replaced_by__isnull=True).exclude(pk=replaces.pk if replaces else None)
    for term in standing:
        ends_by_itself = term.until_on is None and term.from_on < from_on
        if not ends_by_itself and _overlap(term.from_on, term.until_on, from_on, until_on):
            return _("It overlaps the term from %(day)s. Correct that one instead.") % {"day": term.from_on.isoformat()}
    return None


def _overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    return (other_until is None or since <= other_until) and (until is None or other_since <= until)


def why_not_record_dues(row: Dues) -> str | None:
    if row.until_on < row.from_on:
        return _("A period cannot end before it begins.")
    if row.replaces and (row.replaces.firm_id != row.firm_id or Dues.objects.filter(replaces=row.replaces).exists()):
        return _("This row has been replaced already.")
    same = {name: getattr(row, name) for name in ("from_on", "until_on", "amount_cents", "paid_on", "receipt_number")}
    if row.replaces and row.note != row.replaces.note:
        return None
    if Dues.objects.filter(firm=row.firm, replaced_by__isnull=True, **same).exists():
        return _("This has been recorded already.")
    return None


# ── What becomes of a firm ───────────────────────────────────────────────────────────────────────


def why_not_rename(firm: Firm, name_zh: str, name_en: str, on: date, today: date) -> str | None:
    if (name_zh, name_en) == (firm.name_zh, firm.name_en):
        return _("This is its name already.")
    if on > today:
        return _("A name is recorded once it is in force: the day cannot lie ahead.")
    return why_not_happen(firm, on)


def why_not_happen(firm: Firm, on: date) -> str | None:
    if on < firm.joined_on:
        return _("It cannot happen before the firm joined on %(day)s.") % {"day": firm.joined_on.isoformat()}
    if firm.left_on and on > firm.left_on:
        return _("It cannot happen after the firm left on %(day)s.") % {"day": firm.left_on.isoformat()}
    return None


def why_not_merge(firm: Firm, into: Firm, on: date) -> str | None:
    if firm.pk == into.pk:
        return _("A firm is not merged into itself.")
    if firm.left_on:
        return _("%(firm)s left on %(day)s already.") % {"firm": firm, "day": firm.left_on.isoformat()}
    if into.left_on and into.left_on <= on:
        return _("%(firm)s is no member on that day.") % {"firm": into}
    return why_not_happen(firm, on) or why_not_happen(into, on)


# ── Erasing a person ─────────────────────────────────────────────────────────────────────────────


def why_not_erase(user: User, by: User, on: date) -> str | None:
    if user.erased_at:
        return _("This person has been erased already.")
    if user.pk == by.pk:
        return _("You cannot erase yourself.")
    if user.is_superuser:
        return _("This account keeps the portal itself and cannot be erased here.")
    if Representation.objects.filter(_not_over(on), user=user, ended_at__isnull=True).exists():
        return _("%(person)s still acts for a firm: end that first.") % {"person": user}
    if Appointment.objects.filter(_not_over(on), user=user).exists():
        return _("%(person)s still works for the association: end that first.") % {"person": user}
    if Application.objects.filter(contact_email__iexact=user.email, state=Application.State.RECEIVED).exists():
        return _("An application that waits for a decision names %(person)s: decide on it first.") % {"person": user}
    return None
