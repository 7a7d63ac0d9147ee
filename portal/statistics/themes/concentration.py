"""How much the few largest hold, only where it may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.statistics.concentrations import Held, published_concentrations
from portal.statistics.dimensions import NATION, Measure, Mode, Status
from portal.statistics.places import places_named
from portal.statistics.report import report
from portal.statistics.sections import LeadingLine, leading
from portal.statistics.shown import in_percent
from portal.statistics.themes.scope import Scope, labels_of
from portal.statistics.themes.sheets import Sheet, conf_status, number_text, sheet
from portal.statistics.wording import MEASURE_NAMES, MODE_NAMES, percent_in_words

THEME = "concentration"
MODES = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
MEASURES = (Measure.EXECUTION, Measure.CONTRACT)


@dataclass(frozen=True)
class HeldLine:
    """A place's measure in a mode; a state of "confidential" where it may not be shown."""

    place: str
    name: str
    href: str
    measure: str
    mode: str
    cr4: Decimal | None
    hhi: str
    cr4_state: str
    hhi_state: str


@dataclass(frozen=True)
class ConcentrationPage:
    scope: Scope
    title: str
    own: list[HeldLine]
    leading: list[LeadingLine]
    others: list[HeldLine]
    withheld_count: int

    def sheet(self) -> Sheet:
        head = ("of_place", "name", "measure", "mode", "cr4_percent", "hhi", "cr4_conf_status", "hhi_conf_status")
        rows = [
            (one.place, one.name, one.measure, one.mode, number_text(one.cr4), one.hhi,
             conf_status(one.cr4_state), conf_status(one.hhi_state))
            for one in [*self.own, *self.others]
        ]  # fmt: skip
        return sheet(THEME, self.scope, head, rows)


def concentration_page(scope: Scope) -> ConcentrationPage:
    """The place's own concentration, and every place of which some may be shown."""
    found = published_concentrations(scope.release)
    own = [row for row in found if row.place == scope.place.code]
    shown = [row for row in found if row.place != scope.place.code and row.is_shown]
    called = labels_of(places_named(sorted({row.place for row in shown})).values())
    lines = _lines(scope, own, {scope.place.code: scope.place.name})
    return ConcentrationPage(
        scope=scope,
        title=_title(scope, own),
        own=lines,
        leading=leading(report(scope.table, scope.span)),
        others=_lines(scope, shown, called),
        withheld_count=sum(not row.is_shown for row in found),
    )


def _lines(scope: Scope, rows: Sequence[Held], called: dict[str, str]) -> list[HeldLine]:
    order = {(measure, mode): index for index, (measure, mode) in enumerate((a, b) for a in MEASURES for b in MODES)}
    known = [row for row in rows if (row.measure, row.mode) in order]
    known.sort(key=lambda row: (row.place != NATION, row.place, order[row.measure, row.mode]))
    return [_line(scope, row, called.get(row.place, row.place)) for row in known]


def _line(scope: Scope, row: Held, name: str) -> HeldLine:
    return HeldLine(
        place=row.place,
        name=name,
        href=reverse("statistics:place-release", args=[scope.release.name, row.place]),
        measure=str(MEASURE_NAMES[Measure(row.measure)]),
        mode=str(MODE_NAMES[Mode(row.mode)]),
        cr4=in_percent(row.cr4),
        hhi="" if row.hhi is None else f"{row.hhi:.4f}",
        cr4_state="" if row.cr4 is not None else Status.CONFIDENTIAL,
        hhi_state="" if row.hhi is not None else Status.CONFIDENTIAL,
    )


def _title(scope: Scope, own: Sequence[Held]) -> str:
    total = next((row for row in own if (row.measure, row.mode) == (Measure.EXECUTION, Mode.TOTAL)), None)
    if total is None or total.cr4 is None:
        return _("How much the largest firms hold")
    return _("The four largest firms hold %(share)s of executed value") % {"share": percent_in_words(total.cr4)}
