"""Where the association's staff can go: only what the person may open is offered."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.lib.words import gettext_noop
from portal.members.access import appointments, staff_permissions
from portal.members.models import STAFF_ROLE_LABELS, User
from portal.members.roles import Permission, StaffRole

_ANY_STAFF = frozenset(Permission)

# Address, its words, and the rights of which one opens it. The first that is open is a person's home.
ENTRIES: tuple[tuple[str, str, frozenset[Permission]], ...] = (
    ("desk:queue", gettext_noop("Review"), frozenset({Permission.QUEUE_VIEW})),
    ("desk:firm-list", gettext_noop("Firms and people"), frozenset({Permission.FILING_VIEW, Permission.MEMBER_EDIT})),
    (
        "desk:completeness",
        gettext_noop("Completeness"),
        frozenset({Permission.QUEUE_VIEW, Permission.REMINDER_SEND}),
    ),
    (
        "desk:reminder-list",
        gettext_noop("Reminders"),
        frozenset({Permission.QUEUE_VIEW, Permission.REMINDER_SEND}),
    ),
    ("desk:period-list", gettext_noop("Periods"), frozenset({Permission.QUEUE_VIEW, Permission.PERIOD_EDIT})),
    ("desk:extension-list", gettext_noop("Extensions"), frozenset({Permission.QUEUE_VIEW, Permission.EXTENSION_GRANT})),
    ("desk:rule-list", gettext_noop("Checking rules"), frozenset({Permission.QUEUE_VIEW, Permission.RULE_EDIT})),
    (
        "releases:release-list",
        gettext_noop("Releases"),
        frozenset({Permission.RELEASE_BUILD, Permission.RELEASE_VIEW_UNPUBLISHED}),
    ),
    ("editing:queue", gettext_noop("Editing desk"), frozenset({Permission.PUBLICATION_EDIT})),
    ("reference:list-index", gettext_noop("Code lists"), _ANY_STAFF),
    ("admin:index", gettext_noop("Data admin"), frozenset({Permission.CODE_LIST_EDIT, Permission.MEMBER_EDIT})),
    ("desk:journal", gettext_noop("Journal"), frozenset({Permission.JOURNAL_VIEW})),
)


@dataclass(frozen=True)
class Entry:
    label: str
    href: str
    is_here: bool


def desk_entries(user: User, path: str = "") -> list[Entry]:
    """The entries that are open to a person; of several that lead towards a path, the closest is the current one."""
    held = staff_permissions(user)
    open_ones = [(_(label), reverse(name)) for name, label, rights in ENTRIES if rights & held]
    leading = max((href for _label, href in open_ones if path.startswith(href)), key=len, default="")
    return [Entry(label, href, href == leading) for label, href in open_ones]


def desk_home(user: User) -> str | None:
    """Where a person's work for the association begins; None for somebody who has none here."""
    entries = desk_entries(user)
    return entries[0].href if entries else None


def desk_places(user: User) -> list[str]:
    """What a person is, and where: `Reviewer　Guizhou`."""
    everywhere = _("everywhere")
    return [
        f"{STAFF_ROLE_LABELS[StaffRole(row.role)]}　{row.division.name if row.division else everywhere}"
        for row in appointments(user)
    ]
