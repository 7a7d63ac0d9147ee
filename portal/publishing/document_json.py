"""A document as JSON, and the same document again: how an edition keeps it. No Django."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from portal.publishing.document import Block, Cover, Document, Grid, Occasion, Piece, Run, Runs, Section

BLOCKS: dict[str, type[Block]] = {one.kind: one for one in Block.__subclasses__()}


def to_json(document: Document) -> dict[str, Any]:
    """Plain values; each block carries its kind."""
    found = asdict(document)
    for section, plain in zip(document.sections, found["sections"], strict=True):
        for piece, plain_piece in zip(section.pieces, plain["pieces"], strict=True):
            for block, plain_block in zip(piece.blocks, plain_piece["blocks"], strict=True):
                plain_block["kind"] = block.kind
    return found


def from_json(plain: Mapping[str, Any]) -> Document:
    """The same document again.

    Raises:
        KeyError: a block is of no known kind.
    """
    sections = tuple(
        Section(**section | {"pieces": tuple(_piece(piece) for piece in section["pieces"])})
        for section in plain["sections"]
    )
    cover = plain["cover"] and Cover(**plain["cover"] | {"lines": _pairs(plain["cover"]["lines"])})
    rest = {name: _pairs(plain[name]) for name in ("distribution", "codes")}
    occasion = Occasion(**plain["occasion"]) if plain.get("occasion") else None
    kept = {"sections": sections, "cover": cover, "contacts": tuple(plain["contacts"]), "occasion": occasion}
    return Document(**dict(plain) | rest | kept)


def _piece(plain: Mapping[str, Any]) -> Piece:
    return Piece(**dict(plain) | {"blocks": tuple(_block(block) for block in plain["blocks"])})


def _block(plain: Mapping[str, Any]) -> Block:
    kind = BLOCKS[plain["kind"]]
    names = {one.name for one in fields(kind)}
    return kind(**{name: _value(name, value) for name, value in plain.items() if name in names})


def _value(name: str, value: Any) -> Any:
    readers = {"runs": _runs, "items": _lines, "answer": _lines, "grid": _grid, "lines": _pairs, "sentences": tuple,
               "asked": _pairs}  # fmt: skip
    return readers[name](value) if name in readers else value


def _runs(plain: list[Mapping[str, Any]]) -> Runs:
    return tuple(Run(**run) for run in plain)


def _lines(plain: list[list[Mapping[str, Any]]]) -> tuple[Runs, ...]:
    return tuple(_runs(line) for line in plain)


def _pairs(plain: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in plain)


def _grid(plain: Mapping[str, Any] | None) -> Grid | None:
    if plain is None:
        return None
    return Grid(tuple(map(tuple, plain["rows"])), plain["heads"], tuple(plain["numeric"]))
