"""Releases as files for programs: a long table as CSV and JSON, a brief as text.

Nothing here reads a cell: what is withheld comes from the queries without an amount, and leaves without one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib.money import in_wan, rounded
from portal.lib.workbooks import csv_bytes
from portal.reference.queries import names
from portal.statistics.briefs import brief
from portal.statistics.dimensions import CONF_STATUS, Cut, Measure
from portal.statistics.levels import Level, ReleaseInfo
from portal.statistics.places import Place, places_named
from portal.statistics.queries import LongRow, long_rows
from portal.statistics.wording import SIZE_NAMES, quarter_name
from portal.ui.rendering import in_chinese

COLUMNS = (
    "release", "period", "place", "place_zh", "place_en", "span", "measure", "mode", "cut", "member", "member_zh",
    "member_en", "usd_10k", "cny_10k", "count", "status", "conf_status",
)  # fmt: skip
_JSON_COLUMNS = (
    "place", "span", "measure", "mode", "cut", "member", "usd_cents", "cny_cents", "count", "status", "conf_status",
)  # fmt: skip
# A count says something only here: contracts signed, firms that filed, firms in the leading group.
_COUNTED = (Measure.CONTRACT, Measure.FIRMS)


@dataclass(frozen=True)
class Called:
    """Names of places and members in both languages, by code."""

    places: dict[str, Place]
    members: dict[tuple[str, str], tuple[str, str]]


def _called(rows: Sequence[LongRow]) -> Called:
    members: dict[tuple[str, str], tuple[str, str]] = {}
    for cut in (Cut.MARKET, Cut.MARKET_GROUP, Cut.CATEGORY):
        codes = sorted({row.member for row in rows if row.cut == cut})
        members |= {(cut, code): (row.name_zh, row.name_en) for code, row in names(cut, codes).items()}
    for code in SIZE_NAMES:
        members[Cut.SIZE, code] = (_in("zh-hans", SIZE_NAMES[code]), _in("en", SIZE_NAMES[code]))
    return Called(places_named(sorted({row.place for row in rows})), members)


def _in(language: str, text: object) -> str:
    with override(language):
        return str(text)


# ── Long tables ──────────────────────────────────────────────────────────────────────────────────


def as_csv(release: ReleaseInfo, place: str | None = None) -> bytes:
    """Every figure of a release, or of one of its places, one to a row."""
    rows = long_rows(release, place)
    called = _called(rows)
    return csv_bytes(COLUMNS, (_csv_row(release, row, called) for row in rows))


def _csv_row(release: ReleaseInfo, row: LongRow, called: Called) -> tuple[object, ...]:
    place = called.places.get(row.place)
    names_of_member = called.members.get((row.cut, row.member), ("", ""))
    return (
        release.name, release.period, row.place, place.name_zh if place else "", place.name_en if place else "",
        row.span, row.measure, row.mode, row.cut, row.member, *names_of_member,
        _wan(row.level, row.measure), _wan_cny(row.level, row.measure), _count(row), *_statuses(row.level),
    )  # fmt: skip


def _wan(level: Level, measure: str) -> str:
    return "" if not level.is_public or measure == Measure.FIRMS else f"{rounded(in_wan(level.usd_cents)):f}"


def _wan_cny(level: Level, measure: str) -> str:
    return "" if not level.is_public or measure == Measure.FIRMS else f"{rounded(in_wan(level.cny_cents)):f}"


def _count(row: LongRow) -> int | str:
    counted = row.level.is_public and (row.measure in _COUNTED or row.cut == Cut.LEADERS)
    return row.level.count if counted else ""


def _statuses(level: Level) -> tuple[str, str]:
    """In words and as the standard mark."""
    return level.status.value, CONF_STATUS[level.status]


def as_json(release: ReleaseInfo, place: str | None = None) -> bytes:
    """The same rows as plain JSON; its shape is told in docs/methodology.md. Amounts are whole cents."""
    rows = long_rows(release, place)
    called = _called(rows)
    content = {
        "release": release.name,
        "period": release.period,
        "as_of": release.as_of.isoformat(),
        "published_at": release.published_at.isoformat() if release.published_at else None,
        "digest": release.digest,
        "belt_and_road_list": release.belt_and_road_list,
        "editions": {name: edition["number"] for name, edition in sorted(release.editions.items())},
        "citation": citation(release),
        "licence": licence(),
        "places": {code: [found.name_zh, found.name_en] for code, found in sorted(called.places.items())},
        "members": _members(rows, called),
        "columns": list(_JSON_COLUMNS),
        "rows": [_json_row(row) for row in rows],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _members(rows: Iterable[LongRow], called: Called) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        if (row.cut, row.member) in called.members:
            found.setdefault(row.cut, {})[row.member] = list(called.members[row.cut, row.member])
    return found


def _json_row(row: LongRow) -> list[object]:
    amounts = [None, None] if row.measure == Measure.FIRMS else [row.level.usd_cents, row.level.cny_cents]
    key = [row.place, row.span, row.measure, row.mode, row.cut, row.member]
    return [*key, *amounts, _count(row) if _count(row) != "" else None, *_statuses(row.level)]


# ── Words that go with a file ────────────────────────────────────────────────────────────────────


def citation(release: ReleaseInfo) -> str:
    """How to name the source: the association, the period, the release and when its facts were known."""
    return _(
        "%(association)s: service outsourcing by its members, %(period)s. Release %(release)s, digest %(digest)s."
    ) % {
        "association": settings.SITE["name_zh" if in_chinese() else "name_en"],
        "period": quarter_name(release.quarter),
        "release": release.name,
        "digest": release.digest[:12],
    }


def licence() -> str:
    return _("The figures may be used freely where the source and the number of the release are named.")


def brief_text(release: ReleaseInfo, place: Place) -> str:
    """The brief of a place in Chinese and in English, each with its source."""
    return "\n\n\n".join(_brief_in(language, release, place) for language in ("zh-hans", "en")) + "\n"


def _brief_in(language: str, release: ReleaseInfo, place: Place) -> str:
    written = brief(release, place.code, place.name_in(language), language)
    with override(language):
        head = f"{place.name_in(language)}  {quarter_name(release.quarter)}  {release.name}"
        return "\n\n".join([head, *written.paragraphs, f"{citation(release)}\n{licence()}"])
