"""Who may do what, on one page.

A person has rights in two ways: by acting for a firm (Representation) and by an appointment in the
association (Appointment, which may be limited to divisions). Nobody has both kinds of right over
one filing: association staff never change a firm's figure.
"""

from enum import StrEnum


class Permission(StrEnum):
    CODE_LIST_EDIT = "code_list:edit"
    COMMENTARY_SIGN = "commentary:sign"
    CONTRACT_EDIT = "contract:edit"
    CONTRACT_VIEW = "contract:view"
    EXTENSION_GRANT = "extension:grant"
    FIGURE_VIEW_CONFIDENTIAL = "figure:view_confidential"
    FILING_EDIT = "filing:edit"
    FILING_RETURN = "filing:return"
    FILING_APPROVE = "filing:approve"
    FILING_CERTIFY = "filing:certify"
    FILING_SUBMIT = "filing:submit"
    FILING_VIEW = "filing:view"
    JOURNAL_VIEW = "journal:view"
    MEMBER_EDIT = "member:edit"
    PERIOD_EDIT = "period:edit"
    PUBLICATION_CHECK = "publication:check"
    PUBLICATION_EDIT = "publication:edit"
    PUBLICATION_SEND = "publication:send"
    QUERY_ASK = "query:ask"
    QUEUE_VIEW = "queue:view"
    RELEASE_BUILD = "release:build"
    RELEASE_PUBLISH = "release:publish"
    RELEASE_VIEW_UNPUBLISHED = "release:view_unpublished"
    REMINDER_SEND = "reminder:send"
    RULE_EDIT = "rule:edit"
    SUBSCRIBER_EDIT = "subscriber:edit"
    TEAM_EDIT = "team:edit"
    VIEW_AS = "view:as"


class FirmRole(StrEnum):
    OWNER = "owner"
    FILER = "filer"
    CERTIFIER = "certifier"
    VIEWER = "viewer"


class StaffRole(StrEnum):
    REVIEWER = "reviewer"
    STATISTICIAN = "statistician"
    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    PUBLISHER = "publisher"


_READ = frozenset({Permission.FILING_VIEW, Permission.CONTRACT_VIEW})
_WRITE = _READ | {Permission.FILING_EDIT, Permission.CONTRACT_EDIT}

FIRM_PERMISSIONS: dict[FirmRole, frozenset[Permission]] = {
    FirmRole.OWNER: _WRITE | {Permission.FILING_SUBMIT, Permission.FILING_CERTIFY, Permission.TEAM_EDIT},
    FirmRole.FILER: _WRITE | {Permission.FILING_SUBMIT},
    FirmRole.CERTIFIER: _READ | {Permission.FILING_SUBMIT, Permission.FILING_CERTIFY},
    FirmRole.VIEWER: _READ,
}

STAFF_PERMISSIONS: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.REVIEWER: frozenset(
        {
            Permission.QUEUE_VIEW,
            Permission.FILING_VIEW,
            Permission.FILING_APPROVE,
            Permission.FILING_RETURN,
            Permission.QUERY_ASK,
            Permission.REMINDER_SEND,
            Permission.EXTENSION_GRANT,
        }
    ),
    StaffRole.STATISTICIAN: frozenset(
        {
            Permission.QUEUE_VIEW,
            Permission.FILING_VIEW,
            Permission.RELEASE_BUILD,
            Permission.RELEASE_PUBLISH,
            Permission.RELEASE_VIEW_UNPUBLISHED,
            Permission.FIGURE_VIEW_CONFIDENTIAL,
            Permission.COMMENTARY_SIGN,
            Permission.CODE_LIST_EDIT,
            Permission.RULE_EDIT,
        }
    ),
    StaffRole.ADMINISTRATOR: frozenset(
        {
            Permission.MEMBER_EDIT,
            Permission.PERIOD_EDIT,
            Permission.EXTENSION_GRANT,
            Permission.CODE_LIST_EDIT,
            Permission.JOURNAL_VIEW,
            Permission.REMINDER_SEND,
            Permission.RULE_EDIT,
            Permission.VIEW_AS,
        }
    ),
    StaffRole.EDITOR: frozenset({Permission.PUBLICATION_EDIT}),
    StaffRole.PUBLISHER: frozenset(
        {
            Permission.PUBLICATION_EDIT,
            Permission.PUBLICATION_CHECK,
            Permission.PUBLICATION_SEND,
            Permission.SUBSCRIBER_EDIT,
        }
    ),
}

# Who may open the data admin at all; what they find there is in members/access.py.
DATA_ADMIN_ROLES = frozenset({StaffRole.ADMINISTRATOR, StaffRole.STATISTICIAN, StaffRole.EDITOR, StaffRole.PUBLISHER})
