"""What happens to firms and people. Each act writes the journal."""

from portal.members.actions.dues import record_dues
from portal.members.actions.events import merge_firm, move_firm, rename_firm, split_firm
from portal.members.actions.firms import admit_firm, change_firm, record_consent, withdraw_consent
from portal.members.actions.inviting import accept_invitation, claim, invite, invite_again, take_back
from portal.members.actions.joining import Attached, admit_application, apply_to_join, decline_application
from portal.members.actions.people import (
    appoint,
    change_person,
    end_appointment,
    erase_person,
    invite_person,
)
from portal.members.actions.standing import change_profile, record_term
from portal.members.actions.team import (
    change_role,
    close_representation,
    end_representation,
    hand_over,
    represent,
    set_signers,
)
from portal.members.actions.viewing import end_viewing, record_page_seen, start_viewing

__all__ = [
    "Attached", "accept_invitation", "admit_application", "admit_firm", "apply_to_join", "appoint", "change_firm",
    "change_person", "change_profile", "change_role", "claim", "close_representation", "decline_application",
    "end_appointment", "end_representation", "end_viewing", "erase_person", "hand_over", "invite", "invite_again",
    "invite_person", "merge_firm", "move_firm", "record_consent", "record_dues", "record_page_seen", "record_term",
    "rename_firm", "represent", "set_signers", "split_firm", "start_viewing", "take_back", "withdraw_consent",
]  # fmt: skip
