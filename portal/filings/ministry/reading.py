"""What the ministry's platform exported, read: sheets are known by their heads, whatever they are called."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.filings.intake.amounts import read_amount
from portal.filings.intake.cells import read_code, text_of
from portal.filings.intake.days import read_day
from portal.filings.intake.tables import Table, Unreadable, cell_name, read_tables
from portal.filings.intake.units import Unit, unit_of
from portal.filings.ministry import PLACES, Item, Sheet
from portal.lib.money import WAN
from portal.lib.words import gettext_noop

HEAD_ROWS = 15
MOST_ROWS = 20_000
_UNIT = re.compile(r"^(.*?)\s*\((.*)\)$")
# Rows that a platform writes under its table.
_SUMS = ("合计", "总计", "小计", "total")


@dataclass(frozen=True)
class Spot:
    """Where a value stands: its column, and for an amount its unit."""

    column: int
    unit: Unit = Unit()


@dataclass(frozen=True)
class Export:
    """What a file says. `unread` names cells with a value that is no amount or date; they are left out of the
    comparison, and told. `heads` is what stood above the tables that were not known."""

    items: list[Item]
    unread: list[str]
    sheets: list[Sheet]
    heads: list[str]


def read_export(content: bytes, file_name: str, lists) -> Export:
    """Raises intake.tables.Unreadable when the file is none that can be read."""
    items: list[Item] = []
    unread: list[str] = []
    sheets: list[Sheet] = []
    heads: list[str] = []
    for table in read_tables(content, file_name):
        rows = list(table.rows)
        if len(rows) > MOST_ROWS:
            raise Unreadable(gettext_noop("This file has more rows than a quarter can have."))
        found = _head_of(rows, lists)
        if found is None:
            heads += [text for text in map(text_of, _fullest(rows)) if text][:6]
            continue
        sheet, head, spots = found
        sheets.append(sheet)
        for number, values in _used(rows, head, spots):
            item, problems = _item(sheet, table, number, values, spots, lists)
            unread += problems
            if item is not None:
                items.append(item)
    return Export(items, unread, sheets, heads)


def _fullest(rows: list) -> list:
    return max(rows[:HEAD_ROWS], key=lambda row: sum(bool(text_of(cell)) for cell in row), default=[])


def _head_of(rows: list, lists) -> tuple[Sheet, int, dict[str, Spot]] | None:
    """The sheet that a table is, by the row that names a contract number and an amount of its kind."""
    for index, row in enumerate(rows[:HEAD_ROWS]):
        heads = [_parts(text_of(cell), lists) for cell in row]
        for sheet in (Sheet.EXECUTIONS, Sheet.CHANGES, Sheet.CONTRACTS):
            spots = _spots(sheet, heads)
            if "number" in spots and ("usd" in spots or "amount" in spots):
                return sheet, index, spots
    return None


def _parts(head: str, lists) -> tuple[str, Unit | None]:
    """`执行金额（万美元）` as its words and its unit; a head without brackets has no unit."""
    text = re.sub(r"\s|\*", "", unicodedata.normalize("NFKC", head))
    match = _UNIT.match(text)
    unit = unit_of(match[2], lists.currencies) if match else None
    return (match[1], unit) if unit else (text, None)


def _spots(sheet: Sheet, heads: list[tuple[str, Unit | None]]) -> dict[str, Spot]:
    spots: dict[str, Spot] = {}
    for column, (words, unit) in enumerate(heads):
        for place in PLACES[sheet]:
            if words and _is_called(place, words, unit) and place.key not in spots:
                spots[place.key] = Spot(column, unit or Unit())
    return spots


def _is_called(place, words: str, unit: Unit | None) -> bool:
    names = (unicodedata.normalize("NFKC", place.head), *place.also)
    if place.key in ("usd", "amount"):
        is_dollars = unit is not None and unit.currencies == ("USD",)
        return is_dollars == (place.key == "usd") and words in place.also
    return words in names or (words in {name.partition("(")[0] for name in names} and place.key != "rate")


def _used(rows: list, head: int, spots: Mapping[str, Spot]) -> Iterator[tuple[int, dict[str, object]]]:
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        values = {key: row[spot.column] if spot.column < len(row) else None for key, spot in spots.items()}
        texts = {key: text_of(value) for key, value in values.items()}
        is_sum = any(text.replace(" ", "").casefold().startswith(_SUMS) for text in map(text_of, row[:3]))
        if any(texts.values()) and texts["number"] and not is_sum:
            yield number, values


def _item(
    sheet: Sheet, table: Table, number: int, values: dict[str, object], spots: Mapping[str, Spot], lists
) -> tuple[Item | None, list[str]]:
    problems: list[str] = []

    def cell(key: str) -> str:
        place = cell_name(spots[key].column, number)
        return f"{table.name}!{place}" if table.name else place

    def read(key: str, reader) -> object:
        if key not in values or not text_of(values[key]):
            return None
        value = reader(values[key])
        if value is None:
            problems.append(f"{cell(key)} {text_of(values[key])[:40]}")
        return value

    usd, amount = read("usd", read_amount), read("amount", read_amount)
    on: date | None = read("on", read_day)
    if usd is None and amount is None:
        return None, problems or [f"{cell('number')} {text_of(values['number'])[:40]}"]
    category = read_code(values["category"], lists.categories) if text_of(values.get("category")) else None
    item = Item(
        sheet=sheet,
        number=text_of(values["number"]),
        name=text_of(values.get("name")),
        on=on,
        usd=_in_units(usd, spots.get("usd")),
        amount=_in_units(amount, spots.get("amount")),
        category=category,
        where=cell("number"),
        usd_decimals=_decimals(usd, spots.get("usd")),
    )
    return item, problems


def _in_units(value: Decimal | None, spot: Spot | None) -> Decimal | None:
    return None if value is None or spot is None else value * spot.unit.scale


def _decimals(value: Decimal | None, spot: Spot | None) -> int:
    """Decimals of 万美元 that the file shows, two at least."""
    if value is None or spot is None:
        return 2
    in_wan = value * spot.unit.scale / WAN
    return min(max(-in_wan.normalize().as_tuple().exponent, 2), 6)
