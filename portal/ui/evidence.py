"""Small drawings that stand beside a message and show why it was said. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.ui.charts import percent_of


@dataclass(frozen=True)
class Usage:
    """A contract's use in percent of what is drawn: before, now within the ceiling, now beyond it, the ceiling."""

    before: Decimal
    within: Decimal
    beyond: Decimal
    ceiling: Decimal

    @property
    def within_start(self) -> Decimal:
        return self.before

    @property
    def beyond_start(self) -> Decimal:
        return self.before + self.within


def usage(before: Decimal, now: Decimal, ceiling: Decimal) -> Usage:
    """`before` and `now` are executed amounts, `ceiling` the contract's value, all in one currency."""
    whole = max(before + now, ceiling)
    room = max(ceiling - before, Decimal(0))
    within = min(now, room)
    return Usage(
        percent_of(before, whole),
        percent_of(within, whole),
        percent_of(now - within, whole),
        percent_of(ceiling, whole),
    )


@dataclass(frozen=True)
class Column:
    x: int
    height: float
    y: float
    label: str
    is_last: bool


def columns(numbers: Sequence[Decimal | int | None], labels: Sequence[str], height: int = 72) -> list[Column]:
    """One column for each number over 40 units of width each; the tallest fills the height."""
    top = max((Decimal(number) for number in numbers if number is not None), default=Decimal(0))
    found = []
    for index, (number, label) in enumerate(zip(numbers, labels, strict=True)):
        tall = round(float(max(Decimal(number or 0), Decimal(0)) / top) * height, 1) if top else 0.0
        found.append(Column(index * 40 + 6, tall, round(height - tall, 1), label, index == len(numbers) - 1))
    return found


@dataclass(frozen=True)
class Window:
    """The accepted dates and one day, in percent of the line."""

    start: Decimal
    width: Decimal
    day: Decimal
    is_inside: bool


def window(day: date, since: date, until: date) -> Window:
    """Drawn with a tenth of its length to spare on each side of whatever lies outermost."""
    first, last = min(day, since), max(day, until)
    spare = max((last - first).days // 10, 1)
    length = Decimal((last - first).days + 2 * spare)

    def place(when: date) -> Decimal:
        return percent_of(Decimal((when - first).days + spare), length)

    return Window(place(since), place(until) - place(since), place(day), since <= day <= until)
