"""The words of a filing as plain values: entries as they were typed, and what is found wrong with them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

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
LONGEST = {"number": 80, "name": 200, "client": 200, "upstream_number": 80, "receipt_number": 80, "reason": 2000}


def mode_of(market: str, *, is_abroad: bool, branch_share: Decimal | None, contracts_back: bool) -> Mode:
    """The mode that a contract's client and performer give it. Never asked, always derived.

    A branch abroad counts as overseas when the firm holds more than 50 % of it and it does not contract
    the work back to the mainland.
    """
    if is_abroad and (branch_share or 0) > 50 and not contracts_back:
        return Mode.OVERSEAS
    return Mode.ONSHORE if market == MAINLAND else Mode.OFFSHORE


@dataclass(frozen=True)
class Entry:
    """One row of a workbook or one form, read. What could not be read is None here and stands in `raw`.

    `amount_cents` is in whole hundredths of the currency's unit; `where` gives the cell or the form
    field of each value, `raw` the text that was found there.
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
    receipt_number: str = ""
    receipt_on: date | None = None
    payer_market: str | None = None
    reason: str = ""
    sheet: str = ""
    row: int = 0
    raw: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)

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


@dataclass(frozen=True)
class Context:
    """What the rules may know besides the entries: the period's window, the ledger, the code lists.

    `lists` answers `markets`, `categories`, `currencies` (by code) and `rate(currency, day)`.
    `submitted` holds identities whose dates were judged when they were first submitted.
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

    @property
    def accepts_until_on(self) -> date:
        return min(self.period_last_on, self.filed_on)


@dataclass(frozen=True)
class Finding:
    """What a rule has to say of one cell: value found, value expected, and how to mend it."""

    code: str
    level: Level
    message: Text
    expected: Text
    found: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
    row: int = 0


def finding(
    code: str, level: Level, entry: Entry, name: str, message: Text, expected: Text, found: str | None = None
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
    )


Findings = Iterator[Finding]
Rule = Callable[[Sequence[Entry], Context], Findings]


def rule(code: str, statement: str) -> Callable[[Rule], Rule]:
    """Mark a function as the rule of a code. The statement is what should be true: a message id for people,
    shown in the workbook's guide and in the list of rules."""

    def mark(function: Rule) -> Rule:
        function.code, function.statement = code, statement
        function.__doc__ = f"{code}. {statement}"
        return function

    return mark


def has_errors(findings: list[Finding]) -> bool:
    return any(found.level == Level.ERROR for found in findings)
