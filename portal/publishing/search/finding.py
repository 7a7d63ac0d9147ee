"""What was looked for, and what was found: plain frozen values for the page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language

from portal.publishing.directories import released
from portal.publishing.models import Found
from portal.publishing.search import engines
from portal.publishing.search.words import Marked, marked, passage, terms_of, whole
from portal.ui.rendering import in_chinese

A_PAGE = 20
LONGEST = 100
LAST_PAGE = 50


@dataclass(frozen=True)
class Result:
    kind: str
    href: str
    title: Marked
    passage: Marked
    on: date | None
    html_lang: str


@dataclass(frozen=True)
class Finding:
    """`counts` are of all kinds; `count` of the kind asked for. `is_too_short`: nothing in it can be looked for."""

    typed: str
    kind: str
    is_too_short: bool
    counts: tuple[tuple[str, int], ...] = ()
    results: tuple[Result, ...] = ()
    number: int = 1

    @property
    def total(self) -> int:
        return sum(count for _kind, count in self.counts)

    @property
    def count(self) -> int:
        return dict(self.counts).get(self.kind, 0) if self.kind else self.total

    @property
    def last_number(self) -> int:
        return min(-(-self.count // A_PAGE), LAST_PAGE) or 1


def found(typed: str, kind: str = "", number: int = 1) -> Finding:
    """A page of results: one query to count, one for each part of the order that the page needs, one for its rows."""
    typed = " ".join(typed.split())[:LONGEST]
    kind = kind if kind in engines.KINDS else ""
    terms = terms_of(typed)
    if not terms or all(len(term.word) == 1 and term.word.isascii() for term in terms):
        return Finding(typed, kind, is_too_short=bool(typed))
    language, sought = get_language() or "zh-hans", engines.Sought(terms, whole(typed))
    counts = engines.counted(sought, language)
    finding = Finding(typed, kind, False, tuple((one, counts[one]) for one in engines.KINDS if one in counts))
    number = max(1, min(number, finding.last_number))
    offset = (number - 1) * A_PAGE
    rows = engines.in_order(sought, language, kind, offset, min(A_PAGE, finding.count - offset))
    return replace(finding, results=tuple(_results(rows, typed)), number=number)


def _results(rows: list[int], typed: str) -> list[Result]:
    known = Found.objects.in_bulk(rows)
    gone = _gone(known.values())
    return [_result(known[row], typed) for row in rows if row in known and row not in gone]


def _gone(rows: Iterable[Found]) -> set[int]:
    """Members whose membership has ended since: the clock tells the index at its next run, and readers nothing more."""
    members = {row.pk: row.key for row in rows if row.kind == "member"}
    if not members:
        return set()
    here = {str(pk) for pk in released().filter(pk__in=members.values()).values_list("pk", flat=True)}
    return {pk for pk, key in members.items() if key not in here}


def _result(row: Found, typed: str) -> Result:
    is_own = row.language.startswith("zh") == in_chinese()
    return Result(
        kind=row.kind, href=row.address if in_chinese() else f"/en{row.address}", title=marked(row.title, typed),
        passage=passage(row.text, typed), on=row.on,
        html_lang="" if is_own else ("zh-Hans" if row.language.startswith("zh") else "en"),
    )  # fmt: skip
