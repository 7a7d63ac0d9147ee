"""The rules of a filing. This list is the specification: each is one statement that should be true."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal.filings.rules import amounts, codes, contracts, dates, explanations, frames, history, notes
from portal.filings.rules.reading import cell_of, refused_cells, unsure_codes
from portal.filings.sheet import Context, Entry, Finding, Level, Rule

RULES: tuple[Rule, ...] = (
    contracts.required_cells_are_filled,
    contracts.texts_fit_the_ledger,
    amounts.amount_is_a_number,
    amounts.amount_has_two_decimals_at_most,
    amounts.amount_is_not_zero,
    amounts.signed_and_executed_are_above_zero,
    amounts.amount_fits_the_ledger,
    dates.dates_can_be_read,
    dates.date_is_not_in_the_future,
    dates.date_is_within_the_window,
    dates.contract_ends_after_signing,
    codes.market_is_known,
    codes.category_is_known_and_open,
    codes.currency_is_known,
    codes.currency_has_a_rate,
    codes.words_are_known,
    codes.share_is_a_percentage,
    codes.upstream_credit_code_is_valid,
    contracts.number_is_used_once,
    contracts.contract_is_registered,
    contracts.overseas_has_a_foreign_client,
    contracts.executions_stay_within_the_contract,
    explanations.offshore_is_paid_from_abroad,
    explanations.line_is_not_a_repetition,
    notes.ended_contract_is_used_up,
    contracts.executed_contract_stays_registered,
    history.execution_is_near_its_history,
    history.year_on_year_is_within_bounds,
    explanations.market_is_not_new,
    explanations.work_is_reported_once,
    notes.running_contract_is_executed,
    amounts.amount_is_in_the_currency_of_the_contract,
    frames.apportionment_is_whole,
    frames.part_is_within_the_frame,
    notes.work_taken_over_names_its_contract,
)
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}

_ORDER = {Level.ERROR: 0, Level.EXPLAIN: 1, Level.NOTE: 2}
# What is answered comes after everything that is not.
_ANSWERED = 3


def check(entries: Sequence[Entry], context: Context) -> list[Finding]:
    """What every rule has to say, errors first, then by sheet and row. Empty when all is well."""
    said = check_with(RULES, entries, context)
    refused = list(refused_cells(entries))
    if not refused:
        return said
    cells, unsure = set(map(cell_of, refused)), unsure_codes(entries)
    rest = (item for item in said if cell_of(item) not in cells and item.code not in unsure)
    return sorted([*refused, *rest], key=_rank)


def check_with(rules: Iterable[Rule], entries: Sequence[Entry], context: Context) -> list[Finding]:
    """The same, of some rules: for trying one out."""
    found = [finding for rule in rules if _is_on(rule, context) for finding in rule(entries, context)]
    return sorted(answered(found, context), key=_rank)


def _is_on(rule: Rule, context: Context) -> bool:
    return not rule.is_adjustable or rule.code not in context.settings or context.settings[rule.code].is_on


def _rank(item: Finding) -> tuple[int, str, int, str, str]:
    return (_ANSWERED if item.is_quiet else _ORDER[item.level], item.sheet, item.row, item.code, item.field)


def answered(found: Sequence[Finding], context: Context) -> list[Finding]:
    """The findings with their answers: a reason given once answers every finding of its subject, and a reason
    that was accepted before answers the same finding again."""
    given = {(item.code, item.subject): item.answer for item in reversed(found) if item.answer}
    rows = []
    for item in found:
        key = (item.code, item.subject)
        known = context.accepted.get(key, "")
        answer = item.answer or given.get(key) or known
        if item.level == Level.EXPLAIN and answer:
            item = replace(item, answer=answer, is_remembered=answer == known)
        rows.append(item)
    return rows


def new_errors(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Errors that a change brings. One that stood there already (a window closed overnight) is no reason to
    refuse mending another row; it is told again before the filing is submitted."""
    old = Counter(_said(item) for item in before)
    new = []
    for item in after:
        if item.level == Level.ERROR and old[_said(item)] <= 0:
            new.append(item)
        old[_said(item)] -= 1
    return new


def _said(finding: Finding) -> tuple[str, ...]:
    """What a finding says, wherever its row has moved."""
    return (finding.code, finding.field, finding.found, finding.message.in_words(str), finding.expected.in_words(str))
