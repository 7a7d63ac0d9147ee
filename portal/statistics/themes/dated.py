"""Dated lists as a release pinned them: who is in a group or region, since when, and by which source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.reference.models import Edition
from portal.reference.queries import edition_rows
from portal.statistics.levels import ReleaseInfo
from portal.statistics.wording import LIST_NAMES
from portal.ui.rendering import in_chinese

Row = Mapping[str, str]


@dataclass(frozen=True)
class CountedBy:
    """The list that a page's figures are counted by: its name, edition and the day on which it was read."""

    name: str
    edition: int
    on: date


def counted_by(release: ReleaseInfo, list_name: str) -> CountedBy:
    """A whole list, in the edition that the release pinned."""
    return CountedBy(str(LIST_NAMES[list_name]), edition_number(release, list_name), release.quarter.last_day)


def edition_number(release: ReleaseInfo, list_name: str) -> int:
    return int(release.editions.get(list_name, {}).get("number", 0))


@dataclass(frozen=True)
class Member:
    """A place or market in a list, from a date to a date."""

    code: str
    since_on: date | None
    until_on: date | None
    source: str
    doubt: str
    note: str

    def is_open(self, day: date) -> bool:
        return (self.since_on is None or self.since_on <= day) and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class DatedList:
    """A named list with all its members, and the two days on which a release looks at it."""

    code: str
    name: str
    source: str
    doubt: str
    is_belt_and_road: bool
    within: str
    within_name: str
    edition: int
    on: date
    base_on: date
    members: Sequence[Member]

    @property
    def now(self) -> list[Member]:
        return [member for member in self.members if member.is_open(self.on)]

    @property
    def others(self) -> list[Member]:
        """Those that had left by the day, or were still to come."""
        return [member for member in self.members if not member.is_open(self.on)]

    @property
    def joined(self) -> list[str]:
        return sorted(self._codes(self.on) - self._codes(self.base_on))

    @property
    def left(self) -> list[str]:
        return sorted(self._codes(self.base_on) - self._codes(self.on))

    @property
    def is_changed(self) -> bool:
        """Do the members differ from those a year before?"""
        return self._codes(self.on) != self._codes(self.base_on)

    def _codes(self, day: date) -> set[str]:
        return {member.code for member in self.members if member.is_open(day)}


def market_groups(release: ReleaseInfo) -> dict[str, DatedList]:
    """Every market group in the edition that the release pinned, Belt-and-Road lists first: one query."""
    found = _lists(release, "market_groups", "group_id", "market_id", "group__")
    return dict(sorted(found.items(), key=lambda item: not item[1].is_belt_and_road))


def regions(release: ReleaseInfo) -> dict[str, DatedList]:
    """Every region of every scheme in the edition that the release pinned; `within` is the scheme: one query."""
    return _lists(release, "regions", "region_id", "division_id", "region__")


def _lists(release: ReleaseInfo, name: str, key: str, leaf: str, prefix: str) -> dict[str, DatedList]:
    number = edition_number(release, name)
    edition = Edition.objects.filter(list_name=name, number=number).first()
    rows: dict[str, list[Row]] = {}
    for row in edition_rows(edition) if edition else []:
        rows.setdefault(row[key], []).append(row)
    return {code: _list(code, found, release, leaf, prefix, number) for code, found in rows.items()}


def _list(code: str, rows: Sequence[Row], release: ReleaseInfo, leaf: str, prefix: str, number: int) -> DatedList:
    first = rows[0]
    # A scheme's own words hold for its regions, which have none.
    about = prefix if f"{prefix}source" in first else f"{prefix}scheme__"
    return DatedList(
        code=code,
        name=_said(first, f"{prefix}name"),
        source=first[f"{about}source"],
        doubt=_said(first, f"{about}doubt"),
        is_belt_and_road=first.get("group__belt_and_road") == "True",
        within=first.get("region__scheme_id", ""),
        within_name=_said(first, "region__scheme__name") if "region__scheme_id" in first else "",
        edition=number,
        on=release.quarter.last_day,
        base_on=release.quarter.year_before.last_day,
        members=sorted((_member(row, leaf) for row in rows), key=lambda one: (one.since_on or date.min, one.code)),
    )


def _member(row: Row, leaf: str) -> Member:
    return Member(
        code=row[leaf],
        since_on=_day(row["since_on"]),
        until_on=_day(row["until_on"]),
        source=row["source"],
        doubt=_said(row, "doubt"),
        note=_said(row, "note") if "note_zh" in row else "",
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _said(row: Row, name: str) -> str:
    return row[f"{name}_{'zh' if in_chinese() else 'en'}"]
