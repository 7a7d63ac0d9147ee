"""Figures of a release, by value: sentences, rows and drawings as the release says them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib.acts import Refused
from portal.publishing import figure_tables
from portal.publishing.asked import Asked, asked_of
from portal.publishing.document import Figure
from portal.publishing.figure_tables import Laid, named
from portal.publishing.freezing_files import Files
from portal.statistics import drawings, headlines
from portal.statistics.briefs import paragraphs
from portal.statistics.dimensions import BASE_OF, NATION, Currency, Measure, Mode
from portal.statistics.drawings import Chart, Theme
from portal.statistics.drawings.subjects import ALWAYS_THE_QUARTER, Subject, sheet_of
from portal.statistics.levels import Indicator, Known, Level, ReleaseInfo
from portal.statistics.phrases import amount_in_brief, growth_in_words
from portal.statistics.places import Place, place_named
from portal.statistics.queries import release_named, table
from portal.statistics.report import Report, report
from portal.statistics.wording import months_of, quarter_name, table_unit
from portal.ui.figures import counted

Thing = TypeVar("Thing")


def figure(value: Mapping[str, Any], language: str, files: Files) -> Iterator[Figure]:
    """A figure block as the release says it now, its drawing kept among the files.

    Raises:
        Refused: the release is not public, or has nothing to say of it.
    """
    asked = asked_of("figure", value, language)
    if asked is not None:
        with override(asked.language):
            told = told_of(asked)
        drawing = drawn(asked, files) if asked.form == "chart" else ""
        yield replace(told, drawing=drawing, note=_both(told.note, value.get("note") or ""))


def told_of(asked: Asked) -> Figure:
    """What the release says, in the active language, without the drawing.

    Raises:
        Refused: the release is not public, or has nothing to say of it.
    """
    release, place = found(asked)
    content = report(table(release, place.code).told_in(Currency(asked.currency)))
    if not content.table.cells:
        raise Refused(_("%(release)s has no figures of %(place)s.") % {"release": release.name, "place": place.name})
    return replace(
        _FORMS[asked.form](asked, content, place), source=source_line(release, place),
        href=frozen_address(release, place), asked=asked.pairs,
    )  # fmt: skip


def found(asked: Asked) -> tuple[ReleaseInfo, Place]:
    """The release and the place that were asked for."""
    release, place = release_named(asked.release), place_named(asked.place)
    if release is None:
        raise Refused(_("There is no published release %(release)s.") % {"release": asked.release})
    if place is None:
        raise Refused(_("There is no place %(code)s.") % {"code": asked.place})
    return release, place


def source_line(release: ReleaseInfo, place: Place) -> str:
    """Which release, place and period a figure is from, which version that is, and its digest."""
    return _("Release %(release)s · %(place)s · %(period)s · version %(number)d · digest %(digest)s") % {
        "release": release.name,
        "place": place.name,
        "period": quarter_name(release.quarter),
        "number": release.number,
        "digest": release.digest[:12],
    }


def frozen_address(release: ReleaseInfo, place: Place) -> str:
    """The page of the place in this release, in the active language: it never changes."""
    if place.code == NATION:
        return reverse("statistics:release-detail", args=[release.name])
    return reverse("statistics:place-release", args=[release.name, place.code])


def drawn(asked: Asked, files: Files) -> str:
    """The chart's SVG and PNG, kept among the files: their name without ending. Bare and on white, for each medium says
    its finding, unit and source around it."""
    release, place = found(asked)
    how = {"theme": Theme.PRINT, "currency": Currency(asked.currency), "is_bare": True}
    svg, png = (
        make(release, place, Chart(asked.chart), asked.language, **how) for make in (drawings.svg, drawings.png)
    )
    return files.drawing(svg, png)


def why_not_told(value: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with the choice of a figure block: the name of the field and a sentence, or None."""
    form = value["form"]
    if form in ("indicator", "table", "chart") and not value.get(form):
        return form, _("Choose which one.")
    try:
        told_of(asked_of("figure", value, "zh-hans"))
    except Refused as refusal:
        return ("place" if form in ("brief", "indicator") else form), str(refusal)
    return None


# ── Forms ────────────────────────────────────────────────────────────────────────────────────────


def _figure(asked: Asked, content: Report, laid: Laid, **told: Any) -> Figure:
    unit = table_unit(content.table.currency).label
    return Figure(form=asked.form, title=laid.title, release=asked.release, source="", href="", grid=laid.grid,
                  unit=unit, note=figure_tables.notes_of(laid.grid), **told)  # fmt: skip


def _brief(asked: Asked, content: Report, place: Place) -> Figure:
    """All sentences of the brief under its finding, with the key table."""
    is_all = place.code == NATION
    title = headlines.of_release(content) if is_all else headlines.of_place(content, place.name)
    laid = Laid(title, figure_tables.modes(content).grid)
    return _figure(asked, content, laid, sentences=tuple(paragraphs(content, place.name)))


def _table(asked: Asked, content: Report, _place: Place) -> Figure:
    return _figure(asked, content, _or_refused(figure_tables.laid(asked.table, content)))


def _indicator(asked: Asked, content: Report, place: Place) -> Figure:
    measure, mode = indicator_named(asked.indicator)
    title = _("%(place)s, %(indicator)s") % {"place": place.name, "indicator": named(measure, mode)}
    laid = Laid(title, figure_tables.indicator(content, measure, mode))
    told = _figure(asked, content, laid, sentences=(sentence(content, measure, mode, place),))
    return replace(told, unit=_("firms")) if measure == Measure.FIRMS else told


def indicator_named(name: str) -> tuple[Measure, Mode]:
    measure, _dot, mode = name.partition(".")
    return Measure(measure), Mode(mode)


def sentence(content: Report, measure: Measure, mode: Mode, place: Place) -> str:
    """One level with its change in words, and the year before where that is public."""
    told, wanted, quarter = content.table, Indicator(measure, mode), content.table.release.quarter
    now, base = told.level(wanted), told.level(wanted, BASE_OF[content.span])
    growth = growth_in_words(told.growth(wanted)) if now.is_public else ""
    words = {
        "period": months_of(quarter, content.span), "place": place.name, "indicator": named(measure, mode),
        "amount": _in_words(now, measure), "growth": growth,
        "base_period": months_of(quarter, BASE_OF[content.span]), "base": _in_words(base, measure),
    }  # fmt: skip
    if not growth:
        return _("%(period)s, %(place)s, %(indicator)s: %(amount)s.") % words
    if not base.is_public:
        return _("%(period)s, %(place)s, %(indicator)s: %(amount)s, %(growth)s.") % words
    return _("%(period)s, %(place)s, %(indicator)s: %(amount)s, %(growth)s; %(base_period)s %(base)s.") % words


def _in_words(level: Level, measure: Measure) -> str:
    """Where nobody filed there is no amount: zero would be one."""
    if level.known == Known.ABSENT:
        return _("no data")
    if measure == Measure.FIRMS and level.is_public:
        return _("%(count)s firms") % {"count": counted(level.count or 0)}
    return amount_in_brief(level)


def _chart(asked: Asked, content: Report, place: Place) -> Figure:
    """The drawing in words as well: its rows as a table, and all of it as a description."""
    chart = Chart(asked.chart)
    currency = Currency.USD if chart in ALWAYS_THE_QUARTER else Currency(asked.currency)
    sheet = _or_refused(sheet_of(Subject(content.table.release, place, currency=currency), chart))
    laid = _or_refused(_ROWS[chart](report(content.table.told_in(currency))))
    alt = _("%(finding)s. %(rows)s.") % {"finding": sheet.finding, "rows": _("; ").join(sheet.spoken)}
    told = _figure(asked, content, Laid(sheet.finding, laid.grid), alt=alt)
    return replace(told, unit=sheet.unit, note=_both(sheet.note, told.note))


def _or_refused(thing: Thing | None) -> Thing:
    if thing is None:
        raise Refused(_("The release has no such table or chart of this place."))
    return thing


def _both(first: str, second: str) -> str:
    return " ".join(note for note in (first, second) if note)


_FORMS: Mapping[str, Callable[[Asked, Report, Place], Figure]] = {
    "brief": _brief, "indicator": _indicator, "table": _table, "chart": _chart,
}  # fmt: skip
_ROWS: Mapping[Chart, Callable[[Report], Laid | None]] = {
    Chart.FIGURES: figure_tables.modes,
    Chart.EXECUTION: figure_tables.quarters,
    Chart.MODES: figure_tables.modes,
    Chart.MARKETS: figure_tables.markets,
    Chart.CATEGORIES: figure_tables.categories,
    Chart.SIZES: figure_tables.sizes,
    Chart.BRIDGE: lambda content: figure_tables.bars(content, Measure.EXECUTION),
    Chart.CONTRACT_BRIDGE: lambda content: figure_tables.bars(content, Measure.CONTRACT),
    Chart.PROVINCES: figure_tables.provinces,
}
