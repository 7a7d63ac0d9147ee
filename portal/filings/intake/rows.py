"""The rows of a table that say something: without blank ones, totals, notes at the foot and repeated heads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType

from portal.filings.intake.cells import text_of
from portal.filings.intake.flaws import Flaw, Lack
from portal.filings.intake.heads import Head, plain
from portal.filings.intake.tables import Table, cell_name
from portal.filings.sheet import Finding, Level, Unread
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

_NOTHING: Mapping[str, Unread] = MappingProxyType({})
TOTALS = frozenset(
    [
        "合计",
        "总计",
        "小计",
        "共计",
        "累计",
        "合计数",
        "总合计",
        "本页合计",
        "本页小计",
        "本季合计",
        "本季度合计",
        "total",
        "totals",
        "subtotal",
        "sub-total",
        "grandtotal",
        "sum",
    ]
)
_FOOT = (
    "注",
    "备注",
    "说明",
    "填表",
    "填报",
    "制表",
    "审核",
    "复核",
    "负责人",
    "单位负责人",
    "联系",
    "经办",
    "note",
    "preparedby",
)
# What stands in a row that is no total.
_NO_TOTAL = ("on", "receipt_number", "receipt_on")

_CALCULATE = Text(_("a value, or a formula with its result"))
REASONS = {
    Lack.NOT_CALCULATED: Unread(
        "S6",
        Text(_(
            "This cell holds a formula that was never calculated. Open the file in a spreadsheet program and save it "
            "there, or write the value itself."
        )),
        _CALCULATE,
    ),
    Lack.ERROR: Unread(
        "S7",
        Text(_("This cell holds an error of the spreadsheet program. Mend its formula, or write the value itself.")),
        _CALCULATE,
    ),
    Lack.MERGED: Unread(
        "S9",
        Text(_("This cell is merged with another one. Take the merged cells apart, and fill each row.")),
        Text(_("a value in each row")),
    ),
}  # fmt: skip


@dataclass(slots=True)
class Used:
    """A row that says something: its number (from 1), raw values by field, and cells that hold no value to read."""

    number: int
    values: dict[str, object]
    refused: Mapping[str, Unread]


def used_rows(table: Table, head: Head) -> Iterator[Used | Finding]:
    """Each row below the head that says something; a finding for one that may be a total or a contract.

    A row that was handed on is let go of: a hundred thousand of them would stand in memory beside their entries.
    """
    fields = tuple(head.places)
    take = _taking(tuple(head.places.values()))
    on, number, name = (head.places.get(field) for field in ("on", "number", "name"))
    flaws = table.flaws
    for index in range(head.index + 1, len(table.rows)):
        row = table.rows[index]
        if not flaws and row[on] and row[number] and not _may_be_total(row[number], "" if name is None else row[name]):
            table.rows[index] = []
            yield Used(index + 1, dict(zip(fields, take(row), strict=True)), _NOTHING)
            continue
        cells, refused = take(row), _NOTHING
        if index in flaws:
            cells, refused = _with_flaws(cells, flaws[index], head)
        found = _judged(table, index, head, dict(zip(fields, cells, strict=True)), refused)
        if found is not None:
            yield found


def _taking(columns: tuple[int, ...]) -> Callable[[Sequence[object]], tuple[object, ...]]:
    if len(columns) == 1:
        return lambda row: (row[columns[0]],)
    return itemgetter(*columns)


def _with_flaws(
    cells: tuple[object, ...], flaws: Mapping[int, Flaw], head: Head
) -> tuple[tuple[object, ...], dict[str, Unread]]:
    """The cells with what the person sees in those that hold no value, and why each is not read."""
    shown, refused = list(cells), {}
    for place, (name, column) in enumerate(head.places.items()):
        flaw = flaws.get(column)
        if flaw is None or (flaw.lack == Lack.MERGED and text_of(cells[place])):
            continue
        shown[place] = flaw.text
        refused[name] = REASONS[flaw.lack]
    return tuple(shown), refused


@lru_cache(4096)
def _may_be_total(number: object, name: object) -> bool:
    """Whether one of the two may be the word of a total or of a head: nearly every row is none, and said so quickly."""
    texts = [text_of(value).lower() for value in (number, name) if isinstance(value, str)]
    return any("计" in text or "号" in text or "total" in text or "sum" in text or "number" in text for text in texts)


def _judged(
    table: Table, index: int, head: Head, values: dict[str, object], refused: Mapping[str, Unread]
) -> Used | Finding | None:
    """A row that may be no event: a total, a note, a second head, or nothing but a number."""
    texts = {name: text_of(value) for name, value in values.items()}
    filled = {name for name, text in texts.items() if text}
    if not filled - {"number", "kind"}:
        # Merged away, or prefilled and not used.
        return None
    if _is_head_again(texts, head):
        return None
    word = next((name for name in ("number", "name", "kind") if _is_total(texts.get(name, ""))), None)
    beside = _total_beside(table, index, head) if word is None and not texts.get("number") else None
    if word is None and beside is None:
        return None if _is_foot(table, index, texts) else Used(index + 1, values, refused)
    is_clear = not any(texts.get(name) for name in _NO_TOTAL)
    if is_clear and (word == "number" or not texts.get("number")):
        return None
    place = head.places[word] if word else beside or 0
    return _unclear(table, place, index)


def _is_head_again(texts: dict[str, str], head: Head) -> bool:
    """Pages that were put one under another repeat their heads."""
    same = [plain(text) == plain(head.texts[head.places[name]]) for name, text in texts.items() if text]
    return len(same) > 1 and all(same)


def _is_total(text: str) -> bool:
    word = plain(text)
    return (
        word in TOTALS
        or (len(word) <= 12 and word.partition("(")[0].strip(":") in TOTALS)
        or (len(word) <= 8 and word.endswith(("合计", "小计", "总计")))
    )


def _total_beside(table: Table, index: int, head: Head) -> int | None:
    """The column, among those that are not read, in which a row without a number calls itself a total."""
    read = set(head.places.values())
    for place, value in enumerate(table.rows[index]):
        if place not in read and isinstance(value, str) and _is_total(value):
            return place
    return None


def _is_foot(table: Table, index: int, texts: dict[str, str]) -> bool:
    """Notes and signatures under the table: the first cell begins with such a word, and no figure follows."""
    first = next((text for value in table.rows[index] if (text := plain(value))), "")
    if not first.startswith(_FOOT) or ":" not in first:
        return False
    amount = texts.get("amount", "")
    return not any(letter.isdigit() for letter in amount)


def _unclear(table: Table, column: int, index: int) -> Finding:
    return Finding(
        "S10",
        Level.ERROR,
        Text(_(
            "This row calls itself a total and says more than a total does. Remove the row, or correct this cell if "
            "it is an event."
        )),
        Text(_("a row of a contract, or a total with its word and amounts alone")),
        found=text_of(table.rows[index][column]),
        sheet=table.name,
        cell=cell_name(column, index + 1),
        row=index + 1,
    )  # fmt: skip
