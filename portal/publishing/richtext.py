"""Rich text as the desk keeps it (a little HTML) to paragraphs and lists of runs. No Django.

What is pasted from Word or WPS brings styles, fonts and tags of its own along: none of them is let through, and line
ends inside a paragraph are no more than blanks, or nothing between two Chinese characters.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser

import nh3

from portal.publishing.document import Block, Heading, Listing, Paragraph, Run, Runs

ALLOWED = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h2", "h3", "h4"}
_STRONG, _EMPHASISED = {"b", "strong"}, {"i", "em"}
_LINES = {"p", "li", "h2", "h3", "h4"}
_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})[ \t\r\f]*\n[ \t\r\f]*(?={_HAN})")
_BREAK = re.compile(r"<br\b[^>]*>|</(?:p|div|td|tr|li)>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


def cleaned(html: str) -> str:
    """What is allowed of it: no style, script or class; links to addresses alone."""
    return nh3.clean(
        html, tags=ALLOWED, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )


def plain(html: str) -> str:
    """The words alone. What only looks like a tag (“<5”) is kept."""
    return unescape(nh3.clean(_BREAK.sub(" ", html), tags=set()))


def blocks_of(html: str) -> tuple[Block, ...]:
    """Paragraphs, lists and headings in their order. Empty ones are left out."""
    return tuple(_Reader().read(cleaned(html)))


def lines_of(html: str) -> tuple[Runs, ...]:
    """The same as lines alone: for an answer, or a note."""
    return tuple(line for block in blocks_of(html) for line in _lines(block))


def _lines(block: Block) -> Iterator[Runs]:
    match block:
        case Paragraph(runs=runs):
            yield runs
        case Listing(items=items):
            yield from items
        case Heading(text=text):
            yield (Run(text, is_strong=True),)


@dataclass
class _Reader(HTMLParser):
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    items: list[Runs] | None = None
    is_ordered: bool = False
    depth: int = 0
    style: Run = Run("")

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    def read(self, html: str) -> list[Block]:
        self.feed(html)
        self.close()
        self._end_line("p")
        return self.blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._begin_list(tag == "ol")
        elif tag in _LINES and self.runs:
            self._end_line("p")
        elif tag == "br":
            self.runs.append(replace(self.style, text="\n"))
        elif tag == "a":
            self.style = replace(self.style, href=dict(attrs).get("href") or "")
        else:
            self.style = self._styled(tag, True)

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self._end_line(tag)
        elif tag in ("ul", "ol"):
            self._end_list()
        elif tag == "a":
            self.style = replace(self.style, href="")
        else:
            self.style = self._styled(tag, False)

    def handle_data(self, data: str) -> None:
        if data.strip() or self.runs:
            self.runs.append(replace(self.style, text=_BLANKS.sub(" ", _BETWEEN_HAN.sub("", data))))

    def _styled(self, tag: str, on: bool) -> Run:
        if tag in _STRONG:
            return replace(self.style, is_strong=on)
        return replace(self.style, is_emphasised=on) if tag in _EMPHASISED else self.style

    def _end_line(self, tag: str) -> None:
        runs = _trimmed(self.runs)
        self.runs = []
        if not runs:
            return
        if self.items is not None:
            self.items.append(runs)
        elif tag.startswith("h"):
            self.blocks.append(Heading("".join(run.text for run in runs), 2 if tag == "h2" else 3))
        else:
            self.blocks.append(Paragraph(runs))

    def _begin_list(self, is_ordered: bool) -> None:
        """A list within a list goes on with it."""
        self._end_line("p")
        self.depth += 1
        if self.depth == 1:
            self.items, self.is_ordered = [], is_ordered

    def _end_list(self) -> None:
        self._end_line("li")
        self.depth -= 1
        if self.depth == 0:
            if self.items:
                self.blocks.append(Listing(tuple(self.items), self.is_ordered))
            self.items = None


def _trimmed(runs: list[Run]) -> Runs:
    """Without blanks at both ends and without empty runs."""
    if not "".join(run.text for run in runs).strip():
        return ()
    first, *_rest = runs
    runs = [replace(first, text=first.text.lstrip()), *runs[1:]]
    runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(_merged(run for run in runs if run.text))


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours in the same style as one: pasted text has a span for every few characters."""
    held = None
    for run in runs:
        if held is not None and replace(held, text="") == replace(run, text=""):
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held
