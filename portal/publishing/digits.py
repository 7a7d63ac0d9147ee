"""Numbers typed in a text that look like a figure which a release knows, and differ from it.

They are only asked about: the text may speak of something else. A number counts as answered for when any figure comes
to it at the decimals that were typed; it is doubted when it comes near one, has its digits in another unit, or differs
from it by one slip of a key. Years, dates, document numbers and small counts are let through (`statistics.quoting`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language

from portal.lib.money import in_wan, rounded
from portal.publishing.asked import asked_from
from portal.publishing.document import Card, Credit, Document, Download, Figure, Picture, Piece, texts_of
from portal.statistics.levels import ReleaseInfo
from portal.statistics.places import Place, places_named
from portal.statistics.queries import places_with_data, published_releases, release_named, table
from portal.statistics.quotable import in_words, quotable
from portal.statistics.quoting import Figure as Known
from portal.statistics.quoting import Kind, Quoted, Unit, numbers_in, unfounded

CLOSE, CLOSER = Decimal("0.01"), Decimal("0.005")
LEAST_DIGITS, MANY_DIGITS, LEAST_COUNT = 3, 4, 10
MOST_PLACES, MOST_QUARTERS = 4, 3
# Document numbers with their year in brackets, telephone numbers, links: no figures.
_NO_FIGURE = re.compile(
    r"[〔\[（(]\s?(?:19|20)\d\d\s?[〕\]）)]\s?\d+\s?号?"
    r"|(?:\+?86[- ]?)?\b0\d{2,3}[- ]\d{7,8}\b|\b1\d{10}\b|\b400-?\d{3}-?\d{4}\b"
    r"|https?://\S+|\S+@\S+"
)
# Their digits are read as other characters, so that the sentence around a number stays whole.
_HIDDEN = {ord("0") + digit: 0xE000 + digit for digit in range(10)}
_SHOWN = {hidden: shown for shown, hidden in _HIDDEN.items()}


@dataclass(frozen=True)
class Doubt:
    """A number as typed (`found`) and the piece of text around it (`where`); the figure's name and what it says.

    `piece` is what it stands in; None for the title and the summary of an issue.
    """

    found: str
    where: str
    figure: str
    says: str
    piece: Piece | None = None


def doubts(document: Document) -> list[Doubt]:
    """What to ask the editor before a text is handed in, in the order of reading: of an article, or of all that an
    issue or a handbook holds. At most one question for each number in its sentence."""
    releases = published_releases()
    whole = Piece("", document.title, (), document.subtitle, summary=document.summary)
    found = list(_in_piece(whole, releases)) if document.cover else []
    for piece in document.pieces:
        found += (replace(doubt, piece=piece) for doubt in _in_piece(piece, releases))
    return list({(one.piece and one.piece.key, one.found, one.where): one for one in found}.values())


def _in_piece(piece: Piece, releases: list[ReleaseInfo]) -> Iterator[Doubt]:
    lines = list(typed_lines(piece))
    known = _known(piece, "\n".join(lines), releases) if any(map(numbers_in, lines)) else []
    for line in lines if known else ():
        yield from doubts_in(line, known)


def doubts_in(text: str, known: list[Known]) -> Iterator[Doubt]:
    """The numbers of a line that look like one of these figures and differ from it."""
    for one in unfounded(_NO_FIGURE.sub(lambda match: match[0].translate(_HIDDEN), text), known):
        nearest = _lookalike(one.quoted, known)
        if nearest:
            yield Doubt(one.quoted.written, one.quoted.sentence.translate(_SHOWN), nearest.name, says(nearest))


def says(figure: Known) -> str:
    """The value alone, as it would be written."""
    return in_words(Known("", figure.kind, figure.value)).strip()


# ── What was typed ───────────────────────────────────────────────────────────────────────────────


def typed_lines(piece: Piece) -> Iterator[str]:
    """Title, summary, and whatever is typed in the blocks; figures are chosen, and of them only the note is read."""
    yield from filter(None, (piece.title, piece.subtitle, piece.summary))
    for block in piece.blocks:
        match block:
            case Figure(note=note):
                yield note
            case Picture(alt=alt):
                yield from (alt, *texts_of(block))
            case Card() | Credit() | Download():
                continue
            case _:
                yield from texts_of(block)


# ── What releases know ───────────────────────────────────────────────────────────────────────────


def _known(piece: Piece, text: str, releases: list[ReleaseInfo]) -> list[Known]:
    """Public figures of what is pinned, and of the newest release of the places that the text names."""
    pairs = {(release.name, release.digest, place): None for release, place in _looked_at(piece, text, releases)}
    return [figure for asked in pairs for figure in _figures_of(*asked, get_language() or "")]


@lru_cache(maxsize=128)
def _figures_of(name: str, _digest: str, place: str, _language: str) -> tuple[Known, ...]:
    """A published release never changes, so it is asked once in each language."""
    return tuple(quotable(table(release_named(name), place)))


def _looked_at(piece: Piece, text: str, releases: list[ReleaseInfo]) -> Iterator[tuple[ReleaseInfo, str]]:
    """(release, place): what is pinned, and each place that the text names in the quarters that it speaks of."""
    by_name = {release.name: release for release in releases}
    asked = [asked_from(block.asked) for block in piece.blocks if isinstance(block, Figure | Card) and block.asked]
    pinned = [(by_name[one.release], one.place) for one in asked if one.release in by_name]
    yield from pinned
    newest = list({release.period: release for release in reversed(releases)}.values())[::-1]
    if newest:
        spoken_of = [*quarters_in(text, newest), *(release for release, _place in pinned)]
        places = places_in(text, newest[0])
        yield from ((release, place.code) for release in spoken_of for place in places)


def quarters_in(text: str, newest: list[ReleaseInfo]) -> list[ReleaseInfo]:
    """The releases of the quarters that a text names, a quarter without its year being the newest such; or the newest
    release, where it names none."""
    found = {}
    for match in _QUARTER.finditer(text):
        year, number = _quarter(match)
        of_it = (one for one in newest if one.quarter.number == number and year in (None, one.quarter.year))
        if release := next(of_it, None):
            found[release.name] = release
    return list(found.values())[:MOST_QUARTERS] or newest[:1]


_QUARTER = re.compile(
    r"(?:(?P<year>20\d\d)\s?年?)?\s?第?(?P<spoken>[一二三四1-4])季度|(?P<code_year>20\d\d)\s?Q(?P<code>[1-4])"
    r"|(?:(?P<of>20\d\d)\s?年)?\s?1\s?(?:至|-|–|—|~|～)\s?(?P<until>12|3|6|9)\s?月"
)


def _quarter(match: re.Match) -> tuple[int | None, int]:
    """Year, or None where it is not said, and number; `1至6月` ends with the second quarter."""
    year = match["year"] or match["code_year"] or match["of"]
    if match["until"]:
        number = int(match["until"]) // 3
    else:
        said = match["spoken"] or match["code"]
        number = "一二三四".find(said) + 1 or int(said)
    return int(year) if year else None, number


def places_in(text: str, release: ReleaseInfo) -> list[Place]:
    """Divisions with figures in a release that a text names, with 市 or 省 or without."""
    named = [
        place for place in _places_of(release.name, release.digest)
        if place.code.isdigit() and (place.name_zh.rstrip("市省") in text or place.name_en in text)
    ]  # fmt: skip
    return named[:MOST_PLACES]


@lru_cache(maxsize=8)
def _places_of(name: str, _digest: str) -> tuple[Place, ...]:
    return tuple(places_named(places_with_data(release_named(name))).values())


# ── What looks like a figure ─────────────────────────────────────────────────────────────────────


def _lookalike(quoted: Quoted, figures: Iterable[Known]) -> Known | None:
    """The figure that a number comes nearest to, if it is near enough to be a slip."""
    digits = _digits(quoted.value)
    near = []
    for place, figure in enumerate(figures):
        for shown in _shown(figure, quoted):
            apart = _apart(shown, quoted.value)
            if _is_slip(digits, shown, quoted, apart, figure.kind):
                near.append((apart, place, figure))
    return min(near, key=lambda row: row[:2])[2] if near else None


def _shown(figure: Known, quoted: Quoted) -> Iterator[Decimal]:
    """The figure at as many decimals as were typed, in the units that the number may be in; and, whatever the unit,
    in tens of thousands, for the unit may be what is wrong."""
    units = [unit for unit in quoted.units if unit.kind == figure.kind]
    yield from (rounded(abs(figure.value) / unit.size, quoted.decimals) for unit in units)
    if figure.kind in (Kind.USD, Kind.CNY) and units:
        yield rounded(in_wan(abs(int(figure.value))), quoted.decimals)


def _is_slip(digits: str, shown: Decimal, quoted: Quoted, apart: Decimal, kind: Kind) -> bool:
    if kind == Kind.COUNT:
        return quoted.units == (Unit(Kind.COUNT, Decimal(1)),) and quoted.value >= LEAST_COUNT and apart <= CLOSE * 5
    is_bare = len(quoted.units) > 1 and not quoted.decimals
    if len(digits) < LEAST_DIGITS or (is_bare and len(digits) < MANY_DIGITS):
        return False
    if len(digits) == LEAST_DIGITS:
        return apart <= CLOSER
    return apart <= CLOSE or _one_slip(digits, _digits(shown))


def _digits(value: Decimal) -> str:
    return "".join(character for character in f"{value:f}" if character.isdigit()).strip("0")


def _apart(one: Decimal, other: Decimal) -> Decimal:
    return abs(one - other) / max(abs(one), abs(other)) if one or other else Decimal(0)


def _one_slip(one: str, other: str) -> bool:
    """The same digits, one of them wrong, or two neighbours in each other's place."""
    if len(one) != len(other):
        return False
    wrong = [number for number in range(len(one)) if one[number] != other[number]]
    if len(wrong) <= 1:
        return True
    first, *rest = wrong
    return rest == [first + 1] and one[first : first + 2] == other[first : first + 2][::-1]
