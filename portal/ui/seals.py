"""One-character seals: filled asks for action, framed cinnabar asks for an answer, the rest only tells."""

from dataclasses import dataclass

from portal.lib.words import gettext_noop


@dataclass(frozen=True)
class Seal:
    zh: str
    en: str
    css: str
    name: str


SEALS: dict[str, Seal] = {
    "saved": Seal("存", "S", "ok", gettext_noop("Saved")),
    "saving": Seal("待", "…", "wait", gettext_noop("Being saved")),
    "waiting": Seal("待", "W", "wait", gettext_noop("Waiting")),
    "mend": Seal("改", "!", "act", gettext_noop("Must be mended")),
    "explain": Seal("释", "E", "", gettext_noop("Needs a reason")),
    "ask": Seal("问", "?", "ask", gettext_noop("Reviewer's question")),
    "locked": Seal("锁", "L", "lock", gettext_noop("Locked")),
    "empty": Seal("空", "–", "", gettext_noop("Empty")),
    "notice": Seal("告", "N", "", gettext_noop("Notice")),
    "tied": Seal("连", "T", "ok", gettext_noop("Tied to its release")),
    "new": Seal("新", "+", "new", gettext_noop("New")),
    "changed": Seal("变", "±", "change", gettext_noop("Changed")),
    "removed": Seal("删", "−", "gone", gettext_noop("Removed")),
    "approved": Seal("准", "A", "ok", gettext_noop("Approved")),
    "returned": Seal("退", "R", "act", gettext_noop("Returned")),
    "submitted": Seal("呈", "S", "", gettext_noop("Submitted")),
}

OF_SEVERITY = {"error": "mend", "explain": "explain", "note": "notice", "ask": "ask"}
