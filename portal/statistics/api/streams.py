"""Cells as JSON, CSV, SDMX-CSV and JSON-stat, in pieces: a whole release takes no more memory than a page of it."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from portal.statistics.api import sdmx
from portal.statistics.api.cells import AT_A_TIME, KEY, Row
from portal.statistics.api.names import Names
from portal.statistics.levels import ReleaseInfo

FIELDS = (*KEY, "usd_cents", "cny_cents", "count", "status")
CSV_COLUMNS = (
    "release", "period", "place", "place_name", *KEY[1:], "member_name", "usd_cents", "cny_cents", "count", "status",
)  # fmt: skip


class _Line:
    """What csv.writer writes to: hands the text on instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A table as CSV by RFC 4180 in UTF-8, some thousand lines to a piece."""
    writer = csv.writer(_Line())
    for lines in batches(chain([head], rows)):
        yield "".join(writer.writerow(line) for line in lines).encode()


def batches(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, AT_A_TIME)):
        yield batch


def as_csv(
    rows: Iterable[Row], release: ReleaseInfo, places: Names, members: dict[str, Names], guarded: Callable[[str], str]
) -> Iterator[bytes]:
    """With names in the language asked for. `guarded` keeps a name from being run as a formula."""
    places = {code: guarded(name) for code, name in places.items()}
    members = {cut: {code: guarded(name) for code, name in names.items()} for cut, names in members.items()}
    nothing: Names = {}
    return csv_pieces(
        CSV_COLUMNS,
        (
            (
                release.name, release.period, row[0], places.get(row[0], ""), *row[1:6],
                members.get(row[4], nothing).get(row[5], ""), *row[6:],
            )
            for row in rows
        ),
    )  # fmt: skip


def as_sdmx_csv(rows: Iterable[Row], release: ReleaseInfo, standing: str) -> Iterator[bytes]:
    return csv_pieces(sdmx.COLUMNS, sdmx.observations(rows, release.name, release.quarter, standing))


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────


def as_json(head: dict[str, object], rows: Iterable[Row], following: str | None) -> Iterator[bytes]:
    """The head, then the cells as objects, then where the next page begins."""
    yield _text(head)[:-1].encode() + b',"cells":['
    is_first = True
    for batch in batches(rows):
        text = ",".join(_text(dict(zip(FIELDS, row))) for row in batch)
        yield (text if is_first else f",{text}").encode()
        is_first = False
    yield b'],"next":' + _text(following).encode() + b"}"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
