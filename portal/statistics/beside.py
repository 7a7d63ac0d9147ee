"""A firm's private benchmark: its growth and mix beside those of its place, its trade, its size and the nation.

The firm's own figures are counted from its approved lines as the newest published release knows them; those of
the others come out of that release's published cells and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from portal.filings.queries import filings_known_at
from portal.lib.quarters import Quarter
from portal.members.queries import FirmFacts
from portal.reference.queries import names
from portal.statistics.benchmarks import Amounts, Key, main_members, own_cells
from portal.statistics.charts import growth_bars
from portal.statistics.dimensions import Cut, Measure, Mode, Span, spans_of
from portal.statistics.facts import Gathered, category_levels, gather
from portal.statistics.groups import GROUP_LEVEL, Group, groups_beside, own_table, places_of
from portal.statistics.headlines import is_plain
from portal.statistics.levels import Indicator, Known, Level, ReleaseInfo
from portal.statistics.phrases import growth_in_words
from portal.statistics.queries import latest_release
from portal.statistics.shown import Amount, KeyFigure, Rate, amount, in_percent, key_figure, rate
from portal.statistics.wording import (
    MEASURE_NAMES,
    MODE_NAMES,
    amount_in_words,
    figure_unit,
    quarter_name,
    table_unit,
)
from portal.ui.charts import Bar, Stack, stack

TOP = 5
MAINLAND = "CHN"
EXECUTION = Indicator(Measure.EXECUTION)
MODES = (Mode.OFFSHORE, Mode.ONSHORE)


class Waits(StrEnum):
    """What has to happen before there is anything to compare."""

    APPROVAL = "approval"
    RELEASE = "release"
    NEXT_RELEASE = "next_release"


@dataclass(frozen=True)
class Line:
    """The levels and growth of one group; `own_share` is what the firm has of its execution, in percent."""

    name: str
    note: str
    is_own: bool
    contract: Amount
    contract_rate: Rate
    execution: Amount
    execution_rate: Rate
    own_share: Amount


@dataclass(frozen=True)
class MixLine:
    """One part of execution, as a share (percent) of each column's whole."""

    name: str
    shares: list[Amount]


@dataclass(frozen=True)
class Mix:
    columns: list[str]
    lines: list[MixLine]


@dataclass(frozen=True)
class BenchmarkPage:
    """All that the page and its files show."""

    release: ReleaseInfo
    period_name: str
    title: str
    unit: str
    totals: list[KeyFigure]
    lines: list[Line]
    bars: list[Bar]
    stacks: list[Stack]
    unstacked: list[str]
    modes: tuple[str, str]
    markets: Mix
    categories: Mix
    has_low_base: bool
    has_withheld: bool


def benchmark(firm: int, quarter: Quarter, at: datetime) -> BenchmarkPage | Waits:
    """What a firm may see of a quarter at a moment, or what it still waits for."""
    if not filings_known_at(at, [str(quarter)], firm):
        return Waits.APPROVAL
    release = latest_release(str(quarter))
    if release is None:
        return Waits.RELEASE
    gathered = gather(quarter, release.as_of, firm)
    if all(filing.period != str(quarter) for filing in gathered.filings):
        return Waits.NEXT_RELEASE
    return _page(release, gathered, gathered.profiles[str(quarter)][firm])


def _page(release: ReleaseInfo, gathered: Gathered, profile: FirmFacts) -> BenchmarkPage:
    spans = [(str(item), span) for span, items in spans_of(release.quarter).items() for item in items]
    cells = own_cells(gathered.cube_facts(), spans, category_levels(gathered.editions))
    filed = {filing.period for filing in gathered.filings}
    own = Group(_("Your firm"), own_table(release, {span for item, span in spans if item in filed}, cells), is_own=True)
    groups = [own, *groups_beside(release, profile, cells)]
    lines = [_line(group, own) for group in groups]
    stacks = {group.name: _stack(group) for group in groups if group.cut != Cut.SIZE}
    places = places_of(groups)
    markets, categories = _markets(places, cells), _categories(places, cells)
    shown = [cell for mix in (markets, categories) for line in mix.lines for cell in line.shares]
    return BenchmarkPage(
        release=release,
        period_name=quarter_name(release.quarter),
        title=_title(own, places[1:]),
        unit=table_unit().label,
        totals=[
            key_figure(own.table, Indicator(measure), Span.QUARTER, str(MEASURE_NAMES[measure]), figure_unit())
            for measure in (Measure.EXECUTION, Measure.CONTRACT)
        ],
        lines=lines,
        bars=growth_bars([(group.name, group.growth(Measure.EXECUTION), group.is_own) for group in groups]),
        stacks=[row for row in stacks.values() if row],
        unstacked=[name for name, row in stacks.items() if row is None],
        modes=(str(MODE_NAMES[Mode.OFFSHORE]), str(MODE_NAMES[Mode.ONSHORE])),
        markets=markets,
        categories=categories,
        has_low_base=any(line.execution_rate.is_low or line.contract_rate.is_low for line in lines),
        has_withheld=any(cell.state for cell in [*shown, *(line.execution for line in lines)]),
    )


# ── Levels, growth and modes ─────────────────────────────────────────────────────────────────────


def _line(group: Group, own: Group) -> Line:
    unit, level = table_unit(), group.level(Measure.EXECUTION)
    return Line(
        name=group.name,
        note=group.note,
        is_own=group.is_own,
        contract=amount(group.level(Measure.CONTRACT), unit),
        contract_rate=rate(group.growth(Measure.CONTRACT)),
        execution=amount(level, unit),
        execution_rate=rate(group.growth(Measure.EXECUTION)),
        own_share=Amount(None) if group.is_own else _share(own.level(Measure.EXECUTION), level),
    )


def _share(part: Level, whole: Level) -> Amount:
    """In percent; withheld where either is, and none of a whole that is nothing."""
    if Known.WITHHELD in (part.known, whole.known):
        return Amount(None, "withheld")
    if not (part.is_public and whole.is_public and whole.usd_cents > 0):
        return Amount(None)
    return Amount(in_percent(Decimal(part.usd_cents) / whole.usd_cents))


def _stack(group: Group) -> Stack | None:
    """Offshore and onshore as parts of execution; None where there is nothing to divide, or it may not be."""
    levels = [group.level(Measure.EXECUTION, mode) for mode in MODES]
    if not all(level.is_public for level in levels) or not sum(level.usd_cents for level in levels):
        return None
    return stack(group.name, [level.usd_cents for level in levels], note=group.note)


def _title(own: Group, places: Sequence[Group]) -> str:
    """The finding: the firm's growth, and that of the narrowest place that has a rate."""
    told = _own_change(own)
    beside = next((group for group in places if is_plain(group.growth(Measure.EXECUTION))), None)
    if beside is None:
        return told
    return _("%(own)s; %(place)s: %(other)s") % {
        "own": told,
        "place": beside.name,
        "other": growth_in_words(beside.growth(Measure.EXECUTION)),
    }


def _own_change(own: Group) -> str:
    found = own.growth(Measure.EXECUTION)
    if is_plain(found):
        return _("Your firm's execution: %(change)s") % {"change": growth_in_words(found)}
    now, base = own.level(Measure.EXECUTION), own.table.level(EXECUTION, Span.QUARTER_BASE)
    values = {"now": amount_in_words(now.usd_cents or 0), "base": amount_in_words(base.usd_cents or 0)}
    if found.is_low_base:
        return _("Your firm executed %(now)s, up from %(base)s a year before") % values
    return _("Your firm executed %(now)s; there is no base a year before") % values


# ── Mixes ────────────────────────────────────────────────────────────────────────────────────────


def _market(code: str) -> Indicator:
    """Business for the mainland has no market of its own in the tables: it is what is onshore."""
    if code == MAINLAND:
        return Indicator(Measure.EXECUTION, Mode.ONSHORE)
    return Indicator(Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET, code)


def _markets(places: Sequence[Group], cells: dict[Key, Amounts]) -> Mix:
    codes = main_members(cells, Span.QUARTER, Mode.OFFSHORE, Cut.MARKET)
    codes += [MAINLAND] if places[0].level(Measure.EXECUTION, Mode.ONSHORE).usd_cents else []
    codes.sort(key=lambda code: (-places[0].table.level(_market(code)).usd_cents, code))
    called = {code: row.name for code, row in names("market", codes[:TOP]).items()}
    return _mix(places, [(called.get(code, code), _market(code)) for code in codes[:TOP]])


def _categories(places: Sequence[Group], cells: dict[Key, Amounts]) -> Mix:
    members = main_members(cells, Span.QUARTER, Mode.TOTAL, Cut.CATEGORY)
    called = names("category", members)
    codes = [code for code in members if called[code].level == GROUP_LEVEL][:TOP]
    return _mix(places, [(called[code].name, Indicator(Measure.EXECUTION, Mode.TOTAL, Cut.CATEGORY, code))
                         for code in codes])  # fmt: skip


def _mix(places: Sequence[Group], parts: Sequence[tuple[str, Indicator]]) -> Mix:
    """The firm's largest parts, each as a share of execution in every column, and the rest of each."""
    columns = [[_share(group.table.level(part), group.level(Measure.EXECUTION)) for _name, part in parts]
               for group in places]  # fmt: skip
    lines = [MixLine(name, [column[number] for column in columns]) for number, (name, _part) in enumerate(parts)]
    if lines:
        lines.append(MixLine(_("All others"), [_rest(column) for column in columns]))
    return Mix([group.name for group in places], lines)


def _rest(column: Sequence[Amount]) -> Amount:
    if any(share.state for share in column):
        return Amount(None, "withheld")
    if any(share.value is None for share in column):
        return Amount(None)
    return Amount(100 - sum(share.value for share in column))
