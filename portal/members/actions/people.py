"""People: their accounts, and what they do for the association."""

import uuid
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members import policies
from portal.members.access import appointments, representations
from portal.members.actions.entries import journal_person
from portal.members.models import Application, Appointment, Invitation, Representation, User
from portal.members.roles import DATA_ADMIN_ROLES, StaffRole
from portal.reference.models import Division


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
def erase_person(*, user: User, by: User, at: datetime) -> User:
    """Blank who somebody was, who has no role any more. What the person did stays, under a key that names nobody."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if reason := policies.why_not_erase(user, by, timezone.localdate(at)):
        raise Refused(reason)
    _forget_address(user.email)
    _forget_in_data_admin(user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email, user.name, user.is_active, user.erased_at = f"{uuid.uuid4().hex}@erased.invalid", "", False, at
    user.set_unusable_password()
    user.session_round += 1
    user.save()
    journal_person("person.erased", user, by, at)
    return user


def _forget_address(address: str) -> None:
    """The address stands where the person was invited, and where an application named the person as contact."""
    for invitation in Invitation.objects.filter(email__iexact=address):
        invitation.email, invitation.name = f"{invitation.pk}@erased.invalid", ""
        invitation.save(update_fields=["email", "name"])
    decided = Application.objects.filter(contact_email__iexact=address).exclude(state=Application.State.RECEIVED)
    decided.update(contact_email="nobody@erased.invalid", contact_name="—", contact_phone="")


def _forget_in_data_admin(user: User) -> None:
    """The data admin keeps of each row that was changed there what it was called: the person's name or address."""
    for rows in (User.objects.filter(pk=user.pk), Appointment.objects.filter(user=user),
                 Representation.objects.filter(user=user)):  # fmt: skip
        kept = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(rows.model))
        keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
        kept.filter(object_id__in=keys).update(object_repr=str(user.key)[:8])


def end_sessions_of_nobody(user: User, on: date) -> None:
    """Who acts for no firm any more, and works for nobody here, is signed out everywhere."""
    if not representations(user, on).exists() and not appointments(user, on):
        User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
