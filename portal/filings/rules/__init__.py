"""The rules of a filing. This list is the specification: each is one statement that should be true."""

from collections import Counter
from collections.abc import Sequence

from portal.filings.rules import amounts, codes, contracts, dates, explanations
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
    explanations.ended_contract_is_used_up,
)

_ORDER = {Level.ERROR: 0, Level.EXPLAIN: 1, Level.NOTE: 2}


def check(entries: Sequence[Entry], context: Context) -> list[Finding]:
    """What every rule has to say, errors first, then by sheet and row. Empty when all is well."""
    found = [finding for rule in RULES for finding in rule(entries, context)]
    return sorted(found, key=lambda item: (_ORDER[item.level], item.sheet, item.row, item.code, item.field))


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
