"""A release beside the same release counted again: byte for byte the same, or where it differs."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.statistics.models import Cell, Release

_KEY = ("span", "place", "measure", "mode", "cut", "member")
_KEPT = (*_KEY, "usd_cents", "cny_cents", "count", "contributors", "status")


@dataclass(frozen=True)
class Recounted:
    """What was kept and what came out again. `facts` are SHA-256 of the files of facts, empty where none is kept."""

    digest: str
    again: str
    facts: str
    facts_again: str
    cell_count: int
    differing: int

    @property
    def is_same(self) -> bool:
        return (self.digest, self.facts, self.differing) == (self.again, self.facts_again, 0)

    def as_json(self) -> dict[str, object]:
        return vars(self) | {"same": self.is_same}


def compared(release: Release, digest: str, cells: Iterable[object], snapshot: Path) -> Recounted:
    """`cells` have the columns of a kept cell as attributes; `snapshot` is the file of facts that was made anew."""
    again = {tuple(getattr(cell, name) for name in _KEPT) for cell in cells}
    kept = set(Cell.objects.filter(release=release).values_list(*_KEPT))
    length = len(_KEY)
    return Recounted(
        digest=release.digest,
        again=digest,
        facts=_sha256_of(Path(release.facts_file.path)),
        facts_again=_sha256_of(snapshot),
        cell_count=len(kept),
        differing=len({row[:length] for row in kept ^ again}),
    )


def _sha256_of(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
