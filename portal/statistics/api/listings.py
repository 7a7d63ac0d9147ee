"""Code lists: as they stand, and as they stood in each of their editions."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query

from portal.lib.words import gettext_noop
from portal.lib.workbooks import guarded
from portal.reference.lists import LISTS
from portal.reference.models import Edition
from portal.reference.queries import edition_rows
from portal.statistics.api import examples, problems, schemas
from portal.statistics.api.formats import Format, chosen
from portal.statistics.api.operations import as_bytes
from portal.statistics.api.questions import AskedAsJson, EditionNumber, ListAsked, ListName
from portal.statistics.api.releases import local
from portal.statistics.api.replies import FRESH_SECONDS, KEPT_SECONDS, Reply
from portal.statistics.api.service import offered
from portal.statistics.api.streams import csv_pieces
from portal.statistics.wording import LIST_NAMES

_FORMATS = (Format.JSON, Format.CSV)
_DATES = ("since_on", "until_on")


def _newest() -> dict[str, Edition]:
    """The newest edition of each list that has one, without its content."""
    editions = Edition.objects.order_by("list_name", "number").defer("content")
    return {edition.list_name: edition for edition in editions}


def _list_or_problem(name: str) -> None:
    if name not in LISTS:
        raise problems.not_found("name", name, _("the name of a code list"), sorted(LISTS))


@offered(
    "/lists",
    name="list-list",
    answer=schemas.ListOfLists,
    example=examples.LISTS,
    summary=gettext_noop("All code lists"),
    description=gettext_noop("Places, markets, groups, categories, currencies and rates, each in its newest edition."),
    tag="lists",
)
def list_list(request: HttpRequest, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    newest = _newest()

    def write() -> bytes:
        contents = Edition.objects.in_bulk([edition.pk for edition in newest.values()])
        rows = [
            {
                "name": name, "title": str(LIST_NAMES.get(name, name)), "edition": edition.number,
                "made_at": local(edition.made_at), "rows": len(edition_rows(contents[edition.pk])),
                "href": request.build_absolute_uri(reverse("api:list-detail", args=[name])),
            }
            for name, edition in sorted(newest.items())
        ]  # fmt: skip
        return as_bytes({"lists": rows})

    marks = [edition.digest for edition in newest.values()]
    return Reply(write, marks, max(row.made_at for row in newest.values()), seconds=FRESH_SECONDS).to(request)


@offered(
    "/lists/{name}",
    name="list-detail",
    answer=schemas.ListRows,
    example=examples.LIST_ROWS,
    summary=gettext_noop("One code list as it stands"),
    description=gettext_noop(
        "Its newest edition. Rows are in force from since_on to until_on, both included; empty is open."
    ),
    formats=_FORMATS,
    tag="lists",
)
def list_detail(request: HttpRequest, name: ListName, asked: Query[ListAsked]) -> HttpResponseBase:
    _list_or_problem(name)
    edition = Edition.objects.filter(list_name=name).order_by("-number").first()
    return _rows(request, name, edition, asked.on, FRESH_SECONDS)


@offered(
    "/lists/{name}/editions",
    name="edition-list",
    answer=schemas.EditionList,
    example=examples.EDITIONS,
    summary=gettext_noop("The editions of a code list"),
    description=gettext_noop("Every edit of a list makes a new edition; a release names those that it used."),
    tag="lists",
)
def edition_list(request: HttpRequest, name: ListName, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    _list_or_problem(name)
    found = list(Edition.objects.filter(list_name=name).order_by("-number").defer("content"))

    def write() -> bytes:
        rows = [
            {
                "number": edition.number, "made_at": local(edition.made_at), "digest": edition.digest,
                "href": request.build_absolute_uri(reverse("api:edition-detail", args=[name, edition.number])),
            }
            for edition in found
        ]  # fmt: skip
        return as_bytes({"name": name, "editions": rows})

    if not found:
        raise problems.not_found("name", name, _("a list that has been published"))
    return Reply(write, [found[0].digest, len(found)], found[0].made_at, seconds=FRESH_SECONDS).to(request)


@offered(
    "/lists/{name}/editions/{edition}",
    name="edition-detail",
    answer=schemas.ListRows,
    example=examples.LIST_ROWS,
    summary=gettext_noop("A code list as it stood"),
    description=gettext_noop("One edition, which never changes."),
    formats=_FORMATS,
    tag="lists",
)
def edition_detail(
    request: HttpRequest, name: ListName, edition: EditionNumber, asked: Query[ListAsked]
) -> HttpResponseBase:
    _list_or_problem(name)
    found = Edition.objects.filter(list_name=name, number=edition).first()
    if found is None:
        raise problems.not_found("edition", str(edition), _("the number of an edition, as in …/editions"))
    return _rows(request, name, found, asked.on, KEPT_SECONDS)


# ── The rows of an edition ───────────────────────────────────────────────────────────────────────


def _rows(request: HttpRequest, name: str, edition: Edition | None, on: date | None, seconds: int) -> HttpResponseBase:
    form = chosen(request, _FORMATS)
    if edition is None:
        raise problems.not_found("name", name, _("a list that has been published"))
    columns = next(csv.reader(io.StringIO(edition.content)))
    if on and not set(_DATES) <= set(columns):
        raise problems.misread("on", on.isoformat(), _("nothing: the rows of this list have no dates"))

    def write() -> bytes | Iterator[bytes]:
        rows = [row for row in edition_rows(edition) if on is None or _is_open(row, on.isoformat())]
        if form == Format.CSV:
            head = [told(column) for column in columns]
            return csv_pieces(head, ([guarded(row[column]) for column in columns] for row in rows))
        content = {
            "name": name, "edition": edition.number, "made_at": local(edition.made_at), "digest": edition.digest,
            "columns": [told(column) for column in columns],
            "rows": [{told(column): row[column] or None for column in columns} for row in rows],
        }  # fmt: skip
        return as_bytes(content)

    filename = f"{name}-{edition.number}"
    return Reply(write, [edition.digest], edition.made_at, form, filename, seconds).to(request)


def _is_open(row: dict[str, str], day: str) -> bool:
    """ISO dates compare as texts."""
    return (not row["since_on"] or row["since_on"] <= day) and (not row["until_on"] or day <= row["until_on"])


def told(column: str) -> str:
    """A column of an edition as the API calls it: `group__name_zh` is group_name_zh, `parent_id` parent."""
    return column.removesuffix("_id").replace("_id__", "_").replace("__", "_")
