"""Service categories at three levels: what each means, what it amounted to, and how it moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.reference.models import ServiceCategory
from portal.reference.queries import category_tree
from portal.statistics import headlines
from portal.statistics.dimensions import Cut, Measure, Mode
from portal.statistics.levels import Indicator
from portal.statistics.phrases import growth_in_words
from portal.statistics.themes import dated
from portal.statistics.themes.comparing import Line, Subject, bars_of, levels_of, line
from portal.statistics.themes.dated import CountedBy
from portal.statistics.themes.scope import Scope, Unknown
from portal.statistics.themes.sheets import Sheet, lines_sheet
from portal.statistics.themes.timeline import Timeline, of_place
from portal.statistics.wording import MODE_NAMES, amount_in_words, when
from portal.ui.charts import Bar

THEME = "categories"
LIST = "service_categories"
MODES = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
TREE_LEVELS = 2


@dataclass(frozen=True)
class CategoryLine:
    """A category of the catalogue with its words and figures."""

    category: ServiceCategory
    figures: Line


@dataclass(frozen=True)
class CategoriesPage:
    scope: Scope
    title: str
    has_business: bool
    counted_by: CountedBy
    bars: list[Bar]
    tree: list[CategoryLine]

    @property
    def lines(self) -> list[Line]:
        return [one.figures for one in self.tree]

    def sheet(self) -> Sheet:
        used = f"{LIST} edition {self.counted_by.edition}"
        return lines_sheet(THEME, self.scope, self.lines, used)


@dataclass(frozen=True)
class CategoryPage:
    scope: Scope
    category: ServiceCategory
    above: list[ServiceCategory]
    counted_by: CountedBy
    title: str
    whole: Line
    modes: list[Line]
    bars: list[Bar]
    beneath: list[CategoryLine]
    timeline: Timeline | None

    @property
    def lines(self) -> list[Line]:
        return [one.figures for one in self.beneath]

    @property
    def heading(self) -> str:
        return self.category.name

    def sheet(self) -> Sheet:
        rows = [*self.modes, *self.lines]
        used = f"{LIST} edition {self.counted_by.edition}"
        return lines_sheet(f"{THEME}-{self.category.code}", self.scope, rows, used)


def categories_page(scope: Scope) -> CategoriesPage:
    """The whole tree with figures, in the order of the catalogue."""
    tree = _in_order(category_tree())
    lines = [CategoryLine(category, _line(scope, category)) for category in tree]
    drawn = [one for one in lines if one.category.level <= TREE_LEVELS and one.figures.has_business]
    kinds = [one.figures for one in lines if one.category.level == 1 and one.figures.share is not None]
    return CategoriesPage(
        scope=scope,
        title=headlines.of_categories(
            [(one.name, one.share / 100) for one in sorted(kinds, key=lambda row: -row.share)]
        ),
        has_business=any(one.figures.has_business for one in lines),
        counted_by=dated.counted_by(scope.release, LIST),
        bars=bars_of([one.figures for one in drawn], ["rest" if one.category.level > 1 else "" for one in drawn]),
        tree=lines,
    )


def _in_order(tree: Sequence) -> list[ServiceCategory]:
    found: list[ServiceCategory] = []
    for root, groups in tree:
        found.append(root)
        for group, classes in groups:
            found += [group, *classes]
    return found


def _line(scope: Scope, category: ServiceCategory, mode: Mode = Mode.TOTAL, name: str = "") -> Line:
    contract, execution = (
        levels_of(scope.table, Indicator(measure, mode, Cut.CATEGORY, category.code), scope.span)
        for measure in (Measure.CONTRACT, Measure.EXECUTION)
    )
    whole = scope.table.level(Indicator(Measure.EXECUTION, mode), scope.span)
    href = "" if name else reverse("statistics:category-detail", args=[category.code]) + scope.link_query
    return line(Subject(category.code, name or category.name, href, category.level), contract, execution, whole, scope)


# ── One category ─────────────────────────────────────────────────────────────────────────────────


def category_page(scope: Scope, code: str) -> CategoryPage:
    """One category: what it is, its figures by mode, what is beneath it, and over time. Raises Unknown."""
    tree = {category.code: category for category in _in_order(category_tree())}
    category = tree.get(code)
    if category is None:
        raise Unknown(_("There is no service category of this code."))
    beneath = [CategoryLine(one, _line(scope, one)) for one in tree.values() if one.parent_id == code]
    return CategoryPage(
        scope=scope,
        category=category,
        above=_above(category, tree),
        counted_by=dated.counted_by(scope.release, LIST),
        title=_title(scope, category),
        whole=_line(scope, category),
        modes=[_line(scope, category, mode, str(MODE_NAMES[mode])) for mode in MODES],
        bars=bars_of([one.figures for one in beneath if one.figures.has_business]),
        beneath=beneath,
        timeline=_timeline(scope, category),
    )


def _above(category: ServiceCategory, tree: dict[str, ServiceCategory]) -> list[ServiceCategory]:
    found: list[ServiceCategory] = []
    while category.parent_id:
        category = tree[category.parent_id]
        found.insert(0, category)
    return found


def _title(scope: Scope, category: ServiceCategory) -> str:
    indicator = Indicator(Measure.EXECUTION, Mode.TOTAL, Cut.CATEGORY, category.code)
    levels = levels_of(scope.table, indicator, scope.span)
    if not levels.now.is_public:
        return category.name
    told = _("%(category)s: %(amount)s executed in %(when)s") % {
        "category": category.name,
        "amount": amount_in_words(levels.now.cents, scope.currency),
        "when": when(scope.quarter, scope.span),
    }
    growth = levels.growth(scope.release.low_base_floor)
    if not headlines.is_plain(growth):
        return told
    return _("%(level)s, %(change)s") % {"level": told, "change": growth_in_words(growth)}


def _timeline(scope: Scope, category: ServiceCategory) -> Timeline | None:
    return of_place(
        scope,
        {str(MODE_NAMES[mode]): Indicator(Measure.EXECUTION, mode, Cut.CATEGORY, category.code) for mode in MODES},
    )
