"""From one row of raw cells to an Entry: the same for workbook, CSV, web form and demo."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from portal.filings.columns import PLAN_OF, Column, Form
from portal.filings.intake import cells
from portal.filings.intake.amounts import Amount, amount_of
from portal.filings.intake.days import EPOCH_1900, day_of
from portal.filings.intake.identifiers import IDENTIFIERS, kept_as_written
from portal.filings.intake.shares import share_of
from portal.filings.intake.tables import cell_name
from portal.filings.intake.units import PLAIN, Unit
from portal.filings.sheet import CONTRACT_KINDS, Entry, Kind, NewMode, Supply, Unread
from portal.lib.words import Text, in_both
from portal.lib.words import gettext_noop as _

# Bigger amounts do not fit the ledger, and no contract has them.
LARGEST_UNITS = 10**13
_NOTHING: Mapping = MappingProxyType({})
# So many texts of a column are remembered: words come again, numbers of receipts do not.
_REMEMBERED = 4096
# From the cell's value and its text to what the field holds, or why it holds nothing.
Read = Callable[[object, str], object]

NO_KIND = Unread(
    "S4",
    Text(
        _("A contract is registered as new or as a standing one. Write one of the two words, or leave the cell empty.")
    ),
    in_both("新签 / 存量", "signed / standing"),
)


class Where(Mapping[str, str]):
    """The cell of each field of one row. Names are made when they are asked for: most never are."""

    __slots__ = ("places", "row")

    def __init__(self, places: Mapping[str, int], row: int):
        self.places, self.row = places, row

    def __getitem__(self, name: str) -> str:
        return cell_name(self.places[name], self.row)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


class Reader:
    """How the cells of one table are read: made once, used for each of its rows. Words that come again are looked
    up once."""

    def __init__(self, lists, *, units: Mapping[str, Unit] = _NOTHING, epoch: date | None = EPOCH_1900):
        self.lists, self.units, self.epoch = lists, units, epoch
        self._columns = {kind: [(column.field, self._read(column), {}) for column in _kept(kind)] for kind in Kind}

    def entry(
        self,
        kind: Kind,
        values: Mapping[str, object],
        *,
        where: Mapping[str, str] = _NOTHING,
        sheet: str = "",
        row: int = 0,
        refused: Mapping[str, Unread] = _NOTHING,
    ) -> Entry:
        """One entry from raw cell values by field name.

        `kind` is what the sheet says; a contract row may itself say it is a standing one. A cell that cannot be
        read leaves its field empty: the rules find it by its raw text, or by the reason that stands in `unread`.
        `refused` are cells that hold no value to read.
        """
        raw: dict[str, str] = {}
        entry = Entry(kind, sheet=sheet, row=row, where=where, raw=raw, unread=refused)
        for name, read, known in self._columns[kind]:
            value = values.get(name)
            if value.__class__ is str or value.__class__ is date:
                if not value:
                    raw[name] = value
                    continue
                text, found = known.get(value) or _remember(value, read, known)
            elif value is None:
                continue
            else:
                text = cells.text_of(value)
                found = read(value, text)
            raw[name] = text
            if found is None or name in refused:
                continue
            if found.__class__ is Unread:
                entry.unread = {**entry.unread, name: found}
            elif found.__class__ is not Amount:
                setattr(entry, name, found)
            elif name == "amount":
                entry.amount, entry.amount_says, entry.amount_cents = found.value, found.says, _cents(found.value)
            else:
                entry.frame_amount, entry.frame_says, entry.frame_cents = found.value, found.says, _cents(found.value)
        if kind in CONTRACT_KINDS and values.get("kind"):
            _say_kind(entry, raw, values["kind"])
        return entry

    def _read(self, column: Column) -> Read:
        lists, form = self.lists, column.form
        if form == Form.AMOUNT:
            unit, codes = self.units.get(column.field, PLAIN), lists.currencies
            return lambda value, text: amount_of(value, text, unit, codes)
        if form == Form.DAY:
            epoch = self.epoch
            return lambda value, text: day_of(value, text, epoch)
        if form == Form.TEXT:
            return kept_as_written if column.field in IDENTIFIERS else _as_it_stands
        if form == Form.SHARE:
            return share_of
        words: dict[Form, Callable[[str], object]] = {
            Form.MARKET: lambda text: cells.read_code(text, lists.markets),
            Form.CATEGORY: lambda text: cells.read_code(text, lists.categories),
            Form.CURRENCY: lambda text: cells.read_currency(text, lists.currencies),
            Form.YES_NO: lambda text: bool(cells.read_yes_no(text)),
            Form.SUPPLY: lambda text: _member(Supply, cells.read_supply(text)),
            Form.NEW_MODE: lambda text: _member(NewMode, cells.read_new_mode(text)),
        }
        read = words[form]
        return lambda value, text: read(text)


def read_entry(
    kind: Kind,
    values: Mapping[str, object],
    *,
    lists,
    where: Mapping[str, str] | None = None,
    sheet: str = "",
    row: int = 0,
) -> Entry:
    """One entry, of a form or of another place where rows come singly. Tables are read by one `Reader`."""
    return Reader(lists).entry(kind, values, where=dict(where or {}), sheet=sheet, row=row)


def _kept(kind: Kind) -> list[Column]:
    return [column for column in PLAN_OF[kind].fields if column.field != "kind"]


def _as_it_stands(value: object, text: str) -> str:
    return text


def _remember(value: str | date, read: Read, known: dict[str | date, tuple[str, object]]) -> tuple[str, object]:
    """A text or a day as it is kept and as it is read, remembered for the rows below."""
    text = cells.text_of(value)
    pair = (text, read(value, text) if text else None)
    if len(known) < _REMEMBERED:
        known[value] = pair
    return pair


def _member(words: type, key: str | None) -> object:
    return words(key) if key else None


def _cents(amount: Decimal) -> int | None:
    """Whole hundredths; None when there are finer ones, or more than the ledger holds."""
    if abs(amount) >= LARGEST_UNITS:
        return None
    hundredths = amount * 100
    cents = int(hundredths)
    return cents if cents == hundredths else None


def _say_kind(entry: Entry, raw: dict[str, str], value: object) -> None:
    """A contract's row says whether it is a new or a standing one; another word is no guess of ours."""
    raw["kind"] = cells.text_of(value)
    said = cells.read_kind(value)
    if said in CONTRACT_KINDS:
        entry.kind = Kind(said)
    elif raw["kind"] and "kind" not in entry.unread:
        entry.unread = {**entry.unread, "kind": NO_KIND}
