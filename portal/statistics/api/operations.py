"""Releases and their figures: what each address answers."""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query

from portal.lib.money import rounded
from portal.lib.words import gettext_noop
from portal.statistics.api import cell_pages, cells, description, examples, releases, schemas
from portal.statistics.api import changelog as history
from portal.statistics.api.cells import Selection
from portal.statistics.api.formats import Format, chosen
from portal.statistics.api.names import member_names
from portal.statistics.api.questions import AskedAsJson, AskedAsStructure, CellsAsked, ReleaseName
from portal.statistics.api.releases import Published
from portal.statistics.api.replies import FRESH_SECONDS, Reply
from portal.statistics.api.service import offered
from portal.statistics.api.structure import structure_of
from portal.statistics.concentrations import published_concentrations
from portal.statistics.dimensions import Span
from portal.statistics.places import places_named

_CELL_FORMATS = (Format.JSON, Format.JSON_STAT, Format.CSV, Format.SDMX_CSV)
_STRUCTURE_FORMATS = (Format.JSON, Format.SDMX_JSON)


def as_bytes(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


# ── Releases ─────────────────────────────────────────────────────────────────────────────────────


@offered(
    "/releases",
    name="release-list",
    answer=schemas.ReleaseList,
    example={"releases": [examples.RELEASE]},
    summary=gettext_noop("All published releases"),
    description=gettext_noop(
        "Newest period and number first. A correction of a period is its next number; the earlier one stays."
    ),
    tag="figures",
)
def release_list(request: HttpRequest, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    found, editions = releases.published(), releases.editions_now()
    reply = Reply(
        write=lambda: as_bytes({"releases": [releases.as_json(release, request) for release in found]}),
        marks=[mark for release in found for mark in release.marks],
        changed_at=releases.changed_at(found, editions),
        seconds=FRESH_SECONDS,
    )
    return reply.to(request)


@offered(
    "/releases/{name}",
    name="release-detail",
    answer=schemas.ReleaseAnswer,
    example=examples.RELEASE,
    summary=gettext_noop("One release"),
    description=gettext_noop("When its facts were known, which editions of the lists it used, what came before it."),
    tag="figures",
)
def release_detail(request: HttpRequest, name: ReleaseName, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    release = releases.release_named(name)
    return _about(release, lambda: as_bytes(releases.as_json(release, request)), seconds=FRESH_SECONDS).to(request)


def _about(release: Published, write: Callable[[], bytes | Iterator[bytes]], **more) -> Reply:
    """A reply that depends on one release and on the names in the lists."""
    editions = releases.editions_now()
    changed_at = releases.changed_at([release], editions)
    return Reply(write=write, marks=[*release.marks, editions.newest], changed_at=changed_at, **more)


@offered(
    "/releases/{name}/places",
    name="release-places",
    answer=schemas.PlaceList,
    example=examples.PLACES,
    summary=gettext_noop("The places of a release"),
    description=gettext_noop("Every place that the release has cells of, by code."),
    tag="figures",
)
def release_places(request: HttpRequest, name: ReleaseName, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    release = releases.release_named(name)

    def write() -> bytes:
        codes = [code for (code,) in cells.distinct(Selection(release.row.pk), "place")]
        found = places_named(codes)
        rows = [
            {
                "code": place.code, "name_zh": place.name_zh, "name_en": place.name_en, "kind": place.kind,
                "parent": place.parent,
                "page": request.build_absolute_uri(reverse("statistics:place-release", args=[name, place.code])),
            }
            for _code, place in sorted(found.items())
        ]  # fmt: skip
        return as_bytes({"release": name, "places": rows})

    return _about(release, write).to(request)


@offered(
    "/releases/{name}/tables",
    name="release-tables",
    answer=schemas.TableKindList,
    example=examples.TABLES,
    summary=gettext_noop("The tables of a release"),
    description=gettext_noop(
        "What there is to ask for: each measure by each cut, in which modes and spans, with the members of the cut."
    ),
    tag="figures",
)
def release_tables(request: HttpRequest, name: ReleaseName, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    release = releases.release_named(name)

    def write() -> bytes:
        pairs = cells.distinct(Selection(release.row.pk), "cut", "member")
        called = member_names(pairs)
        members: dict[str, list[dict[str, str]]] = {}
        for cut, code in pairs:
            if code or cut in called:
                row = {"code": code, "name": called.get(cut, {}).get(code, code)}
                members.setdefault(cut, []).append(row)
        kinds = [
            {**vars(kind), "modes": sorted(kind.modes), "spans": sorted(kind.spans)}
            for kind in cells.tables_of(release.row.pk)
        ]
        return as_bytes({"release": name, "tables": kinds, "members": members})

    return _about(release, write).to(request)


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────


@offered(
    "/releases/{name}/cells",
    name="cell-list",
    answer=schemas.CellPage,
    example=examples.CELLS,
    summary=gettext_noop("The cells of a release"),
    description=gettext_noop(
        "Every figure that the release has, public or not, in the order of their keys. A key that is not listed, of a "
        "place that has a “firms” cell for the span, is a public zero. Filters may be repeated, or hold several values "
        "parted by commas."
    ),
    formats=_CELL_FORMATS,
    tag="figures",
)
def cell_list(request: HttpRequest, name: ReleaseName, asked: Query[CellsAsked]) -> HttpResponseBase:
    form = chosen(request, _CELL_FORMATS)
    release = releases.release_named(name)
    selection, size = cell_pages.selection_of(release, asked), cell_pages.page_size(asked, form)
    page = cell_pages.CellPage(request, release, selection, size)
    return _about(release, page.writer(form), format=form, filename=f"{name}-cells").to(request)


@offered(
    "/releases/{name}/structure",
    name="release-structure",
    answer=schemas.StructureMessage,
    example=examples.STRUCTURE,
    summary=gettext_noop("The structure of a release's SDMX-CSV"),
    description=gettext_noop(
        "The dataflow, its data structure with concepts, and every code that a column can hold, as a structure message "
        "of SDMX-JSON 2.0."
    ),
    formats=_STRUCTURE_FORMATS,
    tag="figures",
)
def release_structure(request: HttpRequest, name: ReleaseName, asked: Query[AskedAsStructure]) -> HttpResponseBase:
    form = chosen(request, _STRUCTURE_FORMATS)
    release = releases.release_named(name)
    return _about(release, lambda: as_bytes(structure_of(release)), format=form).to(request)


@offered(
    "/releases/{name}/concentration",
    name="release-concentration",
    answer=schemas.ConcentrationList,
    example=examples.CONCENTRATION,
    summary=gettext_noop("How concentrated a release's figures are"),
    description=gettext_noop(
        "For the quarter of each place, measure and mode: what the four largest firms hold, and the Herfindahl index. "
        "Where firms could be told from one it is null, with the mark C."
    ),
    tag="figures",
)
def release_concentration(request: HttpRequest, name: ReleaseName, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    release = releases.release_named(name)

    def write() -> bytes:
        rows = [
            {
                "place": row.place, "measure": row.measure, "mode": row.mode,
                "cr4": _rounded(row.cr4), "cr4_status": "C" if row.cr4 is None else "F",
                "hhi": _rounded(row.hhi), "hhi_status": "C" if row.hhi is None else "F",
            }
            for row in published_concentrations(release.info)
        ]  # fmt: skip
        return as_bytes({"release": name, "span": Span.QUARTER, "rows": rows})

    return _about(release, write).to(request)


def _rounded(fraction: Decimal | None) -> float | None:
    """To four decimals, as the page shows it."""
    return None if fraction is None else float(rounded(fraction, 4))


# ── About the API ────────────────────────────────────────────────────────────────────────────────


@offered(
    "/",
    name="service-detail",
    answer=schemas.Service,
    example=examples.SERVICE,
    summary=gettext_noop("Where everything is"),
    tag="service",
)
def service_detail(request: HttpRequest, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))

    def write() -> bytes:
        names = {"releases": "release-list", "table": "table-detail", "calendar": "date-list", "lists": "list-list"}
        names |= {"changelog": "changelog", "description": "openapi"}
        links = {key: request.build_absolute_uri(reverse(f"api:{name}")) for key, name in names.items()}
        page = request.build_absolute_uri(reverse("api-page:api-reference"))
        return as_bytes({"version": history.VERSION, "page": page, "links": links})

    return Reply(write=write, marks=[], changed_at=history.CHANGED_AT).to(request)


@offered(
    "/changelog",
    name="changelog",
    answer=schemas.Changelog,
    example=examples.CHANGELOG,
    summary=gettext_noop("What has changed in the API"),
    description=gettext_noop("Its versions, newest first, and what v1 promises to keep."),
    tag="service",
)
def changelog(request: HttpRequest, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))

    def write() -> bytes:
        changes = [
            {"version": change.version, "day": change.day.isoformat(), "what": [_(text) for text in change.what]}
            for change in history.CHANGES
        ]
        promises = [_(text) for text in history.PROMISES]
        return as_bytes({"version": history.VERSION, "promises": promises, "changes": changes})

    return Reply(write=write, marks=[], changed_at=history.CHANGED_AT).to(request)


@offered(
    "/openapi.json",
    name="openapi",
    answer=schemas.OpenApi,
    example={"openapi": "3.1.0"},
    summary=gettext_noop("This description"),
    description=gettext_noop("OpenAPI 3.1: every address with its parameters and answers."),
    tag="service",
)
def openapi(request: HttpRequest, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    return Reply(write=lambda: as_bytes(description.openapi()), marks=[], changed_at=history.CHANGED_AT).to(request)
