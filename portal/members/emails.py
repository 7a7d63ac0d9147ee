"""Letters to people: about their accounts, their invitations, their firm's application."""

import logging
from smtplib import SMTPException

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members.models import FIRM_ROLE_LABELS, Application, Invitation, User
from portal.members.roles import FirmRole

logger = logging.getLogger(__name__)


def send_password_link(request: HttpRequest, user: User) -> bool:
    """Send the link for choosing a password; False when the mail server would not have it.

    It is the same letter that the sign-in page sends to somebody who has forgotten theirs.
    """
    form = ResetPasswordForm(data={"email": user.email})
    if not form.is_valid():
        return False
    try:
        form.save(request)
    except (SMTPException, OSError):
        logger.exception("The link for choosing a password could not be sent to person %s", user.key)
        return False
    return True


def send_invitation(request: HttpRequest, invitation: Invitation, token: str) -> bool:
    """The link that opens the role; it is in this letter and nowhere else. False when it could not be sent."""
    link = request.build_absolute_uri(reverse("members:invitation-open", args=[token]))
    values = {"firm": invitation.firm, "role": FIRM_ROLE_LABELS[FirmRole(invitation.role)]}
    paragraphs = (
        _("You are invited to act for %(firm)s in the association's portal, as: %(role)s.") % values,
        _("Open this link to accept. It works once, until %(day)s:") % {"day": _day(invitation.expires_at)},
        link,
        _("If you do not know the firm, do nothing: without the link nobody gets in."),
    )
    return _send(invitation.email, _("Invitation: %(firm)s") % values, paragraphs)


def send_application_received(request: HttpRequest, application: Application) -> bool:
    paragraphs = (
        _("The application of %(firm)s to join the association has arrived.") % {"firm": application.name_zh},
        _("This address shows where it stands. Keep it to yourselves: whoever has it can read the application."),
        _address(request, application),
    )
    return _send(application.contact_email, _("Your application has arrived"), paragraphs)


def send_application_declined(request: HttpRequest, application: Application) -> bool:
    paragraphs = (
        _("The association has decided on the application of %(firm)s.") % {"firm": application.name_zh},
        application.answer,
        _address(request, application),
    )
    return _send(application.contact_email, _("About your application"), paragraphs)


def _address(request: HttpRequest, application: Application) -> str:
    return request.build_absolute_uri(reverse("members:application-state", args=[application.key]))


def _day(moment) -> str:
    return f"{moment:%Y-%m-%d}"


def _send(to: str, subject: str, paragraphs: tuple[str, ...]) -> bool:
    name = settings.SITE["name_zh"]
    body = "\n\n".join([*paragraphs, f"— {name}"])
    try:
        EmailMessage(f"[{name}] {subject}", body, to=[to]).send()
    except (SMTPException, OSError):
        logger.exception("A letter about members could not be sent")
        return False
    return True
