"""Things that commands name by code or address, or a sentence that says what is not there."""

from django.utils.translation import gettext as _

from portal.filings.models.filing import Filing
from portal.filings.models.period import Period
from portal.lib.acts import Refused
from portal.members.access import firm_permissions, may
from portal.members.models import Firm, User
from portal.members.roles import Permission


def firm_named(code: str) -> Firm:
    firm = Firm.objects.filter(credit_code=code.strip().upper()).first()
    if firm is None:
        raise Refused(_("No member has the credit code %(code)s.") % {"code": code})
    return firm


def period_named(code: str) -> Period:
    period = Period.objects.filter(code=code).first()
    if period is None:
        raise Refused(_("There is no period %(period)s.") % {"period": code})
    return period


def person_named(email: str) -> User:
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(_("Nobody signs in as %(email)s.") % {"email": email})
    return person


def filing_of(firm: Firm, period: Period) -> Filing | None:
    return Filing.objects.filter(firm=firm, period=period).select_related("firm", "period").first()


def check_acts_for(person: User, firm: Firm, permission: Permission) -> None:
    """Refused unless the person holds the right by acting for the firm."""
    if permission not in firm_permissions(person, firm):
        raise Refused(_("%(person)s may not do this for %(firm)s.") % {"person": person, "firm": firm})


def check_may(person: User, permission: Permission, firm: Firm | None = None) -> None:
    """Refused unless the person holds the right, over the firm when one is named."""
    if not may(person, permission, firm):
        raise Refused(_("%(person)s may not do this.") % {"person": person})
