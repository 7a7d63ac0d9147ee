"""Two documents line by line: what was taken away and what was added. No Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.publishing.document import Document, texts_of

AROUND = 1


@dataclass(frozen=True)
class Line:
    """A line of the comparison; `sign` is "-", "+", "" for one that stayed, "…" for those that are left out."""

    sign: str
    text: str


def lines_of(document: Document) -> list[str]:
    """All that a document says, in the order of reading, its cover and its distribution as well."""
    cover = document.cover
    found = [document.title, document.subtitle, document.summary]
    if cover:
        found += [f"{cover.number or ''} {cover.running_number or ''} {cover.issued_on}".strip()]
        found += [f"{label} {value}" for label, value in cover.lines]
    for section in document.sections:
        found.append(section.title)
        for piece in section.pieces:
            found += [piece.title, piece.subtitle, piece.byline, piece.summary]
            found += [line for block in piece.blocks for text in texts_of(block) for line in text.splitlines()]
    found += [f"{label} {text}" for label, text in (*document.distribution, *document.codes)]
    found += document.contacts
    return [line for line in found if line.strip()]


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
