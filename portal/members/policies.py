"""May it happen now? Each answer is None, or a sentence that says why not."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.members.models import Appointment, Consent, Firm, Representation, User


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
    if Representation.objects.filter(_not_over(on), user=user).exists():
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
