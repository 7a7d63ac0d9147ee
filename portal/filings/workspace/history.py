"""What became of a filing: its versions, what each changed, and who did what."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from portal.filings.differences import Differences, Stored, differences
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.queries import entry_of_line
from portal.journal.models import Entry as JournalEntry
from portal.journal.queries import history
from portal.members.models import Firm, User


@dataclass(frozen=True)
class VersionStory:
    """A version with its sums, and what it changes against the one before (None for the first)."""

    version: Version
    changes: Differences | None


def version_stories(filing: Filing) -> list[VersionStory]:
    """Newest first. The lines of all versions are read at once."""
    versions = list(Version.objects.filter(filing=filing).with_totals().order_by("number"))
    lines: dict[int, list[Stored]] = defaultdict(list)
    rows = Line.objects.filter(version__filing=filing).select_related("contract").order_by("version", "position")
    for line in rows:
        lines[line.version_id].append(Stored(entry_of_line(line), line.pk, line.contract_id))
    stories = []
    for before, version in zip([None, *versions], versions):
        changes = None
        if before is not None:
            changes = differences(lines[before.pk], [item.entry for item in lines[version.pk]])
        stories.append(VersionStory(version, changes))
    return stories[::-1]


def journal_of(filing: Filing) -> QuerySet[JournalEntry]:
    return history("filing", filing.pk)


def people_of(firm: Firm, keys: set[UUID]) -> dict[UUID, str]:
    """Names of those who act or acted for the firm; of the association's people only the firm's own are told."""
    people = User.objects.filter(key__in=keys, representations__firm=firm).distinct()
    return {person.key: str(person) for person in people}


def check_code(version: Version) -> str:
    """Eight characters that any other content would not have: printed on the receipt."""
    lines = version.lines.order_by("key").values_list(
        "key", "kind", "contract__number", "on", "currency", "amount_cents", "usd_cents", "cny_cents", "receipt_number"
    )
    said = [version.firm.credit_code, version.filing.period_id, version.number, version.is_nil, *lines]
    digest = sha256("\n".join(map(str, said)).encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
