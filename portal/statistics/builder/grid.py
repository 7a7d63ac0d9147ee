"""An answer laid out: heads of rows and columns, and the cells between them, as the page and the workbook show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from portal.statistics.builder import asking, wording
from portal.statistics.builder.asking import Question
from portal.statistics.builder.choices import Member
from portal.statistics.builder.counting import Answer
from portal.statistics.builder.marks import Mark, Value
from portal.statistics.builder.selecting import Dimension
from portal.statistics.dimensions import BASE_OF, THEN, Cut, Mode, Span
from portal.statistics.figure_keys import FigureKey
from portal.statistics.phrases import enumerated
from portal.ui.figures import counted, grouped

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """A head over one or more columns; `unit` in small type; `ident` is what its cells refer to."""

    text: str
    span: int = 1
    unit: str = ""
    ident: str = ""
    sort: str = ""
    is_sorted: str = ""


@dataclass(frozen=True)
class Shown:
    """One cell as it is shown: text where there is a number, else the mark with its meaning.

    `about` names the figure in the address of the page that explains it, in `release`.
    """

    text: str
    value: Value
    headers: str = ""
    is_growth: bool = False
    release: str = ""
    about: str = ""

    @property
    def change(self) -> str:
        """Which way a growth goes; nothing for what is no growth."""
        if not self.is_growth or self.value.number is None or not self.value.number:
            return ""
        return "rise" if self.value.number > 0 else "fall"

    @property
    def size(self) -> str:
        """The number without its sign, beside an arrow."""
        return self.text.removeprefix("-")

    @property
    def meaning(self) -> str:
        return str(wording.MARK_MEANINGS[self.value.mark]) if self.value.mark else ""


@dataclass(frozen=True)
class Row:
    codes: Codes
    text: str
    cells: tuple[Shown, ...]
    depth: int = 0
    unit: str = ""
    is_known: bool = True
    ident: str = ""


@dataclass(frozen=True)
class Band:
    """Rows under one head of their own; without a head where the rows have but one dimension."""

    text: str
    ident: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grid:
    """`stub` names what the rows are; `fixed` are the dimensions of one member, told above the table."""

    title: str
    stub: str
    fixed: tuple[tuple[str, str], ...]
    heads: tuple[tuple[Head, ...], ...]
    bands: tuple[Band, ...]
    columns: tuple[Codes, ...]

    @property
    def rows(self) -> list[Row]:
        return [row for band in self.bands for row in band.rows]

    @property
    def width(self) -> int:
        return len(self.columns) + 1


def grid(answer: Answer) -> Grid:
    """The answer in rows and columns; without any where one of its lists has no member."""
    if answer.values:
        return _Layout(answer).grid()
    return Grid(title(answer, answer.dimensions), "", (), (), (), ())


class _Layout:
    """Puts keys into rows and columns. A dimension of one member takes no head: it is told above the table."""

    def __init__(self, answer: Answer):
        self.answer, self.question = answer, answer.question
        self.rows, self.cols = self._axis(self.question.rows), self._axis(self.question.cols)
        if not self.rows:
            # Something has to head the rows: of what is fixed, the first that the question put there.
            names = self.question.rows or (asking.FIGURE,)
            self.rows = [answer.dimension(names[0])]
            self.cols = [row for row in self.cols if row.name != names[0]]
        shown = {row.name for row in (*self.rows, *self.cols)}
        self.fixed = [row for row in answer.dimensions if row.name not in shown and row.members]
        self.shallowest = min((member.depth for member in self.rows[-1].members), default=0)
        self.growths = {code for code in self.question.figures if asking.figure_of(code)[1] == asking.Show.GROWTH}
        self.is_linked = len(answer.values) <= _MOST_WITH_LINKS
        self.order = [row.name for row in answer.dimensions]
        self.columns: list[Codes] = list(product(*([one.code for one in row.members] for row in self.cols)))

    def _axis(self, names: Sequence[str]) -> list[Dimension]:
        return [row for row in map(self.answer.dimension, names) if len(row.members) > 1]

    def grid(self) -> Grid:
        return Grid(
            title=title(self.answer, [*self.rows, *self.cols]),
            stub=self.rows[-1].label,
            fixed=tuple((row.label, self._named(row, row.members[0])) for row in self.fixed),
            heads=tuple(self._heads()),
            bands=tuple(self._bands()),
            columns=tuple(self.columns),
        )

    def _named(self, dimension: Dimension, member: Member) -> str:
        unit = self._unit(dimension.name, member)
        return _("%(figure)s (%(unit)s)") % {"figure": member.label, "unit": unit} if unit else member.label

    def _unit(self, dimension: str, member: Member) -> str:
        return wording.figure_unit(member.code, self.question.currency) if dimension == asking.FIGURE else ""

    # ── Columns ──────────────────────────────────────────────────────────────────────────────────

    def _heads(self) -> list[tuple[Head, ...]]:
        if not self.cols:
            return [(self._single(),)]
        lines = []
        for level, dimension in enumerate(self.cols):
            below = 1
            for other in self.cols[level + 1 :]:
                below *= len(other.members)
            repeats = len(self.columns) // (below * len(dimension.members))
            lines.append(
                tuple(
                    self._head(dimension, member, below, f"c{level}-{number * len(dimension.members) + place}")
                    for number in range(repeats)
                    for place, member in enumerate(dimension.members)
                )
            )
        lines[-1] = tuple(self._sortable(head, codes) for head, codes in zip(lines[-1], self.columns, strict=True))
        return lines

    def _single(self) -> Head:
        figure = self.answer.dimension(asking.FIGURE)
        is_row = figure in self.rows
        text = _("Value") if is_row else figure.members[0].label
        return self._sortable(Head(text, unit="" if is_row else self._unit(asking.FIGURE, figure.members[0])), ())

    def _head(self, dimension: Dimension, member: Member, span: int, ident: str) -> Head:
        return Head(member.label, span, self._unit(dimension.name, member), ident)

    def _sortable(self, head: Head, codes: Codes) -> Head:
        """With the address's word for sorting by this column: largest first, then smallest first, then as listed."""
        name = ".".join(codes) or "value"
        sort = self.question.sort
        state = "descending" if sort == f"-{name}" else "ascending" if sort == name else ""
        following = {"": f"-{name}", "descending": name, "ascending": ""}[state]
        asked = self.question.sorted_by(following).query
        return Head(head.text, head.span, head.unit, head.ident, asked, state)

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────────

    def _bands(self) -> list[Band]:
        inner, outer = self.rows[-1], self.rows[:-1]
        bands = []
        for number, members in enumerate(product(*(row.members for row in outer))):
            text = "　".join(self._named(row, member) for row, member in zip(outer, members, strict=True))
            ident = f"b{number}" if outer else ""
            codes = tuple(member.code for member in members)
            rows = [
                self._row((*codes, member.code), inner, member, f"r{number}-{place}", ident)
                for place, member in enumerate(inner.members)
            ]
            bands.append(Band(text, ident, tuple(self._sorted(rows))))
        return bands

    def _row(self, codes: Codes, inner: Dimension, member: Member, ident: str, band: str) -> Row:
        fixed = {row.name: row.members[0].code for row in self.fixed}
        fixed |= dict(zip((row.name for row in self.rows), codes, strict=True))
        cells = []
        for number, column in enumerate(self.columns):
            key = fixed | dict(zip((row.name for row in self.cols), column, strict=True))
            value = self.answer.values[tuple(key[name] for name in self.order)]
            cells.append(self._cell(key, value, self._headers(number, ident, band)))
        depth = 0 if self.question.sort else member.depth - self.shallowest
        return Row(codes, member.label, tuple(cells), depth, self._unit(inner.name, member), member.is_known, ident)

    def _cell(self, key: Mapping[str, str], value: Value, headers: str) -> Shown:
        is_growth = key[asking.FIGURE] in self.growths
        release = self.answer.selection.releases[key[asking.PERIOD]]
        told = _about(self.question, key) if release and not is_growth and self.is_linked else ""
        return Shown(written(value), value, headers, is_growth, release.name if told else "", told)

    def _headers(self, column: int, row: str, band: str) -> str:
        """The heads of a cell by their names, where scope alone would leave a reader in doubt."""
        if len(self.cols) < 2 and not band or len(self.answer.values) > _MOST_WITH_HEADERS:
            return ""
        below, names = len(self.columns), []
        for level, dimension in enumerate(self.cols):
            below //= len(dimension.members)
            names.append(f"c{level}-{column // below}")
        return " ".join(name for name in (band, row, *names) if name)

    def _sorted(self, rows: list[Row]) -> list[Row]:
        """By the column asked, as far as it is published: rows without a number stay at the end as they are listed."""
        sort = self.question.sort
        names = [".".join(codes) or "value" for codes in self.columns]
        if sort.removeprefix("-") not in names or not sort:
            return rows
        column = names.index(sort.removeprefix("-"))
        numbered = [row for row in rows if row.cells[column].value.number is not None]
        numbered.sort(key=lambda row: row.cells[column].value.number, reverse=sort.startswith("-"))
        return numbered + [row for row in rows if row.cells[column].value.number is None]


# Beyond this the names of heads, and the addresses of figures, would be most of the page.
_MOST_WITH_HEADERS = 4000
_MOST_WITH_LINKS = 1500


def _about(question: Question, key: Mapping[str, str]) -> str:
    """What names the level behind a key in an address; nothing for shares and for codes that no list has."""
    asked, show = asking.figure_of(key[asking.FIGURE])
    member = key.get(question.cut, asking.WHOLE) if question.cut else asking.WHOLE
    if show not in (asking.Show.LEVEL, asking.Show.BEFORE):
        return ""
    is_then = member.endswith(THEN) or key[asking.PLACE].endswith(THEN)
    if show == asking.Show.BEFORE and (is_then or question.cut == Cut.BRIDGE):
        return ""
    span = Span(key[asking.SPAN])
    return FigureKey(
        place=key[asking.PLACE].removesuffix(THEN),
        span=BASE_OF[span] if show == asking.Show.BEFORE else span,
        measure=asking.MEASURE_OF[asked],
        mode=Mode(key[asking.MODE]),
        cut=Cut.WHOLE if member == asking.WHOLE else question.cut,
        member=asking.member_of(member),
    ).address


def written(value: Value) -> str:
    """A number with its thousands apart; the sign of a mark, or the reason why there is no rate."""
    if value.mark == Mark.NO_RATE:
        return str(wording.NO_RATE.get(value.base, wording.MARK_SIGNS[value.mark]))
    if value.mark:
        return wording.MARK_SIGNS[value.mark]
    return counted(int(value.number)) if value.decimals == 0 else grouped(value.number, value.decimals)


def title(answer: Answer, shown: Sequence[Dimension]) -> str:
    """`Executed value by market and reporting period`; of several figures, what they measure."""
    figures = answer.dimension(asking.FIGURE).members
    named = wording.measures_named(answer.question) if len(figures) > 1 else figures[0].label
    by = [wording.inside(row.label) for row in shown if row.name != asking.FIGURE and len(row.members) > 1]
    return _("%(figures)s by %(dimensions)s") % {"figures": named, "dimensions": enumerated(by)} if by else named
