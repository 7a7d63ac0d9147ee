"""Papers beside a figure: attached to a line or a contract, and taken away again from a draft."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.filings.actions.steps import locked
from portal.filings.attachments import LARGEST_BYTES, MOST_PER_PLACE, media_type, shown_name
from portal.filings.models.contract import Contract
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Filing, Version
from portal.filings.policies import why_not_attach, why_not_take_away
from portal.filings.queries import newest_version
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User


@transaction.atomic
def attach(
    *, filing: Filing, kind: str, content: bytes, file_name: str, by: User, at: datetime,
    line_key: UUID | None = None, contract: Contract | None = None,
) -> Attachment:  # fmt: skip
    """Keep one paper beside a line of the newest version, or beside a contract of the firm."""
    version = _held(filing)
    if reason := why_not_attach(version):
        raise Refused(reason)
    if kind not in Attachment.Kind.values or not _belongs(version, line_key, contract):
        raise Refused(_("Say what the paper is, and to which row or contract it belongs."))
    digest = hashlib.sha256(content).hexdigest()
    kept = beside(filing, line_key, contract)
    media = _checked(content, digest, kept)
    paper = Attachment(
        firm=filing.firm, filing=filing, contract=contract, line_key=line_key, kind=kind, media_type=media,
        file_name=shown_name(file_name, media), sha256=digest, size=len(content), attached_at=at, attached_by=by.key,
    )  # fmt: skip
    # The name on disk is the hash: what a person called the file is data, never a path.
    paper.file.save(digest, ContentFile(content), save=False)
    paper.save()
    _journal("evidence.attached", paper, by=by, at=at)
    return paper


@transaction.atomic
def take_away(*, paper: Attachment, by: User, at: datetime) -> Attachment:
    """Hide a paper from here on. With a version that was handed in before, it stays."""
    version = _held(paper.filing)
    if reason := why_not_take_away(version):
        raise Refused(reason)
    paper = Attachment.objects.select_for_update(of=("self",)).select_related("firm").get(pk=paper.pk)
    if paper.removed_at is not None:
        raise Refused(_("This paper has been taken away already."))
    paper.removed_at, paper.removed_by = at, by.key
    paper.save(update_fields=["removed_at", "removed_by"])
    _journal("evidence.removed", paper, by=by, at=at)
    return paper


def viewed(*, paper: Attachment, by: User, at: datetime) -> None:
    """Write down that somebody of the association has looked at a firm's paper."""
    _journal("evidence.viewed", paper, by=by, at=at)


def beside(filing: Filing, line_key: UUID | None, contract: Contract | None) -> QuerySet[Attachment]:
    """The papers that are there now beside a line, or beside a contract in this filing."""
    return Attachment.objects.filter(filing=filing, line_key=line_key, contract=contract, removed_at__isnull=True)


def _held(filing: Filing) -> Version | None:
    version = newest_version(filing)
    return locked(version) if version else None


def _belongs(version: Version, line_key: UUID | None, contract: Contract | None) -> bool:
    """One place, and one of this filing's: a line of the version, or a contract of the same firm."""
    if (line_key is None) == (contract is None):
        return False
    if contract is not None:
        return contract.firm_id == version.firm_id
    return version.lines.filter(key=line_key).exists()


def _checked(content: bytes, digest: str, kept: QuerySet[Attachment]) -> str:
    """The media type of what may be kept; raises Refused for anything else."""
    if len(content) > LARGEST_BYTES:
        raise Refused(_("The file is larger than 10 MB. Scan it at a lower resolution, or in parts."))
    media = media_type(content)
    if media is None:
        raise Refused(_("This is neither a PDF, a JPG, a PNG nor an OFD file, whatever it is called."))
    hashes = list(kept.values_list("sha256", flat=True))
    if len(hashes) >= MOST_PER_PLACE:
        raise Refused(_("There are %(number)d papers here already, which is the most.") % {"number": MOST_PER_PLACE})
    if digest in hashes:
        raise Refused(_("This very file is here already."))
    return media


def _journal(verb: str, paper: Attachment, *, by: User, at: datetime) -> None:
    record(
        actor=by.key, verb=verb, kind="filing", key=paper.filing_id, at=at, firm_code=paper.firm.credit_code,
        after={"paper": paper.pk, "file": paper.file_name, "sha256": paper.sha256},
    )  # fmt: skip
