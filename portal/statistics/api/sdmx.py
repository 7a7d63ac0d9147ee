"""SDMX-CSV 2.0: one observation to a row, codes without names.

https://github.com/sdmx-twg/sdmx-csv (data message, version 2.0, of SDMX 3.0). CONF_STATUS and OBS_STATUS are those
of SDMX's cross-domain code lists. What the columns of our own structure hold is told in docs/api.md.
"""

from collections.abc import Iterable, Iterator

from portal.lib.quarters import Quarter
from portal.statistics.api.cells import WHOLE, Row
from portal.statistics.dimensions import Cut, Measure, Span, Standing

STRUCTURE = ("dataflow", "OUTSOURCING:RELEASE_CELLS(1.0.0)", "I")
COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION",
    "FREQ", "RELEASE", "REF_AREA", "MEASURE", "MODE", "CUT", "MEMBER", "ACCUMULATION", "UNIT_MEASURE", "TIME_PERIOD",
    "OBS_VALUE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "CONF_STATUS",
)  # fmt: skip
TOTAL, UNSPECIFIED = "_T", "_X"
_IS_BASE = (Span.QUARTER_BASE, Span.TO_DATE_BASE)
_ACCUMULATION = {Span.QUARTER: "Q", Span.QUARTER_BASE: "Q", Span.TO_DATE: "YTD", Span.TO_DATE_BASE: "YTD"}
_NORMAL, _PROVISIONAL, _SUPPRESSED = "A", "P", "Q"
_WITHOUT_MEMBERS = (WHOLE, Cut.SAME_FIRM, Cut.LEADERS)


def observations(rows: Iterable[Row], release: str, quarter: Quarter, standing: str) -> Iterator[tuple[object, ...]]:
    """The rows of the file: for each cell one in US dollars, one in renminbi and a number, as far as it has them."""
    status = _PROVISIONAL if standing == Standing.PROVISIONAL else _NORMAL
    periods = {span: time_period(quarter.year_before if span in _IS_BASE else quarter) for span in Span}
    for place, span, measure, mode, cut, member, usd, cny, count, conf in rows:
        key = (
            *STRUCTURE, "Q", release, place, measure, mode, TOTAL if cut == WHOLE else cut,
            member_code(cut, member), _ACCUMULATION[Span(span)],
        )  # fmt: skip
        marks = (status if conf == "F" else _SUPPRESSED, conf)
        if measure != Measure.FIRMS:
            yield (*key, "USD", periods[span], in_units(usd), 0, 2, *marks)
            yield (*key, "CNY", periods[span], in_units(cny), 0, 2, *marks)
        if has_count(measure, cut):
            yield (*key, "PN", periods[span], "" if count is None else count, 0, 0, *marks)


def member_code(cut: str, member: str) -> str:
    return member or (TOTAL if cut in _WITHOUT_MEMBERS else UNSPECIFIED)


def has_count(measure: str, cut: str) -> bool:
    """Whether a cell has a number beside its amounts; it depends on what the cell is, never on its size."""
    return measure in (Measure.CONTRACT, Measure.FIRMS) or cut in (Cut.LEADERS, Cut.SAME_FIRM)


def time_period(quarter: Quarter) -> str:
    """`2020-Q1`, as SDMX writes a quarter."""
    return f"{quarter.year}-Q{quarter.number}"


def in_units(cents: int | None) -> str:
    """Cents as an amount with two decimals, exactly; nothing where there is no amount."""
    if cents is None:
        return ""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"
