"""Invitations: a link in a letter opens one role in one firm, for one address and two weeks."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.members import policies
from portal.members.actions.entries import journal_firm
from portal.members.actions.people import invite_person
from portal.members.actions.team import close_representation, represent
from portal.members.models import Firm, Invitation, Representation, User
from portal.members.roles import FirmRole

OPEN_FOR = timedelta(days=14)


def digest_of(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    firm: Firm,
    email: str,
    name: str,
    role: FirmRole,
    by: User,
    at: datetime,
    takes_over: Representation | None = None,
) -> tuple[Invitation, str]:
    """An invitation and the token of its link, which exists nowhere else.

    `takes_over`: the owner whose place the person takes; that role is closed when the invitation is accepted.
    """
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    address = User.objects.normalize_email(email).strip().lower()
    if reason := policies.why_not_invite(firm, address, timezone.localdate(at)):
        raise Refused(reason)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        firm=firm, email=address, name=name.strip(), role=role, token_sha256=digest_of(token), invited_at=at,
        invited_by=by.key, expires_at=at + OPEN_FOR, takes_over=takes_over,
    )  # fmt: skip
    _journal("firm.invited", invitation, by, at)
    return invitation, token


@transaction.atomic
def invite_again(*, invitation: Invitation, by: User, at: datetime) -> tuple[Invitation, str]:
    """A new link, open for two weeks from now; the earlier one opens nothing any more."""
    invitation = _locked(invitation)
    if reason := policies.why_not_use(invitation):
        raise Refused(reason)
    token = secrets.token_urlsafe(32)
    invitation.token_sha256, invitation.expires_at = digest_of(token), at + OPEN_FOR
    invitation.save(update_fields=["token_sha256", "expires_at"])
    _journal("firm.invited_again", invitation, by, at)
    return invitation, token


@transaction.atomic
def take_back(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    invitation = _locked(invitation)
    if reason := policies.why_not_use(invitation):
        raise Refused(reason)
    invitation.cancelled_at = at
    invitation.save(update_fields=["cancelled_at"])
    _journal("firm.invitation_taken_back", invitation, by, at)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, at: datetime) -> Representation:
    """The person with the invited address takes the role; where it hands an ownership over, the other one ends."""
    invitation = _locked(invitation)
    if reason := policies.why_not_accept(invitation, at):
        raise Refused(reason)
    if user.email.lower() != invitation.email.lower():
        raise Refused(_("This invitation is for another address. Sign in with the account that it was sent to."))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    row = represent(
        user=user, firm=invitation.firm, role=FirmRole(invitation.role), since_on=timezone.localdate(at), by=user, at=at
    )
    _journal("firm.invitation_accepted", invitation, user, at)
    former = invitation.takes_over
    if former and former.until_on is None:
        close_representation(representation=former, by=user, at=at)
    return row


@transaction.atomic
def claim(*, invitation: Invitation, name: str, password: str, at: datetime) -> User:
    """Somebody without an account accepts, with a name and a password of their own."""
    invitation = _locked(invitation)
    if reason := policies.why_not_accept(invitation, at):
        raise Refused(reason)
    user = invite_person(email=invitation.email, name=name, by=None, at=at)
    if user.has_usable_password():
        raise Refused(_("This address has an account already: sign in and accept there."))
    user.name = name.strip()
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    accept_invitation(invitation=invitation, user=user, at=at)
    return user


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("firm", "takes_over")
    return rows.get(pk=invitation.pk)


def _journal(verb: str, invitation: Invitation, by: User, at: datetime) -> None:
    """By number: the address is the person's."""
    journal_firm(verb, invitation.firm, by, at, after={"invitation": invitation.pk, "role": invitation.role})
