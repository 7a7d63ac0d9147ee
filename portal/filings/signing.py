"""Who signs, and when: policies of firms that sign with one signature, and of those that sign with two."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.filings.models.filing import Version
from portal.filings.policies import why_not_submit
from portal.members.access import firm_permissions
from portal.members.models import Firm, User
from portal.members.roles import FIRM_PERMISSIONS, Permission


def certifiers_of(firm: Firm, on: date, *, but: User | None = None) -> QuerySet[User]:
    """Who may certify for a firm on a day; `but` leaves out the one who files."""
    roles = [role for role, rights in FIRM_PERMISSIONS.items() if Permission.FILING_CERTIFY in rights]
    running = Q(representations__until_on__isnull=True) | Q(representations__until_on__gte=on)
    people = User.objects.filter(
        running,
        is_active=True,
        representations__firm=firm,
        representations__role__in=roles,
        representations__since_on__lte=on,
    )
    return (people.exclude(pk=but.pk) if but else people).distinct().order_by("name", "email")


def needs_two(version: Version) -> bool:
    """Whether the version takes two signatures; one that waits for its second keeps to that."""
    return version.firm.needs_certifier or version.filed_at is not None


def why_not_file(version: Version, by: User, on: date) -> str | None:
    """For the first of two signatures."""
    if not version.firm.needs_certifier:
        return _("One signature is enough for this firm: submit the filing at once.")
    if version.filed_at is not None:
        return _("This filing waits for its certifier already.")
    if reason := why_not_submit(version, on):
        return reason
    if not certifiers_of(version.firm, on, but=by).exists():
        return _("Nobody but you may certify for this firm. Its owner names a certifier under Team.")
    return None


def why_not_certify(version: Version, by: User) -> str | None:
    """For the signature that submits: anybody's where one is enough, or else another person's."""
    if not needs_two(version):
        return None
    if version.filed_at is None:
        return _("Two people sign for this firm: one files, and then another one certifies.")
    return _why_not_second(version, by)


def why_not_amend(version: Version, by: User) -> str | None:
    """For an answer that changes a figure of what was submitted: it is handed in at once, so whoever sends it must be
    one who could certify it."""
    if not needs_two(version) or Permission.FILING_CERTIFY in firm_permissions(by, version.firm):
        return None
    return _("Two people sign for this firm: answer in words, or let its owner send the new value.")


def why_not_send_back(version: Version, by: User) -> str | None:
    return why_not_take_back(version) or _why_not_second(version, by)


def why_not_take_back(version: Version) -> str | None:
    if version.filed_at is not None and version.submitted_at is None:
        return None
    return _("This filing does not wait for a certifier.")


def _why_not_second(version: Version, by: User) -> str | None:
    if version.filed_by == by.key:
        return _("You filed this yourself. Another person has to certify it.")
    if Permission.FILING_CERTIFY not in firm_permissions(by, version.firm):
        return _("Only the owner or a certifier of the firm can certify.")
    return None
