"""What is answered: the shapes of the JSON, and an example of each. A test holds them against real answers."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from portal.lib.words import gettext_noop


class ReleaseLinks(Schema):
    self: str
    places: str
    tables: str
    cells: str
    structure: str = Field(description=gettext_noop("What its SDMX-CSV is made of."))
    page: str = Field(description=gettext_noop("The release as a page."))


class ReleaseAnswer(Schema):
    name: str
    period: str = Field(description=gettext_noop("The quarter, as 2020Q1."))
    number: int = Field(description=gettext_noop("Which release of the period this is, from 1 on."))
    standing: str = Field(description=gettext_noop("provisional or final."))
    as_of: datetime = Field(description=gettext_noop("What was approved by this moment is counted."))
    published_at: datetime
    digest: str = Field(description=gettext_noop("SHA-256 over facts, lists and cells: the same for a rebuild."))
    firms: int = Field(description=gettext_noop("Firms that filed for the period."))
    editions: dict[str, int] = Field(description=gettext_noop("The edition of each code list that was used."))
    belt_and_road_list: str = Field(description=gettext_noop("The list that “Belt and Road” means in the headline."))
    supersedes: str | None = Field(description=gettext_noop("The release of the same period before this one."))
    superseded_by: str | None = Field(description=gettext_noop("The release of the same period after this one."))
    note: str = Field(description=gettext_noop("What the association says of it."))
    links: ReleaseLinks


class ReleaseList(Schema):
    releases: list[ReleaseAnswer] = Field(description=gettext_noop("All that is published, newest first."))


class PlaceAnswer(Schema):
    code: str
    name_zh: str
    name_en: str
    kind: str = Field(description=gettext_noop("nation, province, prefecture, county or region."))
    parent: str | None = Field(description=gettext_noop("The province, or the scheme of a region."))
    page: str = Field(description=gettext_noop("The place in this release, as a page."))


class PlaceList(Schema):
    release: str
    places: list[PlaceAnswer]


class TableKindAnswer(Schema):
    cut: str
    measure: str
    modes: list[str]
    spans: list[str]
    cells: int = Field(description=gettext_noop("Cells of this table, over all places."))
    withheld: int = Field(description=gettext_noop("How many of them are not public (C or D)."))


class MemberAnswer(Schema):
    code: str
    name: str


class TableKindList(Schema):
    release: str
    tables: list[TableKindAnswer]
    members: dict[str, list[MemberAnswer]] = Field(description=gettext_noop("The members of each cut."))


class CellAnswer(Schema):
    place: str
    span: str
    measure: str
    mode: str
    cut: str
    member: str
    usd_cents: int | None = Field(description=gettext_noop("US cents; null where it is not public or no amount."))
    cny_cents: int | None = Field(description=gettext_noop("Renminbi cents, from each line's own rate."))
    count: int | None = Field(description=gettext_noop("Contracts, firms filing, or firms in the group."))
    status: str = Field(description=gettext_noop("F published, C confidential, D withheld to protect another."))


class CellPage(Schema):
    release: str
    period: str
    standing: str
    digest: str
    places: dict[str, str] = Field(description=gettext_noop("Names of the places on this page."))
    members: dict[str, dict[str, str]] = Field(description=gettext_noop("Names of the members, by cut."))
    cells: list[CellAnswer]
    next: str | None = Field(description=gettext_noop("The address of the next page; null on the last."))


class ConcentrationAnswer(Schema):
    place: str
    measure: str
    mode: str
    cr4: float | None = Field(description=gettext_noop("What the four largest firms hold, as a fraction of 1."))
    cr4_status: str = Field(description=gettext_noop("F published, C confidential."))
    hhi: float | None = Field(description=gettext_noop("The sum of squared shares, from near 0 to 1."))
    hhi_status: str = Field(description=gettext_noop("F published, C confidential."))


class ConcentrationList(Schema):
    release: str
    span: str
    rows: list[ConcentrationAnswer]


class TableDimension(Schema):
    name: str
    label: str
    members: list[MemberAnswer]


class TableValue(Schema):
    key: list[str] = Field(description=gettext_noop("A code of each dimension, in their order."))
    number: float | None
    mark: str = Field(description=gettext_noop("Empty: public. c, d: withheld. x: absent. n: not counted. z: no rate."))
    is_low_base: bool


class TableAnswer(Schema):
    frozen: str = Field(description=gettext_noop("The same question of the same releases for ever."))
    live: str = Field(description=gettext_noop("The same question of whatever is newest."))
    units: dict[str, str] = Field(description=gettext_noop("What each figure is counted in."))
    dimensions: list[TableDimension]
    values: list[TableValue]


class GivenUp(Schema):
    release_at: datetime
    reason: str


class CalendarDate(Schema):
    period: str
    standing: str = Field(description=gettext_noop("provisional or final."))
    status: str = Field(description=gettext_noop("provisional, confirmed or postponed: the date, not the figures."))
    release_at: datetime
    said_at: datetime = Field(description=gettext_noop("When this date was announced."))
    earlier: list[GivenUp] = Field(description=gettext_noop("Dates that were announced before and given up."))
    release: str | None = Field(description=gettext_noop("The release that the figures came in."))
    published_at: datetime | None


class Calendar(Schema):
    dates: list[CalendarDate]


class EditionAnswer(Schema):
    number: int
    made_at: datetime
    digest: str
    href: str


class ListAnswer(Schema):
    name: str
    title: str
    edition: int
    made_at: datetime
    rows: int
    href: str


class ListOfLists(Schema):
    lists: list[ListAnswer]


class ListRows(Schema):
    name: str
    edition: int
    made_at: datetime
    digest: str
    columns: list[str] = Field(description=gettext_noop("The names of the columns, in order."))
    rows: list[dict[str, str | None]]


class EditionList(Schema):
    name: str
    editions: list[EditionAnswer]


class ChangeAnswer(Schema):
    version: str
    day: date
    what: list[str]


class Changelog(Schema):
    version: str
    promises: list[str]
    changes: list[ChangeAnswer]


class StructureMessage(Schema):
    meta: dict[str, Any]
    data: dict[str, list[dict[str, Any]]] = Field(
        description=gettext_noop("dataflows, dataStructures, conceptSchemes and codelists, as SDMX-JSON names them.")
    )


class Service(Schema):
    version: str
    page: str
    links: dict[str, str]


class OpenApi(Schema):
    openapi: str


class ProblemAnswer(Schema):
    """RFC 9457 problem details."""

    type: str = Field(description=gettext_noop("The address of an explanation."))
    title: str
    status: int
    detail: str
    parameter: str | None = Field(None, description=gettext_noop("Which parameter it is about."))
    found: str | None = Field(None, description=gettext_noop("What stood in it."))
    expected: str | None = Field(None, description=gettext_noop("What should have stood in it."))
    allowed: list[str] | None = Field(None, description=gettext_noop("All that is allowed, where that can be listed."))
