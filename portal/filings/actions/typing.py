"""Cells saved as they are typed: a row goes into the ledger as soon as the rules let it, and is kept as it was typed
until then. However long the filing, one cell asks the database at most eight times."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions.cell_writes import Writes
from portal.filings.actions.unusual import is_unusual, put_instead, take_out
from portal.filings.differences import Stored
from portal.filings.intake.cells import read_kind
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line, Version
from portal.filings.models.grid import Sitting, TypedRow
from portal.filings.policies import why_not_edit
from portal.filings.queries import totals
from portal.filings.sheet import CONTRACT_KINDS, Entry, Finding, Kind, Level
from portal.filings.workspace.typed import (
    PREFILLED,
    Around,
    Cells,
    fields_of,
    judge,
    mark_of,
    read,
    read_around,
    texts_of,
    version_with_typing,
)
from portal.lib.acts import Refused
from portal.lib.words import Text, gettext_noop, in_both
from portal.members.models import Firm, User

KIND_ORDER = (*CONTRACT_KINDS, Kind.CHANGED, Kind.EXECUTED)


class Moved(Refused):
    """The grid was opened again elsewhere since: the tab that saves is not the newest."""

    def __init__(self, message: str, sitting: Sitting):
        super().__init__(message)
        self.sitting = sitting


@dataclass
class Outcome:
    """What became of one row: `state` is saved, typed (kept, to be mended), removed, overtaken or gone."""

    place: str
    state: str
    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    line: Line | None = None
    contract: Contract | None = None
    now_at: str = ""
    seen: str = ""

    @property
    def new_place(self) -> str:
        """Where the row stands now: known once everything is written."""
        if self.line is not None:
            return f"line-{self.line.pk}"
        if self.contract is not None:
            return f"contract-{self.contract.pk}"
        return self.now_at or self.place


@dataclass
class Kept:
    """What a save did: an outcome for each row in the order they came, then for rows that were let in besides; what
    stands around them; and the version's sums in US dollar cents."""

    outcomes: list[Outcome]
    around: Around
    executed_cents: int
    signed_cents: int


@transaction.atomic
def take_seat(*, version: Version, token: UUID, by: User, at: datetime) -> Sitting:
    """The grid is open in this tab now; any other is told when it saves."""
    seat = {"firm": version.firm, "token": token, "user": by.key, "since_at": at}
    return Sitting.objects.update_or_create(version=version, defaults=seat)[0]


@transaction.atomic
def save_cells(
    *, version: int, firm: Firm, period: str, rows: Sequence[Cells], token: UUID, by: User, at: datetime
) -> Kept:
    """Save what was typed into some rows, each as far as it is right. Raises Moved in a tab that is not the newest,
    Refused when the draft is closed."""
    on = timezone.localdate(at)
    places = list(dict.fromkeys(row.place for row in rows))
    numbers = {row.number for row in rows} | {row.values.get("number", "") for row in rows}
    held, typed = version_with_typing(version, places, numbers, on)
    if held is None or (held.firm_id, held.filing.period_id) != (firm.pk, period):
        raise Refused(_("This draft is no longer there."))
    if reason := why_not_edit(held):
        raise Refused(reason)
    _check_seat(held, token, by, at)
    numbers |= {row.number for row in typed}
    around = read_around(held, typed, [*places, *(row.place for row in typed)], numbers - {""}, on)
    writes = Writes(around, by=by, at=at)
    by_place = {row.place: _put(row, around, writes) for row in sorted(rows, key=_contracts_first)}
    outcomes = [by_place[place] for place in places] + _let_in_waiting(around, writes, set(places))
    writes.write()
    sums = (held.executed_before + writes.executed, held.signed_before + writes.signed)
    if unusual := [item for item in outcomes if item.state in ("instead", "out")]:
        sums = _take_the_long_way(unusual, around, by=by, at=at)
    return Kept(outcomes, around, *sums)


def _check_seat(version: Version, token: UUID, by: User, at: datetime) -> None:
    sitting = getattr(version, "sitting", None)
    if sitting is None:
        take_seat(version=version, token=token, by=by, at=at)
    elif sitting.token != token:
        raise Moved(_("This quarter is being filled in another window."), sitting)


def _contracts_first(row: Cells) -> int:
    return KIND_ORDER.index(row.kind)


def _put(cells: Cells, around: Around, writes: Writes) -> Outcome:
    """Merge what was typed with what stands in the row, and save it as far as it is right."""
    old = around.at(cells.place)
    place = old.place if old else cells.place
    typed = around.typed.get(place) or around.typed.get(cells.place)
    if old is None and typed is None and not cells.place.startswith("new-"):
        return Outcome(cells.place, "gone", dict(cells.values))
    kind = old.entry.kind if old else cells.kind
    stands = _standing(cells.place, old, typed, around)
    seen = mark_of(old, typed)
    if theirs := _overtaken(cells, kind, stands, seen, around):
        return Outcome(cells.place, "overtaken", theirs, now_at=place, seen=seen)
    texts = stands | {name: text for name, text in cells.values.items() if name in fields_of(kind)}
    if old is not None and typed is None and texts == stands:
        return Outcome(cells.place, "saved", texts, now_at=place, seen=seen)
    outcome = _judged(cells._replace(place=place, kind=kind), texts, old, typed, around, writes)
    outcome.place = cells.place
    return outcome


def _standing(place: str, old: Stored | None, typed: TypedRow | None, around: Around) -> dict[str, str]:
    """The texts that stand in the row: as they were typed last, or as the ledger has them."""
    if typed is not None:
        return dict(typed.values)
    if old is not None:
        return texts_of(old.entry, around.lists)
    key = place.removeprefix(PREFILLED)
    prefilled = next((row for row in around.contracts.values() if str(row.pk) == key), None)
    return {"number": prefilled.number} if prefilled and place.startswith(PREFILLED) else {}


def _overtaken(cells: Cells, kind: Kind, stands: dict[str, str], seen: str, around: Around) -> dict[str, str]:
    """What stands now in cells that somebody else has changed since this tab saw them."""
    if cells.seen == seen or not (cells.seen or cells.before):
        return {}
    mine = texts_of(read(kind, cells.values, around.lists), around.lists)
    theirs = {name: stands.get(name, "") for name in cells.values}
    # A form without script posts whole rows, and cannot say what stood in each cell before.
    known = cells.before or dict.fromkeys(theirs)
    changed = {name: text for name, text in theirs.items() if text != known.get(name, text)}
    return {name: text for name, text in changed.items() if text not in (cells.values[name], mine.get(name))}


def _judged(
    cells: Cells, texts: dict[str, str], old: Stored | None, typed: TypedRow | None, around: Around, writes: Writes
) -> Outcome:
    if _is_empty(cells, texts, old):
        return _emptied(cells, texts, old, typed, writes)
    entry = read(cells.kind, texts, around.lists)
    errors = _kind_error(cells, texts)
    if not errors and is_unusual(entry, old):
        writes.forget(typed)
        return Outcome(cells.place, "instead", texts, now_at=cells.place)
    errors = errors or _errors(entry, old, around, next(iter(cells.values), ""))
    if errors:
        writes.keep(cells, texts, typed)
        return Outcome(cells.place, "typed", texts, errors, now_at=cells.place, seen=mark_of(None, texts=texts))
    line, contract = writes.put(entry, old, cells.place)
    writes.forget(typed)
    seen = Stored(entry, None).fingerprint
    return Outcome(cells.place, "saved", texts_of(entry, around.lists), [], line, None if line else contract, seen=seen)


def _errors(entry: Entry, old: Stored | None, around: Around, cell: str) -> list[Finding]:
    """The errors of the row; those that it brings to other rows are told at the cell that was typed."""
    mine, elsewhere = judge(entry, old, around)
    return [item for item in mine if item.level == Level.ERROR] + _told_here(elsewhere, cell)


def _told_here(elsewhere: Sequence[Finding], cell: str) -> list[Finding]:
    return [
        replace(
            item, field=cell, row=0,
            message=Text(
                gettext_noop("Another row of contract %(number)s: %(message)s"),
                {"number": item.number, "message": item.message},
            ),
        )
        for item in elsewhere
    ]  # fmt: skip


def _kind_error(cells: Cells, texts: dict[str, str]) -> list[Finding]:
    """A word that names no kind of contract would otherwise be read as a signed one."""
    text = texts.get("kind", "")
    if cells.kind not in CONTRACT_KINDS or not text or read_kind(text) in CONTRACT_KINDS:
        return []
    message = Text(gettext_noop("This says neither that the contract was signed nor that it is a standing one."))
    return [Finding("S4", Level.ERROR, message, in_both("新签 / 存量", "signed / standing"), text, field="kind")]


def _is_empty(cells: Cells, texts: dict[str, str], old: Stored | None) -> bool:
    """Nothing is left of the row. What came along with a contract that stands there does not count."""
    came_along = {"kind"} if old else set()
    if cells.place.startswith(PREFILLED) or (old and old.entry.kind not in CONTRACT_KINDS):
        came_along.add("number")
    return not any(text.strip() for name, text in texts.items() if name not in came_along)


def _emptied(
    cells: Cells, texts: dict[str, str], old: Stored | None, typed: TypedRow | None, writes: Writes
) -> Outcome:
    place = cells.place
    if old is not None and old.entry.kind in CONTRACT_KINDS:
        writes.forget(typed)
        return Outcome(place, "out", texts, now_at=place)
    if old is not None:
        if errors := _told_here(writes.errors_without(old), next(iter(cells.values), "")):
            writes.keep(cells, texts, typed)
            return Outcome(place, "typed", texts, errors, now_at=place)
        place = writes.remove(old)
    writes.forget(typed)
    return Outcome(cells.place, "removed", {"number": texts.get("number", "")}, now_at=place)


def _let_in_waiting(around: Around, writes: Writes, sent: set[str]) -> list[Outcome]:
    """Rows that were waiting for what has just been saved, such as executions of a contract registered now."""
    outcomes: list[Outcome] = []
    for typed in [row for row in around.typed.values() if row.place not in sent and row.number in writes.numbers]:
        old = around.at(typed.place)
        entry = read(Kind(typed.kind), typed.values, around.lists)
        if is_unusual(entry, old) or _errors(entry, old, around, ""):
            continue
        line, contract = writes.put(entry, old, typed.place)
        writes.forget(typed)
        texts = texts_of(entry, around.lists)
        seen = Stored(entry, None).fingerprint
        outcomes.append(Outcome(typed.place, "saved", texts, [], line, None if line else contract, seen=seen))
    return outcomes


def _take_the_long_way(outcomes: list[Outcome], around: Around, *, by: User, at: datetime) -> tuple[int, int]:
    """Rows that became something else, one after the other. Answers the version's sums after them."""
    version, lists = around.version, around.lists
    for item in outcomes:
        if item.state == "out":
            errors = take_out(version, item.now_at, lists, by=by, at=at)
            now = None
        else:
            kind = next(row.entry.kind for row in around.stored if row.place == item.now_at)
            now, errors = put_instead(version, item.now_at, read(kind, item.texts, lists), lists, by=by, at=at)
        if errors:
            _keep_aside(item, errors, around, by=by, at=at)
        elif now is None:
            item.state, item.texts = "removed", {}
        else:
            item.state, item.texts = "saved", texts_of(now.entry, lists)
            item.now_at, item.seen = now.place, now.fingerprint
    sums = totals(version)
    return sums.executed, sums.signed


def _keep_aside(item: Outcome, errors: list[Finding], around: Around, *, by: User, at: datetime) -> None:
    """Keep a row that could not become what it says."""
    writes = Writes(around, by=by, at=at)
    kind = next(row.entry.kind for row in around.stored if row.place == item.now_at)
    writes.keep(Cells(item.now_at, kind, {}), item.texts, None)
    writes.write()
    item.state, item.findings, item.seen = "typed", errors, mark_of(None, texts=item.texts)
