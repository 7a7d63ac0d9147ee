"""The charts of a release as files: SVG and PNG, in either language, in the colours of screen, dark or print.

    content = svg(release, place, Chart.MARKETS, "zh-hans")
    content = png(release, place, Chart.BRIDGE, "en", theme=Theme.PRINT)

Both take a `queries.ReleaseInfo` (published, or a build that is being looked at early) and a `places.Place`, and
answer bytes, or None where the release has nothing to draw: no market of a place without offshore business, no
provinces within a city. Each has its finding above, unit and period under it, and at its foot the association, the
release with its digest, and the licence; a bare one (`is_bare`) leaves all this to the text that it stands in. What is
withheld has no mark, and its amount is nowhere in the file.

A drawing is made once for each release, digest, place, chart, language, theme, span and currency, and kept in the
private store (`kept`). The first of a process takes half a second, the others some hundredths; a kept one is read.

    subjects  which charts there are, and the page's own rows for each
    rows · curves · squares  rows, lines and tiles as sheets of marks
    frame     a sheet as a Vega-Lite specification: title, foot, theme
    kept      the files
"""

from dataclasses import dataclass

from django.utils.translation import override

from portal.statistics.dimensions import Currency, Span
from portal.statistics.drawings.frame import bare_spec_of, spec_of
from portal.statistics.drawings.inks import Theme
from portal.statistics.drawings.kept import kept
from portal.statistics.drawings.subjects import ALWAYS_THE_QUARTER, Chart, Subject, sheet_of
from portal.statistics.exports import citation, licence
from portal.statistics.levels import ReleaseInfo
from portal.statistics.places import Place
from portal.ui.vega import png_of, svg_of

__all__ = ["ALWAYS_THE_QUARTER", "Chart", "Theme", "png", "svg"]


def svg(
    release: ReleaseInfo,
    place: Place,
    chart: Chart,
    language: str,
    *,
    theme: Theme = Theme.LIGHT,
    span: Span = Span.QUARTER,
    currency: Currency = Currency.USD,
    is_bare: bool = False,
) -> bytes | None:
    """A chart as SVG without style or script; None where there is nothing to draw."""
    subject = _subject(release, place, chart, span, currency)
    look = _Look(language, theme, is_bare)
    return kept(_name(subject, chart, look, "svg"), lambda: _drawn(subject, chart, look))


def png(
    release: ReleaseInfo,
    place: Place,
    chart: Chart,
    language: str,
    *,
    theme: Theme = Theme.LIGHT,
    span: Span = Span.QUARTER,
    currency: Currency = Currency.USD,
    is_bare: bool = False,
) -> bytes | None:
    """The same as PNG, twice as large; None where there is nothing to draw."""
    subject = _subject(release, place, chart, span, currency)
    look = _Look(language, theme, is_bare)

    def draw() -> bytes | None:
        drawn = _drawn(subject, chart, look)
        return drawn and png_of(drawn.decode())

    return kept(_name(subject, chart, look, "png"), draw)


def _subject(release: ReleaseInfo, place: Place, chart: Chart, span: Span, currency: Currency) -> Subject:
    if chart in ALWAYS_THE_QUARTER:
        return Subject(release, place)
    return Subject(release, place, span, currency)


@dataclass(frozen=True)
class _Look:
    language: str
    theme: Theme
    is_bare: bool

    def __str__(self) -> str:
        return f"{self.language}.{self.theme}{'.bare' if self.is_bare else ''}"


def _drawn(subject: Subject, chart: Chart, look: _Look) -> bytes | None:
    with override(look.language):
        sheet = sheet_of(subject, chart)
        if sheet is None:
            return None
        source = [citation(subject.release), licence()]
        spoken = " ".join([sheet.unit, *(f"{row};" for row in sheet.spoken), sheet.note, *source])
        spec = bare_spec_of(sheet, look.theme) if look.is_bare else spec_of(sheet, source, look.theme)
        return svg_of(spec, title=sheet.finding, description=spoken).encode()


def _name(subject: Subject, chart: Chart, look: _Look, form: str) -> str:
    release = f"{subject.release.name}-{subject.release.digest[:16]}"
    variant = f"{chart}.{subject.span}.{subject.currency}.{look}"
    return f"{release}/{subject.place.code}/{variant}.{form}"
