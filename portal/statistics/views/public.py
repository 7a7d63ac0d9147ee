"""The public pages of figures: releases, places, and what a release says of a place."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.lib import clock
from portal.statistics.atlas import atlas, places_matching
from portal.statistics.dimensions import NATION, Currency, Span
from portal.statistics.levels import ReleaseInfo
from portal.statistics.pages import ReportPage, changes, coming_lines, national_page, report_page
from portal.statistics.places import Place, place_around, place_named
from portal.statistics.queries import places_with_data, published_releases, release_named
from portal.statistics.views.tabs import Tab, currency_asked, currency_tabs, kept_of, tab
from portal.statistics.wording import months_of, quarter_name, upright_quarter_name
from portal.ui.http import public

LONGEST_SEARCH = 60


@dataclass(frozen=True)
class PeriodChoice:
    code: str
    label: str
    is_current: bool


# ── Releases ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ReleaseLine:
    """A release in the list; `newer` is the number that replaced it."""

    release: ReleaseInfo
    period_name: str
    newer: str


@public
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    releases = published_releases()
    newest: dict[str, str] = {}
    for row in releases:
        newest.setdefault(row.period, row.name)
    lines = [
        ReleaseLine(row, quarter_name(row.quarter), newest[row.period] if newest[row.period] != row.name else "")
        for row in releases
    ]
    context = {"lines": lines, "coming": coming_lines(releases, clock.now())}
    return render(request, "statistics/release_list.html", context)


@public
@require_safe
def release_detail(request: HttpRequest, release: str) -> HttpResponse:
    context = release_context(release_or_404(release), currency_asked(request))
    return render(request, "statistics/release_detail.html", context | {"currency_tabs": currency_tabs(request, {})})


def release_context(found: ReleaseInfo, currency: Currency = Currency.USD) -> dict[str, object]:
    """All that the page of a release shows; an early viewer is shown the same of a build."""
    same = [row for row in published_releases() if row.period == found.period]
    return {
        "page": national_page(found, currency),
        "atlas": atlas(found, place_href, currency),
        "files": _release_files(found),
        "downloads": [(_("Download CSV"), reverse("statistics:release-tables", args=[found.name, "csv"]))],
        **_numbers(found, same, NATION, currency),
    }


def _numbers(release: ReleaseInfo, same_period: list[ReleaseInfo], place: str, currency: Currency) -> dict[str, object]:
    """The newer number that replaces a release, the earlier one that it replaced, and what changed."""
    newest = same_period[0] if same_period else release
    earlier = next((row for row in same_period if row.number < release.number), None)
    here = [earlier.name if earlier else "", place]
    return {
        "earlier_href": reverse("statistics:place-release", args=here) if earlier else "",
        "newer": newest if newest.number > release.number else None,
        "earlier": earlier,
        "changes": changes(earlier, release, place, currency) if earlier else [],
    }


# ── Places ───────────────────────────────────────────────────────────────────────────────────────


@public
@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """The places of the newest release; `?q=` looks one up by name or code."""
    releases = published_releases()
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    newest = releases[0] if releases else None
    context = {
        "asked": asked,
        "found": places_matching(asked, places_with_data(newest) if newest else []) if asked else [],
        "atlas": atlas(newest, place_href) if newest else None,
        "period_name": quarter_name(newest.quarter) if newest else "",
        "upright_period": upright_quarter_name(newest.quarter) if newest else "",
    }
    return render(request, "statistics/place_list.html", context)


@public
@require_safe
def place_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The newest release about a place: of `?period=`, or of all. It shows other figures tomorrow."""
    place = place_or_404(code)
    releases = published_releases()
    asked = request.GET.get("period", "")
    of_period = [row for row in releases if row.period == asked]
    if not releases:
        return render(request, "statistics/place_empty.html", {"place": place})
    release = (of_period or releases)[0]
    context = _place_context(request, place, release, releases)
    context |= {"is_frozen": False, "unknown_period": asked[:20] if asked and not of_period else ""}
    return render(request, "statistics/place_detail.html", context)


@public
@require_safe
def place_release(request: HttpRequest, release: str, code: str) -> HttpResponse:
    """What one release says of a place: the same figures for ever."""
    found, place = release_or_404(release), place_or_404(code)
    context = _place_context(request, place, found, published_releases()) | {"is_frozen": True, "unknown_period": ""}
    return render(request, "statistics/place_detail.html", context)


def _place_context(
    request: HttpRequest, place: Place, release: ReleaseInfo, releases: list[ReleaseInfo]
) -> dict[str, object]:
    to_date = request.GET.get("span") == Span.TO_DATE and release.quarter.number > 1
    currency = currency_asked(request)
    page = report_page(release, place, Span.TO_DATE if to_date else Span.QUARTER, currency)
    kept = kept_of(request, "currency") | ({"span": page.span.value} if to_date else {})
    kept |= {"period": release.period} if request.GET.get("period") == release.period else {}
    return {
        "page": page,
        "around": place_around(place),
        "periods": _period_choices(releases, release),
        "span_tabs": _span_tabs(request, page, kept),
        "currency_tabs": currency_tabs(request, kept),
        "currency": kept.get("currency", ""),
        "files": _files(release, place),
        "downloads": [(_("Download CSV"), reverse("statistics:place-tables", args=[release.name, place.code, "csv"]))],
        **_numbers(release, [row for row in releases if row.period == release.period], place.code, currency),
    }


def _period_choices(releases: list[ReleaseInfo], shown: ReleaseInfo) -> list[PeriodChoice]:
    periods = dict.fromkeys(row.period for row in releases)
    quarters = {row.period: row.quarter for row in releases}
    return [PeriodChoice(code, quarter_name(quarters[code]), code == shown.period) for code in periods]


def _span_tabs(request: HttpRequest, page: ReportPage, kept: dict[str, str]) -> list[Tab]:
    """The quarter alone and the year to date, from the second quarter on."""
    if not page.has_to_date:
        return []
    quarter = page.release.quarter
    return [
        tab(request, months_of(quarter, Span.QUARTER), page.span == Span.QUARTER, kept, span=""),
        tab(request, months_of(quarter, Span.TO_DATE), page.span == Span.TO_DATE, kept, span=Span.TO_DATE.value),
    ]


def _release_files(release: ReleaseInfo) -> list[tuple[str, str, str]]:
    """(label, address, note) of the files of a whole release."""

    def tables(form: str) -> str:
        return reverse("statistics:release-tables", args=[release.name, form])

    return [
        (_("All tables"), tables("xlsx"), "XLSX"),
        (_("Long table of every place"), tables("csv"), "CSV"),
        (_("For programs"), tables("json"), "JSON"),
        (_("For statistical exchange"), _sdmx_csv(release), "SDMX-CSV"),
        (_("Brief"), reverse("statistics:place-brief", args=[release.name, NATION]), "TXT"),
    ]


def _files(release: ReleaseInfo, place: Place) -> list[tuple[str, str, str]]:
    """(label, address, note) of everything that can be kept of a place in a release."""
    here = [release.name, place.code]

    def tables(form: str) -> str:
        return reverse("statistics:place-tables", args=[*here, form])

    return [
        (_("All tables"), tables("xlsx"), "XLSX"),
        (_("Long table"), tables("csv"), "CSV"),
        (_("For programs"), tables("json"), "JSON"),
        (_("For statistical exchange"), f"{_sdmx_csv(release)}&place={place.code}", "SDMX-CSV"),
        (_("Brief"), reverse("statistics:place-brief", args=here), "TXT"),
        (_("Permanent link"), reverse("statistics:place-release", args=here), _("never changes")),
        (_("Live link"), reverse("statistics:place-detail", args=[place.code]), _("always the newest release")),
    ]


def _sdmx_csv(release: ReleaseInfo) -> str:
    return f"{reverse('api:cell-list', args=[release.name])}?format=sdmx-csv"


# ── What an address names ────────────────────────────────────────────────────────────────────────


def release_or_404(name: str) -> ReleaseInfo:
    release = release_named(name)
    if release is None:
        raise Http404(_("There is no published release of this name."))
    return release


def place_or_404(code: str) -> Place:
    place = place_named(code)
    if place is None:
        raise Http404(_("There is no place of this code."))
    return place


def place_href(code: str) -> str:
    return reverse("statistics:place-detail", args=[code])
