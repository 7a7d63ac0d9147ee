"""From figures to geometry: bars, stacked bars and the bridge, in percent of a row's width. No Django."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.lib.money import rounded
from portal.ui.figures import grouped, signed

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart. `start` and `width` are percent of the row; texts are shown as they are."""

    label: str
    value: str
    width: Decimal
    start: Decimal = Decimal(0)
    note: str = ""
    share: str = ""
    kind: str = ""
    ink: str = "d1"
    href: str = ""
    join_up: Decimal | None = None
    join_down: Decimal | None = None


@dataclass(frozen=True)
class Item:
    """What a bar is made from: a label, a number, and what stands in small type."""

    label: str
    number: Decimal | int | None
    note: str = ""
    share: str = ""
    kind: str = ""
    href: str = ""
    text: str = ""


def bars(items: Iterable[Item], decimals: int = 2, longest: Decimal | None = None) -> list[Bar]:
    """Rows whose bars share one zero at the left; the longest fills the row. A number of None is withheld."""
    items = list(items)
    top = longest or max((Decimal(item.number) for item in items if item.number is not None), default=Decimal(0))
    return [_bar(item, top, decimals) for item in items]


def _bar(item: Item, top: Decimal, decimals: int) -> Bar:
    withheld = item.number is None
    number = Decimal(0) if withheld else Decimal(item.number)
    width = percent_of(max(number, Decimal(0)), top)
    return Bar(
        label=item.label,
        value=item.text or ("" if withheld else grouped(number, decimals)),
        width=width,
        note=item.note,
        share=item.share,
        kind="withheld" if withheld else item.kind,
        ink={"rest": "d2", "total": "ink", "base": "ink"}.get(item.kind, "d1"),
        href=item.href,
    )


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """The part in percent of the whole to two decimals; 0 where there is no whole."""
    return rounded(_HUNDRED * part / whole) if whole else Decimal(0)


@dataclass(frozen=True)
class Segment:
    start: Decimal
    width: Decimal
    ink: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Stack:
    """One row of shares that add up to a whole, each with its own column of figures."""

    label: str
    segments: tuple[Segment, ...]
    note: str = ""

    @property
    def edges(self) -> list[Decimal]:
        """Where one part ends and the next begins."""
        return [segment.start for segment in self.segments[1:]]


def stack(label: str, parts: Sequence[Decimal | int], note: str = "", notes: Sequence[str] = ()) -> Stack:
    """Parts (not negative) as segments of one bar, with their shares in percent beside them."""
    total = sum(Decimal(part) for part in parts)
    segments, reached = [], Decimal(0)
    for index, part in enumerate(parts):
        share = percent_of(Decimal(part), total)
        last = index == len(parts) - 1
        width = _HUNDRED - reached if last and total else share
        ink = ("d1", "d2", "d3", "ink3")[index % 4]
        segments.append(Segment(reached, width, ink, f"{share}%", notes[index] if index < len(notes) else ""))
        reached += width
    return Stack(label, tuple(segments), note)


def bridge(start: Item, steps: Sequence[Item], end: Item, decimals: int = 2) -> list[Bar]:
    """Rows of a waterfall from one level to another.

    The steps' numbers are signed and must lead from start to end exactly; ValueError otherwise, because
    a bridge that does not close tells a falsehood. Totals below zero shift the zero line to the right.
    """
    levels = [Decimal(start.number)]
    for step in steps:
        levels.append(levels[-1] + Decimal(step.number))
    if levels[-1] != Decimal(end.number):
        raise ValueError(f"the steps lead to {levels[-1]}, not to {end.number}")
    low, high = min(Decimal(0), *levels), max(Decimal(0), *levels)

    def place(level: Decimal) -> Decimal:
        return percent_of(level - low, high - low)

    rows = [_level(start, "base", place, None, place(levels[0]), decimals)]
    for before, after, step in zip(levels, levels[1:], steps, strict=False):
        rows.append(_step(step, before, after, place, decimals))
    rows.append(_level(end, "total", place, place(levels[-1]), None, decimals))
    return rows


def _level(item: Item, kind: str, place, up: Decimal | None, down: Decimal | None, decimals: int) -> Bar:
    number = Decimal(item.number)
    left, right = sorted((place(Decimal(0)), place(number)))
    return Bar(
        item.label,
        item.text or grouped(number, decimals),
        right - left,
        left,
        item.note,
        item.share,
        kind,
        "ink",
        item.href,
        up,
        down,
    )


def _step(item: Item, before: Decimal, after: Decimal, place, decimals: int) -> Bar:
    left, right = sorted((place(before), place(after)))
    ink = "d1" if after >= before else "ink3"
    return Bar(
        item.label,
        item.text or signed(item.number, decimals),
        right - left,
        left,
        item.note,
        item.share,
        item.kind,
        ink,
        item.href,
        place(before),
        place(after),
    )
