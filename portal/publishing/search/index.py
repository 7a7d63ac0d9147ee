"""The index follows the truth: what is public now is in it, and nothing else."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model

from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.models import (
    Article,
    Authority,
    CatalogueCase,
    Entrance,
    Found,
    Issue,
    KnowledgeTerm,
    MemberPage,
    Policy,
    ProvincialCity,
)  # fmt: skip
from portal.publishing.search import engines
from portal.publishing.search.engines import Words
from portal.publishing.search.sources import SOURCES, Telling, Thing
from portal.publishing.search.words import spoken, whole, whole_spoken, words_of

# Counted up when words are made otherwise: then everything is written anew.
MAKING = 2
AT_ONCE = 200
# PostgreSQL's own bound is a little above; the rest of a longer text cannot be searched, in either database.
MOST_BYTES = 900_000


@dataclass(frozen=True)
class Changed:
    """How many rows were put in (or written anew) and taken out."""

    put: int = 0
    taken_out: int = 0

    def __add__(self, other: "Changed") -> "Changed":
        return Changed(self.put + other.put, self.taken_out + other.taken_out)


def reindex(kind: str, key: object) -> Changed:
    """One thing, after an act that published, changed or withdrew it."""
    return synchronise(kind, SOURCES[kind](str(key)), Found.objects.filter(kind=kind, key=str(key)))


def reindex_text(text: Article | Issue) -> Changed:
    """A text after its publication or withdrawal; it may have been of another kind before."""
    kinds = Serial if isinstance(text, Issue) else Kind
    return sum((reindex(kind, text.pk) for kind in kinds), Changed())


def reindex_row(row: Model) -> Changed:
    """A row of a list that has been saved, where rows of its kind can be found."""
    kind = OF_ROWS.get(type(row), "")
    if kind in ("catalogue", "city"):
        # It may have stood at another class, or for another city, before.
        return reindex_kind(kind)
    return reindex(kind, row.pk) if kind else Changed()


def reindex_rows_of(model: type[Model]) -> Changed:
    """All rows of a list, after a file of them came in."""
    return reindex_kind(OF_ROWS[model]) if model in OF_ROWS else Changed()


OF_ROWS: dict[type[Model], str] = {
    Policy: "policy", KnowledgeTerm: "term", CatalogueCase: "catalogue", Entrance: "entrance", Authority: "contact",
    MemberPage: "member", ProvincialCity: "city",
}  # fmt: skip


def reindex_release(name: str) -> Changed:
    """A release that was published, and the places, whose pages tell of the newest one."""
    return reindex("release", name) + reindex_kind("place")


def reindex_kind(kind: str) -> Changed:
    return synchronise(kind, SOURCES[kind](None), Found.objects.filter(kind=kind))


def reindex_all() -> Changed:
    """Everything; only what differs is written."""
    gone = _take_out(Found.objects.exclude(kind__in=SOURCES).values_list("pk", "mark"))
    return sum(map(reindex_kind, SOURCES), Changed(taken_out=gone))


@transaction.atomic
def synchronise(kind: str, things: Iterable[Thing], rows) -> Changed:
    """The rows of a kind (or of one thing) become what the things are now."""
    engines.hold()
    known = {(row.key, row.language): row for row in rows.only("key", "language", "digest", "mark")}
    seen, stale, fresh, put = set(), [], [], 0
    for thing in things:
        for telling in thing.tellings:
            place = (thing.key, telling.language)
            if place in seen:
                continue
            seen.add(place)
            digest = digest_of(thing, telling)
            if place in known and known[place].digest == digest:
                continue
            stale += [(known[place].pk, known[place].mark)] if place in known else []
            fresh.append((thing, telling, digest))
            put += 1
        if len(fresh) >= AT_ONCE:
            _replace(stale, fresh)
            stale, fresh = [], []
    _replace(stale, fresh)
    return Changed(put, _take_out((row.pk, row.mark) for place, row in known.items() if place not in seen))


def _replace(stale: list[tuple[int, int]], fresh: list[tuple[Thing, Telling, str]]) -> None:
    _take_out(stale)
    put(fresh)


def _take_out(rows: Iterable[tuple[int, int]]) -> int:
    rows = list(rows)
    for start in range(0, len(rows), AT_ONCE):
        batch = rows[start : start + AT_ONCE]
        engines.take_out(mark for _pk, mark in batch)
        Found.objects.filter(pk__in=[pk for pk, _mark in batch]).delete()
    return len(rows)


def put(fresh: list[tuple[Thing, Telling, str]]) -> None:
    """New rows, in the table and in the index."""
    if not fresh:
        return
    first = (Found.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    rows = [_found(number, *one) for number, one in enumerate(fresh, start=first)]
    Found.objects.bulk_create(rows)
    engines.put(indexed(row.mark, thing, telling) for row, (thing, telling, _digest) in zip(rows, fresh))


def _found(number: int, thing: Thing, telling: Telling, digest: str) -> Found:
    mark = engines.mark_of(
        language=telling.language, on=thing.on, kind=thing.kind, is_alone=len(thing.tellings) == 1, row=number
    )  # fmt: skip
    return Found(
        pk=number, kind=thing.kind, key=thing.key, language=telling.language, title=telling.title[:300],
        text=telling.text, address=thing.address, on=thing.on, digest=digest, mark=mark,
    )  # fmt: skip


def indexed(mark: int, thing: Thing, telling: Telling) -> Words:
    """Whatever is said in either language leads to a thing; it is shown in the language of the page."""
    names = (*(one.title for one in thing.tellings), *thing.names)
    title = dict.fromkeys(word for name in names for word in _of_title(name))
    text = dict.fromkeys(word for one in thing.tellings for word in words_of(one.text))
    return Words(mark, tuple(title), tuple(_within(text, MOST_BYTES)))


def _of_title(title: str) -> Iterator[str]:
    yield from words_of(title)
    yield from spoken(title)
    yield from filter(None, (whole(title), whole_spoken(title)))


def _within(words: Iterable[str], most: int) -> Iterator[str]:
    """As many as there is room for."""
    for word in words:
        most -= len(word.encode())
        if most < 0:
            return
        yield word


def digest_of(thing: Thing, telling: Telling) -> str:
    """Of all that the row and its words are made from."""
    said: Mapping[str, object] = {
        "made": MAKING, "kind": thing.kind, "names": thing.names, "address": thing.address, "on": str(thing.on),
        "in": telling.language,
        "said": [(one.language, one.title, one.text) for one in thing.tellings],
    }  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
