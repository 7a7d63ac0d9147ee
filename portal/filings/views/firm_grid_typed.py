"""What a tab or a form sends of the grid, made sure of before it is believed: places, kinds and texts."""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, QueryDict

from portal.filings.sheet import Kind
from portal.filings.workspace.typed import PLACES, Cells

LARGEST_ROWS = 2_000
LONGEST_TEXT = 4_000
_CELL = re.compile(r"((?:line|contract)-\d{1,18}|new-[a-z0-9-]{1,50})\.([a-z_]{1,30})")


class Sent(NamedTuple):
    version: int | None
    token: UUID
    rows: list[Cells]


def sent_by_script(request: HttpRequest) -> Sent:
    """Raises ValueError for anything that the grid's own script does not send."""
    body = json.loads(request.body)
    rows = body["rows"]
    if not isinstance(rows, list) or len(rows) > LARGEST_ROWS:
        raise ValueError("rows")
    return Sent(int(body["version"]) if body.get("version") else None, UUID(body["token"]), [_row(row) for row in rows])


def _row(row: Mapping[str, object]) -> Cells:
    place = str(row["place"])
    if not PLACES.fullmatch(place):
        raise ValueError(place)
    return Cells(
        place, Kind(row["kind"]), _texts(row["values"]), _texts(row.get("before", {})), str(row.get("seen", ""))[:32],
        str(row.get("number", ""))[:LONGEST_TEXT],
    )  # fmt: skip


def _texts(values: object) -> dict[str, str]:
    if not isinstance(values, dict):
        raise ValueError("values")
    return {str(name): text_kept(str(text)) for name, text in values.items()}


def text_kept(text: str) -> str:
    """No database keeps a null character; what is longer than any cell was not typed into one."""
    return text.replace("\x00", "")[:LONGEST_TEXT]


def sent_by_form(typed: QueryDict) -> Sent:
    """The rows of a form that was posted whole; those in which nothing was typed are left out."""
    cells: dict[str, dict[str, str]] = {}
    for name, text in typed.items():
        if found := _CELL.fullmatch(name):
            cells.setdefault(found[1], {})[found[2]] = text_kept(text)
    rows = []
    for text in typed.getlist("row")[:LARGEST_ROWS]:
        place, kind, seen, number = (text.split("|", 3) + ["", "", ""])[:4]
        values = cells.get(place, {})
        if values and PLACES.fullmatch(place) and (seen or any(text.strip() for text in values.values())):
            rows.append(Cells(place, Kind(kind), values, {}, seen[:32], text_kept(number)))
    version = typed.get("version", "")
    return Sent(int(version) if version.isdigit() else None, UUID(typed.get("token", "")), rows)
