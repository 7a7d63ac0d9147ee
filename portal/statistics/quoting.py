"""Numbers in a text, and whether published figures answer for them. Pure.

A number is read with what stands about it: the currency before it, the unit after it. It is answered for when a
figure of the same kind comes to it at the decimals that were written. Years, dates, quarters, ordinals and small
bare numbers say nothing of a figure and are let through.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.lib.money import rounded

NEAREST = 3
SMALL = 12


class Kind(StrEnum):
    """What a figure counts: cents of a currency, per cent (or its points), or a number of firms."""

    USD = "usd"
    CNY = "cny"
    PERCENT = "percent"
    COUNT = "count"


@dataclass(frozen=True)
class Figure:
    """A published figure under its name: cents, per cent or a count. Signs are left to the words about a number."""

    name: str
    kind: Kind
    value: Decimal


@dataclass(frozen=True)
class Unit:
    """How a written number becomes a figure: `size` of what the kind counts make one."""

    kind: Kind
    size: Decimal


@dataclass(frozen=True)
class Quoted:
    """A number as written, with its unit, and the sentence around it. Without units it may be of any kind."""

    written: str
    value: Decimal
    decimals: int
    units: tuple[Unit, ...]
    is_times: bool
    sentence: str


@dataclass(frozen=True)
class Unfounded:
    """A number that no figure answers for, and the figures that come nearest."""

    quoted: Quoted
    nearest: list[Figure]


_FULLWIDTH = str.maketrans("０１２３４５６７８９％．－", "0123456789%.-")
_NUMBER = re.compile(
    r"(?P<before>(?:US\$|USD|RMB|CNY|[¥￥$])\s?)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
)
_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# What may follow (or stand before) a number that is a year, a date, a quarter or an ordinal.
_DATE_AFTER = re.compile(
    rf"\s?(?:年|月|日|号|季度|个月|Q[1-4]|st\b|nd\b|rd\b|th\b|{_MONTHS})|\s?(?:至|-|–|、|到)\s?\d{{1,2}}\s?(?:月|日|季度)"
    r"|-\d{1,2}(?:-\d{1,2})?\b"
)
_DATE_BEFORE = re.compile(rf"(?:第\s?|Q|{_MONTHS}\s|\d{{4}}-|\d{{4}}-\d{{1,2}}-|\d{{4}}Q\d-)$")
_YEARS = range(1949, 2101)
_PERCENT = Unit(Kind.PERCENT, Decimal(1))
_COUNT = Unit(Kind.COUNT, Decimal(1))
_TIMES = re.compile(r"\s?(?:倍|times\b|-?fold\b)")
_AFTER: tuple[tuple[re.Pattern, Unit], ...] = (
    (re.compile(r"\s?亿美元"), Unit(Kind.USD, Decimal(10) ** 10)),
    (re.compile(r"\s?万美元|\s?×\s?US\$10,000"), Unit(Kind.USD, Decimal(10) ** 6)),
    (re.compile(r"\s?美元|\s?(?:US )?dollars\b"), Unit(Kind.USD, Decimal(100))),
    (re.compile(r"\s?亿元"), Unit(Kind.CNY, Decimal(10) ** 10)),
    (re.compile(r"\s?万元|\s?×\s?RMB 10,000"), Unit(Kind.CNY, Decimal(10) ** 6)),
    (re.compile(r"\s?元|\s?yuan\b"), Unit(Kind.CNY, Decimal(100))),
    (re.compile(r"\s?%|\s?(?:个)?百分点|\s?per ?cent\b|\s?(?:percentage )?points?\b"), _PERCENT),
    (re.compile(r"\s?(?:家|户)|\s?(?:firms?|companies|members)\b"), _COUNT),
)
_SCALES = ((re.compile(r"\s?billion\b"), Decimal(10) ** 11), (re.compile(r"\s?million\b"), Decimal(10) ** 8),
           (re.compile(r"\s?亿"), Decimal(10) ** 10), (re.compile(r"\s?万"), Decimal(10) ** 6))  # fmt: skip
_BARE = (Unit(Kind.USD, Decimal(10) ** 6), Unit(Kind.CNY, Decimal(10) ** 6), _PERCENT, _COUNT)
_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？!?\n]|\.(?=\s|$)|$)", re.DOTALL)


def numbers_in(text: str) -> list[Quoted]:
    """Every number of a text that speaks of a figure, in order."""
    text = text.translate(_FULLWIDTH)
    found = []
    for match in _NUMBER.finditer(text):
        if not _is_let_through(text, match):
            found.append(_quoted(text, match))
    return found


def _is_let_through(text: str, match: re.Match) -> bool:
    before, after, number = text[: match.start()], text[match.end() :], match["number"]
    if match["before"]:
        return False
    if number.isdigit() and (_DATE_AFTER.match(after) or _DATE_BEFORE.search(before)):
        return True
    units, is_times = _units_of(match, after)
    if units != _BARE or is_times:
        return False
    return number.isdigit() and (int(number) in _YEARS or int(number) <= SMALL)


def _quoted(text: str, match: re.Match) -> Quoted:
    after = text[match.end() :]
    units, is_times = _units_of(match, after)
    number = match["number"].replace(",", "")
    decimals = len(number.partition(".")[2])
    return Quoted(match[0].strip(), Decimal(number), decimals, units, is_times, _sentence_at(text, match.start()))


def _units_of(match: re.Match, after: str) -> tuple[tuple[Unit, ...], bool]:
    """The units that a number may have been meant in, and whether it is a multiple."""
    if _TIMES.match(after):
        return (_PERCENT,), True
    for pattern, unit in _AFTER:
        if pattern.match(after):
            return (unit,), False
    scale = next((size for pattern, size in _SCALES if pattern.match(after)), None)
    kinds = _kinds_before(match["before"] or "")
    if scale:
        return tuple(Unit(kind, scale) for kind in kinds), False
    return (tuple(Unit(kind, Decimal(100)) for kind in kinds), False) if match["before"] else (_BARE, False)


def _kinds_before(sign: str) -> tuple[Kind, ...]:
    if "$" in sign or "USD" in sign:
        return (Kind.USD,)
    return (Kind.CNY,) if sign else (Kind.USD, Kind.CNY)


def _sentence_at(text: str, position: int) -> str:
    for match in _SENTENCE.finditer(text):
        if match.start() <= position < match.end():
            return match[0].strip()
    return text.strip()


# ── What answers for a number ────────────────────────────────────────────────────────────────────


def unfounded(text: str, figures: Sequence[Figure]) -> list[Unfounded]:
    """The numbers of a text that none of the figures answers for."""
    return [Unfounded(one, _nearest(one, figures)) for one in numbers_in(text)
            if not any(_answers(figure, one) for figure in figures)]  # fmt: skip


def _answers(figure: Figure, quoted: Quoted) -> bool:
    return any(rounded(value, quoted.decimals) == quoted.value for value in _readings(figure, quoted))


def _readings(figure: Figure, quoted: Quoted) -> Iterable[Decimal]:
    """The figure in each unit that the number may be in. “N times” is what was added, or the ratio to the base."""
    for unit in quoted.units:
        if unit.kind != figure.kind:
            continue
        value = abs(figure.value) / unit.size
        if quoted.is_times:
            yield from (value / 100, figure.value / 100 + 1)
        else:
            yield value


def _nearest(quoted: Quoted, figures: Iterable[Figure]) -> list[Figure]:
    """The closest figures of the same kind, each name once."""
    distances: dict[str, tuple[Decimal, Figure]] = {}
    for figure in figures:
        for value in _readings(figure, quoted):
            distance = abs(value - quoted.value)
            if figure.name not in distances or distance < distances[figure.name][0]:
                distances[figure.name] = (distance, figure)
    closest = sorted(distances.values(), key=lambda row: row[0])
    return [figure for _distance, figure in closest[:NEAREST]]
