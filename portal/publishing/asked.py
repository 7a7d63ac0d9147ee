"""What a figure block asks a release for, and what it was told: the same question put to a newer release. No Django."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

Pairs = tuple[tuple[str, str], ...]
CITY = "city"
NAMES = ("form", "release", "place", "language", "currency", "indicator", "chart", "table")


@dataclass(frozen=True)
class Asked:
    """`form` is brief, indicator, table or chart (which one is in the field of its name), or city for a city's card."""

    form: str
    release: str
    place: str
    language: str
    currency: str = "usd"
    indicator: str = ""
    chart: str = ""
    table: str = ""

    @property
    def pairs(self) -> Pairs:
        """Only what was said, for keeping with a figure."""
        return tuple((name, value) for name, value in asdict(self).items() if value)

    def of(self, release: str) -> "Asked":
        return replace(self, release=release)


def asked_of(kind: str, value: Mapping[str, Any], language: str) -> Asked | None:
    """What a block of a stream asks for, from its value or from its JSON; None for one that names no release."""
    if kind not in ("figure", CITY) or not value.get("release"):
        return None
    if kind == CITY:
        return Asked(CITY, value["release"], value["place"], language)
    said = {name: value.get(name) or "" for name in NAMES}
    said |= {"language": said["language"] or language, "currency": said["currency"] or "usd"}
    chosen = said["form"]
    return Asked(**said | {name: "" for name in ("indicator", "chart", "table") if name != chosen})


def asked_among(blocks: Iterable[Mapping[str, Any]], language: str) -> Iterator[tuple[str, Asked]]:
    """(id of the block, what it asks) of each figure and card among blocks as they are kept."""
    for block in blocks:
        if asked := asked_of(block["type"], block["value"], language):
            yield str(block.get("id") or ""), asked


def asked_from(pairs: Iterable[tuple[str, str]]) -> Asked:
    """The same again, from what was kept."""
    return Asked(**dict(pairs))
