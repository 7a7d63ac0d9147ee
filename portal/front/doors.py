"""Where a signed-in person works."""

from portal.members.access import representations, staff_permissions
from portal.members.models import User
from portal.members.roles import Permission

# The first page that a member of staff may open is theirs.
DESK: tuple[tuple[Permission, str], ...] = (
    (Permission.QUEUE_VIEW, "desk:queue"),
    (Permission.PERIOD_EDIT, "desk:period-list"),
    (Permission.PUBLICATION_EDIT, "editing:queue"),
)


def door_of(user: User) -> str | None:
    """The name of the page where a person's work begins: a firm's, a desk's, or the tables' of the data admin.

    Nobody has both of the first two: staff never act for a firm.
    """
    if representations(user).exists():
        return "filings:home"
    held = staff_permissions(user)
    desk = next((name for permission, name in DESK if permission in held), None)
    return desk or ("admin:index" if user.is_staff else None)
