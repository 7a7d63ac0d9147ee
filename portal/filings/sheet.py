"""The words of a filing as plain values: entries as they were typed, and what is found wrong with them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from portal.lib.words import Text


class Kind(StrEnum):
    """What one entry says happened. A standing contract is registered only: it was signed before."""

    SIGNED = "signed"
    STANDING = "standing"
    CHANGED = "changed"
    EXECUTED = "executed"


CONTRACT_KINDS = (Kind.SIGNED, Kind.STANDING)


class Mode(StrEnum):
    OFFSHORE = "offshore"
    ONSHORE = "onshore"
    OVERSEAS = "overseas"


class Supply(StrEnum):
    """The four modes of supply of services (GATS)."""

    CROSS_BORDER = "cross_border"
    CONSUMPTION_ABROAD = "consumption_abroad"
    COMMERCIAL_PRESENCE = "commercial_presence"
    PRESENCE_OF_PERSONS = "presence_of_persons"


class NewMode(StrEnum):
    CROWDSOURCING = "crowdsourcing"
    CLOUD = "cloud"
    PLATFORM = "platform"


class Level(StrEnum):
    ERROR = "error"
    EXPLAIN = "explain"
    NOTE = "note"


MAINLAND = "CHN"
# How many characters the ledger keeps of a text.
LONGEST = {
    "number": 80, "name": 200, "client": 200, "upstream_number": 80, "frame_number": 80, "apportioned_by": 300,
    "receipt_number": 80, "reason": 2000,
}  # fmt: skip


def mode_of(market: str, *, is_abroad: bool, branch_share: Decimal | None, contracts_back: bool) -> Mode:
    """The mode that a contract's client and performer give it. Never asked, always derived.

    A branch abroad counts as overseas when the firm holds more than 50 % of it and it does not contract
    the work back to the mainland.
    """
    if is_abroad and (branch_share or 0) > 50 and not contracts_back:
        return Mode.OVERSEAS
    return Mode.ONSHORE if market == MAINLAND else Mode.OFFSHORE


@dataclass(frozen=True)
class Unread:
    """Why the reading took no value from a cell: the code of what is wrong, and how to mend it."""

    code: str
    message: Text
    expected: Text


@dataclass(slots=True)
class Entry:
    """One row of a workbook or one form, read. What could not be read is None here and stands in `raw`.
    A value, never changed once made; not marked frozen, because making one would then take twice the time.

    `amount_cents` is in whole hundredths of the currency's unit; `where` gives the cell or the form
    field of each value, `raw` the text that was found there. `unread` says of a cell why it has two readings
    or none; no rule judges such a cell again. `amount_says` are the currencies that words beside the amount
    can mean (`$`, 万美元): none when there are no words. `frame_` is the same of the frame contract's amount.
    """

    kind: Kind
    number: str = ""
    on: date | None = None
    amount_cents: int | None = None
    amount: Decimal | None = None
    name: str = ""
    client: str = ""
    market: str | None = None
    category: str | None = None
    currency: str | None = None
    ends_on: date | None = None
    supply: Supply | None = None
    new_mode: NewMode | None = None
    is_abroad: bool = False
    branch_share: Decimal | None = None
    contracts_back: bool = False
    upstream_firm: str = ""
    upstream_number: str = ""
    frame_number: str = ""
    frame_amount: Decimal | None = None
    frame_cents: int | None = None
    apportioned_by: str = ""
    receipt_number: str = ""
    receipt_on: date | None = None
    payer_market: str | None = None
    reason: str = ""
    sheet: str = ""
    row: int = 0
    raw: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, Unread] = field(default_factory=dict)
    amount_says: tuple[str, ...] = ()
    frame_says: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[Kind, str, date | None]:
        """What makes it the same event in another version."""
        return (self.kind, self.number, self.on)

    @property
    def mode(self) -> Mode | None:
        if self.market is None:
            return None
        return mode_of(
            self.market,
            is_abroad=self.is_abroad,
            branch_share=self.branch_share,
            contracts_back=self.contracts_back,
        )


@dataclass(frozen=True)
class KnownContract:
    """A contract of the firm's ledger, with what other filings say of it (in its own currency)."""

    number: str
    currency: str
    amount_cents: int
    changed_cents: int
    executed_cents: int
    market: str
    mode: Mode
    signed_on: date
    ends_on: date | None
    is_here: bool
    """Registered by the filing at hand, which may therefore say it anew."""
    client: str = ""
    upstream: tuple[str, str] | None = None
    frame_cents: int | None = None


@dataclass(frozen=True)
class Past:
    """What the firm's other filings say, the newest handed-in version of each: for rules that compare with it.

    `quarters`: executed in US dollar cents by earlier period, in order of time; a nil return is a zero, a period
    without a filing is left out. `contracts`: executed cents in its own currency, by contract number and earlier
    period. `reported`: (client or number, currency, day, cents) of executions in other filings. `mirrored`:
    fingerprints of what other members report of the same work; nothing of theirs can be read from it.
    """

    quarters: Mapping[str, int] = field(default_factory=dict)
    contracts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reported: frozenset[tuple[str, str, date, int]] = frozenset()
    mirrored: frozenset[str] = frozenset()


def fingerprint(relation: tuple[str, ...], currency: str, on: date, cents: int) -> str:
    """What an execution looks like from both sides of a sub-contract, without showing either's figure."""
    return sha256(repr((relation, currency, on.isoformat(), cents)).encode()).hexdigest()


@dataclass(frozen=True)
class Setting:
    """How a rule is set in a period: on or off, with which thresholds."""

    is_on: bool = True
    thresholds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What the rules may know besides the entries: the period's window, the ledger, the code lists.

    `lists` answers `markets`, `categories`, `currencies` (by code) and `rate(currency, day)`.
    `submitted` holds identities whose dates were judged when they were first submitted. Without `past` the rules
    that compare with other filings have nothing to say: so it is while a draft is saved, where only errors count.
    `settings` holds what the association has set otherwise than the rules' own defaults; `accepted` the reasons
    that were accepted in other filings, by (code, subject).
    """

    firm_code: str
    period: str
    period_first_on: date
    period_last_on: date
    filed_on: date
    accepts_from_on: date
    lists: object
    contracts: Mapping[str, KnownContract] = field(default_factory=dict)
    submitted: frozenset[tuple[Kind, str, date | None]] = frozenset()
    past: Past | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict)
    accepted: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def accepts_until_on(self) -> date:
        return min(self.period_last_on, self.filed_on)


@dataclass(frozen=True)
class Finding:
    """What a rule has to say of one cell: value found, value expected, and how to mend it.

    `number` is the contract that it is about. A finding that asks for a reason has a `subject`, by which it is known
    again next quarter, and an `answer`: the firm's reason, or one that was accepted before (`is_remembered`).
    """

    code: str
    level: Level
    message: Text
    expected: Text
    found: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
    row: int = 0
    number: str = ""
    subject: str = ""
    answer: str = ""
    is_remembered: bool = False

    @property
    def is_quiet(self) -> bool:
        """Answered: shown folded, and in nobody's way."""
        return self.level == Level.EXPLAIN and bool(self.answer)

    @property
    def blocks(self) -> bool:
        """Stands between a draft and its submission."""
        return self.level == Level.ERROR or (self.level == Level.EXPLAIN and not self.answer)


# The row of a finding that is about no entry.
NO_ROW = -1


def finding(
    code: str,
    level: Level,
    entry: Entry,
    name: str,
    message: Text,
    expected: Text,
    found: str | None = None,
    subject: str = "",
) -> Finding:
    """A finding pinned to the cell of one of the entry's fields."""
    return Finding(
        code=code,
        level=level,
        message=message,
        expected=expected,
        found=entry.raw.get(name, "") if found is None else found,
        sheet=entry.sheet,
        cell=entry.where.get(name, ""),
        field=name,
        row=entry.row,
        number=entry.number,
        subject=subject,
        answer=entry.reason.strip() if level == Level.EXPLAIN else "",
    )


Findings = Iterator[Finding]
Rule = Callable[[Sequence[Entry], Context], Findings]


@dataclass(frozen=True)
class Threshold:
    """A number that a rule compares with, and how far the association may move it. Label and unit are message ids."""

    name: str
    default: int
    least: int
    most: int
    label: str
    unit: str = ""


def rule(
    code: str, statement: str, *, level: Level = Level.ERROR, thresholds: Sequence[Threshold] = ()
) -> Callable[[Rule], Rule]:
    """Mark a function as the rule of a code. The statement is what should be true: a message id for people,
    shown in the workbook's guide and in the list of rules. Errors guard the ledger and are always on; the
    others may be set by the association."""

    def mark(function: Rule) -> Rule:
        function.code, function.statement, function.level = code, statement, level
        function.thresholds, function.is_adjustable = tuple(thresholds), level != Level.ERROR
        function.__doc__ = f"{code}. {statement}"
        return function

    return mark


def limits(function: Rule, context: Context) -> dict[str, int]:
    """The thresholds of a rule in the period at hand: as the association set them, or as the rule brings them."""
    setting = context.settings.get(function.code, Setting())
    return {one.name: setting.thresholds.get(one.name, one.default) for one in function.thresholds}


def has_errors(findings: list[Finding]) -> bool:
    return any(found.level == Level.ERROR for found in findings)
