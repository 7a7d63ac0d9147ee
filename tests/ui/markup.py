"""What a page's markup may not hold, read by a parser rather than by eye."""

from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_DATA = {"application/json", "application/ld+json"}


class Markup(HTMLParser):
    """What the content-security policy would refuse, ids that stand twice, references that lead nowhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._refuse(tag, values)
        if tag == "html":
            self.language = values.get("lang") or ""
        if "id" in values:
            self.ids.append(values["id"] or "")
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.references += (values.get(name) or "").split()
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.unclosed.append(f"</{tag}> within {self.open[-3:]}")
        else:
            self.open.pop()

    def _refuse(self, tag: str, values: dict[str, str | None]) -> None:
        self.refused += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") not in _DATA):
            self.refused.append(tag)
        address = values.get("src") or (values.get("href") if tag == "link" else "") or ""
        if address.startswith(("http:", "https:", "//")) and values.get("rel") != "alternate":
            self.refused.append(f"{tag} {address}")

    @property
    def repeated_ids(self) -> set[str]:
        return {ident for ident in self.ids if self.ids.count(ident) > 1}

    @property
    def dangling(self) -> set[str]:
        return set(self.references) - set(self.ids)
