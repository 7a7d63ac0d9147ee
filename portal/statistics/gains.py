"""Who gave what to the growth of a place, as tables: by market, by category, by the places in it. Frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.statistics.contributions import Contribution, Contributions, by_member, by_place, members_of, onshore
from portal.statistics.dimensions import BASE_OF, NATION, Cut, Measure, Mode, Span
from portal.statistics.levels import Indicator, Table
from portal.statistics.parts import GROUP_LEVEL, TOP_LEVEL, Names
from portal.statistics.places import Place, places_named
from portal.statistics.queries import places_with_data, tables
from portal.statistics.report import MEASURES, Report
from portal.statistics.shown import Amount, in_percent
from portal.statistics.wording import Unit, percent_in_words, table_unit


@dataclass(frozen=True)
class Gain:
    """One part's change, points and share of growth (in per cent); the state says when they are withheld."""

    change: Amount
    points: Decimal | None = None
    share: Decimal | None = None


@dataclass(frozen=True)
class GainLine:
    name: str
    depth: int
    gains: list[Gain]
    kind: str = ""


@dataclass(frozen=True)
class GainTable:
    """Parts in the order of what they gave; `withheld` says how many are not among them."""

    caption: str
    head: str
    lines: list[GainLine]
    withheld: str


@dataclass(frozen=True)
class Gains:
    title: str
    tables: list[GainTable]
    unit: str


def gains(report: Report, called: Names) -> Gains | None:
    """None where no total may be told at both ends: there is no growth to divide then."""
    table, span = report.table, report.span
    row = report.rows[Measure.EXECUTION, Mode.TOTAL]
    if not (row.now.is_public and row.base.is_public) or row.now.cents == row.base.cents:
        return None
    categories = _categories(table, span, called)
    found = [categories, _markets(table, span, called), *_places(table, span)]
    return Gains(_title(categories, row.now.cents > row.base.cents), [one for one in found if one.lines],
                 table_unit(table.currency).label)  # fmt: skip


def _title(categories: GainTable, rose: bool) -> str:
    """Which kind of service gave most to the change."""
    shares = [(line.gains[-1].share, line.name) for line in categories.lines if line.depth == 1]
    shares = [(share, name) for share, name in shares if share is not None and share > 0]
    if not shares:
        return _("What each part gave to the change")
    share, name = max(shares)
    words = (
        _("%(name)s gave %(share)s of the increase in executed value")
        if rose
        else _("%(name)s stands for %(share)s of the decrease in executed value")
    )
    return words % {"name": name, "share": percent_in_words(share / 100)}


# ── Markets ──────────────────────────────────────────────────────────────────────────────────────


def _markets(table: Table, span: Span, called: Names) -> GainTable:
    """The mainland beside the markets abroad: together they make the total."""
    codes = members_of(table, Mode.OFFSHORE, Cut.MARKET, span)
    found = by_member(table, Mode.OFFSHORE, Cut.MARKET, codes, span)
    unit = table_unit(table.currency)
    mainland = _line(onshore(table, span), _("Mainland (onshore)"), unit, kind="grp")
    lines = [_line(row, called.market.get(row.member, row.member), unit) for row in found.told]
    withheld = ngettext("%(count)d market is not published", "%(count)d markets are not published", found.withheld)
    return GainTable(
        caption=_("Contributions by market"),
        head=_("Market"),
        lines=[*lines, mainland] if codes else [],
        withheld=_if_any(withheld, found),
    )


def _if_any(words: str, found: Contributions) -> str:
    return words % {"count": found.withheld} if found.withheld else ""


# ── Categories ───────────────────────────────────────────────────────────────────────────────────


def _categories(table: Table, span: Span, called: Names) -> GainTable:
    """Kinds, each with its groups; both in the order of what they gave."""
    unit, levels = table_unit(table.currency), called.levels
    codes = [code for code in members_of(table, Mode.TOTAL, Cut.CATEGORY, span) if levels.get(code) in
             (TOP_LEVEL, GROUP_LEVEL)]  # fmt: skip
    found = by_member(table, Mode.TOTAL, Cut.CATEGORY, codes, span)
    kinds = [row for row in found.told if levels[row.member] == TOP_LEVEL]
    lines: list[GainLine] = []
    for kind in kinds:
        lines.append(_line(kind, called.category[kind.member], unit, kind="grp"))
        groups = [row for row in found.told if called.parents.get(row.member) == kind.member]
        lines += [_line(row, called.category[row.member], unit, depth=2) for row in groups]
    told = {row.member for row in kinds}
    orphans = [row for row in found.told if levels[row.member] == GROUP_LEVEL
               and called.parents.get(row.member) not in told]  # fmt: skip
    lines += [_line(row, called.category[row.member], unit, depth=2) for row in orphans]
    withheld = ngettext("%(count)d category is not published", "%(count)d categories are not published", found.withheld)
    return GainTable(_("Contributions by category"), _("Service category"), lines, _if_any(withheld, found))


# ── Places ───────────────────────────────────────────────────────────────────────────────────────


def _places(table: Table, span: Span) -> list[GainTable]:
    """A province's cities; of the nation both its provinces and its cities."""
    if table.place != NATION and not table.place.endswith("0000"):
        return []
    known = places_named(places_with_data(table.release, [span, BASE_OF[span]]))
    inside = {
        code: row for code, row in known.items()
        if row.kind not in ("nation", "region") and (table.place == NATION or row.parent == table.place)
    }  # fmt: skip
    found = tables([table.release], inside, [Indicator(measure) for measure in MEASURES], [span, BASE_OF[span]])
    parts = {place: one.told_in(table.currency) for (_name, place), one in found.items()}
    provinces = {code: row for code, row in inside.items() if row.parent is None}
    cities = {code: row for code, row in inside.items() if row.parent is not None}
    shown = [
        (_("Contributions by province"), _("Province"), provinces),
        (_("Contributions by city"), _("City"), cities),
    ]
    return [_place_table(table, parts, span, *row) for row in shown if row[2]]


def _place_table(
    table: Table, parts: Mapping[str, Table], span: Span, caption: str, head: str, places: Mapping[str, Place]
) -> GainTable:
    found = by_place(table, _of(parts, places), span)
    unit = table_unit(table.currency)
    lines = [_line(row, places[row.member].name, unit) for row in found.told]
    withheld = ngettext("%(count)d place is not published", "%(count)d places are not published", found.withheld)
    return GainTable(caption, head, lines, _if_any(withheld, found))


def _of(parts: Mapping[str, Table], places: Iterable[str]) -> list[Table]:
    return [parts[code] for code in places]


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────


def _line(row: Contribution, name: str, unit: Unit, depth: int = 1, kind: str = "") -> GainLine:
    return GainLine(name, depth, [_gain(row, measure, unit) for measure in MEASURES], kind)


def _gain(row: Contribution, measure: Measure, unit: Unit) -> Gain:
    effect = row.effects[measure]
    if effect is None:
        return Gain(Amount(None, "withheld"))
    return Gain(Amount(unit.of(effect.change)), in_percent(effect.points), in_percent(effect.share))
