"""What becomes of findings that asked for a reason: written at submission, settled at the decision."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.filings.models.filing import Filing, Version
from portal.filings.models.rule import Hit
from portal.filings.models.upload import Upload
from portal.filings.sheet import Finding, Level
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User

Key = tuple[str, str]
FOUND, FIELD, SUBJECT = (Hit._meta.get_field(name).max_length for name in ("found", "field", "subject"))


def record_hits(version: Version, findings: Iterable[Finding], lines: Mapping[int, int | None], at: datetime) -> None:
    """Write down the answered findings of a version that is handed in, one for each subject; and what the firm has
    mended since it was last told: hits of the version before, and findings of the files that made this one."""
    earlier = list(Hit.objects.filter(filing=version.filing).order_by("version_number"))
    own = {_key(hit): hit for hit in earlier if hit.version_number == version.number}
    before = {_key(hit): hit for hit in earlier if hit.version_number < version.number}
    told = {(item.code, item.subject): item for item in reversed(list(findings)) if item.is_quiet}
    line_keys = dict(version.lines.values_list("pk", "key")) if told else {}
    fresh, changed = [], []
    for key, item in told.items():
        hit = own.get(key) or Hit(filing=version.filing, firm=version.firm, version_number=version.number)
        hit.line_key = line_keys.get(lines.get(item.row))
        (changed if hit.pk else fresh).append(_filled(hit, item, before.get(key), at))
    gone = [hit for key, hit in (before | own).items() if key not in told and hit.outcome != Hit.Outcome.MENDED]
    changed += [_settled(hit, Hit.Outcome.MENDED, at) for hit in gone]
    known = set(told) | set(before) | set(own)
    Hit.objects.bulk_create([*fresh, *_mended_in_files(version, known, at)])
    Hit.objects.bulk_update(changed, ["line_key", "field", "found", "reason", "is_remembered", "outcome", "settled_at"])


def _key(hit: Hit) -> Key:
    return (hit.code, hit.subject)


def _filled(hit: Hit, item: Finding, before: Hit | None, at: datetime) -> Hit:
    """The hit as the finding says it. A reason that was accepted in this filing stays accepted."""
    decided = [one for one in (hit, before) if one is not None and one.pk and one.reason == item.answer]
    keeps = bool(decided) and decided[0].outcome == Hit.Outcome.ACCEPTED
    hit.code, hit.subject = item.code, item.subject[:SUBJECT]
    hit.field, hit.found = item.field[:FIELD], item.found[:FOUND]
    hit.reason, hit.is_remembered, hit.recorded_at = item.answer, item.is_remembered, at
    hit.outcome, hit.settled_at = (Hit.Outcome.ACCEPTED, at) if keeps else (Hit.Outcome.EXPLAINED, None)
    return hit


def _settled(hit: Hit, outcome: Hit.Outcome, at: datetime) -> Hit:
    hit.outcome, hit.settled_at = outcome, at
    return hit


def _mended_in_files(version: Version, known: set[Key], at: datetime) -> list[Hit]:
    """Findings of this version's files that asked for a reason and are gone: mended before anybody else saw them."""
    uploads = Upload.objects.filter(filing=version.filing, version_number=version.number)
    told: dict[Key, dict] = {}
    for findings in uploads.values_list("findings", flat=True):
        for item in findings:
            if item["level"] == Level.EXPLAIN and (item["code"], item.get("subject", "")) not in known:
                told[item["code"], item.get("subject", "")] = item
    return [
        Hit(
            firm=version.firm, filing=version.filing, version_number=version.number, code=code,
            subject=subject[:SUBJECT], field=item["field"][:FIELD], found=item["found"][:FOUND],
            outcome=Hit.Outcome.MENDED, recorded_at=at, settled_at=at,
        )
        for (code, subject), item in told.items()
    ]  # fmt: skip


def accept_hits(version: Version, at: datetime) -> None:
    """With the approval of a version: the reasons it came with are accepted, but for those that were rejected."""
    _open_hits(version).update(outcome=Hit.Outcome.ACCEPTED, settled_at=at)


def reject_hits(version: Version, at: datetime) -> None:
    """With the return of a version. What was accepted one by one, or in an earlier quarter, stays accepted."""
    _open_hits(version).filter(is_remembered=False).update(outcome=Hit.Outcome.REJECTED, settled_at=at)


def reopen_hits(version: Version, returned_at: datetime) -> None:
    """With a return that is taken back: what it rejected waits for its decision again."""
    rejected = Hit.objects.filter(
        filing=version.filing_id, version_number=version.number, outcome=Hit.Outcome.REJECTED, settled_at=returned_at
    )
    rejected.update(outcome=Hit.Outcome.EXPLAINED, settled_at=None)


def _open_hits(version: Version) -> QuerySet[Hit]:
    return Hit.objects.filter(filing=version.filing_id, version_number=version.number, outcome=Hit.Outcome.EXPLAINED)


@transaction.atomic
def accept_reason(*, hit: Hit, by: User, at: datetime) -> Hit:
    """Take a firm's reason as good: the same finding is quiet from now on, in later quarters too."""
    return _decide(hit, Hit.Outcome.ACCEPTED, by=by, at=at)


@transaction.atomic
def reject_reason(*, hit: Hit, by: User, at: datetime) -> Hit:
    """Take a reason as not good enough: it is forgotten, and the same finding asks anew."""
    return _decide(hit, Hit.Outcome.REJECTED, by=by, at=at)


_VERBS = {Hit.Outcome.ACCEPTED: "hit.accepted", Hit.Outcome.REJECTED: "hit.rejected"}


def _decide(hit: Hit, outcome: Hit.Outcome, *, by: User, at: datetime) -> Hit:
    # The filing first, as everywhere: two decisions on one filing follow each other.
    Filing.objects.select_for_update(of=("self",)).get(pk=hit.filing_id)
    hit = Hit.objects.select_related("firm").get(pk=hit.pk)
    if reason := why_not_settle(hit, outcome):
        raise Refused(reason)
    before = hit.outcome
    _settled(hit, outcome, at).save(update_fields=["outcome", "settled_at"])
    record(
        actor=by.key, verb=_VERBS[outcome], kind="filing", key=hit.filing_id, at=at, firm_code=hit.firm.credit_code,
        before={"outcome": before},
        after={"outcome": outcome, "rule": hit.code, "subject": hit.subject, "version": hit.version_number},
    )  # fmt: skip
    return hit


def why_not_settle(hit: Hit, outcome: Hit.Outcome) -> str | None:
    if hit.outcome == Hit.Outcome.MENDED:
        return _("The firm has mended this since; there is no reason to decide on.")
    if hit.outcome == outcome:
        return _("This has been decided so already.")
    return None
