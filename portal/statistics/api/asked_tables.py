"""The table builder's questions and answers, for programs: the same words in the address, and nothing guessed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from portal.lib.words import gettext_noop
from portal.statistics.api import examples, problems, releases, schemas
from portal.statistics.api.formats import Format, chosen
from portal.statistics.api.operations import as_bytes
from portal.statistics.api.questions import Asked
from portal.statistics.api.replies import FRESH_SECONDS, Reply
from portal.statistics.api.service import offered
from portal.statistics.builder import asking, counting, csv, json_stat
from portal.statistics.builder.asking import Question
from portal.statistics.builder.counting import Answer, TooMany
from portal.statistics.builder.wording import figure_unit

_FORMATS = (Format.JSON, Format.JSON_STAT, Format.CSV)
_OWN = ("lang", "format")
_WORD = gettext_noop("as in the table builder; several may be repeated or parted by commas")
_LAYOUT = gettext_noop("How a page lays the table out; the values are the same.")
_LIST = gettext_noop("Members of this cut, or @every; one cut in a question.")


class TableAsked(Asked):
    """A question in the words of the table builder's addresses. What is said of them here is told again by it."""

    release: list[str] = Field(
        [],
        description=gettext_noop("Names of releases: a frozen question, which is answered alike for ever."),
        json_schema_extra={"example": ["2020Q1-1"]},
    )
    period: list[str] = Field(
        [], description=gettext_noop("Quarters, or newest, last4, all: a live question, of the newest releases.")
    )
    measure: list[str] = Field(
        [],
        description=gettext_noop("contract, execution, contracts (their number), firms."),
        json_schema_extra={"example": ["execution"]},
    )
    show: list[str] = Field([], description=gettext_noop("level, before (a year), growth, share."))
    currency: list[str] = Field([], description=gettext_noop("usd or cny."))
    span: list[str] = Field([], description=gettext_noop("quarter, to_date."))
    place: list[str] = Field(
        [],
        description=gettext_noop(
            "Codes of places, or a list such as @provinces. A region with @then behind its code has, a year before, "
            "the places that it had then."
        ),
    )
    mode: list[str] = Field([], description=gettext_noop("total, offshore, onshore, overseas."))
    market: list[str] = Field([], description=_LIST)
    market_group: list[str] = Field(
        [],
        description=gettext_noop(
            "Market groups, or @every. A group with @then behind its code has, a year before, the members that it had "
            "then."
        ),
    )
    category: list[str] = Field([], description=_LIST)
    size: list[str] = Field([], description=_LIST, json_schema_extra={"example": ["@every"]})
    trade: list[str] = Field([], description=_LIST)
    digital: list[str] = Field([], description=_LIST)
    new_mode: list[str] = Field([], description=_LIST)
    supply: list[str] = Field([], description=_LIST)
    occurred: list[str] = Field([], description=_LIST)
    bridge: list[str] = Field([], description=_LIST)
    same_firm: list[str] = Field([], description=_LIST)
    by: list[str] = Field([], description=gettext_noop("The cut, where none of its members is named."))
    rows: list[str] = Field([], description=_LAYOUT)
    cols: list[str] = Field([], description=_LAYOUT)
    sort: list[str] = Field([], description=_LAYOUT)
    format: Literal["json", "json-stat", "csv"] | None = Field(
        None,
        description=gettext_noop("The format of the answer; else by the Accept header."),
    )


@offered(
    "/table",
    name="table-detail",
    answer=schemas.TableAnswer,
    example=examples.TABLE,
    summary=gettext_noop("A table of your own"),
    description=gettext_noop(
        "The question of a table builder's address, answered. Every key of the product of its dimensions is listed, "
        "public or not. What is not understood is refused, not passed over."
    ),
    formats=_FORMATS,
    tag="figures",
)
def table_detail(request: HttpRequest, asked: Query[TableAsked]) -> HttpResponseBase:
    form = chosen(request, _FORMATS)
    question = _question(request)
    found, editions = releases.published(), releases.editions_now()

    def write() -> bytes:
        answer = _answered(question)
        writers = {Format.JSON: _as_json, Format.JSON_STAT: _as_json_stat, Format.CSV: csv.as_csv}
        return writers[form](answer)

    reply = Reply(
        write=write,
        marks=[editions.newest, *(mark for release in found for mark in release.marks)],
        changed_at=releases.changed_at(found, editions),
        format=form,
        filename="table",
        seconds=FRESH_SECONDS,
    )
    return reply.to(request)


def _question(request: HttpRequest) -> Question:
    """Raises Problem for the first thing that is not understood."""
    params = {name: texts for name, texts in request.GET.lists() if name not in _OWN}
    question = asking.parse(params)
    for doubt in question.doubts:
        raise problems.misread(doubt.name, doubt.text, _(_WORD))
    known = {release.row.name for release in releases.published()} if question.releases else set()
    for name in question.releases:
        if name not in known:
            raise problems.not_found("release", name, _("the name of a published release, as in /api/v1/releases"))
    return question


def _answered(question: Question) -> Answer:
    try:
        return counting.answer(question, limit=counting.FILE_LIMIT)
    except TooMany as refusal:
        raise problems.too_many_cells(refusal.cells, refusal.limit) from refusal


def _as_json(answer: Answer) -> bytes:
    values = [
        {"key": key, "number": _number(value.number), "mark": value.mark, "is_low_base": value.is_low_base}
        for key, value in answer.values.items()
    ]
    content = {
        "frozen": f"/api/v1/table?{answer.frozen.query}",
        "live": f"/api/v1/table?{answer.live.query}",
        "units": {code: figure_unit(code, answer.question.currency) for code in answer.question.figures},
        "dimensions": [
            {
                "name": dimension.name, "label": str(dimension.label),
                "members": [{"code": member.code, "name": str(member.label)} for member in dimension.members],
            }
            for dimension in answer.dimensions
        ],
        "values": values,
    }  # fmt: skip
    return as_bytes(content)


def _number(number: Decimal | int | None) -> float | int | None:
    return float(number) if isinstance(number, Decimal) else number


def _as_json_stat(answer: Answer) -> bytes:
    content: Mapping[str, object] = json_stat.dataset(answer)
    return as_bytes(content)
