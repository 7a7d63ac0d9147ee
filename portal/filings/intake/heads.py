"""Finding the head of a table: which column holds which field, in which unit."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from portal.filings.columns import Column, Form, SheetPlan
from portal.filings.intake.cells import text_of
from portal.filings.intake.tables import Table, cell_name
from portal.filings.intake.units import PLAIN, Unit, unit_in_title, unit_of
from portal.filings.sheet import Finding, Level
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

# The head is looked for in so many first rows: people put titles above it.
HEAD_ROWS = 15
# So many heads are told when one is missing.
_TOLD = 30
_BRACKETS = re.compile(r"(.+?)[(\[【〔]([^()\[\]【】〔〕]*(?:\([^()]*\))?[^()\[\]【】〔〕]*)[)\]】〕]")
_REMARKS = ("必填", "选填", "可选", "必填项", "required", "optional", "含税", "不含税", "数字", "原币")
_DAY_REMARK = re.compile(r"[ymd年月日\-/.]+|[如例格]:?.*|yyyy.*")


@dataclass(frozen=True)
class Head:
    """The row of the heads (from 0; -1 when there is none), and what it says of each column (from 0)."""

    index: int = -1
    texts: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    # Field, first column and second column of what is headed alike.
    doubles: tuple[tuple[str, int, int], ...] = ()

    @property
    def row(self) -> int:
        """The head's row, from 1."""
        return max(self.index, 0) + 1

    def cell_of_field(self, name: str) -> str:
        """The cell of a field's head; where the column would stand when there is none."""
        return cell_name(self.places.get(name, len(self.texts)), self.row)


def plain(value: object) -> str:
    """A head as it is compared: no blanks or line breaks, no stars, small letters."""
    text = re.sub(r"\s", "", text_of(value)).casefold().replace("’", "'")
    return text.strip("*:·•")


class Heads:
    """The heads by which the columns of one kind of table are known."""

    def __init__(self, columns: Sequence[Column], codes: Collection[str]):
        self.codes = codes
        self.columns = {plain(head): column for column in columns if column.field for head in column.heads}

    def find(self, rows: Sequence[Sequence[object]]) -> Head:
        """The row, or the two rows, that name most columns. One column alone is no head."""
        best, most = Head(), 1
        above: Sequence[object] = ()
        for index, row in enumerate(rows[:HEAD_ROWS]):
            for cells in (row, _both(above, row)):
                found = self._head(index, cells)
                if len(found.places) > most:
                    best, most = found, len(found.places)
            above = row
        return self._with_title_unit(best, rows) if best.index > 0 else best

    def _head(self, index: int, cells: Sequence[object]) -> Head:
        places: dict[str, int] = {}
        units: dict[str, Unit] = {}
        doubles = []
        for place, value in enumerate(cells):
            column, unit = self.meaning(value)
            if column is None:
                continue
            if column.field in places:
                doubles.append((column.field, places[column.field], place))
                continue
            places[column.field] = place
            if unit.says_something or unit.words:
                units[column.field] = unit
        texts = tuple(text_of(value) for value in cells)
        return Head(index, texts, places, units, tuple(doubles))

    def meaning(self, value: object) -> tuple[Column | None, Unit]:
        """The column that a head names, and the unit that stands in it."""
        text, unit = plain(value), PLAIN
        while text:
            if column := self.columns.get(text):
                return column, unit
            match = _BRACKETS.fullmatch(text)
            if match is None:
                return self._with_unit_behind(text) if unit is PLAIN else (None, PLAIN)
            text = match[1].strip("*:")
            part = self._unit_in(text, match[2].removeprefix("单位:").removeprefix("unit:"))
            if part is None:
                break
            unit = part if part.words else unit
        return None, PLAIN

    def _unit_in(self, text: str, remark: str) -> Unit | None:
        """What brackets say: a unit, nothing of weight (a plain one), or something that makes it another column."""
        column = self.columns.get(text)
        if remark in _REMARKS:
            return PLAIN
        if column is None or column.form == Form.AMOUNT:
            return unit_of(remark, self.codes)
        if column.form == Form.DAY:
            return PLAIN if _DAY_REMARK.fullmatch(remark) else None
        return PLAIN

    def _with_unit_behind(self, text: str) -> tuple[Column | None, Unit]:
        """合同金额万元, 合同金额/USD: an amount's head with its unit and no brackets."""
        for head, column in self.columns.items():
            if column.form == Form.AMOUNT and text.startswith(head):
                unit = unit_of(text.removeprefix(head).strip("/,:_-"), self.codes)
                if unit is not None:
                    return column, unit
        return None, PLAIN

    def _with_title_unit(self, head: Head, rows: Sequence[Sequence[object]]) -> Head:
        """`单位：万元` above the head is the unit of every amount whose own head gives none."""
        texts = (text_of(value) for row in rows[: head.index] for value in row if isinstance(value, str))
        unit = next((unit for text in texts if (unit := unit_in_title(text, self.codes))), None)
        if unit is not None:
            for column in self.columns.values():
                if column.form == Form.AMOUNT and column.field in head.places:
                    head.units.setdefault(column.field, unit)
        return head


def _both(above: Sequence[object], row: Sequence[object]) -> list[object]:
    """A head of two rows: what stands below, and above where nothing does."""
    width = max(len(above), len(row))
    lower, upper = [*row, *[""] * (width - len(row))], [*above, *[""] * (width - len(above))]
    return [low if text_of(low) else high for low, high in zip(lower, upper, strict=True)]


def missing_columns(table: Table, columns: Sequence[Column], head: Head) -> list[Finding]:
    """S2. Every column that is needed is there."""
    wanted = [column for column in columns if column.required and column.field not in head.places]
    if head.index < 0 and wanted:
        return [_no_head(table, columns)]
    heads = " / ".join([text for text in head.texts if text][:_TOLD])
    return [
        Finding(
            "S2",
            Level.ERROR,
            Text(
                # xgettext:no-python-format
                _("The column “%(en)s” is missing. Put it back, in any place. These heads were found: %(heads)s."),
                {"en": column.en, "zh": column.zh, "heads": heads},
            ),
            # xgettext:no-python-format
            Text("%(zh)s / %(en)s", {"zh": column.zh, "en": column.en}),
            found=heads,
            sheet=table.name,
            cell=cell_name(0, head.row),
        )
        for column in wanted
    ]


def _no_head(table: Table, columns: Sequence[Column]) -> Finding:
    needed = [column for column in columns if column.required]
    first = next((row for row in table.rows if any(text_of(value) for value in row)), [])
    expected = {"zh": "、".join(column.zh for column in needed), "en": ", ".join(column.en for column in needed)}
    return Finding(
        "S2",
        Level.ERROR,
        Text(_("None of the first rows holds the heads of the columns. Put them in one row above the figures.")),
        # xgettext:no-python-format
        Text("%(en)s", expected),
        found=" / ".join(filter(None, map(text_of, first)))[:200],
        sheet=table.name,
        cell="A1",
    )


def columns_headed_alike(table: Table, head: Head) -> Iterator[Finding]:
    """S5. No two columns that are filled say that they are the same."""
    for _name, first, second in head.doubles:
        if _is_filled(table, head, first) and _is_filled(table, head, second):
            values = {"first": cell_name(first, head.row), "head": head.texts[second]}
            yield Finding(
                "S5",
                Level.ERROR,
                Text(
                    _("This column is headed like the one at %(first)s. Keep one of them, or give one another head."),
                    values,
                ),
                Text(_("one column with this meaning")),
                found=head.texts[second],
                sheet=table.name,
                cell=cell_name(second, head.row),
            )


def _is_filled(table: Table, head: Head, column: int) -> bool:
    return any(column < len(row) and text_of(row[column]) for row in table.rows[head.index + 1 :])


def is_like(plan: SheetPlan, head: Head) -> bool:
    """Whether a table under any name is this sheet: it names the contract, the day and the amount as only this does."""
    return {"number", "on", "amount"} <= head.places.keys()
