"""What stands around the cells that are being typed, read in three queries however long the filing is.

A rule looks at one entry, or at the entries of one contract: so the rows of the contracts at hand are all that is
needed to say of a row what the whole sheet would say of it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from portal.filings.columns import PLAN_OF
from portal.filings.differences import Stored, kept_columns
from portal.filings.intake.entries import read_entry
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.grid import TypedRow
from portal.filings.models.period import Extension, Window
from portal.filings.queries import entry_of_contract, entry_of_line
from portal.filings.rules import check, new_errors
from portal.filings.sheet import CONTRACT_KINDS, Context, Entry, Finding, Kind, KnownContract
from portal.filings.telling import registered_as, value_in_words
from portal.journal.models import Entry as JournalEntry
from portal.reference.queries import CodeLists, code_lists, lists_as_of

# The row number of the row at hand in its findings; the stored rows count from 1.
THIS_ROW = 0
PLACES = re.compile(r"(line|contract)-(\d{1,18})|new-[a-z0-9-]{1,50}")
# Prefilled rows are called after their contract, so that every tab calls them the same.
PREFILLED = "new-c"
_KEYS = UUID("6f9d2b52-7c0e-5c0a-9a57-0d8f1e6f2c11")


class Cells(NamedTuple):
    """What a tab says of one row: the texts typed, those that stood there before, the fingerprint of the row as it
    was seen, and the contract number that it shows."""

    place: str
    kind: Kind
    values: Mapping[str, str]
    before: Mapping[str, str] = {}
    seen: str = ""
    number: str = ""


def key_of_place(filing: int, place: str) -> UUID:
    """The key that the line of a fresh row gets: a tab that asks twice, because it heard no answer, gets one line."""
    return uuid5(_KEYS, f"{filing}:{place}")


def fields_of(kind: Kind) -> list[str]:
    return [column.field for column in PLAN_OF[kind].fields]


def texts_of(entry: Entry, lists: CodeLists) -> dict[str, str]:
    """The cells of an entry as they are shown and typed, in the reader's language."""
    texts = {"kind": registered_as(entry.kind)} if entry.kind in CONTRACT_KINDS else {}
    for column in kept_columns(entry.kind):
        value = getattr(entry, column.value)
        texts[column.field] = "" if value in (None, "", False) else value_in_words(column.value, value, lists)
    return texts


@dataclass
class Around:
    """The version under lock, the rows being typed, and all that the draft says of the contracts at hand."""

    version: Version
    lists: CodeLists
    context: Context
    typed: dict[str, TypedRow]
    contracts: dict[str, Contract] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    stored: list[Stored] = field(default_factory=list)

    def at(self, place: str) -> Stored | None:
        """What the draft holds in a place; for a fresh one, the line that it has become meanwhile."""
        found = next((item for item in self.stored if item.place == place), None)
        if found is None and place.startswith("new-"):
            key = key_of_place(self.version.filing_id, place)
            found = next((item for item in self.stored if item.line and self.lines[item.line].key == key), None)
        return found

    def of(self, number: str) -> list[Stored]:
        return [item for item in self.stored if item.entry.number == number]


def mark_of(old: Stored | None, typed: TypedRow | None = None, texts: Mapping[str, str] | None = None) -> str:
    """Changes when one of the row's cells does: of the texts that were typed, or else of what the ledger has."""
    texts = typed.values if typed is not None else texts
    if texts is not None:
        return sha256(repr(sorted(texts.items())).encode()).hexdigest()[:16]
    return old.fingerprint if old else ""


def judge(entry: Entry, old: Stored | None, around: Around) -> tuple[list[Finding], list[Finding]]:
    """What the rules say of a row put in the place of an old one (or added), and the errors that this brings to
    other rows."""
    numbers = {entry.number} | ({old.entry.number} if old else set())
    stored = [item for item in around.stored if item.entry.number in numbers]
    before = [replace(item.entry, row=row) for row, item in enumerate(stored, start=1)]
    after = list(before)
    if old is None:
        after.append(replace(entry, row=THIS_ROW))
    else:
        after[stored.index(old)] = replace(entry, row=THIS_ROW)
    found = check(after, around.context)
    mine = [item for item in found if item.row == THIS_ROW]
    brought = new_errors(check(before, around.context), found)
    return mine, [item for item in brought if item.row != THIS_ROW]


def read(kind: Kind, texts: Mapping[str, str], lists: CodeLists) -> Entry:
    return read_entry(kind, texts, lists=lists, where={name: name for name in texts}, row=THIS_ROW)


# ── Three queries ────────────────────────────────────────────────────────────────────────────────


def version_with_typing(
    pk: int, places: Sequence[str], numbers: Iterable[str], on: date, *, hold: bool = True
) -> tuple[Version | None, list[TypedRow]]:
    """The version, held until the transaction ends, with its sitting, what its period accepts on a day, its sums
    and the mark of the code lists; and its typed rows in these places or of these contracts."""
    versions = Version.objects.select_for_update(of=("self",)) if hold else Version.objects.all()
    # A join on nothing at all would leave nothing of the version either.
    wanted = Q(typed_rows__place__in=list(places) or ["-"]) | Q(
        typed_rows__number__in=[number for number in numbers if number]
    )
    rows = (
        versions.select_related("filing__period", "filing__firm", "firm", "sitting")
        .annotate(hand=FilteredRelation("typed_rows", condition=wanted))
        .annotate(
            typed_pk=F("hand__pk"), typed_place=F("hand__place"), typed_kind=F("hand__kind"),
            typed_number=F("hand__number"), typed_values=F("hand__values"), typed_position=F("hand__position"),
            window_from_on=_window(on), extended_from_on=_extension(on), last_position=_last_position(),
            lists_mark=_newest_list_entry(), signed_before=_sum_of(~Q(kind=Kind.EXECUTED)),
            executed_before=_sum_of(Q(kind=Kind.EXECUTED)),
        )
        .filter(pk=pk)
        .order_by("typed_pk")
    )  # fmt: skip
    found = list(rows)
    return (found[0] if found else None), [_typed_row(row) for row in found if row.typed_pk]


def _typed_row(row: Version) -> TypedRow:
    return TypedRow(
        pk=row.typed_pk, version_id=row.pk, firm_id=row.firm_id, place=row.typed_place, kind=row.typed_kind,
        number=row.typed_number, values=row.typed_values, position=row.typed_position,
    )  # fmt: skip


def _window(on: date) -> Subquery:
    applying = Window.objects.filter(period=OuterRef("filing__period"))
    applying = applying.filter(Q(filed_until_on__isnull=True) | Q(filed_until_on__gte=on))
    return Subquery(applying.order_by(F("filed_until_on").asc(nulls_last=True)).values("accepts_from_on")[:1])


def _extension(on: date) -> Subquery:
    running = Extension.objects.filter(firm=OuterRef("firm"), period=OuterRef("filing__period"), until_on__gte=on)
    return Subquery(running.order_by("-until_on").values("accepts_from_on")[:1])


def _last_position() -> Coalesce:
    last = Line.objects.filter(version=OuterRef("pk")).order_by("-position").values("position")[:1]
    return Coalesce(Subquery(last), 0)


def _newest_list_entry() -> Subquery:
    return Subquery(JournalEntry.objects.filter(target_kind="code_list").order_by("-pk").values("pk")[:1])


def _sum_of(which: Q) -> Coalesce:
    lines = Line.objects.filter(which, version=OuterRef("pk")).order_by().values("version")
    return Coalesce(Subquery(lines.annotate(cents=Sum("usd_cents")).values("cents")), 0)


def lists_of(version: Version) -> CodeLists:
    if version.lists_mark is None:
        return code_lists()
    return lists_as_of((connection.settings_dict["NAME"], version.lists_mark))


def accepts_from(version: Version) -> date:
    """As queries.accepts_from, of what was read with the version."""
    earliest = version.window_from_on or version.filing.period.first_on
    return min(earliest, version.extended_from_on) if version.extended_from_on else earliest


def read_around(version: Version, typed: list[TypedRow], places: Sequence[str], numbers: set[str], on: date) -> Around:
    """Everything that the draft and the ledger say of the contracts in these places, or with these numbers."""
    filing = version.filing
    contracts = {row.number: row for row in _contracts(version, places, numbers)}
    by_key = {contract.pk: contract for contract in contracts.values()}
    lines: list[Line] = []
    if by_key:
        lines = list(Line.objects.filter(version__filing=filing, contract__in=by_key).order_by("position", "pk"))
    for line in lines:
        line.contract = by_key[line.contract_id]
    here = {line.pk: line for line in lines if line.version_id == version.pk}
    context = Context(
        firm_code=version.firm.credit_code, period=filing.period_id, period_first_on=filing.period.first_on,
        period_last_on=filing.period.last_on, filed_on=on, accepts_from_on=accepts_from(version),
        lists=lists_of(version), contracts={row.number: known(row, filing) for row in contracts.values()},
        submitted=frozenset(_identity(line) for line in lines if line.first_submitted_on),
    )  # fmt: skip
    stored = [_stored(line) for line in here.values()]
    standing = [row for row in contracts.values() if row.is_standing and row.registered_in_id == filing.pk]
    stored = [Stored(entry_of_contract(row, Kind.STANDING), None, row.pk) for row in standing] + stored
    return Around(version, context.lists, context, {row.place: row for row in typed}, contracts, here, stored)


def _stored(line: Line) -> Stored:
    return Stored(entry_of_line(line), line.pk, line.contract_id)


def _identity(line: Line) -> tuple[Kind, str, date]:
    return (Kind(line.kind), line.contract.number, line.on)


def _contracts(version: Version, places: Sequence[str], numbers: set[str]) -> QuerySet[Contract]:
    """With what other filings say of each, as queries.known_contracts has it."""
    asked = [match for place in places if (match := PLACES.fullmatch(place))]
    lines = [int(match[2]) for match in asked if match[1] == "line"]
    keys = [key_of_place(version.filing_id, match[0]) for match in asked if match[1] is None]
    said = Line.objects.filter(Q(pk__in=lines) | Q(key__in=keys), version=version)
    named = [int(match[2]) for match in asked if match[1] == "contract"]
    named += [int(found[1]) for place in places if (found := re.fullmatch(PREFILLED + r"(\d{1,18})", place))]
    wanted = Q(number__in=numbers) | Q(pk__in=said.values("contract")) | Q(pk__in=named)
    others = Version.objects.filter(firm=version.firm_id).exclude(filing=version.filing_id).newest_of_each()
    return (
        Contract.objects.of(version.firm)
        .filter(wanted)
        .annotate(
            changed_before=_said_elsewhere(others, Kind.CHANGED), executed_before=_said_elsewhere(others, Kind.EXECUTED)
        )
        .select_related("market")
        .order_by("pk")
    )


def _said_elsewhere(others: QuerySet[Version], kind: Kind) -> Coalesce:
    lines = Line.objects.filter(contract=OuterRef("pk"), kind=kind, version__in=others).order_by().values("contract")
    return Coalesce(Subquery(lines.annotate(cents=Sum("amount_cents")).values("cents")), 0)


def known(contract: Contract, filing: Filing) -> KnownContract:
    return KnownContract(
        number=contract.number, currency=contract.currency_id, amount_cents=contract.amount_cents,
        changed_cents=contract.changed_before, executed_cents=contract.executed_before, market=contract.market_id,
        mode=contract.mode, signed_on=contract.signed_on, ends_on=contract.ends_on,
        is_here=contract.registered_in_id == filing.pk, client=contract.client,
        frame_cents=contract.frame_cents,
    )  # fmt: skip
