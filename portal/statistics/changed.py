"""What a release says differently from those before it: by reason, in words, with amounts where these may be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import NATION, ChangeReason, Currency, Cut, Measure, Mode, Status
from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Move, Release
from portal.statistics.pages import Change, changes
from portal.statistics.places import Place
from portal.statistics.queries import info, published_releases
from portal.statistics.shown import Amount
from portal.statistics.wording import LIST_NAMES, measure_in_mode, quarter_name, table_unit
from portal.ui.figures import counted

REASON_NAMES = {
    ChangeReason.LATE_FILING: gettext_lazy("Late filings"),
    ChangeReason.CORRECTION: gettext_lazy("Corrections"),
    ChangeReason.RECLASSIFICATION: gettext_lazy("Reclassifications"),
    ChangeReason.LIST_CHANGE: gettext_lazy("Changed lists"),
    ChangeReason.RATE: gettext_lazy("Exchange rates"),
    ChangeReason.SUBCONTRACT: gettext_lazy("Work taken over"),
}
REASON_MEANINGS = {
    ChangeReason.LATE_FILING: gettext_lazy("of firms that had no approved filing then"),
    ChangeReason.CORRECTION: gettext_lazy("lines that a firm added, took out or gave another amount"),
    ChangeReason.RECLASSIFICATION: gettext_lazy("the same lines in another mode, category, market or place"),
    ChangeReason.LIST_CHANGE: gettext_lazy("the same lines under another edition of a list, or another date of it"),
    ChangeReason.RATE: gettext_lazy("the same original amounts, converted at another rate"),
    ChangeReason.SUBCONTRACT: gettext_lazy("counted with the prime contract now and not then, or the reverse"),
}
_MEASURES = (Measure.CONTRACT, Measure.EXECUTION, Measure.SUBCONTRACTED)


@dataclass(frozen=True)
class ReasonLine:
    """One reason for one measure. Numbers of lines and firms are in words, because few of them are not told."""

    reason: str
    meaning: str
    figure: str
    is_first: bool
    is_part: bool
    lines: str
    firms: str
    difference: Amount


@dataclass(frozen=True)
class Compared:
    """One quarter as this release counts it beside the one that published it."""

    against: ReleaseInfo
    period_name: str
    is_base: bool
    lines: list[ReasonLine]


@dataclass(frozen=True)
class ListChange:
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class ChangesPage:
    release: ReleaseInfo
    place: Place
    period_name: str
    earlier: ReleaseInfo | None
    headlines: list[Change]
    compared: list[Compared]
    lists: list[ListChange]
    unit: str

    @property
    def is_changed(self) -> bool:
        return bool(self.headlines or self.compared or self.lists)


def changes_page(release: ReleaseInfo, place: Place, currency: Currency = Currency.USD) -> ChangesPage:
    """What changed at a place, against every release in which a reader would look the same quarters up."""
    earlier = number_before(release)
    return ChangesPage(
        release=release,
        place=place,
        period_name=quarter_name(release.quarter),
        earlier=earlier,
        headlines=changes(earlier, release, place.code, currency) if earlier else [],
        compared=_compared(release, place.code, currency),
        lists=_lists_changed(earlier, release) if earlier else [],
        unit=table_unit(currency).label,
    )


def number_before(release: ReleaseInfo) -> ReleaseInfo | None:
    """The published number of the same period that a release replaced."""
    same = [row for row in published_releases() if row.period == release.period and row.number < release.number]
    return same[0] if same else None


def _compared(release: ReleaseInfo, place: str, currency: Currency) -> list[Compared]:
    rows: dict[tuple[str, int], list[Move]] = {}
    moves = Move.objects.filter(release=release.pk, place=place, cut=Cut.WHOLE)
    for move in moves.order_by("-period", "against"):
        rows.setdefault((move.period, move.against_id), []).append(move)
    earlier = Release.objects.select_related("publication").in_bulk({against for _period, against in rows})
    return [
        Compared(
            against=info(earlier[against]),
            period_name=quarter_name(Quarter.parse(period)),
            is_base=period != release.period,
            lines=_reason_lines(found, release.min_firms, currency),
        )
        for (period, against), found in rows.items()
    ]


def _reason_lines(moves: Iterable[Move], min_firms: int, currency: Currency) -> list[ReasonLine]:
    by_key = {(move.reason, move.measure, move.mode): move for move in moves}
    ordered = [
        by_key[reason, measure, mode]
        for reason in ChangeReason
        for measure in _MEASURES
        for mode in Mode
        if (reason, measure, mode) in by_key
    ]
    seen: set[str] = set()
    lines = []
    for move in ordered:
        lines.append(_line(move, min_firms, currency, is_first=move.reason not in seen))
        seen.add(move.reason)
    return lines


def _line(move: Move, min_firms: int, currency: Currency, *, is_first: bool) -> ReasonLine:
    reason, few = ChangeReason(move.reason), move.firm_count < min_firms
    cents = move.cny_cents if currency == Currency.CNY else move.usd_cents
    is_told = move.status == Status.PUBLIC
    return ReasonLine(
        reason=str(REASON_NAMES[reason]),
        meaning=str(REASON_MEANINGS[reason]),
        figure=_figure(move),
        is_first=is_first,
        is_part=move.mode in (Mode.OFFSHORE, Mode.ONSHORE),
        lines=_("few") if few else counted(move.line_count),
        firms=_("fewer than %(firms)d") % {"firms": min_firms} if few else counted(move.firm_count),
        difference=Amount(table_unit(currency).of(cents)) if is_told else Amount(None, move.status),
    )


def _figure(move: Move) -> str:
    return measure_in_mode(Measure(move.measure), Mode(move.mode))


def _lists_changed(earlier: ReleaseInfo, now: ReleaseInfo) -> list[ListChange]:
    """Editions that differ, by the names of their lists."""
    found = []
    for name, edition in sorted(now.editions.items()):
        before = earlier.editions.get(name, {}).get("number")
        if before is not None and before != edition["number"]:
            found.append(ListChange(str(LIST_NAMES.get(name, name)), int(before), int(edition["number"])))
    return found


# ── The feed ─────────────────────────────────────────────────────────────────────────────────────

FEED_LENGTH = 30


@dataclass(frozen=True)
class FeedEntry:
    """One release in the feed: its title, what changed in a sentence or two, and where it says so."""

    release: ReleaseInfo
    title: str
    summary: str
    published_at: datetime
    is_correction: bool


def feed_entries() -> list[FeedEntry]:
    """The newest releases, each with what it changed: three queries."""
    releases = published_releases()[:FEED_LENGTH]
    reasons: dict[int, set[str]] = {}
    rows = Move.objects.filter(release__in=[row.pk for row in releases], place=NATION, cut=Cut.WHOLE)
    for release, reason in rows.values_list("release", "reason").distinct():
        reasons.setdefault(release, set()).add(reason)
    return [_entry(row, reasons.get(row.pk, set())) for row in releases]


def _entry(release: ReleaseInfo, reasons: set[str]) -> FeedEntry:
    values = {"release": release.name, "period": quarter_name(release.quarter), "number": release.number}
    is_correction = release.number > 1
    title = _("%(release)s: the %(period)s, number %(number)d") if is_correction else _("%(release)s: the %(period)s")
    return FeedEntry(
        release=release,
        title=title % values,
        summary=_summary(is_correction, [reason for reason in ChangeReason if reason in reasons]),
        published_at=release.published_at,
        is_correction=is_correction,
    )


def _summary(is_correction: bool, reasons: Sequence[ChangeReason]) -> str:
    begin = _("An earlier number is replaced.") if is_correction else _("New figures.")
    # Not inside the braces of the text below: what gathers texts for translation does not look there.
    rest = _("No total that was published before has changed.")
    if reasons:
        said = _(", ").join(str(REASON_NAMES[reason]) for reason in reasons)
        rest = _("What was published before has changed by: %(reasons)s.") % {"reasons": said}
    return f"{begin} {rest}"
