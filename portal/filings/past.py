"""What the rules may know besides a filing itself: the firm's other filings, accepted reasons, settings.

Whole firms at once, so that a rule can be tried on everybody's quarter in as many queries as on one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from django.db.models import Q, Sum

from portal.filings.lifecycle import Status
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.period import Period
from portal.filings.models.rule import Hit, RuleSetting
from portal.filings.rules.explanations import NAMED
from portal.filings.sheet import Kind, Past, Setting, fingerprint
from portal.members.models import Firm


class Depth(Enum):
    """For whom a filing is checked.

    DRAFT: while it is saved; only errors count, so nothing of other filings is loaded. FIRM: everything that the
    firm is told before it submits. DESK: besides, what only the association may know of other members.
    """

    DRAFT = 0
    FIRM = 1
    DESK = 2


@dataclass(frozen=True)
class Handed:
    """The newest version of a filing that was handed in."""

    pk: int
    firm: int
    filing: int
    period: str
    first_on: date
    last_on: date


_HANDED = ("pk", "firm", "filing", "filing__period", "filing__period__first_on", "filing__period__last_on")


def handed_in(firms: Iterable[int]) -> list[Handed]:
    """Of each filing of some firms, in the order of their periods: one query."""
    versions = Version.objects.filter(firm__in=firms).exclude(status=Status.DRAFT).order_by("number")
    newest = {row[2]: Handed(*row) for row in versions.values_list(*_HANDED)}
    return sorted(newest.values(), key=lambda row: row.first_on)


class Sums(NamedTuple):
    """What a version says of a contract, by kind of line: in the contract's own currency, and in US dollars."""

    version: int
    contract: int
    kind: str
    cents: int
    usd: int


@dataclass(frozen=True)
class Others:
    """A firm's other filings beside one of them: the newest version of each, drafts too, and the newest of each that
    was handed in, in the order of their periods; and what all these say of the firm's contracts."""

    newest: frozenset[int]
    handed: list[Handed]
    sums: list[Sums]

    def changed(self) -> dict[int, int]:
        """By contract, in the newest versions."""
        return self._said(Kind.CHANGED)

    def executed(self) -> dict[int, int]:
        return self._said(Kind.EXECUTED)

    def _said(self, kind: Kind) -> dict[int, int]:
        said: dict[int, int] = defaultdict(int)
        for row in self.sums:
            if row.kind == kind and row.version in self.newest:
                said[row.contract] += row.cents
        return said


def others_of(filing: Filing) -> Others:
    """Two queries; one where there is no other filing."""
    versions = Version.objects.filter(firm=filing.firm_id).order_by().values_list("number", "status", *_HANDED)
    newest: dict[int, int] = {}
    handed: dict[int, Handed] = {}
    for _number, status, *row in sorted(versions):
        version = Handed(*row)
        if version.filing == filing.pk:
            continue
        newest[version.filing] = version.pk
        if status != Status.DRAFT:
            handed[version.filing] = version
    said = {*newest.values(), *(row.pk for row in handed.values())}
    return Others(frozenset(newest.values()), sorted(handed.values(), key=lambda row: row.first_on), _sums_in(said))


def _sums_in(versions: Collection[int]) -> list[Sums]:
    if not versions:
        return []
    lines = Line.objects.filter(version__in=versions, kind__in=(Kind.CHANGED, Kind.EXECUTED)).order_by()
    sums = lines.values_list("version", "contract", "kind").annotate(cents=Sum("amount_cents"), usd=Sum("usd_cents"))
    return [Sums(*row) for row in sums]


@dataclass(frozen=True)
class Executed:
    """What a version executed: in US dollar cents, and by contract in the contract's own currency."""

    usd: int
    contracts: Mapping[str, int]


NOTHING = Executed(0, {})


def executed_in(versions: Iterable[int]) -> dict[int, Executed]:
    """By version; one that executed nothing is left out. One query."""
    lines = Line.objects.filter(version__in=versions, kind=Kind.EXECUTED).values_list("version", "contract__number")
    return _by_version(lines.annotate(cents=Sum("amount_cents"), usd=Sum("usd_cents")).order_by())


def _by_version(rows: Iterable[tuple[int, str, int, int]]) -> dict[int, Executed]:
    usd: dict[int, int] = defaultdict(int)
    contracts: dict[int, dict[str, int]] = defaultdict(dict)
    for version, number, cents, dollars in rows:
        usd[version] += dollars
        contracts[version][number] = cents
    return {version: Executed(usd[version], contracts[version]) for version in usd}


def as_history(rows: Iterable[tuple[str, Executed]]) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Periods with what was executed in them, as the rules want it: by quarter, and by contract and quarter."""
    quarters: dict[str, int] = {}
    contracts: dict[str, dict[str, int]] = defaultdict(dict)
    for period, executed in rows:
        quarters[period] = executed.usd
        for number, cents in executed.contracts.items():
            contracts[number][period] = cents
    return quarters, dict(contracts)


def past_of(filing: Filing, ledger: Mapping[int, Contract], others: Others, since_on: date, depth: Depth) -> Past:
    """What a firm's other filings say beside one of its filings. `since_on`: the earliest date that it may hold."""
    period = filing.period
    earlier = [row for row in others.handed if row.first_on < period.first_on]
    executed = _executed_by(others.sums, ledger)
    quarters, contracts = as_history((row.period, executed.get(row.pk, NOTHING)) for row in earlier)
    # A filing holds nothing that happened after its own period.
    late = [row.pk for row in others.handed if row.last_on >= since_on]
    reported = _reported(late, ledger, since_on, period.last_on)
    mirrored = frozenset(_mirrored(filing.firm, list(ledger.values()), since_on, period.last_on, depth))
    return Past(quarters, contracts, reported, mirrored)


def _executed_by(sums: Iterable[Sums], ledger: Mapping[int, Contract]) -> dict[int, Executed]:
    """As executed_in, of sums that are at hand."""
    rows = (row for row in sums if row.kind == Kind.EXECUTED)
    return _by_version((row.version, ledger[row.contract].number, row.cents, row.usd) for row in rows)


def _reported(
    versions: list[int], ledger: Mapping[int, Contract], first_on: date, last_on: date
) -> frozenset[tuple[str, str, date, int]]:
    if not versions:
        return frozenset()
    lines = Line.objects.filter(version__in=versions, kind=Kind.EXECUTED, on__range=(first_on, last_on))
    values = lines.order_by().values_list("contract", "currency", "on", "amount_cents")
    return frozenset((ledger[pk].client or ledger[pk].number, *rest) for pk, *rest in values)


# ── The same work at another member ──────────────────────────────────────────────────────────────


def _mirrored(firm: Firm, ledger: list[Contract], first_on: date, last_on: date, depth: Depth) -> Iterator[str]:
    """Fingerprints of what others report of work that may be the firm's own.

    A firm is told of no match that it could provoke by naming somebody: typing amounts until one is found would read
    another member's figures. What a member reports that names the firm as its client, the firm has in its own books.
    """
    names = {name for name in (firm.name_zh, firm.name_en) if name}
    related = Q(client__in=names, upstream_firm="")
    members: dict[int, set[str]] = {}
    pairs: set[tuple[str, str]] = set()
    if depth == Depth.DESK:
        members = _members_named({row.client for row in ledger if not row.upstream_firm}, firm)
        pairs = {(row.upstream_firm, row.upstream_number) for row in ledger if row.upstream_firm}
        related |= Q(firm__in=members) | Q(upstream_firm__in={code for code, _number in pairs})
    contracts = list(Contract.objects.filter(related).exclude(firm=firm).order_by().values_list("pk", flat=True))
    if not contracts:
        return
    lines = Line.objects.filter(contract__in=contracts, kind=Kind.EXECUTED, on__range=(first_on, last_on))
    lines = lines.filter(version__status__in=(Status.SUBMITTED, Status.APPROVED)).order_by()
    values = ("firm", "contract__client", "upstream_firm", "upstream_number", "currency", "on", "amount_cents")
    for other, client, code, number, *figure in lines.values_list(*values):
        relations = [("client", name) for name in members.get(other, ())]
        relations += [("upstream", code, number)] if (code, number) in pairs else []
        relations += [NAMED] if client in names and not code else []
        yield from (fingerprint(one, *figure) for one in relations)


def _members_named(clients: set[str], firm: Firm) -> dict[int, set[str]]:
    """Members that a firm's contracts name as clients, each with the names used."""
    rows = Firm.objects.filter(Q(name_zh__in=clients) | Q(name_en__in=clients - {""})).exclude(pk=firm.pk)
    return {pk: {zh, en} & clients for pk, zh, en in rows.values_list("pk", "name_zh", "name_en")}


# ── What was accepted, and how the rules are set ─────────────────────────────────────────────────


def accepted_reasons(firm: Firm, but: Filing) -> dict[tuple[str, str], str]:
    """Reasons accepted in a firm's other filings, by rule and subject; the last decision on a subject holds."""
    hits = Hit.objects.filter(firm=firm, outcome__in=(Hit.Outcome.ACCEPTED, Hit.Outcome.REJECTED))
    hits = hits.exclude(filing_id=but.pk).order_by("settled_at", "pk")
    known = {}
    for code, subject, reason, outcome in hits.values_list("code", "subject", "reason", "outcome"):
        known[code, subject] = reason if outcome == Hit.Outcome.ACCEPTED else ""
    return {key: reason for key, reason in known.items() if reason}


def settings_in(period: Period) -> dict[str, Setting]:
    """How rules are set in a period, where they are: of each rule the row that begins last, and was made last."""
    rows = RuleSetting.objects.filter(since__first_on__lte=period.first_on)
    rows = rows.order_by("since__first_on", "recorded_at", "pk")
    values = rows.values_list("code", "is_on", "thresholds")
    return {code: Setting(is_on, thresholds) for code, is_on, thresholds in values}
