"""Cells as one JSON-stat 2 dataset, sparse: values and marks by their place in the cube, in two passes.

https://json-stat.org/full/ . A cell that the release does not have is left out; one that is not public has a status
("c" or "d") and no value.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import prod

from django.utils.translation import gettext as _

from portal.lib.quarters import Quarter
from portal.statistics.api import sdmx
from portal.statistics.api.cells import WHOLE, Row
from portal.statistics.api.names import Names
from portal.statistics.api.streams import batches
from portal.statistics.dimensions import Measure, Span
from portal.statistics.wording import CUT_NAMES, MEASURE_NAMES, MODE_NAMES, months_of

UNITS = ("usd", "cny", "number")
_MARKS = {"C": "c", "D": "d"}


@dataclass(frozen=True)
class Frame:
    """The codes of each dimension, and where a row's observations stand among all combinations of them."""

    places: list[str]
    spans: list[str]
    measures: list[str]
    modes: list[str]
    parts: list[str]
    quarter: Quarter

    @property
    def sizes(self) -> list[int]:
        return [len(codes) for codes in (self.places, self.spans, self.measures, self.modes, self.parts, UNITS)]

    def locator(self) -> Callable[[Row], int]:
        """A row's first unit, counted from the first cell of the cube."""
        steps = [prod(self.sizes[position + 1 :]) for position in range(5)]
        lists = (self.places, self.spans, self.measures, self.modes, self.parts)
        at = [{code: number * step for number, code in enumerate(codes)} for codes, step in zip(lists, steps)]

        def place_of(row: Row) -> int:
            return at[0][row[0]] + at[1][row[1]] + at[2][row[2]] + at[3][row[3]] + at[4][part_of(row[4], row[5])]

        return place_of


def part_of(cut: str, member: str) -> str:
    """Cut and member as one code: `market:VNM`, `whole`."""
    return f"{cut or WHOLE}:{member}" if member else cut or WHOLE


def as_json_stat(
    head: dict[str, object],
    frame: Frame,
    read: Callable[[], Iterable[Row]],
    places: Names,
    members: dict[str, Names],
) -> Iterator[bytes]:
    dataset = {"version": "2.0", "class": "dataset", **head, **_dimensions(frame, places, members)}
    yield json.dumps(dataset, ensure_ascii=False, separators=(",", ":"))[:-1].encode() + b',"value":{'
    yield from _pairs(_values(read(), frame))
    yield b'},"status":{'
    yield from _pairs(_statuses(read(), frame))
    yield b"}}"


def _pairs(pairs: Iterable[str]) -> Iterator[bytes]:
    is_first = True
    for batch in batches(pairs):
        yield ("" if is_first else ",").encode() + ",".join(batch).encode()
        is_first = False


def _values(rows: Iterable[Row], frame: Frame) -> Iterator[str]:
    place_of = frame.locator()
    for row in rows:
        numbers = (sdmx.in_units(row[6]), sdmx.in_units(row[7]), row[8])
        first = place_of(row)
        for unit, number in enumerate(numbers):
            if number not in (None, ""):
                yield f'"{first + unit}":{number}'


def _statuses(rows: Iterable[Row], frame: Frame) -> Iterator[str]:
    place_of = frame.locator()
    for row in rows:
        if row[9] in _MARKS:
            first = place_of(row)
            for unit in _units_of(row):
                yield f'"{first + unit}":"{_MARKS[row[9]]}"'


def _units_of(row: Row) -> list[int]:
    """The units that a cell has, whatever is in it."""
    amounts = [] if row[2] == Measure.FIRMS else [0, 1]
    return [*amounts, 2] if sdmx.has_count(row[2], row[4]) else amounts


def _dimensions(frame: Frame, places: Names, members: dict[str, Names]) -> dict[str, object]:
    parts = {part: _part_name(*part.partition(":")[::2], members) for part in frame.parts}
    labels = {
        "place": (_("Place"), {code: places.get(code, code) for code in frame.places}),
        "span": (_("Stretch of time"), {code: months_of(frame.quarter, Span(code)) for code in frame.spans}),
        "measure": (_("Measure"), {code: str(MEASURE_NAMES.get(code, code)) for code in frame.measures}),
        "mode": (_("Mode"), {code: str(MODE_NAMES.get(code, code)) for code in frame.modes}),
        "part": (_("Part"), parts),
        "unit": (_("Unit"), {"usd": _("US dollars"), "cny": _("Renminbi"), "number": _("Number")}),
    }
    dimension = {
        name: {"label": label, "category": {"index": list(codes), "label": codes}}
        for name, (label, codes) in labels.items()
    }
    dimension["unit"]["category"]["unit"] = {
        "usd": {"decimals": 2}, "cny": {"decimals": 2}, "number": {"decimals": 0},
    }  # fmt: skip
    roles = {"geo": ["place"], "time": ["span"], "metric": ["measure", "unit"]}
    return {"id": list(labels), "size": frame.sizes, "role": roles, "dimension": dimension}


def _part_name(cut: str, member: str, members: dict[str, Names]) -> str:
    """What a part is called: by its member, or by the cut that has none."""
    of_cut = CUT_NAMES.get("" if cut == WHOLE else cut, cut)
    return members.get(cut, {}).get(member) or (member or str(of_cut))
