"""The steps of the demo's story: what is done, when, to which filing or release. Plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.front.demo.rows import Row
from portal.lib.quarters import Quarter


class Act(StrEnum):
    OPEN_PERIOD = "open_period"
    ADMIT = "admit"
    CONSENT = "consent"
    SAVE = "save"
    UPLOAD = "upload"
    UPLOAD_REFUSED = "upload_refused"
    NIL = "nil"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    REOPEN = "reopen"
    APPROVE = "approve"
    EXTEND = "extend"
    BUILD = "build"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Letter:
    """Why a filing goes back: a reason of the list, and the words to the firm."""

    reason: str
    text: str


@dataclass(frozen=True)
class Extension:
    until_on: date
    accepts_from_on: date
    reason: str


@dataclass(frozen=True)
class Step:
    """One act at one moment. `firm` is a firm's key; a period's and a release's steps have none."""

    at: datetime
    act: Act
    firm: str = ""
    quarter: Quarter | None = None
    rows: tuple[Row, ...] = ()
    letter: Letter | None = None
    extension: Extension | None = None
