"""Guiyang's first quarters of 2019 and 2020, row by row as its firms file them: data/guiyang.csv."""

import csv
from collections import defaultdict
from datetime import date

from portal.front.demo.firms import DATA
from portal.front.demo.rows import CHANGED, EXECUTED, Row, in_cents
from portal.lib.quarters import Quarter

DIVISION = "520100"
# The Chinese word for a filing without business; such a filing has this one row.
NIL = "零申报"
GIVEN_QUARTERS = (Quarter(2019, 1), Quarter(2020, 1))

Given = dict[tuple[str, Quarter], tuple[Row, ...]]


def given_rows() -> Given:
    """(firm's key, quarter) → its rows; none for a nil return."""
    rows: dict[tuple[str, Quarter], list[Row]] = defaultdict(list)
    with (DATA / "guiyang.csv").open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            filing = rows[record.pop("firm"), Quarter.parse(record.pop("period"))]
            if record["kind"] != NIL:
                filing.append({field: text for field, text in record.items() if text})
    return {key: tuple(filing) for key, filing in rows.items()}


def used_up(given: Given, firm: str) -> dict[str, int]:
    """What the given rows take from each of a firm's contracts over its life, in its own currency."""
    used: dict[str, int] = defaultdict(int)
    for (key, _quarter), rows in given.items():
        for row in rows if key == firm else ():
            if row["kind"] in (EXECUTED, CHANGED):
                sign = 1 if row["kind"] == EXECUTED else -1
                used[row["number"]] += sign * in_cents(row["amount"])
    return used


def back_filed(rows: tuple[Row, ...], quarter: Quarter) -> bool:
    """Whether something in a filing happened before its quarter: it then has to come before the window moves on."""
    return any(row["kind"] == EXECUTED and date.fromisoformat(row["on"]) < quarter.first_day for row in rows)
