"""Files that come in: received, checked, kept; taken over only when confirmed."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.actions.drafts import save_draft
from portal.filings.actions.layouts import layouts_of
from portal.filings.actions.steps import locked
from portal.filings.differences import Differences, differences
from portal.filings.intake import Intake, read_file
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Version
from portal.filings.models.upload import Upload
from portal.filings.past import Depth
from portal.filings.policies import why_not_confirm, why_not_edit
from portal.filings.previews import promised
from portal.filings.queries import context_of, ledger_of, stored_entries
from portal.filings.rules import check
from portal.filings.sheet import NO_ROW, Finding, has_errors
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.collecting import uncollected
from portal.members.models import User
from portal.reference.queries import CodeLists

LARGEST_BYTES = 20 * 1024 * 1024


def examine(*, content: bytes, file_name: str, filing, lists: CodeLists, at: datetime) -> tuple[Intake, list[Finding]]:
    """Read a file for a filing and apply every rule. Saves nothing."""
    intake = _read(content, file_name, filing, lists)
    return intake, _judged(intake, filing, ledger_of(filing.firm), lists, at)


def _read(content: bytes, file_name: str, filing: Filing, lists: CodeLists) -> Intake:
    return read_file(
        content, file_name, lists=lists, firm_code=filing.firm.credit_code, period=filing.period.code,
        layouts=layouts_of(filing.firm),
    )  # fmt: skip


def _judged(
    intake: Intake, filing: Filing, ledger: dict[int, Contract], lists: CodeLists, at: datetime
) -> list[Finding]:
    context = context_of(filing, lists=lists, on=timezone.localdate(at), ledger=ledger, depth=Depth.FIRM)
    found = intake.sure(check(intake.entries, context))
    # What is answered is in nobody's way; what is only worth knowing of other contracts is not about this file.
    return intake.findings + [item for item in found if item.blocks or (item.row != NO_ROW and not item.is_quiet)]


def preview(version: Version, intake: Intake) -> Differences:
    return differences(stored_entries(version), intake.entries)


@uncollected()
def receive(*, version: Version, content: bytes, file_name: str, lists: CodeLists, by: User, at: datetime) -> Upload:
    """Keep the file as it came and check it, with what it would change. The draft is not touched before the upload
    is confirmed."""
    if reason := why_not_edit(version):
        raise Refused(reason)
    if len(content) > LARGEST_BYTES:
        raise Refused(_("The file is larger than 20 MB. Leave out pictures and other sheets, and upload it again."))
    # Read before anything is held: a large file takes a while, and others want to save meanwhile.
    intake = _read(content, file_name, version.filing, lists)
    with transaction.atomic():
        version = locked(version)
        ledger = ledger_of(version.firm)
        findings = _judged(intake, version.filing, ledger, lists, at)
        refused = has_errors(findings)
        upload = Upload(
            firm=version.firm, filing=version.filing, version_number=version.number, draft_saved_at=version.saved_at,
            uploaded_at=at, uploaded_by=by.key, file_name=file_name[:200], size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), findings=[as_json(item) for item in findings],
            preview={} if refused else _promised(version, intake, ledger, lists),
            outcome=Upload.Outcome.REFUSED if refused else Upload.Outcome.CHECKED,
        )  # fmt: skip
        # The name on disk is the hash: what a person called the file is data, never a path.
        upload.file.save(upload.sha256, ContentFile(content), save=False)
        upload.save()
        _journal("upload.received", upload, by=by, at=at)
    return upload


def _promised(version: Version, intake: Intake, ledger: dict[int, Contract], lists: CodeLists) -> dict[str, object]:
    stored = stored_entries(version, ledger)
    currencies = {contract.number: contract.currency_id for contract in ledger.values()}
    return promised(differences(stored, intake.entries), stored, intake.entries, currencies, lists)


@uncollected()
def confirm(*, upload: Upload, lists: CodeLists, by: User, at: datetime) -> Differences:
    """Take a checked upload over into the draft, whole. Refused when the draft has changed since the preview."""
    if reason := why_not_confirm(upload, _version_of(upload)):
        raise Refused(reason)
    with upload.file.open() as file:
        intake = _read(file.read(), upload.file_name, upload.filing, lists)
    if has_errors(intake.findings):
        raise NotSaved(_("Nothing was saved: there are errors to mend first."), intake.findings)
    with transaction.atomic():
        upload, version = _held(upload)
        # Somebody may have been faster while the file was read.
        if reason := why_not_confirm(upload, version):
            raise Refused(reason)
        changes = save_draft(
            version=version, entries=intake.entries, lists=lists, by=by, at=at, source=_named(upload), is_whole=True
        )
        upload.outcome, upload.confirmed_at, upload.confirmed_by = Upload.Outcome.CONFIRMED, at, by.key
        upload.save(update_fields=["outcome", "confirmed_at", "confirmed_by"])
        # What else was waiting was compared with a draft that is no more.
        waiting = Upload.objects.filter(filing=upload.filing, outcome=Upload.Outcome.CHECKED)
        waiting.update(outcome=Upload.Outcome.OUTDATED)
        _journal("upload.confirmed", upload, by=by, at=at)
    return changes


def _version_of(upload: Upload) -> Version | None:
    return Version.objects.filter(filing=upload.filing, number=upload.version_number).first()


def _held(upload: Upload) -> tuple[Upload, Version | None]:
    """The upload and its version as they stand, held; the version first, as every act on a filing does."""
    version = _version_of(upload)
    version = locked(version) if version else None
    uploads = Upload.objects.select_for_update(of=("self",)).select_related("filing__period", "filing__firm", "firm")
    return uploads.get(pk=upload.pk), version


def as_json(finding: Finding, translate=None) -> dict[str, object]:
    """A finding in plain values. Without `translate` its texts stay message ids with their values."""
    if translate is None:
        message: object = _plain(finding.message)
        expected: object = _plain(finding.expected)
    else:
        message, expected = finding.message.in_words(translate), finding.expected.in_words(translate)
    return {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "code": finding.code,
        "level": str(finding.level),
        "found": finding.found,
        "expected": expected,
        "message": message,
        "field": finding.field,
        "row": finding.row,
        "subject": finding.subject,
    }


def in_words(item: dict) -> dict:
    """A kept finding with its texts in the active language."""
    return item | {name: _words(item[name]) for name in ("message", "expected")}


def _words(text: dict) -> str:
    values = {name: _words(value) if isinstance(value, dict) else value for name, value in text["values"].items()}
    message = _(text["message"]) if text["message"] else ""
    return message % values if values else message


def _plain(text) -> dict[str, object]:
    values = {name: _plain(value) if hasattr(value, "message") else str(value) for name, value in text.values.items()}
    return {"message": text.message, "values": values}


def _journal(verb: str, upload: Upload, *, by: User, at: datetime) -> None:
    record(
        actor=by.key, verb=verb, kind="filing", key=upload.filing_id, at=at, firm_code=upload.firm.credit_code,
        after=_named(upload) | {"file": upload.file_name, "outcome": upload.outcome},
    )  # fmt: skip


def _named(upload: Upload) -> dict[str, object]:
    return {"upload": upload.pk, "sha256": upload.sha256}
