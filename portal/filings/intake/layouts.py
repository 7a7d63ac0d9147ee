"""A firm's own spreadsheet, told once: which of its columns holds which field. Known again by its heads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from portal.filings.columns import csv_columns
from portal.filings.intake.cells import text_of
from portal.filings.intake.heads import HEAD_ROWS, plain
from portal.filings.intake.tables import Table

# A head row has at least so many heads.
FEWEST_HEADS = 3
_UNIT = re.compile(r"[(\[（【].*[)\]）】]\s*$")


@dataclass(frozen=True)
class Layout:
    """`columns`: the place of a column (from 0, as text) → the field it holds, one of csv_columns().
    `constants`: field → the text that every row has there; `kind` among them where no column says it."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnHead:
    """The head row of a firm's table (from 0) with its texts."""

    index: int
    texts: tuple[str, ...]

    @property
    def signature(self) -> str:
        """What the layout is known by: the heads in their order."""
        return sha256("\x1f".join(plain(text) for text in self.texts).encode()).hexdigest()


def own_head(table: Table) -> OwnHead | None:
    """The first of the fullest rows above the data; none where no row looks like heads."""
    rows = [_texts(row) for row in table.rows[:HEAD_ROWS]]
    counts = [sum(1 for text in row if text and not _is_number(text)) for row in rows]
    if not counts or max(counts) < FEWEST_HEADS:
        return None
    index = counts.index(max(counts))
    texts = list(rows[index])
    while texts and not texts[-1]:
        texts.pop()
    return OwnHead(index, tuple(texts))


def _texts(row: Sequence[object]) -> list[str]:
    return [text_of(value) for value in row]


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("-", "").isdigit()


def in_our_words(table: Table, layout: Layout, head: OwnHead) -> Table:
    """The same table with our heads over its columns and the constants behind them: every cell stays where it was."""
    ours = {column.field: column.zh for column in csv_columns()}
    heads = [_headed(ours.get(layout.columns.get(str(place), "")), text) for place, text in enumerate(head.texts)]
    width = max(map(len, table.rows), default=0)
    rows: list[list[object]] = [[""] * width for _row in table.rows[: head.index]]
    rows.append([*heads, *[""] * (width - len(heads)), *(ours[name] for name in layout.constants)])
    for row in table.rows[head.index + 1 :]:
        padded = [*row, *[""] * (width - len(row))]
        says_something = any(text_of(value) for value in row)
        rows.append(padded + (list(layout.constants.values()) if says_something else [""] * len(layout.constants)))
    return replace(table, rows=rows)


def _headed(ours: str | None, text: str) -> str:
    """Our head with the unit of theirs: 本月完成(万元) becomes 金额(万元). A column that is not told has no head."""
    if ours is None:
        return ""
    unit = _UNIT.search(text)
    return ours + (unit[0].strip() if unit else "")


def as_told(table: Table, layouts: Mapping[str, Layout]) -> Table | None:
    """The table in our words where the firm has told its layout, else none."""
    head = own_head(table) if layouts and not table.is_hidden else None
    layout = layouts.get(head.signature) if head else None
    return in_our_words(table, layout, head) if head and layout else None
