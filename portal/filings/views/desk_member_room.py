"""What the desk's pages about members share."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from portal.lib.acts import Refused
from portal.members.access import firms_in_scope
from portal.members.models import Firm
from portal.members.roles import Permission


def firm_for(request: HttpRequest, code: str, *permissions: Permission) -> Firm:
    """The firm with this credit code, where the person has one of the rights over it; 404 for any other."""
    return get_object_or_404(firms_in_scope(request.user, *permissions), credit_code=code)


def accepted(form: Form, act: Callable[[], object]) -> bool:
    """Do the act; a refusal becomes the form's own error, and what was typed stays."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
