"""Where a signed-in person works."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.members.access import representations, staff_permissions
from portal.members.models import User
from portal.members.roles import Permission


@dataclass(frozen=True)
class Door:
    url_name: str
    label: Promise
    note: Promise


FIRM = Door("filings:home", _("Filing for a firm"), _("The quarter's filing, the firm's contracts and its people."))
# The first that a person may open is theirs.
DESK: tuple[tuple[Permission, Door], ...] = (
    (
        Permission.QUEUE_VIEW,
        Door("desk:queue", _("The association's desk"), _("Filings to review, periods and releases.")),
    ),
    (
        Permission.PERIOD_EDIT,
        Door("desk:period-list", _("The association's desk"), _("Periods and extensions.")),
    ),
)
ADMIN = Door("admin:index", _("The data desk"), _("Code lists, firms and people as tables."))


def doors_of(user: User) -> list[Door]:
    """Every workspace that a person may enter: a firm's, the association's; the data desk when there is no other."""
    held = staff_permissions(user)
    doors = [FIRM] if representations(user).exists() else []
    doors += [door for permission, door in DESK if permission in held][:1]
    return doors or ([ADMIN] if user.is_staff else [])
