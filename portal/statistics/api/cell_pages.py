"""The cells that one request asks for: a page of them as JSON, or all of them in any format."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.lib.workbooks import guarded
from portal.statistics.api import cells, json_stat, problems, streams
from portal.statistics.api.cells import Row, Selection
from portal.statistics.api.formats import Format
from portal.statistics.api.names import Names, member_names, place_names
from portal.statistics.api.questions import CellsAsked
from portal.statistics.api.releases import Published, local
from portal.statistics.dimensions import THEN
from portal.statistics.exports import citation, licence
from portal.statistics.places import places_named

FILTERS = ("place", "span", "measure", "mode", "cut", "member", "status")
A_PAGE = 1000
LARGEST_PAGE = 10_000


def selection_of(release: Published, asked: CellsAsked) -> Selection:
    """Raises Problem for a place that is none, and for a cursor that is none."""
    filters = {name: getattr(asked, name) for name in FILTERS}
    plain = [code.removesuffix(THEN) for code in filters["place"]]
    known = places_named(plain) if plain else {}
    for code, base in zip(filters["place"], plain):
        if base not in known:
            raise problems.misread("place", code, _("the code of a place, as in …/places"))
    return Selection(release.row.pk, filters, cells.key_of(asked.cursor) if asked.cursor else None)


def page_size(asked: CellsAsked, form: Format) -> int | None:
    """None for all. Raises Problem where a file would be cut into pages."""
    if form == Format.JSON:
        return _limit(asked.limit or str(A_PAGE))
    for name in ("limit", "cursor"):
        if (found := getattr(asked, name)) and found != "all":
            raise problems.misread(name, found, _("nothing: only JSON comes in pages, files are whole"))
    return None


def _limit(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LARGEST_PAGE:
        raise problems.misread("limit", text, _("a whole number from 1 to 10000, or “all”"))
    return int(text)


@dataclass
class CellPage:
    request: HttpRequest
    release: Published
    selection: Selection
    size: int | None

    def writer(self, form: Format):
        return {
            Format.JSON: self.as_json, Format.JSON_STAT: self.as_json_stat, Format.CSV: self.as_csv,
            Format.SDMX_CSV: self.as_sdmx_csv,
        }[form]  # fmt: skip

    def as_json(self) -> Iterator[bytes]:
        places, members = self._names
        row = self.release.row
        head = {
            "release": row.name, "period": row.period_id, "standing": row.standing, "digest": row.digest,
            "places": places, "members": members,
        }  # fmt: skip
        return streams.as_json(head, self._rows(), self._next())

    def as_csv(self) -> Iterator[bytes]:
        return streams.as_csv(self._rows(), self.release.info, *self._names, guarded)

    def as_sdmx_csv(self) -> Iterator[bytes]:
        return streams.as_sdmx_csv(self._rows(), self.release.info, self.release.row.standing)

    def as_json_stat(self) -> Iterator[bytes]:
        columns = [[code for (code,) in cells.distinct(self.selection, name)] for name in cells.KEY[:4]]
        parts = [json_stat.part_of(*pair) for pair in cells.distinct(self.selection, "cut", "member")]
        row, info = self.release.row, self.release.info
        head = {
            "label": f"{row.name} {citation(info)}", "source": citation(info), "updated": local(row.as_of),
            "extension": {
                "release": row.name, "digest": row.digest, "standing": row.standing, "licence": licence(),
                "status": {"c": "confidential", "d": "withheld to protect a confidential figure"},
            },
        }  # fmt: skip
        frame = json_stat.Frame(*columns, parts, info.quarter)
        return json_stat.as_json_stat(head, frame, self.selection.rows, *self._names)

    # ── Rows, and the names of what stands in them ───────────────────────────────────────────────

    @cached_property
    def _page(self) -> list[Row]:
        """The rows of a page, and one more where another page follows."""
        return list(self.selection.rows(self.size + 1))

    def _rows(self) -> Iterator[Row]:
        return self.selection.rows() if self.size is None else iter(self._page[: self.size])

    @cached_property
    def _names(self) -> tuple[Names, dict[str, Names]]:
        if self.size is None:
            places = [code for (code,) in cells.distinct(self.selection, "place")]
            pairs = cells.distinct(self.selection, "cut", "member")
        else:
            places = sorted({row[0] for row in self._rows()})
            pairs = sorted({(row[4], row[5]) for row in self._rows()})
        return place_names(places), member_names(pairs)

    def _next(self) -> str | None:
        if self.size is None or len(self._page) <= self.size:
            return None
        query = self.request.GET.copy()
        query["cursor"] = cells.cursor_after(self._page[self.size - 1])
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")
