"""What may be approved together: the clean and small. And what became of a batch."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from portal.filings.desk.queue import Row, State
from portal.journal.models import Entry
from portal.journal.queries import history
from portal.lib.words import gettext_noop

BATCH_VERB = "filing.bulk_approved"
BATCH_KIND = "batch"

# Why a filing that waits is left to be looked at by itself; the first that is true is told.
LEFT_OUT: dict[str, str] = {
    "effect": gettext_noop("matter more to the totals"),
    "questions": gettext_noop("have questions or answers"),
    "explained": gettext_noop("carry explanations to be weighed"),
    "back_filed": gettext_noop("have back-filed lines"),
}


def why_left_out(row: Row, below: Decimal) -> str:
    """A key of LEFT_OUT, or nothing for what is clean and small. The rules are asked again when it is approved."""
    if row.effect is None or row.effect.value >= below:
        return "effect"
    if row.open_questions or row.answered_questions:
        return "questions"
    if row.counted.explained:
        return "explained"
    return "back_filed" if row.counted.back_filed else ""


def sorted_out(rows: Iterable[Row], below: Decimal) -> tuple[list[Row], Counter[str]]:
    """Of what waits, the clean and small, and how many are left out for which reason."""
    clean, left_out = [], Counter()
    for row in rows:
        if row.state != State.WAITING:
            continue
        if reason := why_left_out(row, below):
            left_out[reason] += 1
        else:
            clean.append(row)
    return clean, left_out


@dataclass(frozen=True)
class Outcome:
    """What became of one filing of a batch; `refused` says why not, and is empty where it was approved."""

    credit_code: str
    filing: int
    refused: str = ""


@dataclass(frozen=True)
class Batch:
    key: UUID
    period: str
    below: str
    entry: Entry
    outcomes: list[Outcome]


def batch_of(key: UUID) -> Batch | None:
    """A batch as the journal keeps it; None while it is not finished."""
    entry = history(BATCH_KIND, key).filter(verb=BATCH_VERB).first()
    if entry is None:
        return None
    outcomes = [Outcome(*row) for row in entry.after["outcomes"]]
    return Batch(key, entry.after["period"], entry.after["effect_under"], entry, outcomes)
