"""The figures that a commentary on a place may quote: what its release makes public of it, each under its name."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.reference.queries import names
from portal.statistics.bridges import back_filed_by_quarter, bridge_in, pair_in
from portal.statistics.contributions import by_member, members_of
from portal.statistics.dimensions import BASE_OF, BridgePart, Currency, Cut, Measure, Mode, Span
from portal.statistics.levels import Indicator, Level, Table
from portal.statistics.phrases import cents_in_brief
from portal.statistics.quoting import Figure, Kind
from portal.statistics.report import MEASURES, MODES, Report, report
from portal.statistics.wording import BRIDGE_NAMES, MEASURE_NAMES, measure_in_mode, months_of

_KINDS = {Currency.USD: Kind.USD, Currency.CNY: Kind.CNY}
_PARTS = ((Mode.OFFSHORE, Cut.MARKET), (Mode.OFFSHORE, Cut.MARKET_GROUP), (Mode.TOTAL, Cut.CATEGORY))


def quotable(table: Table) -> list[Figure]:
    """Levels, changes, growth, shares, contributions and bridges of a place, in both currencies, public ones only."""
    spans = [Span.QUARTER] if table.release.quarter.number == 1 else [Span.QUARTER, Span.TO_DATE]
    figures = []
    for told in (table.told_in(currency) for currency in Currency):
        for span in spans:
            figures += _of_span(report(told, span))
    return figures


def _of_span(content: Report) -> Iterator[Figure]:
    yield from _firms(content)
    for measure in MEASURES:
        for mode in MODES:
            yield from _totals(content, measure, mode)
            yield from _explained(content.table, measure, mode, content.span)
    for mode, cut in _PARTS:
        yield from _parts(content, mode, cut)
    for held in content.leading.values():
        for share in (held.of_execution, held.of_contract, held.of_total_execution):
            yield from _percent(_("Leading firms, share"), share)
        yield Figure(_("Leading firms"), Kind.COUNT, Decimal(held.firms))
    for quarter, level in back_filed_by_quarter(content.table, Measure.EXECUTION):
        yield from _level(_("Back-filed: %(quarter)s") % {"quarter": quarter}, level)


def _firms(content: Report) -> Iterator[Figure]:
    for span in (content.span, BASE_OF[content.span]):
        level = content.table.level(Indicator(Measure.FIRMS), span)
        if level.is_public:
            name = _of(MEASURE_NAMES[Measure.FIRMS], months_of(content.table.release.quarter, span))
            yield Figure(name, Kind.COUNT, Decimal(level.count))
    yield from _percent(_growth(MEASURE_NAMES[Measure.FIRMS]), content.firms_growth.rate)


def _totals(content: Report, measure: Measure, mode: Mode) -> Iterator[Figure]:
    row, quarter = content.rows[measure, mode], content.table.release.quarter
    name = measure_in_mode(measure, mode)
    yield from _level(_of(name, months_of(quarter, content.span)), row.now)
    yield from _level(_of(name, months_of(quarter, BASE_OF[content.span])), row.base)
    yield from _change(name, row.now, row.base)
    yield from _percent(_growth(name), row.growth.rate)
    yield from _percent(_("%(name)s, points contributed") % {"name": name}, row.points)
    yield from _percent(_("%(name)s, share") % {"name": name}, row.share)
    yield from _percent(_("%(name)s, share a year before") % {"name": name}, row.base_share)
    if row.share is not None and row.base_share is not None:
        yield from _percent(_("%(name)s, change of share") % {"name": name}, row.share - row.base_share)


def _explained(table: Table, measure: Measure, mode: Mode, span: Span) -> Iterator[Figure]:
    """The bridge's public parts with their shares of the change, and same-firm growth."""
    name, bridge = measure_in_mode(measure, mode), bridge_in(table, measure, mode, span)
    for part in BridgePart:
        words = _("%(name)s: %(part)s") % {"name": name, "part": BRIDGE_NAMES[part]}
        level = table.level(Indicator(measure, mode, Cut.BRIDGE, part), span)
        yield from _level(words, level)
        if bridge:
            yield from _percent(_("%(name)s, share of the change") % {"name": words}, bridge.share(part))
    if bridge:
        kind = _KINDS[table.currency]
        yield Figure(_("%(name)s, change since the base was published") % {"name": name}, kind, Decimal(bridge.change))
        for part, cents in bridge.public.items():
            words = _("%(name)s without: %(part)s") % {"name": name, "part": BRIDGE_NAMES[part]}
            yield Figure(words, kind, Decimal(bridge.now - cents))
            yield Figure(words, kind, Decimal(bridge.change - cents))
    pair = pair_in(table, measure, mode, span)
    same = _("%(name)s, same-firm") % {"name": name}
    yield from _percent(_growth(same), pair.same.rate)
    if pair.firms is not None:
        yield from _level(same, pair.now)
        yield from _level(_("%(name)s, a year before") % {"name": same}, pair.base)
        yield Figure(_("Firms matched"), Kind.COUNT, Decimal(pair.firms))


def _parts(content: Report, mode: Mode, cut: Cut) -> Iterator[Figure]:
    """Markets, groups and categories: levels, shares, growth, and what they gave to the growth of the total."""
    table, span = content.table, content.span
    codes = members_of(table, mode, cut, span)
    called = {code: row.name for code, row in names(cut, codes).items()}
    for code in codes:
        for measure in MEASURES:
            part = Indicator(measure, mode, cut, code)
            name = _of(called.get(code, code), MEASURE_NAMES[measure])
            yield from _level(name, table.level(part, span))
            yield from _level(_("%(name)s, a year before") % {"name": name}, table.level(part, BASE_OF[span]))
            for whole in dict.fromkeys((mode, Mode.TOTAL)):
                yield from _percent(_("%(name)s, share") % {"name": name},
                                    table.share(part, Indicator(measure, whole), span))  # fmt: skip
            yield from _percent(_growth(name), table.growth(part, span).rate)
    for row in by_member(table, mode, cut, codes, span).told:
        for measure, effect in row.effects.items():
            if effect:
                name = _of(called.get(row.member, row.member), MEASURE_NAMES[measure])
                yield from _percent(_("%(name)s, points contributed") % {"name": name}, effect.points)
                yield from _percent(_("%(name)s, share of the change") % {"name": name}, effect.share)


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────


def _of(name: object, detail: object) -> str:
    return _("%(name)s, %(detail)s") % {"name": name, "detail": detail}


def _growth(name: object) -> str:
    return _("%(name)s, growth") % {"name": name}


def _level(name: str, level: Level) -> Iterator[Figure]:
    if level.is_public:
        yield Figure(name, _KINDS[level.currency], Decimal(level.cents))


def _change(name: str, now: Level, base: Level) -> Iterator[Figure]:
    if now.is_public and base.is_public:
        words = _("%(name)s, change on a year before") % {"name": name}
        yield Figure(words, _KINDS[now.currency], Decimal(now.cents - base.cents))


def _percent(name: str, fraction: Decimal | None) -> Iterator[Figure]:
    if fraction is not None:
        yield Figure(name, Kind.PERCENT, fraction * 100)


def in_words(figure: Figure) -> str:
    """A figure as a refusal names it: its name and how it would be written."""
    if figure.kind == Kind.PERCENT:
        value = f"{figure.value:,.2f}%"
    elif figure.kind == Kind.COUNT:
        value = f"{figure.value:,.0f}"
    else:
        value = cents_in_brief(int(figure.value), Currency(figure.kind.value))
    return _("%(name)s %(value)s") % {"name": figure.name, "value": value}
