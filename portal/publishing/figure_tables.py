"""The tables of a release as texts in rows and columns, in the active language: what a figure block shows of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.publishing.document import Grid
from portal.statistics import growths, headlines, parts, sections
from portal.statistics.atlas import PlaceLine, atlas
from portal.statistics.dimensions import BASE_OF, NATION, Measure, Mode
from portal.statistics.drawings.subjects import history
from portal.statistics.levels import Indicator
from portal.statistics.parts import PartLine
from portal.statistics.queries import over_time
from portal.statistics.report import MEASURES, MODES, Report
from portal.statistics.shown import Amount, Rate, amount, rate
from portal.statistics.wording import (
    MEASURE_NAMES,
    MODE_NAMES,
    STATUS_MEANINGS,
    STATUS_SIGNS,
    months_of,
    quarter_name,
    table_unit,
)
from portal.ui.charts import Bar
from portal.ui.figures import counted, grouped

Line = tuple[str, ...]


@dataclass(frozen=True)
class Laid:
    """A table under its finding."""

    title: str
    grid: Grid


def laid(name: str, content: Report) -> Laid | None:
    """One of the tables by name; None where the release has none of this place."""
    return TABLES[name](content)


def notes_of(grid: Grid) -> str:
    """What the signs in a table's cells mean, where there are any."""
    cells = {cell for row in grid.rows[grid.heads :] for cell in row[1:]}
    found = [
        _("%(sign)s: %(meaning)s") % {"sign": sign, "meaning": STATUS_MEANINGS[status]}
        for status, sign in STATUS_SIGNS.items() if sign in cells
    ]  # fmt: skip
    return _("; ").join(found)


def named(measure: Measure, mode: Mode) -> str:
    """`Executed value, offshore`, or the measure alone for all modes."""
    if mode == Mode.TOTAL:
        return str(MEASURE_NAMES[measure])
    return _("%(measure)s, %(mode)s") % {"measure": MEASURE_NAMES[measure], "mode": MODE_NAMES[mode]}


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────


def amount_cell(cell: Amount) -> str:
    """The amount, or the standard sign of why it is not there."""
    if cell.value is not None:
        return grouped(cell.value)
    signs = {status.value: sign for status, sign in STATUS_SIGNS.items()}
    return signs.get(cell.state, _("not published") if cell.state else "—")


def rate_cell(cell: Rate) -> str:
    if cell.value is not None:
        return f"{grouped(cell.value)}%"
    words = {
        "zero_base": _("base zero"), "no_base": _("no base"), "negative_base": _("base below zero"),
        "withheld": _("not published"),
    }  # fmt: skip
    return words.get(cell.state, "—")


def share_cell(percent: Decimal | None) -> str:
    return "—" if percent is None else f"{grouped(percent)}%"


def _grid(heads: Sequence[str], rows: Sequence[Line]) -> Grid:
    return Grid((tuple(heads), *rows), 1, tuple(range(1, len(heads))))


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def modes(content: Report) -> Laid:
    """Contract value and execution, in all and by mode, beside the year before."""
    found = sections.modes(content)
    heads = (_("Indicator"), found.now_name, found.base_name, _("Year on year"), _("Share"))
    rows = [
        (named(line.measure, line.mode), amount_cell(line.now), amount_cell(line.base), rate_cell(line.rate),
         share_cell(line.share))
        for line in found.lines
    ]  # fmt: skip
    return Laid(found.title, _grid(heads, rows))


def markets(content: Report) -> Laid | None:
    found = parts.markets(content, parts.names_for(content))
    return found and Laid(found.title, _of_parts(_("Market"), found.lines))


def groups(content: Report) -> Laid | None:
    lines = parts.market_groups(content, parts.names_for(content))
    title = headlines.of_belt_and_road(content.belt_and_road)
    return Laid(title, _of_parts(_("Market group"), lines)) if lines else None


def categories(content: Report) -> Laid | None:
    """Kinds and groups; the classes below them would fill pages."""
    found = parts.categories(content, parts.names_for(content))
    if found is None:
        return None
    lines = [line for line in found.lines if line.depth <= parts.GROUP_LEVEL]
    return Laid(found.title, _of_parts(_("Service category"), lines))


def sizes(content: Report) -> Laid | None:
    lines = parts.sizes(content)
    heads = (_("Size of firm"), _("Executed value"), _("Share"))
    rows = [(line.name, amount_cell(line.execution), share_cell(line.execution_share)) for line in lines]
    return Laid(_("Executed value by size of firm"), _grid(heads, rows)) if rows else None


def _of_parts(head: str, lines: Sequence[PartLine]) -> Grid:
    heads = (head, str(MEASURE_NAMES[Measure.CONTRACT]), _("Share"), str(MEASURE_NAMES[Measure.EXECUTION]), _("Share"))
    rows = [
        (line.name, amount_cell(line.contract), share_cell(line.contract_share), amount_cell(line.execution),
         share_cell(line.execution_share))
        for line in lines
    ]  # fmt: skip
    return _grid(heads, rows)


def bridge(content: Report) -> Laid | None:
    """What the change on a year before is made of, for contract value and execution."""
    found = growths.explained(content)
    if found is None:
        return None
    whole = [number for number, (_measure, mode) in enumerate(_columns()) if mode == Mode.TOTAL]
    heads = (_("Part of the change"), *(str(MEASURE_NAMES[measure]) for measure in MEASURES))
    rows = [(row.name, *(amount_cell(row.amounts[number]) for number in whole)) for row in found.rows]
    title = found.charts[0].title if found.charts else _("What the change on a year before is made of")
    return Laid(title, _grid(heads, rows))


def _columns() -> list[tuple[Measure, Mode]]:
    return [(measure, mode) for measure in MEASURES for mode in MODES]


def quarters(content: Report) -> Laid:
    """Execution quarter by quarter, each from the release of its period that was the newest then."""
    releases, unit = history(content.table.release), table_unit(content.table.currency)
    wanted = [Indicator(Measure.EXECUTION, mode) for mode in MODES]
    found = over_time(content.table.place, wanted, releases)
    heads = (_("Quarter"), *(named(Measure.EXECUTION, mode) for mode in MODES))
    told = {one: [level._replace(currency=content.table.currency) for level in found[one]] for one in wanted}
    rows = [
        (quarter_name(release.quarter), *(amount_cell(amount(told[one][number], unit)) for one in wanted))
        for number, release in enumerate(releases)
    ]
    return Laid(_("Executed value, quarter by quarter"), _grid(heads, rows))


def provinces(content: Report) -> Laid | None:
    """All provinces side by side: of the whole alone."""
    if content.table.place != NATION:
        return None
    found = atlas(content.table.release, lambda code: "", content.table.currency)
    lines = [line for line in found.provinces if line.depth == 1]
    return Laid(found.map.title, _of_places(lines)) if lines else None


def _of_places(lines: Sequence[PlaceLine]) -> Grid:
    heads = (_("Province"), _("Firms filing"), str(MEASURE_NAMES[Measure.CONTRACT]),
             str(MEASURE_NAMES[Measure.EXECUTION]), _("Year on year"), _("Share"))  # fmt: skip
    rows = [
        (line.name, counted(line.firms), amount_cell(line.contract), amount_cell(line.execution), rate_cell(line.rate),
         share_cell(line.share))
        for line in lines
    ]  # fmt: skip
    return _grid(heads, rows)


TABLES: Mapping[str, Callable[[Report], Laid | None]] = {
    "modes": modes, "markets": markets, "groups": groups, "categories": categories, "sizes": sizes, "bridge": bridge,
    "quarters": quarters, "provinces": provinces,
}  # fmt: skip


# ── The rows of one chart ────────────────────────────────────────────────────────────────────────


def bars(content: Report, measure: Measure) -> Laid | None:
    """The waterfall of one measure as rows."""
    found = growths.explained(content)
    chart = next((one for one in found.charts if one.of == measure), None) if found else None
    if chart is None:
        return None
    heads = (_("Part of the change"), chart.measure, _("Of what"))
    rows = tuple((bar.label, _bar_value(bar), bar.note) for bar in chart.bars)
    return Laid(chart.title, Grid((heads, *rows), 1, (1,)))


def _bar_value(bar: Bar) -> str:
    return _("not published") if bar.kind == "withheld" else bar.value


def indicator(content: Report, measure: Measure, mode: Mode) -> Grid:
    """One level with the year before and the change."""
    table, quarter, unit = content.table, content.table.release.quarter, table_unit(content.table.currency)
    wanted = Indicator(measure, mode)
    now, base = table.level(wanted, content.span), table.level(wanted, BASE_OF[content.span])
    heads = (_("Indicator"), months_of(quarter, content.span), months_of(quarter, BASE_OF[content.span]),
             _("Year on year"))  # fmt: skip
    is_count = measure == Measure.FIRMS
    cells = [
        counted(level.count) if is_count and level.is_public else amount_cell(amount(level, unit))
        for level in (now, base)
    ]
    return _grid(heads, [(named(measure, mode), *cells, rate_cell(rate(table.growth(wanted, content.span))))])
