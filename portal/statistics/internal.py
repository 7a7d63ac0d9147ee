"""A place with nothing withheld: its report, and every cell with its contributors and why it is withheld."""

from dataclasses import dataclass, replace

from portal.statistics.confidential import KeptCell, full_table, kept_cells
from portal.statistics.dimensions import BASE_OF, Cut, Measure, Mode, Span, Status
from portal.statistics.figure_keys import FigureKey
from portal.statistics.levels import ReleaseInfo
from portal.statistics.named_figures import members_named
from portal.statistics.pages import ReportPage, internal_report_page
from portal.statistics.places import Place
from portal.statistics.shown import Amount
from portal.statistics.tracing import can_be_traced
from portal.statistics.wording import CUT_NAMES, STATUS_NAMES, measure_in_mode, table_unit


@dataclass(frozen=True)
class CellLine:
    """One cell now and a year before, in words; `key` names it for its trace, if it has one."""

    figure: str
    member: str
    now: Amount
    base: Amount | None
    firms: int
    status: str
    is_kept: bool
    key: FigureKey | None


@dataclass(frozen=True)
class InternalPage:
    report: ReportPage
    cut: Cut
    cuts: list[tuple[str, str]]
    lines: list[CellLine]
    kept_count: int
    unit: str


def internal_page(release: ReleaseInfo, place: Place, span: Span, cut: Cut = Cut.WHOLE) -> InternalPage:
    """The report of a place from all of its cells, and the cells of one cut."""
    told = full_table(release, place.code)
    cuts = [one for one in Cut if any(key[3] == one for key in told.cells)]
    cut = cut if cut in cuts else Cut.WHOLE
    cells = kept_cells(release, place.code, cut)
    return InternalPage(
        report=internal_report_page(told, place, span),
        cut=cut,
        cuts=[(one.value, str(CUT_NAMES.get(one, one))) for one in cuts],
        lines=_lines(cells, span),
        kept_count=sum(level.is_kept for level in told.cells.values()),
        unit=table_unit().label,
    )


def _lines(cells: dict[FigureKey, KeptCell], span: Span) -> list[CellLine]:
    base = BASE_OF[span]
    here = [key for key in cells if key.span == span]
    gone = [replace(key, span=span) for key in cells if key.span == base and replace(key, span=span) not in cells]
    called = members_named({(key.cut, key.member) for key in cells})
    modes = list(Mode)
    order = sorted([*here, *gone], key=lambda key: (key.member, key.measure, modes.index(key.mode)))
    return [_line(key, cells.get(key), cells.get(replace(key, span=base)), called) for key in order]


def _line(key: FigureKey, now: KeptCell | None, base: KeptCell | None, called: dict[tuple[str, str], str]) -> CellLine:
    told = now or base
    return CellLine(
        figure=measure_in_mode(Measure(key.measure), Mode(key.mode)),
        member=called.get((key.cut, key.member), key.member),
        now=_amount(now) or Amount(table_unit().of(0)),
        base=_amount(base),
        firms=told.contributors,
        status=str(STATUS_NAMES.get(told.status, told.status)),
        is_kept=told.status != Status.PUBLIC,
        key=key if can_be_traced(key) and now else None,
    )


def _amount(cell: KeptCell | None) -> Amount | None:
    if cell is None:
        return None
    return Amount(table_unit().of(cell.usd_cents), "" if cell.status == Status.PUBLIC else "kept")
