"""Pages about one way of cutting the figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.statistics.dimensions import Measure
from portal.statistics.queries import published_releases
from portal.statistics.theme_drawings import ThemeChart
from portal.statistics.themes.categories import categories_page, category_page
from portal.statistics.themes.concentration import concentration_page
from portal.statistics.themes.glossary import glossary_terms
from portal.statistics.themes.groups import group_page, groups_page
from portal.statistics.themes.schemes import scheme_page, schemes_page
from portal.statistics.themes.scope import Scope, Unknown, scope_of
from portal.statistics.themes.series import series_page
from portal.statistics.themes.sheets import Sheet
from portal.statistics.themes.sizes import sizes_page
from portal.statistics.themes.trade import digital_trade_page, service_trade_page
from portal.ui.http import public


class Page(Protocol):
    """What every themed page has."""

    scope: Scope
    title: str

    def sheet(self) -> Sheet: ...


class MemberPage(Page, Protocol):
    heading: str


Asked = Mapping[str, str]


@dataclass(frozen=True)
class Theme:
    """A way of cutting the figures: its page, the page of one member where there is one, and its words."""

    heading: str
    standing: str
    address: str
    page: Callable[[Scope, Asked], Page]
    member: Callable[[Scope, str], MemberPage] | None = None
    has_places: bool = True
    is_dated: bool = False


THEMES: dict[str, Theme] = {
    "groups": Theme(
        gettext_lazy("Market groups"),
        gettext_lazy("Named, dated lists of markets. They overlap, so they are read one by one and never added up."),
        "statistics:group-list",
        lambda scope, _asked: groups_page(scope),
        group_page,
        is_dated=True,
    ),
    "schemes": Theme(
        gettext_lazy("Region schemes"),
        gettext_lazy(
            "Ways of grouping places, each a dated list. A place may be in several schemes: read each by itself."
        ),
        "statistics:scheme-list",
        lambda scope, _asked: schemes_page(scope),
        scheme_page,
        has_places=False,
        is_dated=True,
    ),
    "categories": Theme(
        gettext_lazy("Service categories"),
        gettext_lazy("What is outsourced, in three levels, by the catalogue of 2022 applied to all periods alike."),
        "statistics:category-list",
        lambda scope, _asked: categories_page(scope),
        category_page,
    ),
    "sizes": Theme(
        gettext_lazy("Size of firm"),
        gettext_lazy("Bands of size as the firms' registers say at the end of each period."),
        "statistics:size-list",
        lambda scope, _asked: sizes_page(scope),
    ),
    "concentration": Theme(
        gettext_lazy("Concentration"),
        gettext_lazy("How much the few largest firms hold. Shown only where it tells nobody's own figure."),
        "statistics:concentration",
        lambda scope, _asked: concentration_page(scope),
    ),
    "series": Theme(
        gettext_lazy("Time series"),
        gettext_lazy("The headline figures of a place in every published period, each from its newest release."),
        "statistics:series",
        series_page,
    ),
    "service-trade": Theme(
        gettext_lazy("Service trade"),
        gettext_lazy(
            "Members' outsourcing by the twelve categories of service trade. "
            "It is what members file, not all service trade."
        ),
        "statistics:service-trade",
        lambda scope, _asked: service_trade_page(scope),
    ),
    "digital-trade": Theme(
        gettext_lazy("Digital trade"),
        gettext_lazy("What of members' outsourcing can be delivered over a network, and how much comes by new ways."),
        "statistics:digital-trade",
        lambda scope, _asked: digital_trade_page(scope),
    ),
}


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


@public
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    return _list(request, "groups", "statistics/group_list.html")


@public
@require_safe
def group_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, "groups", code, "statistics/group_detail.html")


@public
@require_safe
def scheme_list(request: HttpRequest) -> HttpResponse:
    return _list(request, "schemes", "statistics/scheme_list.html")


@public
@require_safe
def scheme_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, "schemes", code, "statistics/scheme_detail.html")


@public
@require_safe
def category_list(request: HttpRequest) -> HttpResponse:
    return _list(request, "categories", "statistics/category_list.html")


@public
@require_safe
def category_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, "categories", code, "statistics/category_detail.html")


@public
@require_safe
def size_list(request: HttpRequest) -> HttpResponse:
    return _list(request, "sizes", "statistics/size_list.html")


@public
@require_safe
def concentration(request: HttpRequest) -> HttpResponse:
    return _list(request, "concentration", "statistics/concentration.html")


@public
@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """`?place=520100&measure=contract&span=to_date`: every published period of a place."""
    return _list(request, "series", "statistics/series.html")


@public
@require_safe
def service_trade(request: HttpRequest) -> HttpResponse:
    return _list(request, "service-trade", "statistics/service_trade.html")


@public
@require_safe
def digital_trade(request: HttpRequest) -> HttpResponse:
    return _list(request, "digital-trade", "statistics/digital_trade.html")


@public
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "statistics/glossary.html", {"chapters": glossary_terms()})


def _list(request: HttpRequest, name: str, template: str) -> HttpResponse:
    theme = THEMES[name]
    scope = _scope(request, theme)
    if scope is None:
        return render(request, "statistics/theme_empty.html", {"heading": theme.heading})
    page = theme.page(scope, request.GET)
    table = reverse("statistics:theme-table", args=[name])
    return render(request, template, _context(request, page, theme, table) | {"heading": theme.heading})


def _detail(request: HttpRequest, name: str, code: str, template: str) -> HttpResponse:
    theme = THEMES[name]
    scope = _scope(request, theme)
    if scope is None:
        return render(request, "statistics/theme_empty.html", {"heading": theme.heading})
    page = member_page(theme, scope, code)
    table = reverse("statistics:theme-member-table", args=[name, code])
    words = {"heading": page.heading, "above": theme.heading, "above_href": reverse(theme.address) + scope.query()}
    return render(request, template, _context(request, page, theme, table) | words)


def _context(request: HttpRequest, page: Page, theme: Theme, table: str) -> dict[str, object]:
    scope = page.scope
    return {
        "page": page,
        "scope": scope,
        "theme": theme,
        "dated": theme.is_dated,
        "downloads": [(_("Download CSV"), table + scope.query())],
        **{f"files_of_{chart}": _chart_files(table, chart, page, request) for chart in ThemeChart},
    }


def _chart_files(table: str, chart: ThemeChart, page: Page, request: HttpRequest) -> list[tuple[str, str]]:
    """(label, address) of a chart of the page as picture and drawing, and of the figures that it is made from."""
    measure = request.GET.get("measure")
    kept = page.scope.query(**({"measure": measure} if measure == Measure.CONTRACT else {}))
    drawn = {form.upper(): f"{table.removesuffix('table.csv')}charts/{chart}.{form}{kept}" for form in ("png", "svg")}
    return [*drawn.items(), (_("Data"), table + kept)]


# ── What an address asks for ─────────────────────────────────────────────────────────────────────


def theme_or_404(name: str) -> Theme:
    if name not in THEMES:
        raise Http404
    return THEMES[name]


def _scope(request: HttpRequest, theme: Theme) -> Scope | None:
    try:
        return scope_of(request.GET, published_releases(), with_place=theme.has_places)
    except Unknown as problem:
        raise Http404(str(problem)) from problem


def scope_or_404(request: HttpRequest, theme: Theme) -> Scope:
    scope = _scope(request, theme)
    if scope is None:
        raise Http404(_("Nothing is published yet"))
    return scope


def member_page(theme: Theme, scope: Scope, code: str) -> MemberPage:
    try:
        return theme.member(scope, code)
    except Unknown as problem:
        raise Http404(str(problem)) from problem
