"""What a figure or a card says, label by label: so that old and new can be set side by side. No Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from portal.publishing.document import Card, Figure

Told = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One thing that two releases say differently. Empty where one of them says nothing of it."""

    label: str
    old: str
    new: str


def told_by(block: Figure | Card) -> Told:
    """Sentences by their number, a table's cells by the names of row and column; where two have the same names (the
    shares of two measures, a class “other” in each group), by their number as well."""
    if isinstance(block, Card):
        return dict(block.lines)
    found: Told = {}
    for label, text in (*_sentences(block), *_cells(block)):
        number = next(number for number in count(1) if _numbered(label, number) not in found)
        found[_numbered(label, number)] = text
    return found


def _numbered(label: str, number: int) -> str:
    return label if number == 1 else f"{label} ({number})"


def _sentences(block: Figure) -> Iterator[tuple[str, str]]:
    yield "", block.title
    yield from ((str(number), sentence) for number, sentence in enumerate(block.sentences, start=1))


def _cells(block: Figure) -> Iterator[tuple[str, str]]:
    grid = block.grid
    if grid is None:
        return
    heads = grid.rows[0] if grid.heads else ()
    for row in grid.rows[grid.heads :]:
        for column, cell in enumerate(row[1:], start=1):
            yield f"{row[0]} · {heads[column] if column < len(heads) else column}", cell


def differences(old: Told, new: Told) -> list[Difference]:
    """What is not the same, in the order of the old and then of what is only in the new."""
    labels = [*old, *(label for label in new if label not in old)]
    return [
        Difference(label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label) != new.get(label)
    ]
