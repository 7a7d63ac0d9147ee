"""The HTML that a Word file becomes, as the blocks of an article. No Django."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import html as markup

from portal.publishing.richtext import plain

Piece = tuple[str, Any]
# What is longer is no title, heading or caption, and stays a paragraph: nothing of it is lost.
LONGEST_TITLE, LONGEST_CAPTION = 120, 150


@dataclass(frozen=True)
class FoundPicture:
    """A picture in the file, as PNG or JPEG, with the description that Word has of it."""

    content: bytes
    ending: str
    alt: str


@dataclass
class WordFile:
    """`pieces` are (kind of block, value); a picture's value is its number in `pictures` and its caption.

    `dropped` counts what is not taken over, by what it is; `styles` are names of styles that say nothing here, and
    `guessed_count` headings that only look like ones.
    """

    title: str = ""
    subtitle: str = ""
    pieces: list[Piece] = field(default_factory=list)
    pictures: list[FoundPicture] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    guessed_count: int = 0

    def count(self, kind: str) -> int:
        return sum(one == kind for one, _value in self.pieces)

    @property
    def paragraph_count(self) -> int:
        return sum(value.count("<p>") + value.count("<li>") for kind, value in self.pieces if kind == "text")


# ── From HTML to blocks ──────────────────────────────────────────────────────────────────────────


@dataclass
class Reading:
    """Paragraphs and lists gather until something else comes."""

    made: WordFile
    gathered: list[str] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    has_styles: bool = True

    def read(self, html: str) -> None:
        whole = markup.fragment_fromstring(html, create_parent="div")
        self.has_styles = any(one.tag in _HEADINGS and one.get("class") != "title" for one in whole)
        for element in whole:
            self._element(element)
        self._flush()
        self._settle_headings()

    def _element(self, element: Any) -> None:
        if element.tag in _HEADINGS:
            self._heading(element)
        elif not self.has_styles and (level := level_by_look(element)):
            self._guessed(element, level)
        elif element.tag == "table":
            self._put("table", {"caption": "", "table": table_of(element), "note": ""})
        elif element.tag == "blockquote":
            self._put("quotation", {"text": _words(element), "who": ""})
        elif element.get("class") == "subtitle":
            self.made.subtitle = self.made.subtitle or _words(element)
        elif element.get("class") == "caption" and self._caption(_words(element)):
            pass
        else:
            self._paragraph(element)

    def _heading(self, element: Any) -> None:
        self._pictures(element)
        text = _words(element)
        is_title = element.get("class") == "title"
        if len(text) > LONGEST_TITLE:
            self.gathered.append(_rich(element))
        elif text and not self.made.title and (is_title or (element.tag == "h1" and not self.made.pieces)):
            self.made.title = text
        elif text:
            self._put("heading", {"text": text, "level": "2"})
            self.headings.append((len(self.made.pieces) - 1, 1 if is_title else int(element.tag[1])))

    def _guessed(self, element: Any, level: int) -> None:
        """A heading by its look alone; the first one of a text, in bold, is its title."""
        text = _words(element)
        self.made.guessed_count += 1
        if not self.made.title and not self.made.pieces and not self.gathered and level == 1:
            self.made.title = text
            return
        self._put("heading", {"text": text, "level": "2"})
        self.headings.append((len(self.made.pieces) - 1, level))

    def _paragraph(self, element: Any) -> None:
        self._pictures(element)
        if _words(element):
            self.gathered.append(_rich(element))

    def _pictures(self, element: Any) -> None:
        """Pictures stand before the words of their paragraph."""
        for image in list(element.iter("img")):
            if image.get("src"):
                self._put("picture", {"number": int(image.get("src")), "caption": ""})
            image.drop_tree()

    def _caption(self, text: str) -> bool:
        """A caption belongs to the picture or the table right before it, or else is a paragraph."""
        if len(text) > LONGEST_CAPTION or self.gathered or not self.made.pieces:
            return False
        kind, value = self.made.pieces[-1]
        if kind not in ("picture", "table") or value["caption"]:
            return False
        value["caption"] = text
        return True

    def _put(self, kind: str, value: Any) -> None:
        self._flush()
        self.made.pieces.append((kind, value))

    def _flush(self) -> None:
        if self.gathered:
            self.made.pieces.append(("text", "".join(self.gathered)))
            self.gathered = []

    def _settle_headings(self) -> None:
        """The widest level in use is a section, all below it are parts of one."""
        widest = min((level for _place, level in self.headings), default=1)
        for place, level in self.headings:
            self.made.pieces[place][1]["level"] = "2" if level == widest else "3"


_HEADINGS = {f"h{level}" for level in range(1, 7)}
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、\S")
_SECOND = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\s?\S")
_LONGEST_HEADING = 40


def level_by_look(element: Any) -> int:
    """Where a text has no heading styles: 一、 is a section, （一） a part of one, and a short line all in bold is a
    section or the title. 0 for a paragraph like any other."""
    text = _words(element)
    if element.tag != "p" or not text or len(text) > _LONGEST_HEADING or text[-1] in "。；;：:，,！!？?.":
        return 0
    if _FIRST.match(text):
        return 2
    if _SECOND.match(text):
        return 3
    bold = "".join(_words(one) for one in element.iterchildren("strong"))
    return 1 if bold.replace(" ", "") == text.replace(" ", "") else 0


def _words(element: Any) -> str:
    return " ".join(plain(markup.tostring(element, encoding="unicode", with_tail=False)).split())


_KEPT = {"p", "b", "i", "a", "ul", "ol", "li", "br"}
_SAME = {"strong": "b", "em": "i"}
_BACK = re.compile(r"#(?:footnote|endnote)-ref")


def _rich(element: Any) -> str:
    """A paragraph or a list with what an editor may do in a text, and nothing else: no way back from a note, and no
    paragraph within an item."""
    for one in list(element.iter()):
        one.tag = _SAME.get(one.tag, one.tag)
        href = one.get("href") or ""
        one.attrib.clear()
        if _BACK.match(href):
            one.drop_tree()
        elif one.tag == "a" and re.match(r"https?://|mailto:", href):
            one.set("href", href)
        elif one is not element and (one.tag in ("a", "p") or one.tag not in _KEPT):
            one.drop_tag()
    if element.tag not in _KEPT:
        element.tag = "p"
    return markup.tostring(element, encoding="unicode", with_tail=False)


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def table_of(element: Any) -> dict[str, Any]:
    """A table as the desk's table editor keeps it. A merged cell says its words in each of the cells that it covers, so
    that every row and column can still be read by itself."""
    found = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    rows = _flattened(found)
    heads = _head_count(found, rows)
    is_headed = heads > 0
    if heads > 1:
        rows = [_joined_heads(rows[:heads]), *rows[heads:]]
    return {
        "data": rows, "cell": [], "mergeCells": [], "table_caption": "", "first_col_is_header": False,
        "first_row_is_table_header": is_headed, "table_header_choice": "row" if is_headed else "neither",
    }  # fmt: skip


def _flattened(rows: Sequence[Any]) -> list[list[str]]:
    grid: list[dict[int, str]] = [{} for _row in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in grid[number]:
                column += 1
            for down in range(min(_span(cell, "rowspan"), len(rows) - number)):
                for right in range(_span(cell, "colspan")):
                    grid[number + down][column + right] = _words(cell)
            column += _span(cell, "colspan")
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column, "") for column in range(width)] for row in grid]


def _span(cell: Any, name: str) -> int:
    return max(1, min(int(cell.get(name) or 1), 100))


def _head_count(found: Sequence[Any], rows: list[list[str]]) -> int:
    """The rows that Word repeats on each page; where it has none, the first row if there are no numbers in it and there
    are some below."""
    marked = sum(row.getparent().tag == "thead" for row in found)
    if marked:
        return min(marked, len(rows) - 1) if len(rows) > 1 else 0
    return int(len(rows) > 1 and not any(_NUMBER.fullmatch(cell) for cell in rows[0]) and all(rows[0][1:]))


_NUMBER = re.compile(r"[+\-−]?[\d,.，]+\s?[%％]?")


def _joined_heads(rows: list[list[str]]) -> list[str]:
    """Several head rows as one: each column says all that stands above it, once."""
    return [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows)]
