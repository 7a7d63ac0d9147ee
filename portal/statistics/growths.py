"""The section of a page that explains growth: the bridge, same-firm growth, and what the parts gave. Frozen values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.lib.quarters import Quarter
from portal.lib.words import gettext_noop
from portal.statistics.bridges import Bridge, Pair, back_filed_by_quarter, bridge_in, pair_in
from portal.statistics.dimensions import BASE_OF, BridgePart, Cut, Measure, Mode, Span
from portal.statistics.levels import Indicator, Level, Table
from portal.statistics.report import MEASURES, MODES, Report
from portal.statistics.shown import Amount, Rate, amount, rate
from portal.statistics.wording import (
    BRIDGE_NAMES,
    MEASURE_NAMES,
    MODE_NAMES,
    Unit,
    amount_in_words,
    months_of,
    percent_in_words,
    point_label,
    table_unit,
)
from portal.ui import charts
from portal.ui.figures import grouped
from portal.ui.figures import growth as shown_growth

_PART_NOTES = {
    BridgePart.REVISION: gettext_lazy("since the base was last published"),
    BridgePart.BACK_FILED: gettext_lazy("happened before the period it was filed for"),
    BridgePart.NEW: gettext_lazy("filed now, not a year before"),
    BridgePart.GONE: gettext_lazy("filed a year before, not now"),
    BridgePart.EXCHANGE: gettext_lazy("at the rates of a year before"),
    BridgePart.REAL: gettext_lazy("filed both times"),
}
_SUBJECTS = {
    BridgePart.REVISION: gettext_lazy("Revisions of the base"),
    BridgePart.BACK_FILED: gettext_lazy("Back-filed lines"),
    BridgePart.NEW: gettext_lazy("New firms"),
    BridgePart.GONE: gettext_lazy("Firms gone"),
    BridgePart.EXCHANGE: gettext_lazy("Exchange rates"),
    BridgePart.REAL: gettext_lazy("Firms that filed both times"),
}
# Whether the level rose, and whether the part is less than the whole change.
_FINDINGS = {
    (True, True): gettext_noop("%(part)s make up %(share)s of the increase; the rest comes to %(rest)s"),
    (True, False): gettext_noop("%(part)s added %(amount)s, more than the whole increase of %(change)s"),
    (False, True): gettext_noop("%(part)s make up %(share)s of the decrease; the rest comes to %(rest)s"),
    (False, False): gettext_noop("%(part)s took away %(amount)s, more than the whole decrease of %(change)s"),
}


@dataclass(frozen=True)
class BridgeChart:
    """A waterfall with what it finds; `unmoved` names the parts that are nothing, `hidden` those not published."""

    of: Measure
    measure: str
    title: str
    change: str
    bars: list[charts.Bar]
    unmoved: str
    hidden: str
    starts_known: bool

    @property
    def chart(self) -> str:
        """The name that its drawing has in addresses."""
        return f"{self.of}-bridge"


@dataclass(frozen=True)
class PartRow:
    """One part of the bridge, in every measure and mode."""

    name: str
    note: str
    kind: str
    amounts: list[Amount]


@dataclass(frozen=True)
class PairCell:
    """Raw and same-firm growth over one span."""

    raw: Rate
    same: Rate
    firms: int | None
    is_withheld: bool


@dataclass(frozen=True)
class PairRow:
    name: str
    is_total: bool
    begins_group: bool
    cells: list[PairCell]


@dataclass(frozen=True)
class Explained:
    """Everything that the section says."""

    charts: list[BridgeChart]
    columns: list[tuple[str, list[str]]]
    rows: list[PartRow]
    spans: list[str]
    pairs: list[PairRow]
    back_filed: list[tuple[str, Amount]]
    unit: str


def explained(report: Report) -> Explained | None:
    """None where nothing was filed a year before, or in a release of the time before bridges were kept."""
    table, span = report.table, report.span
    kept = any(key[3] in (Cut.BRIDGE, Cut.SAME_FIRM) for key in table.cells)
    if not kept or not table.has_data(BASE_OF[span]):
        return None
    spans = [Span.QUARTER] if table.release.quarter.number == 1 else [Span.QUARTER, Span.TO_DATE]
    unit = table_unit(table.currency)
    bridges = [bridge_in(table, measure, Mode.TOTAL, span) for measure in reversed(MEASURES)]
    return Explained(
        charts=[_chart(found, pair_in(table, found.measure, Mode.TOTAL, span), report, unit)
                for found in bridges if found and found.change],
        columns=[(str(MEASURE_NAMES[measure]), [str(MODE_NAMES[mode]) for mode in MODES]) for measure in MEASURES],
        rows=_rows(table, span, unit),
        spans=[months_of(table.release.quarter, one) for one in spans],
        pairs=[_pair_row(table, measure, mode, spans) for measure in MEASURES for mode in MODES],
        back_filed=[(point_label(Quarter.parse(member)), amount(level, unit))
                    for member, level in _back_filed(table, span)],
        unit=unit.label,
    )  # fmt: skip


def _back_filed(table: Table, span: Span) -> list[tuple[str, Level]]:
    return back_filed_by_quarter(table, Measure.EXECUTION) if span == Span.QUARTER else []


# ── The waterfall ────────────────────────────────────────────────────────────────────────────────


def finding(bridge: Bridge) -> str:
    """A title that says which published part did most in the direction of the change."""
    part = bridge.main_part
    if part is None:
        return _("Where the change of %(change)s comes from") % {"change": _signed_words(bridge, bridge.change)}
    share, cents = bridge.share(part), bridge.public[part]
    return _(_FINDINGS[bridge.change > 0, share < 1]) % {
        "part": _SUBJECTS[part],
        "share": percent_in_words(share),
        "amount": amount_in_words(abs(cents), _currency(bridge)),
        "change": amount_in_words(abs(bridge.change), _currency(bridge)),
        "rest": _signed_words(bridge, bridge.change - cents),
    }


def _currency(bridge: Bridge):
    return next(iter(bridge.parts.values())).currency


def _signed_words(bridge: Bridge, cents: int) -> str:
    return ("−" if cents < 0 else "") + amount_in_words(abs(cents), _currency(bridge))


def _chart(bridge: Bridge, pair: Pair, report: Report, unit: Unit) -> BridgeChart:
    quarter, span = report.table.release.quarter, report.span
    steps = [charts.Item(str(BRIDGE_NAMES[part]), unit.of(cents), note=_note(part, pair))
             for part, cents in bridge.public.items() if cents]  # fmt: skip
    hidden = [str(BRIDGE_NAMES[part]) for part in bridge.withheld]
    if bridge.hidden_in_rest:
        together = _("%(count)d parts not published, together") % {"count": len(bridge.hidden_in_rest)}
        steps.append(charts.Item(together, unit.of(bridge.rest), kind="rest"))
    start = charts.Item(_("A year before"), unit.of(bridge.start), note=months_of(quarter, BASE_OF[span]))
    now = charts.Item(_("Now"), unit.of(bridge.now), note=months_of(quarter, span))
    return BridgeChart(
        of=bridge.measure,
        measure=str(MEASURE_NAMES[bridge.measure]),
        title=finding(bridge),
        change=grouped(unit.of(bridge.change)),
        bars=charts.bridge(start, steps, now),
        unmoved=_(", ").join(str(BRIDGE_NAMES[part]) for part, cents in bridge.public.items() if not cents),
        hidden=_(", ").join(hidden),
        starts_known=BridgePart.REVISION in bridge.withheld,
    )


def _note(part: BridgePart, pair: Pair) -> str:
    """What a part is; beside the real change, how many firms it is of and how they grew."""
    if part != BridgePart.REAL or pair.firms is None:
        return str(_PART_NOTES[part])
    told = rate(pair.same)
    words = ngettext("%(count)d firm", "%(count)d firms", pair.firms) % {"count": pair.firms}
    if told.value is None:
        return words
    shown = shown_growth(told.value)
    return _("%(firms)s, same-firm growth %(rate)s") % {"firms": words, "rate": f"{shown.arrow}{shown.rate}%"}


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def _rows(table: Table, span: Span, unit: Unit) -> list[PartRow]:
    """The bridge of every measure and mode, beginning with the base as last published."""
    columns = [(measure, mode) for measure in MEASURES for mode in MODES]
    quarter = table.release.quarter
    starts = [_start(table, measure, mode, span) for measure, mode in columns]
    ends = [table.level(Indicator(measure, mode), span) for measure, mode in columns]
    before, now = months_of(quarter, BASE_OF[span]), months_of(quarter, span)
    return [
        PartRow(_("A year before, as last published"), before, "sum", [amount(level, unit) for level in starts]),
        *[_part_row(table, part, columns, span, unit) for part in BridgePart],
        PartRow(_("Now"), now, "sum grp", [amount(level, unit) for level in ends]),
    ]


def _start(table: Table, measure: Measure, mode: Mode, span: Span) -> Level:
    """The base as last published: as known now, less its revision since. Withheld where either is."""
    base = table.level(Indicator(measure, mode), BASE_OF[span])
    revision = table.level(Indicator(measure, mode, Cut.BRIDGE, BridgePart.REVISION), span)
    if not (base.is_public and revision.is_public):
        return revision if base.is_public else base
    usd, cny = base.usd_cents - revision.usd_cents, base.cny_cents - revision.cny_cents
    return Level(base.known, usd, cny, currency=base.currency)


def _part_row(
    table: Table, part: BridgePart, columns: Sequence[tuple[Measure, Mode]], span: Span, unit: Unit
) -> PartRow:
    levels = [table.level(Indicator(measure, mode, Cut.BRIDGE, part), span) for measure, mode in columns]
    return PartRow(str(BRIDGE_NAMES[part]), str(_PART_NOTES[part]), "sub", [amount(level, unit) for level in levels])


def _pair_row(table: Table, measure: Measure, mode: Mode, spans: Iterable[Span]) -> PairRow:
    is_total = mode == Mode.TOTAL
    cells = []
    for span in spans:
        pair = pair_in(table, measure, mode, span)
        hidden = not (pair.now.is_public and pair.base.is_public) and table.has_data(BASE_OF[span])
        cells.append(PairCell(rate(pair.raw), rate(pair.same), pair.firms, hidden))
    return PairRow(
        name=str(MEASURE_NAMES[measure] if is_total else MODE_NAMES[mode]),
        is_total=is_total,
        begins_group=is_total and measure != MEASURES[0],
        cells=cells,
    )
