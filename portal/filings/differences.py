"""What a new set of entries changes in a draft. Pure: the preview shows it, saving does it."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from operator import attrgetter

from portal.filings.columns import PLAN_OF, Column
from portal.filings.sheet import Entry, Kind

# Ways to recognise the same event, surest first.
_LIKENESS: tuple[Callable[[Entry], tuple], ...] = (
    lambda entry: (entry.kind, entry.number, entry.on, entry.receipt_number, entry.amount_cents),
    lambda entry: (entry.kind, entry.number, entry.on, entry.receipt_number),
    lambda entry: (entry.kind, entry.number, entry.on),
    lambda entry: (entry.kind, entry.number),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry of the draft as it stands, with its line (none for a standing contract) and its contract.

    `values` is all that the line says, where it was read for saving.
    """

    entry: Entry
    line: int | None
    contract: int | None = None
    values: tuple | None = None

    @property
    def place(self) -> str:
        """What its page is called: `line-12`, or `contract-5` where no line says it."""
        return f"line-{self.line}" if self.line is not None else f"contract-{self.contract}"

    @property
    def fingerprint(self) -> str:
        """Changes when one of the values does."""
        values = [getattr(self.entry, name) for name in value_fields(self.entry.kind)]
        return sha256(repr(values).encode()).hexdigest()[:16]


def numbered(stored: Sequence[Stored]) -> list[Stored]:
    """The same, with the rows counted from 1, so that findings can say which one they mean."""
    return [replace(item, entry=replace(item.entry, row=row)) for row, item in enumerate(stored, start=1)]


@dataclass(frozen=True, slots=True)
class Change:
    old: Stored
    new: Entry

    @property
    def is_none(self) -> bool:
        """Whether every value is the same."""
        says = _says(self.new.kind)
        return says(self.old.entry) == says(self.new)

    @property
    def fields(self) -> list[tuple[str, object, object]]:
        """(field, old, new) of each value that differs."""
        return [
            (name, getattr(self.old.entry, name), getattr(self.new, name))
            for name in value_fields(self.new.kind)
            if getattr(self.old.entry, name) != getattr(self.new, name)
        ]


@dataclass
class Differences:
    added: list[Entry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[Stored] = field(default_factory=list)
    same: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@cache
def value_fields(kind: Kind) -> tuple[str, ...]:
    return tuple(column.value for column in kept_columns(kind))


@cache
def _says(kind: Kind) -> Callable[[Entry], tuple]:
    return attrgetter(*value_fields(kind))


def kept_columns(kind: Kind) -> list[Column]:
    """The columns whose values the ledger keeps: a standing contract has no line, so no explanation either."""
    left_out = ("kind", "reason") if kind == Kind.STANDING else ("kind",)
    return [column for column in PLAN_OF[kind].fields if column.field not in left_out]


def differences(stored: Iterable[Stored], entries: Sequence[Entry]) -> Differences:
    """Pair each new entry with the stored one that it most likely is; the rest is added or removed."""
    left = list(stored)
    waiting = list(enumerate(entries))
    pairs: dict[int, Stored] = {}
    for likeness in _LIKENESS:
        left, waiting = _pair(left, waiting, likeness, pairs)
    result = Differences(removed=left)
    for index, entry in enumerate(entries):
        if index not in pairs:
            result.added.append(entry)
            continue
        change = Change(pairs[index], entry)
        (result.same if change.is_none else result.changed).append(change)
    return result


def _pair(left: list[Stored], waiting: list[tuple[int, Entry]], likeness: Callable, pairs: dict[int, Stored]):
    """Take what is alike out of both lists, in order; answers what remains of each."""
    if not left or not waiting:
        return left, waiting
    by_key: dict[tuple, deque[Stored]] = defaultdict(deque)
    for item in left:
        by_key[likeness(item.entry)].append(item)
    still = []
    for index, entry in waiting:
        same = by_key.get(likeness(entry))
        if same:
            pairs[index] = same.popleft()
        else:
            still.append((index, entry))
    return [item for items in by_key.values() for item in items], still
