"""The steps of the demo's story: what is done, when, to which filing, firm or release. Plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.front.demo.rows import Row
from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Standing


class Act(StrEnum):
    OPEN_PERIOD = "open_period"
    ADMIT = "admit"
    CONSENT = "consent"
    SAVE = "save"
    TYPE = "type"
    UPLOAD = "upload"
    UPLOAD_CHECKED = "upload_checked"
    UPLOAD_REFUSED = "upload_refused"
    ATTACH = "attach"
    NIL = "nil"
    FILE = "file"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    REOPEN = "reopen"
    APPROVE = "approve"
    ASK = "ask"
    ASK_FURTHER = "ask_further"
    ANSWER = "answer"
    CHANGE_CONTRACT = "change_contract"
    EXTEND = "extend"
    REMIND = "remind"
    STOP_REMINDERS = "stop_reminders"
    BUILD = "build"
    PUBLISH = "publish"
    ANNOUNCE = "announce"
    POSTPONE = "postpone"
    COMMENT = "comment"
    APPLY = "apply"
    ELECT = "elect"
    DUES = "dues"
    INVITE = "invite"
    READ = "read"
    NEED_TWO = "need_two"
    RENAME = "rename"
    MERGE = "merge"


@dataclass(frozen=True)
class Letter:
    """Why a filing goes back: a reason of the list, and the words to the firm."""

    reason: str
    text: str


@dataclass(frozen=True)
class Extension:
    until_on: date
    accepts_from_on: date | None
    reason: str


@dataclass(frozen=True)
class Question:
    """Asked of one cell of the execution of this number, counted from 0."""

    field: str
    text: str
    due_on: date
    execution: int = 0


@dataclass(frozen=True)
class Answer:
    """To everything that is asked; with a value where the figure was wrong."""

    text: str
    value: str | None = None


@dataclass(frozen=True)
class ContractChange:
    number: str
    ends_on: date
    reason: str


@dataclass(frozen=True)
class Term:
    """Elected into a grade of membership, for some years."""

    grade: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Dues:
    """A year's dues in fen; without a day of payment they are owed."""

    year: int
    amount_cents: int
    paid_on: date | None = None
    receipt_number: str = ""


@dataclass(frozen=True)
class Invitation:
    email: str
    name: str
    role: str


@dataclass(frozen=True)
class Rename:
    name_zh: str
    name_en: str
    reason: str


@dataclass(frozen=True)
class Merger:
    """Into the firm of this key."""

    into: str
    on: date
    reason: str


@dataclass(frozen=True)
class ReleaseDate:
    """When a quarter's figures come; with reasons, in Chinese and English, where it is put off."""

    standing: Standing
    release_at: datetime
    is_confirmed: bool = True
    reasons: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Comment:
    """What the statistician says of a place, beside its figures."""

    place: str
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class Applicant:
    credit_code: str
    name_zh: str
    name_en: str
    division: str
    size_band: str
    business: str
    contact: tuple[str, str, str]


Said = (
    Letter | Extension | Question | Answer | ContractChange | Term | Dues | Invitation | Rename | Merger | ReleaseDate
    | Comment | Applicant
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One act at one moment. `firm` is a firm's key; a period's and a release's steps have none. `said` is what the
    act needs besides; `text` a reason."""

    at: datetime
    act: Act
    firm: str = ""
    quarter: Quarter | None = None
    rows: tuple[Row, ...] = ()
    said: Said | None = None
    text: str = ""
