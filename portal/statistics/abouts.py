"""Everything that the public may know about one figure: what it means, what it covers, and how it has changed."""

from dataclasses import dataclass

from portal.statistics.changed import number_before
from portal.statistics.dimensions import Cut, Measure, Span
from portal.statistics.figure_keys import FigureKey
from portal.statistics.levels import Indicator, Known, Level, ReleaseInfo
from portal.statistics.models import Move
from portal.statistics.named_figures import NamedFigure, named_figure
from portal.statistics.pages import ListUsed, lists_used
from portal.statistics.queries import published_releases, tables
from portal.statistics.wording import STATUS_MEANINGS, STATUS_SIGNS, quarter_name, table_unit
from portal.ui.figures import counted, grouped


@dataclass(frozen=True)
class AboutPage:
    """One figure of a release. What is withheld has no amount here, and no change."""

    key: FigureKey
    release: ReleaseInfo
    named: NamedFigure
    period_name: str
    amounts: list[tuple[str, str]]
    is_withheld: bool
    sign: str
    sign_meaning: str
    is_absent: bool
    firms: int | None
    lists: list[ListUsed]
    newest: ReleaseInfo
    earlier: ReleaseInfo | None
    before: str
    is_changed: bool
    has_moves: bool

    @property
    def is_whole(self) -> bool:
        return self.key.cut == Cut.WHOLE and self.key.span == Span.QUARTER


def about_page(release: ReleaseInfo, key: FigureKey) -> AboutPage | None:
    """None where there is no such place."""
    named = named_figure(key, release.quarter)
    if named is None:
        return None
    earlier = number_before(release)
    found = tables([release, *([earlier] if earlier else [])], [key.place], [key.indicator], [key.span])
    level = found[release.name, key.place].level(key.indicator, key.span)
    firms = found[release.name, key.place].level(Indicator(Measure.FIRMS), key.span)
    before = found[earlier.name, key.place].level(key.indicator, key.span) if earlier else None
    newest = next((row for row in published_releases() if row.period == release.period), release)
    return AboutPage(
        key=key,
        release=release,
        named=named,
        period_name=quarter_name(release.quarter),
        amounts=_amounts(level, key.measure),
        is_withheld=level.known == Known.WITHHELD,
        sign=STATUS_SIGNS.get(level.status, ""),
        sign_meaning=str(STATUS_MEANINGS.get(level.status, "")),
        is_absent=level.known == Known.ABSENT,
        firms=firms.count,
        lists=lists_used(release),
        newest=newest,
        earlier=earlier,
        before=_told(before, key.measure) if before and level.is_public and before.is_public else "",
        is_changed=bool(before and before != level),
        has_moves=Move.objects.filter(release=release.pk, place=key.place).exists(),
    )


def _amounts(level: Level, measure: Measure) -> list[tuple[str, str]]:
    """(number, unit): in both currencies, or the number of firms."""
    if not level.is_public:
        return []
    if measure == Measure.FIRMS:
        return [(counted(level.count or 0), "")]
    usd, cny = table_unit(), table_unit(level.currency.CNY)
    return [(grouped(usd.of(level.usd_cents)), usd.label), (grouped(cny.of(level.cny_cents)), cny.label)]


def _told(level: Level, measure: Measure) -> str:
    number, unit = _amounts(level, measure)[0]
    return f"{number} {unit}".strip()
