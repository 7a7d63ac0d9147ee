"""The firm's side of a question pinned to a cell: words, and where they are wanted another value for that cell alone.

What was submitted never changes. An answer with a value closes the version as amended and hands in the next one in
the same moment: the same lines under the same keys, only the cells asked about changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.actions.asking import LONGEST_TEXT, cell_of, record_question
from portal.filings.actions.drafts import fill_contract, next_version
from portal.filings.actions.steps import locked, move
from portal.filings.actions.submission import hand_in, judged
from portal.filings.differences import Change, Stored, numbered
from portal.filings.intake.cells import text_of
from portal.filings.intake.entries import read_entry
from portal.filings.lifecycle import Status
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.query import Query, Remark
from portal.filings.policies import why_not_answer, why_not_mend
from portal.filings.queries import context_of, ledger_of, newest_version, stored_entries
from portal.filings.rows import LINE_VALUES, Conversion
from portal.filings.rules import check, new_errors
from portal.filings.sheet import Entry, Kind
from portal.filings.signing import why_not_amend
from portal.lib.acts import Refused
from portal.members.models import User
from portal.reference.queries import CodeLists


@dataclass(frozen=True)
class Answer:
    """What a firm says to one question; `value` is the cell as typed, None where the figure stays as it is."""

    query: int
    text: str
    value: str | None = None


Typed = Mapping[UUID, Mapping[str, str]]


@transaction.atomic
def answer(*, filing: Filing, answers: Sequence[Answer], lists: CodeLists, by: User, at: datetime) -> Version:
    """Send some answers at once, with the values that they change. Raises NotSaved, and keeps nothing, when a rule
    finds an error that the filing did not have; a finding's row counts the version's entries from 1."""
    version = locked(newest_version(filing))
    if reason := why_not_answer(version):
        raise Refused(reason)
    held = Query.objects.select_for_update(of=("self",)).select_related("firm", "filing")
    queries = {query.pk: query for query in held.open(filing.pk)}
    _check(answers, queries)
    typed = _typed(version, answers, queries)
    if typed and version.status == Status.SUBMITTED and (reason := why_not_amend(version, by)):
        raise Refused(reason)
    before = _cells(version, answers, queries)
    version = _amended(version, typed, lists, by=by, at=at) if typed else version
    after = _cells(version, answers, queries)
    for item in answers:
        _answered(queries[item.query], item.text.strip(), before[item.query], after[item.query], by=by, at=at)
    return version


def _check(answers: Sequence[Answer], queries: Mapping[int, Query]) -> None:
    if not answers:
        raise Refused(_("Answer at least one question."))
    for item in answers:
        if item.query not in queries:
            raise Refused(_("A question has been closed meanwhile. Look at the others again."))
        if not item.text.strip():
            raise Refused(_("Say a word to each question that you answer."))
        if len(item.text.strip()) > LONGEST_TEXT:
            raise Refused(_("An answer has at most %(number)d characters.") % {"number": LONGEST_TEXT})


def _typed(version: Version, answers: Sequence[Answer], queries: Mapping[int, Query]) -> Typed:
    """The cells that were typed anew, by line."""
    lines = {line.key: line for line in version.lines.select_related("contract")}
    typed: dict[UUID, dict[str, str]] = {}
    for item in answers:
        query = queries[item.query]
        line = lines.get(query.line_key)
        if item.value is None or (line and text_of(item.value) == cell_of(line, query.field)):
            continue
        if reason := why_not_mend(line, query.field):
            raise Refused(reason)
        typed.setdefault(line.key, {})[query.field] = item.value
    return typed


def _cells(version: Version, answers: Sequence[Answer], queries: Mapping[int, Query]) -> dict[int, str]:
    """What stands in the cell of each question; nothing where its line is gone."""
    lines = {line.key: line for line in version.lines.select_related("contract")}
    asked = {item.query: queries[item.query] for item in answers}
    return {
        pk: cell_of(lines[query.line_key], query.field) if query.line_key in lines else ""
        for pk, query in asked.items()
    }


def _answered(query: Query, text: str, before: str, after: str, *, by: User, at: datetime) -> None:
    changed = {"before": before, "after": after} if before != after else {}
    Remark.objects.create(
        query=query, firm=query.firm, side=Remark.Side.FIRM, text=text, made_at=at, made_by=by.key, **changed
    )
    query.state = Query.State.ANSWERED
    query.save(update_fields=["state"])
    said = {"was": before, "value": after} if changed else {}
    record_question(query, "query.answered", by=by, at=at, text=text, **said)


# ── The next version ─────────────────────────────────────────────────────────────────────────────


def _amended(version: Version, typed: Typed, lists: CodeLists, *, by: User, at: datetime) -> Version:
    """The version that holds the new values: the draft itself, or the next one of what was submitted."""
    ledger = ledger_of(version.firm)
    keys = dict(version.lines.values_list("pk", "key"))
    stored = numbered(stored_entries(version, ledger))
    entries = [_retyped(item.entry, typed.get(keys.get(item.line), {}), lists) for item in stored]
    changed = {keys[item.line] for item, entry in zip(stored, entries) if Change(item, entry).fields}
    if not changed:
        return version
    _check_rules(version, stored, entries, ledger, lists, at)
    was_submitted = version.status == Status.SUBMITTED
    if was_submitted:
        move(version, "amend", by=by, at=at, after={"by_version": version.number + 1})
        version = next_version(version, at)
    pairs = {keys[item.line]: (item, entry) for item, entry in zip(stored, entries) if item.line is not None}
    _put(version, pairs, changed, ledger, lists)
    if was_submitted:
        return hand_in(version, judged(version, lists, at), by=by, at=at)
    version.saved_at = at
    version.save(update_fields=["saved_at"])
    return version


def _retyped(entry: Entry, cells: Mapping[str, str], lists: CodeLists) -> Entry:
    """The entry with some of its cells typed anew."""
    if not cells:
        return entry
    return replace(read_entry(entry.kind, dict(entry.raw) | dict(cells), lists=lists), row=entry.row)


def _check_rules(
    version: Version, stored: Sequence[Stored], entries: Sequence[Entry], ledger: dict[int, Contract],
    lists: CodeLists, at: datetime,
) -> None:  # fmt: skip
    """Errors refuse. What only needs a reason does not: the answer is there to be weighed."""
    context = context_of(version.filing, lists=lists, on=timezone.localdate(at), ledger=ledger)
    findings = check(entries, context)
    if new := new_errors(check([item.entry for item in stored], context), findings):
        raise NotSaved(_("Nothing was sent: there are errors to mend first."), findings, new)


def _put(
    version: Version, pairs: Mapping[UUID, tuple[Stored, Entry]], changed: set[UUID], ledger: dict[int, Contract],
    lists: CodeLists,
) -> None:  # fmt: skip
    """Write the changed lines, with the contract's row where a signing says it, and what other lines copy of it."""
    lines = {line.key: line for line in version.lines.all()}
    resigned = {lines[key].contract_id for key in changed if pairs[key][1].kind == Kind.SIGNED}
    for key in changed:
        if pairs[key][1].kind == Kind.SIGNED:
            contract = ledger[lines[key].contract_id]
            fill_contract(contract, pairs[key][1])
            contract.save()
    conversion = Conversion({contract.number: contract for contract in ledger.values()}, lists)
    for key, line in lines.items():
        stored, entry = pairs[key]
        contract = conversion.contracts[entry.number]
        if key in changed or (line.contract_id in resigned and line.currency_id != contract.currency_id):
            _say(line, conversion.values(entry, line.position, stored.values))
        elif line.contract_id in resigned:
            _follow(line, contract)


def _say(line: Line, values: tuple) -> None:
    for name, value in zip(LINE_VALUES, values):
        setattr(line, name, value)
    line.save()


def _follow(line: Line, contract: Contract) -> None:
    """A line's copies of its contract; its amounts were converted once and stay."""
    terms = contract.terms_on(line.on)
    line.market_id, line.category_id, line.mode = contract.market_id, contract.category_id, terms.mode
    line.upstream_firm, line.upstream_number = terms.upstream_firm, terms.upstream_number
    line.save()
