"""A rule tried on past quarters before it is set: what it would have said, and what it says as it is.

Nothing is written. Each quarter is loaded by itself, all firms at once: the number of queries depends on the number
of quarters alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line
from portal.filings.models.period import Period
from portal.filings.past import NOTHING, Handed, as_history, executed_in, handed_in, settings_in
from portal.filings.rows import LINE_VALUES, entry_of_values
from portal.filings.rules import check_with
from portal.filings.rules.explanations import NAMED
from portal.filings.sheet import Context, Entry, Finding, Kind, KnownContract, Past, Rule, Setting, fingerprint
from portal.members.models import Firm
from portal.reference.queries import CodeLists

_CONTRACT = LINE_VALUES.index("contract_id")


@dataclass(frozen=True)
class Row:
    """One finding that the tried setting would have made."""

    firm: int
    filing: int
    period: str
    finding: Finding


@dataclass(frozen=True)
class Tried:
    """One quarter: filings handed in; filings and findings hit as the rule is set there, and as it is tried."""

    period: str
    filings: int
    filings_now: int
    findings_now: int
    rows: list[Row] = field(default_factory=list)

    @property
    def filings_then(self) -> int:
        return len({row.filing for row in self.rows})


def tried(
    rule: Rule, thresholds: Mapping[str, int], periods: Iterable[Period], firms: QuerySet[Firm], lists: CodeLists
) -> list[Tried]:
    """The rule with these thresholds over what some firms handed in, quarter by quarter."""
    ledgers = _Ledgers(firms)
    return [_tried_in(rule, thresholds, period, ledgers, lists) for period in periods]


def _tried_in(
    rule: Rule, thresholds: Mapping[str, int], period: Period, ledgers: "_Ledgers", lists: CodeLists
) -> Tried:
    as_set, proposed = settings_in(period), {rule.code: Setting(True, thresholds)}
    handed = ledgers.handed_in(period)
    rows, filings_now, findings_now = [], 0, 0
    for version, entries, known, past in ledgers.filings(period, handed):
        now = check_with([rule], entries, _context(period, lists, known, past, as_set))
        then = check_with([rule], entries, _context(period, lists, known, past, proposed))
        filings_now, findings_now = filings_now + bool(now), findings_now + len(now)
        rows += [Row(version.firm, version.filing, period.code, item) for item in then]
    return Tried(period.code, len(handed), filings_now, findings_now, rows)


def _context(
    period: Period, lists: CodeLists, known: dict[str, KnownContract], past: Past, settings: Mapping[str, Setting]
) -> Context:
    """What the rules that can be set ask for; windows and accepted reasons are none of it."""
    return Context(
        firm_code="", period=period.code, period_first_on=period.first_on, period_last_on=period.last_on,
        filed_on=period.last_on, accepts_from_on=period.first_on, lists=lists, contracts=known, past=past,
        settings=settings,
    )  # fmt: skip


class _Ledgers:
    """The contracts of all firms, and what their newest handed-in versions say of them."""

    def __init__(self, firms: QuerySet[Firm]):
        self.firms = firms
        self.names = {pk: {zh, en} - {""} for pk, zh, en in firms.values_list("pk", "name_zh", "name_en")}
        self.contracts = {row.pk: row for row in Contract.objects.filter(firm__in=firms)}
        self.by_firm: dict[int, list[Contract]] = defaultdict(list)
        for contract in self.contracts.values():
            self.by_firm[contract.firm_id].append(contract)
        self.handed = handed_in(firms)
        self.executed = {}
        for period in dict.fromkeys(row.period for row in self.handed):
            self.executed |= executed_in([row.pk for row in self.handed if row.period == period])
        self.changed = self._changed()

    def _changed(self) -> dict[tuple[int, int], int]:
        """By version and contract."""
        newest = {row.pk for row in self.handed}
        lines = Line.objects.filter(firm__in=self.firms, kind=Kind.CHANGED).values_list("version", "contract")
        rows = lines.annotate(cents=Sum("amount_cents")).order_by()
        return {(version, contract): cents for version, contract, cents in rows if version in newest}

    def handed_in(self, period: Period) -> list[Handed]:
        return [row for row in self.handed if row.period == period.code]

    def filings(
        self, period: Period, handed: list[Handed]
    ) -> Iterator[tuple[Handed, list[Entry], dict[str, KnownContract], Past]]:
        """Each filing of a quarter as the rules want it."""
        lines = self._lines(handed)
        reported, mirrored = self._reported(period), self._mirrored(lines)
        of_firm: dict[int, list[Handed]] = defaultdict(list)
        for row in self.handed:
            of_firm[row.firm].append(row)
        for version in handed:
            others = [row for row in of_firm[version.firm] if row.pk != version.pk]
            earlier = [row for row in others if row.first_on < period.first_on]
            history = as_history((row.period, self.executed.get(row.pk, NOTHING)) for row in earlier)
            past = Past(*history, frozenset(reported[version.firm]), frozenset(mirrored[version.firm]))
            yield version, lines[version.pk], self._known(version, others), past

    def _lines(self, handed: list[Handed]) -> dict[int, list[Entry]]:
        entries: dict[int, list[Entry]] = defaultdict(list)
        rows = Line.objects.filter(version__in=[row.pk for row in handed]).order_by("position")
        for version, *values in rows.values_list("version", *LINE_VALUES).iterator(chunk_size=5000):
            entries[version].append(entry_of_values(self.contracts[values[_CONTRACT]], tuple(values)))
        return entries

    def _known(self, version: Handed, others: list[Handed]) -> dict[str, KnownContract]:
        executed: dict[str, int] = defaultdict(int)
        for row in others:
            for number, cents in self.executed.get(row.pk, NOTHING).contracts.items():
                executed[number] += cents
        return {
            row.number: KnownContract(
                number=row.number, currency=row.currency_id, amount_cents=row.amount_cents,
                changed_cents=sum(self.changed.get((other.pk, row.pk), 0) for other in others),
                executed_cents=executed[row.number], market=row.market_id, mode=row.mode, signed_on=row.signed_on,
                ends_on=row.ends_on, is_here=row.registered_in_id == version.filing, client=row.client,
                upstream=_upstream(row), frame_cents=row.frame_cents,
            )
            for row in self.by_firm[version.firm]
        }  # fmt: skip

    def _reported(self, period: Period) -> dict[int, set[tuple]]:
        """Executions in filings of other periods, on days that this one accepts, by firm."""
        since = min((window.accepts_from_on for window in period.windows.all()), default=period.first_on)
        newest = {row.pk for row in self.handed}
        lines = Line.objects.filter(firm__in=self.firms, kind=Kind.EXECUTED, on__range=(since, period.last_on))
        rows = lines.exclude(version__filing__period=period).order_by()
        found: dict[int, set[tuple]] = defaultdict(set)
        for firm, version, contract, currency, on, cents in rows.values_list(
            "firm", "version", "contract", "currency", "on", "amount_cents"
        ):
            if version in newest:
                terms = self.contracts[contract]
                found[firm].add((terms.client or terms.number, currency, on, cents))
        return found

    def _mirrored(self, lines: Mapping[int, list[Entry]]) -> dict[int, set[str]]:
        """Fingerprints of what the other firms report of the same work, by the firm that it would be told to."""
        owner = {name: pk for pk, names in self.names.items() for name in names}
        naming: dict[int, set[tuple[int, str]]] = defaultdict(set)
        sharing: dict[tuple[str, str], set[int]] = defaultdict(set)
        for contract in self.contracts.values():
            if (upstream := _upstream(contract)) is not None:
                sharing[upstream].add(contract.firm_id)
            elif contract.client in owner:
                naming[owner[contract.client]].add((contract.firm_id, contract.client))
        found: dict[int, set[str]] = defaultdict(set)
        contract_of = {(row.firm_id, row.number): row for row in self.contracts.values()}
        firm_of = {row.pk: row.firm for row in self.handed}
        for version, entries in lines.items():
            for entry in entries:
                if entry.kind != Kind.EXECUTED:
                    continue
                own = contract_of[firm_of[version], entry.number]
                for firm, relation in _told(own, owner, naming, sharing):
                    found[firm].add(fingerprint(relation, own.currency_id, entry.on, entry.amount_cents))
        return found


def _upstream(contract: Contract) -> tuple[str, str] | None:
    return (contract.upstream_firm, contract.upstream_number) if contract.upstream_firm else None


def _told(
    contract: Contract, owner: Mapping[str, int], naming: Mapping[int, set[tuple[int, str]]],
    sharing: Mapping[tuple[str, str], set[int]],
) -> Iterator[tuple[int, tuple[str, ...]]]:  # fmt: skip
    """Which other firms may have the work of a contract too, and by which relation."""
    for firm, name in naming.get(contract.firm_id, ()):
        if firm != contract.firm_id:
            yield firm, ("client", name)
    if (upstream := _upstream(contract)) is not None:
        yield from ((firm, ("upstream", *upstream)) for firm in sharing[upstream] if firm != contract.firm_id)
    elif contract.client in owner and owner[contract.client] != contract.firm_id:
        yield owner[contract.client], NAMED
