"""The catalogue of what is outsourced, the twelve categories of service trade, the four modes of supply: as pages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from portal.publishing.knowing import TermLine, line_of
from portal.publishing.models import CatalogueCase, KnowledgeTerm
from portal.publishing.primer import SupplyText, category_texts, supply_texts
from portal.reference.models import ServiceCategory, TradeCategory
from portal.reference.queries import category_tree
from portal.statistics.dimensions import Cut, Measure, Mode
from portal.statistics.levels import Indicator
from portal.statistics.queries import published_releases
from portal.statistics.themes.comparing import Line, Subject, levels_of, line
from portal.statistics.themes.scope import Scope, scope_of
from portal.statistics.themes.trade import DIGITALLY_DELIVERABLE
from portal.statistics.wording import MODE_NAMES
from portal.ui.rendering import in_chinese

MODES = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
LEAF = 3


@dataclass(frozen=True)
class Class:
    """A class of the catalogue, or a group or kind of classes, in the active language."""

    code: str
    name: str
    level: int
    definition: str
    typical: str
    is_residual: bool
    cases: int = 0
    beneath: tuple["Class", ...] = ()

    @property
    def href(self) -> str:
        return reverse("publishing:class-detail", args=[self.code])

    @property
    def leaves(self) -> int:
        return sum(one.leaves for one in self.beneath) or 1


def catalogue() -> tuple[Class, ...]:
    """ITO, BPO and KPO with what is beneath them: two queries."""
    cases: dict[str, int] = defaultdict(int)
    for code in CatalogueCase.objects.filter(is_public=True).values_list("category_id", flat=True):
        cases[code] += 1
    return tuple(_class(branch, cases) for branch in category_tree())


def _class(branch: object, cases: dict[str, int]) -> Class:
    row, beneath = branch if isinstance(branch, tuple) else (branch, [])
    return Class(
        row.code, row.name, row.level, row.definition, row.typical, row.is_residual, cases.get(row.code, 0),
        tuple(_class(one, cases) for one in beneath),
    )  # fmt: skip


# ── One class ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Mapped:
    """Where a class stands in service trade, and on what judgement."""

    code: str
    name: str
    is_digital: bool
    basis: str
    doubt: str


@dataclass(frozen=True)
class Case:
    """`is_foreign` where it was written in Chinese alone and the page is English."""

    text: str
    is_foreign: bool


@dataclass(frozen=True)
class Figures:
    """What the newest release says of a class, by mode: each line a number or the reason why there is none."""

    scope: Scope
    lines: tuple[Line, ...]
    href: str

    @property
    def has_business(self) -> bool:
        return any(one.has_business for one in self.lines)


@dataclass(frozen=True)
class ClassPage:
    of: Class
    above: tuple[Class, ...]
    neighbours: tuple[Class, ...]
    cases: tuple[Case, ...]
    mapped: tuple[Mapped, ...]
    figures: Figures | None
    source: str


def class_page(code: str) -> ClassPage | None:
    """A class with its cases, its place in service trade and its latest figures."""
    tree = catalogue()
    found = next(((path, one) for path, one in walked(tree) if one.code == code), None)
    if found is None:
        return None
    path, one = found
    rows = ServiceCategory.objects.filter(code__startswith=code).in_bulk()
    siblings = path[-1].beneath if path else tree
    return ClassPage(
        of=one, above=path, neighbours=tuple(other for other in siblings if other.code != code),
        cases=tuple(_cases(code)), mapped=tuple(_mapped(rows, one)), figures=_figures(one),
        source=rows[code].source,
    )  # fmt: skip


def walked(classes: Iterable[Class], path: tuple[Class, ...] = ()) -> Iterator[tuple[tuple[Class, ...], Class]]:
    """Every class with those above it."""
    for one in classes:
        yield path, one
        yield from walked(one.beneath, (*path, one))


def _cases(code: str) -> Iterator[Case]:
    for case in CatalogueCase.objects.filter(category_id=code, is_public=True):
        text = case.text_zh if in_chinese() else case.text_en or case.text_zh
        yield Case(text, not in_chinese() and not case.text_en)


def _mapped(rows: dict[str, ServiceCategory], one: Class) -> Iterator[Mapped]:
    """Of a class its own category; of a group each category that its classes have."""
    known = set()
    for leaf in [leaf for _path, leaf in walked((one,)) if leaf.level == LEAF]:
        row = rows[leaf.code]
        if row.trade_category and row.trade_category not in known:
            known.add(row.trade_category)
            is_own = leaf.code == one.code
            yield Mapped(
                row.trade_category, str(row.get_trade_category_display()), bool(row.is_digitally_deliverable),
                str(row.get_mapping_basis_display()) if is_own else "", row.doubt if is_own else "",
            )  # fmt: skip


def place_in_trade(one: Class) -> tuple[Mapped, ...]:
    """The same of a class that is already known: one query."""
    return tuple(_mapped(ServiceCategory.objects.filter(code__startswith=one.code).in_bulk(), one))


def _figures(one: Class) -> Figures | None:
    """Of all members together, in the newest quarter: nothing where no release is published."""
    scope = scope_of({}, published_releases())
    if scope is None:
        return None
    href = reverse("statistics:category-detail", args=[one.code])
    return Figures(scope, tuple(_line(scope, one, mode) for mode in MODES), href)


def _line(scope: Scope, one: Class, mode: Mode) -> Line:
    contract, execution = (
        levels_of(scope.table, Indicator(measure, mode, Cut.CATEGORY, one.code), scope.span)
        for measure in (Measure.CONTRACT, Measure.EXECUTION)
    )
    whole = scope.table.level(Indicator(Measure.EXECUTION, mode), scope.span)
    return line(Subject(one.code, str(MODE_NAMES[mode])), contract, execution, whole, scope)


# ── Twelve categories, four modes ────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Category:
    """One of the twelve, with the classes of the catalogue that are mapped to it."""

    code: str
    name: str
    is_digital: bool
    covers: str
    example: str
    why: str
    classes: tuple[Class, ...] = ()


def trade_categories() -> tuple[Category, ...]:
    """The twelve in the order of their codes: one query."""
    mapped: dict[str, list[Class]] = defaultdict(list)
    for row in ServiceCategory.objects.filter(level=LEAF).exclude(trade_category=""):
        mapped[row.trade_category].append(_class(row, {}))
    return tuple(_category(code, tuple(mapped[code])) for code in TradeCategory.values)


def _category(code: str, classes: tuple[Class, ...]) -> Category:
    text, language = category_texts()[code], get_language() or "zh-hans"
    told = {name: getattr(text, name).told(language) for name in ("covers", "example", "why")}
    return Category(code, str(TradeCategory(code).label), code in DIGITALLY_DELIVERABLE, classes=classes, **told)


@dataclass(frozen=True)
class SupplyMode:
    """One of the four modes. `term` says it in a sentence and leads to its page, where such a term is public."""

    key: str
    number: int
    name: str
    term: TermLine | None
    moves: str
    exported: str
    imported: str
    tell: str


def supply_modes() -> tuple[SupplyMode, ...]:
    """The four in their order: one query."""
    texts = supply_texts().values()
    rows = KnowledgeTerm.objects.filter(is_public=True, slug__in=[text.slug for text in texts])
    terms = {row.slug: line_of(row) for row in rows}
    return tuple(_supply_mode(text, terms.get(text.slug)) for text in texts)


def _supply_mode(text: SupplyText, term: TermLine | None) -> SupplyMode:
    language = get_language() or "zh-hans"
    told = {name: getattr(text, name).told(language) for name in ("name", "moves", "exported", "imported", "tell")}
    return SupplyMode(text.key, text.number, term=term, **told)
