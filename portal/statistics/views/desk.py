"""Releases at the association's desk: build, check, publish. Everything here is internal until it is published."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings.models.period import Period
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_staff, staff_permissions
from portal.members.roles import Permission
from portal.reference.queries import names
from portal.statistics.actions import build_release, look_at_release, publish_release
from portal.statistics.checks import check_in_words
from portal.statistics.desk.releases import cell_counts, release_before, release_rows
from portal.statistics.desk.revisions import Revision, headline_revisions, moved_places
from portal.statistics.desk.waivers import waivers_of
from portal.statistics.dimensions import NATION, Measure, Mode, Span
from portal.statistics.forms_calendar import PublicationForm
from portal.statistics.levels import Indicator, Level, ReleaseInfo, Table
from portal.statistics.models import Release
from portal.statistics.places import WHOLE, names_apart, places_named
from portal.statistics.policies import asks_for_reason, why_not_publish
from portal.statistics.queries import info, places_with_data, table
from portal.statistics.shown import Amount, KeyFigure, amount, key_figure
from portal.statistics.views.publication import life_context, said_of
from portal.statistics.wording import LIST_NAMES, MEASURE_NAMES, MODE_NAMES, Unit, figure_unit, table_unit
from portal.ui.figures import amount as in_units
from portal.ui.rendering import in_chinese

PERIODS_A_PAGE = 12
MOVED_PLACES_SHOWN = 30


@require_GET
@requires_staff(Permission.RELEASE_BUILD, Permission.RELEASE_VIEW_UNPUBLISHED)
def release_list(request: HttpRequest) -> HttpResponse:
    """Every period with what is built and what is public."""
    page = Paginator(Period.objects.newest_first(), PERIODS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": release_rows(list(page.object_list), clock.now()),
        "builds": Permission.RELEASE_BUILD in staff_permissions(request.user),
    }
    return render(request, "releases/release_list.html", context)


@require_POST
@requires_staff(Permission.RELEASE_BUILD)
def release_build(request: HttpRequest, code: str) -> HttpResponse:
    """Count a period as known now. Pressed twice it counts twice, and comes out the same."""
    period = get_object_or_404(Period, code=code)
    try:
        release = build_release(period=period.code, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("releases:release-list")
    words = _("%(release)s has been built from %(facts)s lines. Look at its checks before you publish it.")
    messages.success(request, words % {"release": release.name, "facts": f"{release.fact_count:,}"})
    return redirect("releases:release-check", release.name)


@require_GET
@requires_staff(Permission.RELEASE_VIEW_UNPUBLISHED)
def release_check(request: HttpRequest, name: str) -> HttpResponse:
    """What was checked, what has changed since the release before, and the figures as they would be published."""
    row = get_object_or_404(Release.objects.select_related("publication", "period"), name=name)
    if not row.is_public(clock.now()):
        look_at_release(release=row, by=request.user, at=clock.now())
    return _check_page(request, row)


def _check_page(request: HttpRequest, row: Release, form: PublicationForm | None = None) -> HttpResponse:
    release = info(row)
    before = release_before(release)
    cells, withheld = cell_counts(release)
    headlines = headline_revisions(release, before)
    told = _told(headlines, release)
    context = {
        "release": release,
        "before": before,
        "checks": [_checked(check) for check in row.checks],
        "revisions": told,
        "kept_headlines": [row.name for row, one in zip(told, headlines, strict=True) if not one.new.is_public],
        "moved": _told(moved_places(release, before)[:MOVED_PLACES_SHOWN], release) if before else [],
        "cells": cells,
        "withheld": withheld,
        "editions": _editions(release),
        "unit": table_unit(),
        "may_publish": Permission.RELEASE_PUBLISH in staff_permissions(request.user),
        "waivers": waivers_of(release),
        "may_comment": Permission.COMMENTARY_SIGN in staff_permissions(request.user),
        "may_see_all": Permission.FIGURE_VIEW_CONFIDENTIAL in staff_permissions(request.user),
        "may_count": Permission.RELEASE_BUILD in staff_permissions(request.user),
        "why_not": why_not_publish(row),
        "asks_for_reason": asks_for_reason(row),
    }
    context |= life_context(request, row, form)
    return render(request, "releases/release_check.html", context | _preview(request, release))


@require_POST
@requires_staff(Permission.RELEASE_PUBLISH)
def release_publish(request: HttpRequest, name: str) -> HttpResponse:
    """Publish the build that was looked at, which its digest tells from any other."""
    row = get_object_or_404(Release.objects.select_related("publication", "period"), name=name)
    if request.POST.get("digest") != row.digest:
        messages.error(
            request, _("%(release)s has been built anew since you opened it. Look at it again.") % {"release": name}
        )
        return redirect("releases:release-check", name)
    form, now = PublicationForm(request.POST), clock.now()
    if not form.is_valid():
        messages.error(request, _("Nothing has been published yet: look at what is marked beside “Publication”."))
        return _check_page(request, row, form)
    try:
        release = publish_release(release=row, by=request.user, at=now, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _check_page(request, row, form)
    messages.success(request, said_of(release, now))
    return redirect("releases:release-check", name)


# ── In words ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Checked:
    """One check as its reader sees it: a seal, a sentence, what was found and what was expected."""

    seal: str
    level: str
    title: str
    found: str
    expected: str


_SEALS = {"ok": "approved", "warning": "explain", "error": "mend"}


def _checked(check: dict[str, str]) -> Checked:
    found, expected = check["found"], check["expected"]
    if check["name"].startswith("reconciliation"):
        found, expected = (_("US$%(amount)s") % {"amount": in_units(int(cents))} for cents in (found, expected))
    return Checked(_SEALS[check["level"]], check["level"], check_in_words(check["name"]), found, expected)


@dataclass(frozen=True)
class Told:
    """A revision as a row of the page."""

    place: str
    name: str
    is_count: bool
    old: Amount | None
    new: Amount
    difference: Amount
    is_moved: bool


def _told(revisions: list[Revision], release: ReleaseInfo) -> list[Told]:
    places = names_apart(places_named([revision.place for revision in revisions]))
    roads = names("market_group", [release.belt_and_road_list])
    return [_row(revision, places, roads) for revision in revisions]


def _row(revision: Revision, places: dict[str, str], roads: dict[str, object]) -> Told:
    unit, indicator = table_unit(), revision.indicator
    is_count = indicator.measure == Measure.FIRMS

    def shown(level: Level) -> Amount:
        return Amount(level.count, amount(level, unit).state) if is_count else amount(level, unit)

    difference = revision.difference if is_count else unit.of(revision.difference)
    return Told(
        place=places.get(revision.place, revision.place),
        name=_name(indicator, roads),
        is_count=is_count,
        old=None if revision.old is None else shown(revision.old),
        new=shown(revision.new),
        difference=Amount(difference),
        is_moved=revision.is_moved,
    )


def _language() -> str:
    return "zh" if in_chinese() else "en"


def _name(indicator: Indicator, roads: dict[str, object]) -> str:
    name = str(MEASURE_NAMES[indicator.measure])
    if indicator.member:
        road = roads.get(indicator.member)
        return _("%(measure)s, %(part)s") % {"measure": name, "part": road.name if road else indicator.member}
    if indicator.measure == Measure.FIRMS or indicator.mode == Mode.TOTAL:
        return name
    return _("%(measure)s, %(part)s") % {"measure": name, "part": MODE_NAMES[indicator.mode]}


def _editions(release: ReleaseInfo) -> list[tuple[str, str]]:
    return [
        (str(LIST_NAMES.get(name, name)), _("edition %(number)s") % {"number": edition["number"]})
        for name, edition in sorted(release.editions.items())
    ]


# ── The figures, as they would be published ──────────────────────────────────────────────────────


def _preview(request: HttpRequest, release: ReleaseInfo) -> dict[str, object]:
    """The headline figures of the nation, or of another place (`?place=`)."""
    known = places_named(places_with_data(release))
    place = known.get(request.GET.get("place", ""), known.get(NATION, WHOLE))
    told = table(release, place.code)
    unit = figure_unit(max((level.usd_cents or 0 for level in told.cells.values()), default=0))
    return {
        "place": place,
        "place_name": place.name_in(_language()),
        "places": sorted(names_apart(known).items(), key=_nation_first),
        "figures": [_figure(told, measure, unit) for measure in (Measure.CONTRACT, Measure.EXECUTION, Measure.FIRMS)],
    }


def _nation_first(item: tuple[str, str]) -> tuple[bool, str]:
    return item[0] != NATION, item[0]


def _figure(told: Table, measure: Measure, unit: Unit) -> KeyFigure:
    counted = Unit(_("firms"), Decimal(1)) if measure == Measure.FIRMS else unit
    return key_figure(told, Indicator(measure), Span.QUARTER, str(MEASURE_NAMES[measure]), counted)
