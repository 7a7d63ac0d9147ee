"""Letters to people about their accounts."""

import logging
from smtplib import SMTPException

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from portal.members.models import User

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
