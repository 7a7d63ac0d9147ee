"""Firms, the people who act for them, and the people who work for the association."""

from portal.members.models.firms import Consent, Firm, FirmEvent, Grade, Profile, SizeBand, check_credit_code
from portal.members.models.joining import Application, Dues, Invitation, Paper, Term
from portal.members.models.people import (
    FIRM_ROLE_LABELS,
    STAFF_ROLE_LABELS,
    Appointment,
    Representation,
    User,
    UserManager,
    choices,
)

__all__ = [
    "FIRM_ROLE_LABELS", "STAFF_ROLE_LABELS", "Application", "Appointment", "Consent", "Dues", "Firm", "FirmEvent",
    "Grade", "Invitation", "Paper", "Profile", "Representation", "SizeBand", "Term", "User", "UserManager",
    "check_credit_code", "choices",
]  # fmt: skip
