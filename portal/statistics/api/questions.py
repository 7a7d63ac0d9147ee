"""What may be asked: the parameters of each address. Those that stand here are all that there are."""

from datetime import date
from typing import Annotated, Literal

from ninja import Path, Schema
from pydantic import BeforeValidator, Field

from portal.lib.words import gettext_noop
from portal.statistics.dimensions import Cut, Measure, Mode, Span


def _parted(value: object) -> object:
    """`?place=CN,520100` says the same as `?place=CN&place=520100`."""
    texts = value if isinstance(value, list) else [value]
    return [part.strip() for text in texts for part in str(text).split(",")]


def _words(cut: type) -> tuple[str, ...]:
    return tuple(member.value for member in cut)


Code = Annotated[str, Field(max_length=40)]
# A cell that is of no part, only of the whole, has an empty cut: it is asked for by this word.
WHOLE = "whole"
CUTS = (WHOLE, *(cut for cut in _words(Cut) if cut not in ("", Cut.LARGEST)))
Codes = Annotated[list[Code], BeforeValidator(_parted)]
Spans = Annotated[list[Literal[_words(Span)]], BeforeValidator(_parted)]
Measures = Annotated[list[Literal[_words(Measure)]], BeforeValidator(_parted)]
Modes = Annotated[list[Literal[_words(Mode)]], BeforeValidator(_parted)]
Cuts = Annotated[list[Literal[CUTS]], BeforeValidator(_parted)]
Statuses = Annotated[list[Literal["F", "C", "D"]], BeforeValidator(_parted)]

ReleaseName = Annotated[
    str,
    Path(
        description=gettext_noop("The name of a release, as in the list of releases."),
        max_length=12,
        example="2020Q1-1",
    ),
]
ListName = Annotated[
    str,
    Path(description=gettext_noop("The name of a code list."), max_length=30, example="markets"),
]
EditionNumber = Annotated[int, Path(description=gettext_noop("The number of an edition."), ge=1, example=1)]


class Asked(Schema):
    """What every address takes."""

    lang: Literal["zh", "en"] | None = Field(
        None, description=gettext_noop("The language of names and messages; else by Accept-Language, else Chinese.")
    )


class AskedAsJson(Asked):
    format: Literal["json"] | None = Field(
        None, description=gettext_noop("The format of the answer; else by the Accept header.")
    )


class AskedAsStructure(Asked):
    format: Literal["json", "sdmx-json"] | None = Field(
        None, description=gettext_noop("The format of the answer; else by the Accept header.")
    )


class AskedAsTable(Asked):
    format: Literal["json", "csv"] | None = Field(
        None, description=gettext_noop("The format of the answer; else by the Accept header.")
    )


class ListAsked(AskedAsTable):
    on: date | None = Field(
        None,
        description=gettext_noop("Only rows in force on this day."),
        json_schema_extra={"example": "2020-03-31"},
    )


class CellsAsked(Asked):
    """Which cells of a release. A filter may be repeated or hold several values parted by commas."""

    place: Codes = Field(
        [],
        description=gettext_noop("Codes of places: CN, a division of GB/T 2260, or a region."),
        json_schema_extra={"example": ["CN"]},
    )
    span: Spans = Field(
        [],
        description=gettext_noop("The stretch of time: the quarter or the year to date, and the same a year before."),
        json_schema_extra={"example": ["quarter"]},
    )
    measure: Measures = Field(
        [], description=gettext_noop("What is measured."), json_schema_extra={"example": ["execution"]}
    )
    mode: Modes = Field([], description=gettext_noop("Offshore and onshore make the total; overseas stands apart."))
    cut: Cuts = Field(
        [], description=gettext_noop("What the cell is a part of; “whole” for cells that are of no part.")
    )
    member: Codes = Field(
        [], description=gettext_noop("The part's code, e.g. a market's. A code that no cell has gives no cells.")
    )
    status: Statuses = Field(
        [], description=gettext_noop("F published, C confidential, D withheld so that a confidential one stays hidden.")
    )
    limit: str | None = Field(
        None,
        description=gettext_noop(
            "Cells on a page, 1 to 10000, or “all”. JSON: 1000 unless told; the other formats: all."
        ),
        json_schema_extra={"pattern": "^(all|[1-9][0-9]{0,3}|10000)$"},
    )
    cursor: Annotated[str, Field(max_length=400)] | None = Field(
        None, description=gettext_noop("Where the next page begins: taken from “next” of the page before.")
    )
    format: Literal["json", "json-stat", "csv", "sdmx-csv"] | None = Field(
        None, description=gettext_noop("The format of the answer; else by the Accept header.")
    )
