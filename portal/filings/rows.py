"""An entry as the row of its line, and back. Plain values both ways: a draft may have a hundred thousand of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.filings.intake.cells import text_of
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line
from portal.filings.sheet import Entry, Kind, NewMode, Supply
from portal.lib.money import converted, from_cents
from portal.reference.queries import CodeLists

Values = tuple[object, ...]
# What a line says, in the order in which it is read and written. Beside it stand only its keys.
LINE_VALUES = (
    "position", "kind", "contract_id", "on", "amount_cents", "receipt_number", "receipt_on", "payer_market_id",
    "reason", "first_submitted_on",
    "currency_id", "market_id", "category_id", "mode", "upstream_firm", "upstream_number",
    "usd_rate", "cny_rate", "rate_month_on", "rate_source", "is_rate_provisional", "usd_cents", "cny_cents",
)  # fmt: skip
_WORDS = {kind: kind.value for kind in Kind}


class Texts(Mapping[str, str]):
    """The texts of a row's cells by field, each put into text only when it is asked for: few ever are."""

    __slots__ = ("_places", "_row")

    def __init__(self, places: Mapping[str, int], row: Sequence[object]):
        self._places, self._row = places, row

    def __getitem__(self, name: str) -> str:
        place = self._places[name]
        return text_of(self._row[place]) if place < len(self._row) else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _placed(*names: str) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


_EVENT = _placed("number", "on", "amount", "receipt_number", "receipt_on", "payer_market", "reason")
_CONTRACT = _placed(
    "number", "on", "amount", "name", "client", "market", "category", "currency", "ends_on", "supply", "new_mode",
    "is_abroad", "branch_share", "contracts_back", "upstream_firm", "upstream_number", "frame_number", "frame_amount",
    "apportioned_by",
)  # fmt: skip
_SIGNED = _CONTRACT | {"reason": len(_CONTRACT)}


def entry_of_contract(contract: Contract, kind: Kind) -> Entry:
    """A contract as the row that says it: as it was signed."""
    return _of_contract(contract, kind, contract.signed_on, contract.amount_cents)


def _of_contract(contract: Contract, kind: Kind, on: date, cents: int, reason: str | None = None) -> Entry:
    supply = Supply(contract.supply) if contract.supply else None
    new_mode = NewMode(contract.new_mode) if contract.new_mode else None
    amount = from_cents(cents)
    frame_amount = None if contract.frame_cents is None else from_cents(contract.frame_cents)
    texts = (
        contract.number, on, amount, contract.name, contract.client, contract.market_id, contract.category_id,
        contract.currency_id, contract.ends_on, supply, new_mode, contract.is_abroad, contract.branch_share,
        contract.contracts_back, contract.upstream_firm, contract.upstream_number, contract.frame_number, frame_amount,
        contract.apportioned_by,
    )  # fmt: skip
    return Entry(
        kind=kind, number=contract.number, on=on, amount_cents=cents, amount=amount, name=contract.name,
        client=contract.client, market=contract.market_id, category=contract.category_id,
        currency=contract.currency_id, ends_on=contract.ends_on, supply=supply, new_mode=new_mode,
        is_abroad=contract.is_abroad, branch_share=contract.branch_share, contracts_back=contract.contracts_back,
        upstream_firm=contract.upstream_firm, upstream_number=contract.upstream_number,
        frame_number=contract.frame_number, frame_amount=frame_amount, frame_cents=contract.frame_cents,
        apportioned_by=contract.apportioned_by, reason=reason or "",
        raw=Texts(_CONTRACT, texts) if reason is None else Texts(_SIGNED, (*texts, reason)),
    )  # fmt: skip


def entry_of_values(contract: Contract, values: Values) -> Entry:
    """The entry that a line was saved from; `values` are LINE_VALUES."""
    _position, kind, _contract, on, cents, receipt_number, receipt_on, payer_market, reason, *_rest = values
    if kind == Kind.SIGNED:
        return _of_contract(contract, Kind.SIGNED, on, cents, reason)
    amount = from_cents(cents)
    texts = (contract.number, on, amount, receipt_number, receipt_on, payer_market, reason)
    return Entry(
        kind=Kind(kind), number=contract.number, on=on, amount_cents=cents, amount=amount,
        receipt_number=receipt_number, receipt_on=receipt_on, payer_market=payer_market, reason=reason,
        raw=Texts(_EVENT, texts),
    )  # fmt: skip


def values_of_line(line: Line) -> Values:
    return tuple(getattr(line, name) for name in LINE_VALUES)


class Conversion:
    """Entries as LINE_VALUES. What the lines of a contract have in common in a month is put together once."""

    def __init__(self, contracts: Mapping[str, Contract], lists: CodeLists):
        self.contracts, self.lists = contracts, lists
        self._shared: dict[tuple[str, int, int], Shared] = {}

    def values(self, entry: Entry, position: int, old: Values | None = None) -> Values:
        """The entry on its line, converted once at the rate of the event's month; `old` is what the line said."""
        on, cents = entry.on, entry.amount_cents
        key = (entry.number, on.year, on.month)
        shared = self._shared.get(key)
        if shared is None:
            contract = self.contracts[entry.number]
            shared = self._put_together(contract, on)
            # Its terms changed once: days of one month may differ.
            if not contract.earlier_terms:
                self._shared[key] = shared
        return (
            position, _WORDS[entry.kind], shared.contract, on, cents, entry.receipt_number, entry.receipt_on,
            entry.payer_market, entry.reason, _first_submitted_on(entry, old) if old is not None else None,
            *shared.values, converted(cents, shared.usd), converted(cents, shared.cny),
        )  # fmt: skip

    def _put_together(self, contract: Contract, on: date) -> "Shared":
        """With what statistics need of the contract, so that a later correction of it never changes an approved
        figure."""
        rate, provisional = self.lists.rate(contract.currency_id, on)
        terms = contract.terms_on(on)
        values = (
            contract.currency_id, contract.market_id, contract.category_id, terms.mode.value,
            terms.upstream_firm, terms.upstream_number,
            rate.usd_per_unit, rate.cny_per_unit, rate.month_on, rate.source, provisional,
        )  # fmt: skip
        return Shared(contract.pk, rate.usd_per_unit, rate.cny_per_unit, values)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the lines of a contract have in common in a month: its key, the two rates, and values as they stand."""

    contract: int
    usd: Decimal
    cny: Decimal
    values: Values


def _first_submitted_on(entry: Entry, old: Values) -> date | None:
    """Another date is judged anew when it is submitted."""
    return old[_SUBMITTED] if old[_ON] == entry.on else None


_ON, _SUBMITTED = LINE_VALUES.index("on"), LINE_VALUES.index("first_submitted_on")
