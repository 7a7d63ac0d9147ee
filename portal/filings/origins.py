"""The door for tracing a figure: lines with their firm and filing, and where each came from.

A line came from a row of an uploaded file, or was typed; which row it was is found by reading the file again.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from portal.filings.actions.layouts import layouts_of
from portal.filings.intake import read_file
from portal.filings.models.filing import Line
from portal.filings.models.upload import Upload
from portal.reference.queries import CodeLists, code_lists


@dataclass(frozen=True)
class TracedLine:
    """One line of one version of a filing. Amounts are cents; `number` is the contract's."""

    key: str
    version: int
    filing: int
    firm: str
    firm_zh: str
    firm_en: str
    period: str
    kind: str
    on: date
    number: str
    position: int
    currency: str
    amount_cents: int
    usd_cents: int
    cny_cents: int
    approved_at: datetime | None


def traced_lines(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], TracedLine]:
    """Lines by (key, number of the version): one query."""
    wanted = set(wanted)
    rows = Line.objects.filter(key__in={key for key, _version in wanted}).values_list(
        "key", "version__number", "version__filing", "firm__credit_code", "firm__name_zh", "firm__name_en",
        "version__filing__period", "kind", "on", "contract__number", "position", "currency", "amount_cents",
        "usd_cents", "cny_cents", "version__approved_at",
    )  # fmt: skip
    found = {(str(key), version): TracedLine(str(key), version, *rest) for key, version, *rest in rows}
    return {name: line for name, line in found.items() if name in wanted}


@dataclass(frozen=True)
class Origin:
    """A row of a file that was taken over. `sheet` is empty in a file with one table."""

    upload: int
    file_name: str
    sha256: str
    uploaded_at: datetime
    sheet: str
    row: int


_Event = tuple[str, str, date | None, int | None]


def origins_of(lines: Iterable[TracedLine]) -> dict[tuple[str, int], Origin]:
    """By key and version number. A file that was taken over replaced the whole draft, so a line is from the last one
    before its version was handed in, or was typed or changed by hand since."""
    by_upload: dict[int, list[TracedLine]] = defaultdict(list)
    uploads = _uploads({line.filing for line in lines})
    for line in lines:
        before = [row for row in uploads.get(line.filing, []) if row.version_number <= line.version]
        if before:
            by_upload[before[-1].pk].append(line)
    known = {row.pk: row for rows in uploads.values() for row in rows}
    lists = code_lists() if by_upload else None
    found: dict[tuple[str, int], Origin] = {}
    for pk, its_lines in by_upload.items():
        found |= _found(known[pk], its_lines, lists)
    return found


def _uploads(filings: set[int]) -> dict[int, list[Upload]]:
    """Files that were taken over, by filing, in their order."""
    rows = Upload.objects.filter(filing__in=filings, outcome=Upload.Outcome.CONFIRMED)
    found: dict[int, list[Upload]] = defaultdict(list)
    for row in rows.select_related("filing", "firm").order_by("version_number", "confirmed_at"):
        found[row.filing_id].append(row)
    return found


def _found(upload: Upload, lines: list[TracedLine], lists: CodeLists) -> dict[tuple[str, int], Origin]:
    rows = _rows_of(upload, lists)
    found = {}
    # Events that are alike in every value stand in the file in the order of their lines.
    for line in sorted(lines, key=lambda line: line.position):
        waiting = rows.get((line.kind, line.number, line.on, line.amount_cents))
        if waiting:
            sheet, row = waiting.popleft()
            found[line.key, line.version] = Origin(
                upload.pk, upload.file_name, upload.sha256, upload.uploaded_at, sheet, row
            )
    return found


def _rows_of(upload: Upload, lists: CodeLists) -> dict[_Event, deque[tuple[str, int]]]:
    """The file as it was read when it was taken over: the rows of each event."""
    try:
        with upload.file.open() as file:
            content = file.read()
    except FileNotFoundError:
        return {}
    intake = read_file(
        content, upload.file_name, lists=lists, firm_code=upload.firm.credit_code, period=upload.filing.period_id,
        layouts=layouts_of(upload.firm),
    )  # fmt: skip
    rows: dict[_Event, deque[tuple[str, int]]] = defaultdict(deque)
    for entry in intake.entries:
        rows[str(entry.kind), entry.number, entry.on, entry.amount_cents].append((entry.sheet, entry.row))
    return rows
