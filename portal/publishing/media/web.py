"""A publication as HTML: each block in its turn, everything escaped, no style and no script.

The words around the text (source, download, question) are in the language that is active, which is the document's own.
Addresses come from outside, so that the same text serves a page, an English page and a feed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.publishing.document import (
    Block,
    Card,
    Credit,
    Download,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Piece,
    Question,
    Quotation,
    Run,
    Runs,
    Table,
)  # fmt: skip
from portal.publishing.linking import TermRun
from portal.publishing.media.links import is_own, scheme_of
from portal.ui.rendering import in_chinese
from portal.ui.seals import SEALS

DEEPEST = 6


@dataclass(frozen=True)
class Addresses:
    """Where the files of the edition are, and what stands before an address of this site: a host where the text is
    read elsewhere, and the language of the pages (/en)."""

    files: str
    host: str = ""
    language: str = ""

    def file(self, name: str) -> str:
        return escape(self.files + name)

    def page(self, href: str) -> str:
        """A page of this site. One that names its language keeps it."""
        return self.host + ("" if href.startswith("/en/") else self.language) + href

    def link(self, href: str, inner: str) -> str:
        """A link around HTML; the HTML alone where the address is of no kind that a page may link to."""
        scheme = scheme_of(href)
        if href.startswith("#") or scheme == "mailto":
            return f'<a href="{escape(href)}">{inner}</a>'
        if is_own(href):
            return f'<a href="{escape(self.page(href))}">{inner}</a>'
        if not scheme:
            return inner
        elsewhere = escape(_("another site"))
        inner += f'<span class="vh">（{elsewhere}）</span>'
        return f'<a class="out" href="{escape(href)}" rel="external noopener">{inner}</a>'


def as_they_are(runs: Runs) -> Runs:
    return runs


def html_of(piece: Piece, addresses: Addresses, *, under: int = 1, linked: Callable[[Runs], Runs] = as_they_are) -> str:
    """The blocks of an article. `under` is the level of the heading that it stands under: 1 on a page of its own.
    `linked` may lead words of its lines elsewhere, such as a `linking.Linker`."""
    writer = _Writer(piece.key, addresses, under - 1, linked, under=under)
    return "\n".join(part for block in piece.blocks for part in writer.parts(block))


def headings_of(piece: Piece) -> list[tuple[str, Heading]]:
    """The headings of an article with the anchors that they have on its page."""
    found = (block for block in piece.blocks if isinstance(block, Heading))
    return [(_anchor(piece.key, number), heading) for number, heading in enumerate(found, 1)]


def _anchor(key: str, number: int) -> str:
    return f"{key}-h{number}"


def line_html(runs: Runs, addresses: Addresses) -> str:
    """Characters of a line with their emphasis and links."""
    return "".join(_run(run, addresses) for run in runs)


def _run(run: Run, addresses: Addresses) -> str:
    html = _lines(run.text)
    if run.is_emphasised:
        html = f"<em>{html}</em>"
    if run.is_strong:
        html = f"<strong>{html}</strong>"
    if isinstance(run, TermRun):
        return _term(run, html, addresses)
    return addresses.link(run.href, html) if run.href else html


def _term(run: TermRun, html: str, addresses: Addresses) -> str:
    """What the term means is read out with the link, and stands in the article's own list of terms where it has one."""
    about = f' aria-describedby="{escape(run.about)}"' if run.about else ""
    return f'<a class="term" href="{escape(addresses.page(run.href))}" title="{escape(run.short)}"{about}>{html}</a>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def tie_html(source: str, href: str, addresses: Addresses) -> str:
    """The line under a figure that says which release it is tied to, and what happens when that changes."""
    seal = SEALS["tied"].zh if in_chinese() else SEALS["tied"].en
    told = escape(_("Quoted from %(source)s. These figures were not typed: if a newer release differs, a note is added here and the figures of this edition stay."))  # fmt: skip # noqa: E501
    told = told.replace("%(source)s", addresses.link(href, escape(source)))
    return f'<p class="tie"><span class="seal seal--ok" aria-hidden="true">{seal}</span><span>{told}</span></p>'


def grid_html(grid: Grid, caption: str, label: str) -> str:
    """A table that scrolls by itself where it is wide. `label` names it where it has no caption to show."""
    numeric = frozenset(grid.numeric)
    rows_have_heads = 0 not in numeric and len(grid.rows[0]) > 1
    shown = f"<caption>{escape(caption)}</caption>" if caption else f'<caption class="vh">{escape(label)}</caption>'
    head = "".join(_head_row(row, numeric) for row in grid.rows[: grid.heads])
    body = "".join(_row(row, numeric, rows_have_heads) for row in grid.rows[grid.heads :])
    head = f"<thead>{head}</thead>" if head else ""
    return (
        f'<div class="tbl-wrap" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="tbl">{shown}{head}<tbody>{body}</tbody></table></div>'
    )


def _head_row(row: tuple[str, ...], numeric: frozenset[int]) -> str:
    cells = (
        f'<th scope="col"{_set_right(number, numeric)}>{_lines(cell)}</th>' if cell else "<td></td>"
        for number, cell in enumerate(row)
    )  # fmt: skip
    return f"<tr>{''.join(cells)}</tr>"


def _row(row: tuple[str, ...], numeric: frozenset[int], has_head: bool) -> str:
    cells = [f"<td{_set_right(number, numeric)}>{_lines(cell)}</td>" for number, cell in enumerate(row)]
    if has_head and row[0]:
        cells[0] = f'<th scope="row">{_lines(row[0])}</th>'
    return f"<tr>{''.join(cells)}</tr>"


def _set_right(number: int, numeric: frozenset[int]) -> str:
    return ' class="n"' if number in numeric else ""


def size_in_words(size: int) -> str:
    return filesizeformat(size).replace("\xa0", " ")


def card_kind(of: str) -> str:
    return {"firm": _("Member"), "city": _("City"), "policy": _("Policy")}.get(of, "")


@dataclass
class _Writer:
    """Writes the blocks of one article, and counts what has to be told apart on its page."""

    key: str
    addresses: Addresses
    deeper: int
    linked: Callable[[Runs], Runs] = as_they_are
    counts: dict[str, int] = field(default_factory=dict)
    under: int = 0

    def parts(self, block: Block) -> Iterator[str]:
        return _WRITTEN[block.kind](self, block)

    def next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def lines(self, lines: Iterable[Runs], tag: str = "p") -> str:
        return "".join(f"<{tag}>{line_html(self.linked(runs), self.addresses)}</{tag}>" for runs in lines)

    def heading(self, block: Heading) -> Iterator[str]:
        # Never two levels at once, whatever was chosen: who hears the page would look for the one between.
        level = self.under = min(block.level + self.deeper, self.under + 1, DEEPEST)
        anchor, below = escape(_anchor(self.key, self.next("heading"))), ' class="sub"' if block.level > 2 else ""
        yield f'<h{level} id="{anchor}"{below}>{escape(block.text)}</h{level}>'

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        yield self.lines((block.runs,))

    def listing(self, block: Listing) -> Iterator[str]:
        tag = "ol" if block.is_ordered else "ul"
        yield f"<{tag}>{self.lines(block.items, 'li')}</{tag}>"

    def picture(self, block: Picture) -> Iterator[str]:
        credit = f"<small>{escape(block.credit)}</small>" if block.credit else ""
        told = f"<figcaption>{escape(block.caption)}{credit}</figcaption>" if block.caption or credit else ""
        yield (
            f'<figure class="pic"><img src="{self.addresses.file(block.file)}" alt="{escape(block.alt)}" '
            f'width="{block.width}" height="{block.height}" loading="lazy" decoding="async">{told}</figure>'
        )

    def table(self, block: Table) -> Iterator[str]:
        if block.grid.rows:
            note = f'<p class="fine">{escape(block.note)}</p>' if block.note else ""
            yield f'<div class="ins">{grid_html(block.grid, block.caption, self.named(block.caption))}{note}</div>'

    def named(self, title: str) -> str:
        """A name that no other table of the page has."""
        number = _("Table %(number)s") % {"number": self.next("table")}
        return f"{number} {title}".strip()

    def quotation(self, block: Quotation) -> Iterator[str]:
        who = f"<figcaption>{escape(block.who)}</figcaption>" if block.who else ""
        yield f'<figure class="quote"><blockquote><p>{_lines(block.text)}</p></blockquote>{who}</figure>'

    def question(self, block: Question) -> Iterator[str]:
        asked, answered = escape(_("Asked")), escape(_("Answered"))
        yield (
            f'<dl class="qa"><dt><span class="vh">{asked}：</span>{escape(block.question)}</dt>'
            f'<dd><span class="vh">{answered}：</span>{self.lines(block.answer)}</dd></dl>'
        )

    def credit(self, block: Credit) -> Iterator[str]:
        text = escape(block.text)
        text = self.addresses.link(block.href, text) if block.href else text
        yield f'<p class="credit">{escape(_("Source"))}：{text}</p>'

    def card(self, block: Card) -> Iterator[str]:
        title = escape(block.title)
        title = self.addresses.link(block.href, title) if block.href else title
        rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{_lines(value)}</dd></div>" for name, value in block.lines)
        yield (
            f'<div class="slip"><p class="slip-k">{escape(card_kind(block.of))}</p><p class="slip-t">{title}</p>'
            + (f"<p>{_lines(block.text)}</p>" if block.text else "")
            + (f'<dl class="kv">{rows}</dl></div>' if rows else "</div>")
        )

    def figure(self, block: Figure) -> Iterator[str]:
        unit = f'<p class="chart-s">{escape(block.unit)}</p>' if block.unit else ""
        yield f'<figure class="ins chart"><figcaption><p class="chart-t">{escape(block.title)}</p>{unit}</figcaption>'
        yield from (f'<p class="ins-says">{escape(sentence)}</p>' for sentence in block.sentences)
        if block.drawing:
            address = self.addresses.file(f"{block.drawing}.svg")
            yield f'<img class="ins-drawn" src="{address}" alt="{escape(block.alt or block.title)}" decoding="async">'
        if block.grid and block.grid.rows:
            yield self.figure_grid(block, block.grid)
        if block.note:
            yield f'<p class="fine">{escape(block.note)}</p>'
        yield f"{tie_html(block.source, block.href, self.addresses)}</figure>"

    def figure_grid(self, block: Figure, grid: Grid) -> str:
        """The rows; behind a drawing, to be opened."""
        table = grid_html(grid, "", self.named(block.title))
        if not block.drawing:
            return table
        told = escape(_("The figures of this drawing as a table"))
        return f'<details class="alt"><summary>{told}</summary>{table}</details>'

    def download(self, block: Download) -> Iterator[str]:
        ending, title = escape(block.file.rpartition(".")[2]), escape(block.title)
        yield (
            f'<p class="dl-line"><a href="{self.addresses.file(block.file)}" download="{title}.{ending}">{title}'
            f"<small>{ending.upper()}，{escape(size_in_words(block.size))}</small></a></p>"
        )


_WRITTEN: dict[str, Callable[[_Writer, Block], Iterator[str]]] = {
    kind: getattr(_Writer, kind)
    for kind in (
        "heading", "paragraph", "listing", "picture", "table", "quotation", "question", "credit", "card", "figure",
        "download",
    )
}  # fmt: skip
