"""A page taken apart into the blocks that it is made of: headings, paragraphs, tables and key figures."""

from html import escape
from html.parser import HTMLParser

HEADINGS, CELLS = {"h1", "h2", "h3", "h4"}, {"td", "th"}
TEXTS = HEADINGS | CELLS | {"p", "dt", "dd"}
Block = tuple[str, object]


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.rows: list[list[str]] | None = None
        self.terms: list[str] | None = None
        self.inside: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag == "dl":
            self.terms = []
        elif tag in TEXTS:
            self.inside.append((tag, []))

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.inside[-1][1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.rows is not None:
            self.blocks.append(("table", _table(self.rows)))
            self.rows = None
        elif tag == "dl" and self.terms is not None:
            pairs = zip(self.terms[::2], self.terms[1::2], strict=False)
            self.blocks.append(("figures", [{"label": label, "value": value} for label, value in pairs]))
            self.terms = None
        elif self.inside and self.inside[-1][0] == tag:
            self._text(tag, " ".join("".join(self.inside.pop()[1]).split()))

    def _text(self, tag: str, text: str) -> None:
        if tag in CELLS and self.rows:
            self.rows[-1].append(text)
        elif tag in ("dt", "dd") and self.terms is not None:
            self.terms.append(text)
        elif tag in HEADINGS:
            self.blocks.append(("heading", text))
        elif self.rows is None:
            self.blocks.append(("paragraph", f"<p>{escape(text)}</p>"))


def _table(rows: list[list[str]]) -> dict[str, object]:
    width = max((len(row) for row in rows), default=0)
    data = [row + [""] * (width - len(row)) for row in rows]
    return {"data": data, "first_row_is_table_header": True, "first_col_is_header": True, "table_caption": ""}


def as_blocks(html: str) -> list[Block]:
    """The body of a page, in its order; drawings, links and forms are left out."""
    parser = _Blocks()
    parser.feed(html[html.index("<main") : html.index("</main>")])
    return parser.blocks
