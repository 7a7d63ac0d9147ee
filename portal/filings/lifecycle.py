"""The life of a filing's version, as a table. docs/lifecycle.md is drawn from it."""

from enum import StrEnum

from portal.lib.words import gettext_noop as _


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    AMENDED = "amended"


class Side(StrEnum):
    FIRM = "firm"
    ASSOCIATION = "association"
    NOBODY = "nobody"


# Verb → (from, to). A returned or approved version stays as it is: reopening makes the next one.
TRANSITIONS: dict[str, tuple[Status, Status]] = {
    "submit": (Status.DRAFT, Status.SUBMITTED),
    "withdraw": (Status.SUBMITTED, Status.DRAFT),
    "return": (Status.SUBMITTED, Status.RETURNED),
    # The reviewer thinks better of it, before the firm has opened the letter.
    "recall": (Status.RETURNED, Status.SUBMITTED),
    # The firm answers a question with another value: what was submitted stays, and the next version takes its place.
    "amend": (Status.SUBMITTED, Status.AMENDED),
    "approve": (Status.SUBMITTED, Status.APPROVED),
    "supersede": (Status.APPROVED, Status.SUPERSEDED),
}
REOPENS = (Status.RETURNED, Status.APPROVED)

# Whose turn it is.
OWNER: dict[Status, Side] = {
    Status.DRAFT: Side.FIRM,
    Status.SUBMITTED: Side.ASSOCIATION,
    Status.RETURNED: Side.FIRM,
    Status.APPROVED: Side.NOBODY,
    Status.SUPERSEDED: Side.NOBODY,
    Status.AMENDED: Side.NOBODY,
}

# What the journal writes.
JOURNALLED: dict[str, str] = {
    "open": "filing.opened",
    "save": "filing.saved",
    "nil": "filing.nil_declared",
    "file": "filing.filed",
    "take_back": "filing.taken_back",
    "send_back": "filing.sent_back",
    "submit": "filing.submitted",
    "withdraw": "filing.withdrawn",
    "return": "filing.returned",
    "recall": "filing.recalled",
    "amend": "filing.amended",
    "approve": "filing.approved",
    "supersede": "filing.superseded",
    "reopen": "filing.reopened",
}

# Why a filing goes back. The letter that goes with it is the reviewer's.
RETURN_REASONS: dict[str, str] = {
    "R01": _("Evidence is missing"),
    "R02": _("Evidence does not agree with the amount"),
    "R03": _("Classification does not fit the contract"),
    "R04": _("Date or period is doubtful"),
    "R05": _("An explanation is needed"),
    "R06": _("Counted twice with another firm"),
    "R99": _("Other"),
}


def allows(verb: str, status: str) -> bool:
    return TRANSITIONS[verb][0] == status


def as_mermaid() -> str:
    """The table as a state diagram; docs/lifecycle.md holds it."""
    arrows = [f"    {before} --> {after}: {verb}" for verb, (before, after) in TRANSITIONS.items()]
    next_ones = [f"    {status} --> draft: reopen (the next version)" for status in REOPENS]
    next_ones.append("    amended --> submitted: answer (the next version)")
    return "\n".join(["stateDiagram-v2", "    [*] --> draft: open", *arrows, *next_ones])
