"""Two documents line by line: what was taken away and what was added. No Django."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.publishing.document import (
    Block,
    Credit,
    Document,
    Download,
    Listing,
    Paragraph,
    Picture,
    Question,
    Run,
    texts_of,
)  # fmt: skip

AROUND = 1
# Enough of a file's digest to tell it from another.
SHORT = 8


@dataclass(frozen=True)
class Line:
    """A line of the comparison; `sign` is "-", "+", "" for one that stayed, "…" for those that are left out."""

    sign: str
    text: str


def lines_of(document: Document) -> list[str]:
    """All that a document says, in the order of reading, its cover, its occasion and its distribution as well; and what
    is seen or pressed and says nothing: which picture or file it is, and where links lead."""
    cover = document.cover
    found = [document.title, document.subtitle, document.summary]
    if cover:
        found += [f"{cover.number or ''} {cover.running_number or ''} {cover.issued_on}".strip()]
        found += [f"{label} {value}" for label, value in cover.lines]
    if when := document.occasion:
        found += [when.starts_at, when.ends_at, when.venue]
    for section in document.sections:
        found.append(section.title)
        for piece in section.pieces:
            found += [piece.title, piece.subtitle, piece.byline, piece.summary]
            found += [line for block in piece.blocks for text in _told(block) for line in text.splitlines()]
    found += [f"{label} {text}" for label, text in (*document.distribution, *document.codes)]
    found += document.contacts
    return [line for line in found if line.strip()]


def _told(block: Block) -> Iterator[str]:
    yield from texts_of(block)
    match block:
        case Picture(alt=alt, file=file):
            yield f"{alt} ({file[:SHORT]})"
        case Download(file=file):
            yield f"({file[:SHORT]})"
        case Credit(href=href):
            yield href
        case Paragraph(runs=runs):
            yield from _links((runs,))
        case Listing(items=lines) | Question(answer=lines):
            yield from _links(lines)


def _links(lines: Iterable[tuple[Run, ...]]) -> Iterator[str]:
    return (f"{run.text} → {run.href}" for runs in lines for run in runs if run.href)


def compared(before: Document, now: Document) -> tuple[Line, ...]:
    """What changed, with a line around it; nothing where both say the same."""
    was, is_ = lines_of(before), lines_of(now)
    if was == is_:
        return ()
    return tuple(_lines(was, is_))


def _lines(was: list[str], is_: list[str]) -> Iterator[Line]:
    for group in SequenceMatcher(None, was, is_, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] or group[0][3]:
            yield Line("…", "")
        for tag, was_from, was_to, is_from, is_to in group:
            if tag == "equal":
                yield from (Line("", text) for text in was[was_from:was_to])
            else:
                yield from (Line("-", text) for text in was[was_from:was_to])
                yield from (Line("+", text) for text in is_[is_from:is_to])
