"""Chapters of a handbook on terms, the catalogue, service trade and modes of supply, as they stand."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.publishing.catalogue import Class, catalogue, supply_modes, trade_categories
from portal.publishing.document import Block, Credit, Grid, Heading, Paragraph, Piece, Run, Table
from portal.publishing.knowing import body_of, comparisons_of, line_of, sources_of
from portal.publishing.models import CatalogueCase, KnowledgeTerm, TermGroup
from portal.publishing.richtext import blocks_of
from portal.ui.rendering import in_chinese

Draw = Callable[[str], Iterator[Piece]]
Drawn = Iterator[Block]


def _text(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _address(path: str) -> str:
    """A page of this site, in the language of the chapter."""
    return path if in_chinese() else f"/en{path}"


# ── Terms ────────────────────────────────────────────────────────────────────────────────────────


def _terms(group: str, language: str) -> Iterator[Piece]:
    with override(language):
        pieces = [_term(term) for term in KnowledgeTerm.objects.filter(is_public=True, group=group)]
    yield from pieces


def _term(term: KnowledgeTerm) -> Piece:
    line = line_of(term)
    return Piece(
        f"term-{term.slug}", line.name, tuple(_of_term(term)), subtitle=term.name_en if in_chinese() else "",
        href=_address(f"/knowledge/terms/{term.slug}/"),
    )  # fmt: skip


def _of_term(term: KnowledgeTerm) -> Drawn:
    """A sentence, the text, the comparisons written with this term, and the sources."""
    line = line_of(term)
    yield Paragraph((Run(line.short, is_strong=True),))
    yield from blocks_of(body_of(term))
    for one in comparisons_of(term, own_only=True):
        title = _("%(this)s beside %(other)s") % {"this": line.name, "other": one.other.name}
        yield Table(Grid(((_("Point"), line.name, one.other.name), *one.rows)), title)
    if sources := sources_of(term):
        yield Credit(_("; ").join(source.name for source in sources))


# ── The catalogue ────────────────────────────────────────────────────────────────────────────────


def _catalogue(language: str) -> Iterator[Piece]:
    """ITO, BPO and KPO, each a piece: a table of classes for each group, with definition, business and case."""
    with override(language):
        cases = _cases()
        pieces = [
            Piece(
                f"class-{kind.code}", kind.name, tuple(_of_kind(kind, cases)),
                href=_address(f"/knowledge/catalogue/{kind.code}/"),
            )
            for kind in catalogue()
        ]  # fmt: skip
    yield from pieces


def _of_kind(kind: Class, cases: Mapping[str, str]) -> Drawn:
    yield _text(kind.definition)
    head = (_("Class"), _("Definition"), _("Typical business"), _("A case"))
    for group in kind.beneath:
        yield Heading(group.name, 2)
        yield _text(group.definition)
        rows = tuple((one.name, one.definition, one.typical, cases.get(one.code, "")) for one in group.beneath)
        yield Table(Grid((head, *rows)), group.name)


def _cases() -> dict[str, str]:
    """The cases of each class as one text, those in the language of the chapter."""
    found: dict[str, list[str]] = {}
    for case in CatalogueCase.objects.filter(is_public=True):
        text = case.text_zh if in_chinese() else case.text_en
        if text:
            found.setdefault(case.category_id, []).append(text)
    return {code: "\n".join(texts) for code, texts in found.items()}


# ── Service trade ────────────────────────────────────────────────────────────────────────────────


def _trade_categories(language: str) -> Iterator[Piece]:
    with override(language):
        head = (_("Category"), _("What the category covers"), _("An example of it"), _("Digitally deliverable"))
        rows = tuple(
            (f"{one.code} {one.name}", one.covers, one.example, _yes_or_no(one.is_digital, one.why))
            for one in trade_categories()
        )
        title = _("Twelve categories of service trade")
        blocks = (
            _text(
                _("Service trade is counted in twelve categories. Six of them can be delivered through the network.")
            ),
            Table(Grid((head, *rows)), title),
            Credit(_("Extended balance of payments services classification (EBOPS 2010); UNCTAD, 2015")),
        )
        piece = Piece("trade-categories", title, blocks, href=_address("/knowledge/trade/"))
    yield piece


def _yes_or_no(is_digital: bool, why: str) -> str:
    said = _("Yes: %(why)s") if is_digital else _("No: %(why)s")
    return said % {"why": why}


def _supply_modes(language: str) -> Iterator[Piece]:
    with override(language):
        head = (_("Mode of supply"), _("Who moves"), _("An export"), _("An import"), _("How to tell"))
        rows = tuple(
            (f"{one.number} {one.name}", one.moves, one.exported, one.imported, one.tell) for one in supply_modes()
        )
        title = _("Four modes of supply")
        blocks = (
            Table(Grid((head, *rows)), title),
            Credit(_("General Agreement on Trade in Services (GATS), article I:2")),
        )
        piece = Piece("supply-modes", title, blocks, href=_address("/knowledge/supply/"))
    yield piece


CHAPTERS: dict[str, Draw] = {
    **{f"terms_{group.value}": partial(_terms, group.value) for group in TermGroup},
    "catalogue": _catalogue, "trade_categories": _trade_categories, "supply_modes": _supply_modes,
}  # fmt: skip
