"""Terms found in running text, so that a rendering can lead to what they mean. No Django; the text itself stays.

The longest name wins (服务外包示范城市 before 服务外包), a term is linked once in an article, and never inside a link,
inside 《the title of a document》 or inside another word of Latin letters.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from portal.publishing.document import Run, Runs

_LATIN = re.compile(r"[A-Za-z0-9]")
_TITLE = "《[^》]*》"


@dataclass(frozen=True)
class Entry:
    """A term in one language: the words that stand for it, and what it means in a sentence."""

    slug: str
    name: str
    short: str
    words: tuple[str, ...]

    @property
    def href(self) -> str:
        return f"/knowledge/terms/{self.slug}/"


@dataclass(frozen=True)
class TermRun(Run):
    """Characters that name a term, linked to its page. `about` is the anchor of its definition, if the page has one."""

    slug: str = ""
    short: str = ""
    about: str = ""


@dataclass(frozen=True)
class Book:
    """The terms of one language."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def digest(self) -> str:
        return sha256(repr(self.entries).encode()).hexdigest()

    @cached_property
    def by_word(self) -> dict[str, Entry]:
        """Acronyms keep their capitals; other Latin words may begin a sentence."""
        return {_key(word): entry for entry in reversed(self.entries) for word in entry.words if word.strip()}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        words = sorted(self.by_word, key=len, reverse=True)
        return re.compile("|".join((_TITLE, *(_sought(word) for word in words))))

    def named(self, found: str) -> Entry | None:
        return self.by_word.get(_key(found)) or self.by_word.get(_key(found.removesuffix("s")))


def _is_acronym(word: str) -> bool:
    return word.isupper()


def _key(word: str) -> str:
    return word if _is_acronym(word) else word.lower()


def _sought(word: str) -> str:
    """A word as it is sought: as a whole where it begins or ends with Latin letters, and also in the plural there."""
    sought = re.escape(word) if _is_acronym(word) or not _LATIN.search(word) else f"(?i:{re.escape(word)}s?)"
    before = r"(?<![A-Za-z0-9_-])" if _LATIN.match(word) else ""
    after = r"(?![A-Za-z0-9_-])" if _LATIN.match(word[-1]) else ""
    return f"{before}{sought}{after}"


@dataclass
class Linker:
    """Links the terms of one article: each once, in the order of reading. `own` is the term whose page it is, and `key`
    begins the anchors of the definitions, where the article lists those that it met."""

    book: Book
    own: str = ""
    key: str = ""
    met: dict[str, Entry] = field(default_factory=dict)

    def __call__(self, runs: Runs) -> Runs:
        return tuple(self._linked(runs)) if self.book.entries else runs

    def _linked(self, runs: Iterable[Run]) -> Iterator[Run]:
        for run in runs:
            yield from (run,) if run.href else self._parts(run)

    def _parts(self, run: Run) -> Iterator[Run]:
        done = 0
        for match in self.book.pattern.finditer(run.text):
            entry = self.book.named(match[0])
            if entry is None or entry.slug == self.own or entry.slug in self.met:
                continue
            self.met[entry.slug] = entry
            if match.start() > done:
                yield replace(run, text=run.text[done : match.start()])
            yield TermRun(
                match[0], run.is_strong, run.is_emphasised, entry.href, entry.slug, entry.short, self._about(entry)
            )  # fmt: skip
            done = match.end()
        if done < len(run.text):
            yield replace(run, text=run.text[done:])

    def _about(self, entry: Entry) -> str:
        return f"{self.key}-{entry.slug}" if self.key else ""

    @property
    def definitions(self) -> tuple[tuple[str, Entry], ...]:
        """The terms met, with the anchors of their definitions."""
        return tuple((self._about(entry), entry) for entry in self.met.values())


def named_in(texts: Iterable[str], book: Book, own: str = "") -> tuple[str, ...]:
    """The terms that occur in texts, in the order of their first occurrence."""
    linker = Linker(book, own)
    for text in texts:
        linker((Run(text),))
    return tuple(linker.met)
