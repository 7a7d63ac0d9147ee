"""Size bands of firms: what each band executed, its growth and share, and how it moved."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.statistics.dimensions import Cut, Measure, Mode
from portal.statistics.levels import Indicator
from portal.statistics.themes.comparing import Line, Subject, bars_of, levels_of, line
from portal.statistics.themes.scope import Scope
from portal.statistics.themes.sheets import Sheet, lines_sheet
from portal.statistics.themes.timeline import Timeline, of_place
from portal.statistics.wording import SIZE_NAMES, percent_in_words
from portal.ui.charts import Bar

THEME = "sizes"


@dataclass(frozen=True)
class SizesPage:
    scope: Scope
    title: str
    has_business: bool
    bars: list[Bar]
    lines: list[Line]
    timeline: Timeline | None

    def sheet(self) -> Sheet:
        return lines_sheet(THEME, self.scope, self.lines)


def sizes_page(scope: Scope) -> SizesPage:
    """The bands from large to micro."""
    lines = [_line(scope, code, str(name)) for code, name in SIZE_NAMES.items()]
    return SizesPage(
        scope=scope,
        title=_title(lines),
        has_business=any(one.execution.value or one.execution.state for one in lines),
        bars=bars_of(lines),
        lines=lines,
        timeline=_timeline(scope),
    )


def _line(scope: Scope, code: str, name: str) -> Line:
    contract, execution = (
        levels_of(scope.table, Indicator(measure, Mode.TOTAL, Cut.SIZE, code), scope.span)
        for measure in (Measure.CONTRACT, Measure.EXECUTION)
    )
    whole = scope.table.level(Indicator(Measure.EXECUTION), scope.span)
    return line(Subject(code, name), contract, execution, whole, scope)


def _title(lines: list[Line]) -> str:
    """Each published band with its share; in the order of the bands, so nothing follows from what is withheld."""
    known = [one for one in lines if one.share]
    if not known:
        return _("Executed value by size of firm")
    each = _("%(band)s %(share)s")
    told = [each % {"band": one.name, "share": percent_in_words(one.share / 100)} for one in known]
    return _("Of executed value: %(parts)s") % {"parts": _(", ").join(told)}


def _timeline(scope: Scope) -> Timeline | None:
    return of_place(
        scope,
        {str(name): Indicator(Measure.EXECUTION, Mode.TOTAL, Cut.SIZE, code) for code, name in SIZE_NAMES.items()},
    )
