"""What stands before a signature, and what two people who sign have said to each other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.filings.lifecycle import JOURNALLED
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Version
from portal.filings.sheet import Finding, Level
from portal.filings.workspace.sheets import Row, Sheet
from portal.journal.queries import history

Found = list[tuple[Row, Finding]]


@dataclass(frozen=True)
class Review:
    """What the rules say of a sheet before it is signed: what blocks it, what was explained now, what was explained
    and accepted before, and notes."""

    blocking: Found
    explained: Found
    remembered: Found
    notes: Found


def review_of(sheet: Sheet) -> Review:
    found = [(row, item) for row in sheet.rows for item in row.findings]
    blocking = sorted((pair for pair in found if pair[1].blocks), key=lambda pair: pair[1].level != Level.ERROR)
    quiet = [pair for pair in found if pair[1].is_quiet]
    return Review(
        blocking=blocking,
        explained=[pair for pair in quiet if not pair[1].is_remembered],
        remembered=[pair for pair in quiet if pair[1].is_remembered],
        notes=[pair for pair in found if pair[1].level == Level.NOTE],
    )


@dataclass(frozen=True)
class Note:
    """Why the certifier sent a draft back."""

    text: str
    at: datetime
    by: UUID | None


def certifier_s_note(version: Version) -> Note | None:
    """The note of the last sending back, until the draft is filed again."""
    steps = [JOURNALLED[verb] for verb in ("file", "take_back", "send_back")]
    last = history("filing", version.filing_id).filter(verb__in=steps).order_by("-at", "-pk").first()
    if last is None or last.verb != JOURNALLED["send_back"] or last.after.get("version") != version.number:
        return None
    return Note(last.after.get("note", ""), last.at, last.actor)


def paper_count(version: Version) -> int:
    """Papers attached to the filing and not taken away."""
    return Attachment.objects.filter(filing=version.filing_id, removed_at__isnull=True).count()
