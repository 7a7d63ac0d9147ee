"""The sections of a report page as frozen values: what a template lays out, nothing that it has to work out."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.statistics import charts, headlines
from portal.statistics.dimensions import BASE_OF, Measure, Mode
from portal.statistics.levels import Indicator
from portal.statistics.report import MEASURES, MODES, Report
from portal.statistics.shown import Amount, KeyFigure, Rate, amount, amount_told, in_percent, key_figure, rate
from portal.statistics.wording import MEASURE_NAMES, MODE_NAMES, figure_unit, months_of, table_unit
from portal.ui.charts import Stack

# ── Totals, offshore and onshore ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ModeLine:
    """One row of table 1."""

    name: str
    measure: Measure
    mode: Mode
    is_total: bool
    begins_group: bool
    now: Amount
    base: Amount
    rate: Rate
    points: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class Modes:
    title: str
    shift: str
    stacks: list[Stack]
    lines: list[ModeLine]
    now_name: str
    base_name: str
    parts: tuple[str, str]


def totals(report: Report) -> list[KeyFigure]:
    unit = figure_unit(currency=report.table.currency)
    return [
        key_figure(report.table, Indicator(measure), report.span, str(MEASURE_NAMES[measure]), unit)
        for measure in MEASURES
    ]


def modes(report: Report) -> Modes:
    quarter = report.table.release.quarter
    return Modes(
        title=headlines.of_modes(report),
        shift=headlines.shift_of_onshore(report),
        stacks=charts.mode_stacks(report),
        lines=[_mode_line(report, measure, mode) for measure in MEASURES for mode in MODES],
        now_name=months_of(quarter, report.span),
        base_name=months_of(quarter, BASE_OF[report.span]),
        parts=(str(MODE_NAMES[Mode.OFFSHORE]), str(MODE_NAMES[Mode.ONSHORE])),
    )


def _mode_line(report: Report, measure: Measure, mode: Mode) -> ModeLine:
    row, unit = report.rows[measure, mode], table_unit(report.table.currency)
    is_total = mode == Mode.TOTAL
    return ModeLine(
        name=str(MEASURE_NAMES[measure] if is_total else MODE_NAMES[mode]),
        measure=measure,
        mode=mode,
        is_total=is_total,
        begins_group=is_total and measure != MEASURES[0],
        now=amount(row.now, unit),
        base=amount(row.base, unit),
        rate=rate(row.growth),
        points=in_percent(row.points),
        share=in_percent(row.share),
    )


# ── Concentration and what stands apart ──────────────────────────────────────────────────────────


@dataclass(frozen=True)
class LeadingLine:
    """A share of a group of leading firms; the group is named once."""

    group: str
    repeats: bool
    begins_group: bool
    whole: str
    share: Decimal


def leading(report: Report) -> list[LeadingLine]:
    """Shares of the leading firms, only those that may be shown."""
    lines = []
    for mode, held in report.leading.items():
        group = {
            Mode.ONSHORE: _("%(firms)d onshore firms"),
            Mode.OFFSHORE: _("%(firms)d offshore firms"),
        }[mode] % {"firms": held.firms}
        mode_words = {
            Mode.ONSHORE: (_("onshore executed value"), _("onshore contract value")),
            Mode.OFFSHORE: (_("offshore executed value"), _("offshore contract value")),
        }[mode]
        shares = [
            (_("all executed value"), held.of_total_execution),
            (mode_words[0], held.of_execution),
            (mode_words[1], held.of_contract),
        ]
        shown = [(whole, share) for whole, share in shares if share is not None]
        lines += [
            LeadingLine(group, number > 0, number == 0 and bool(lines), whole, in_percent(share))
            for number, (whole, share) in enumerate(shown)
        ]
    return lines


def apart(report: Report) -> list[str]:
    """What is in no total: overseas business, and work taken over that is counted with its prime contractor."""
    unit = table_unit(report.table.currency)
    told = {
        _("Overseas executed value, in no total: %(amount)s."): report.overseas[Measure.EXECUTION],
        _("Overseas contract value, in no total: %(amount)s."): report.overseas[Measure.CONTRACT],
        _("Taken over from other members and counted with their prime contracts: %(amount)s."): report.subcontracted,
    }
    return [
        words % {"amount": amount_told(level.cents, unit)}
        for words, level in told.items()
        if level.is_public and level.cents
    ]
