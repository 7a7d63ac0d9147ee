"""May it happen now? Each answer is None, or a sentence that says why not: shown beside the closed
button, raised by the act."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.filings.lifecycle import REOPENS, Status, allows
from portal.filings.models.contract import Contract
from portal.filings.models.filing import STATUS_LABELS, Filing, Line, Version
from portal.filings.models.period import Extension, Period
from portal.filings.models.query import Query
from portal.filings.models.upload import Upload
from portal.filings.sheet import Kind
from portal.members.models import Firm


def extension_of(firm: Firm, period: Period, on: date) -> Extension | None:
    """The running extension that reaches furthest, if any."""
    return running_extensions(firm, period, on).first()


def running_extensions(firm: Firm, period: Period, on: date) -> QuerySet[Extension]:
    """The one that reaches furthest comes first."""
    return Extension.objects.filter(period=period.pk, firm=firm.pk, until_on__gte=on).order_by("-until_on")


def why_not_confirm(upload: Upload, version: Version | None) -> str | None:
    """A file is taken over once, into the draft that its preview was made from."""
    if upload.outcome != Upload.Outcome.CHECKED:
        return _("This upload is not waiting for confirmation.")
    if version is None:
        return _("This version is no longer there.")
    if reason := why_not_edit(version):
        return reason
    if version.saved_at != upload.draft_saved_at:
        return _("The draft has changed since this preview. Upload the file again to see what it would change now.")
    return None


def why_not_open(firm: Firm, period: Period, on: date) -> str | None:
    if on < period.opens_on:
        return _("%(period)s opens on %(day)s.") % {"period": period.code, "day": period.opens_on.isoformat()}
    if on > period.locks_on and extension_of(firm, period, on) is None:
        return _("%(period)s was locked on %(day)s. Ask the association for an extension.") % {
            "period": period.code,
            "day": period.locks_on.isoformat(),
        }
    return None


def why_not_edit(version: Version) -> str | None:
    if version.status == Status.DRAFT:
        return _("This filing waits for its certifier. Take it back to change something.") if version.filed_at else None
    if version.status == Status.SUBMITTED:
        return _("This filing has been submitted. Withdraw it to change something.")
    return _("Version %(number)d is closed (%(status)s). Open the next version to change something.") % {
        "number": version.number,
        "status": STATUS_LABELS[Status(version.status)],
    }


def why_not_fill(firm: Firm, period: Period, version: Version | None, on: date) -> str | None:
    """For every act that writes into a draft, and opens it where it is the first one."""
    return why_not_edit(version) if version else why_not_open(firm, period, on)


def why_not_nil(version: Version) -> str | None:
    if version.lines.exists():
        return _("This draft has lines. Remove them first, if there was no business in the period.")
    return None


def why_not_submit(version: Version, on: date) -> str | None:
    if not allows("submit", version.status):
        return (
            _("This filing has been submitted already.")
            if version.status == Status.SUBMITTED
            else why_not_edit(version)
        )
    if version.typed_rows.exists():
        return _("Some rows are not finished. Finish them on the sheet, or take them out.")
    if not version.is_nil and not version.lines.exists():
        return _("There is nothing in this filing yet. With no business in the period, file a nil return.")
    if Query.objects.open(version.filing_id).exists():
        return _("There are questions of the association to be answered first.")
    # A correction may always come; a first filing keeps to the period.
    if version.number == 1:
        return why_not_open(version.firm, version.filing.period, on)
    return None


def why_not_withdraw(version: Version) -> str | None:
    if not allows("withdraw", version.status):
        return _("Only a filing that waits for review can be withdrawn.")
    if Query.objects.running(version.filing_id).exists():
        return _("The association has asked about this filing. Answer it; nothing else can be changed meanwhile.")
    return None


def why_not_decide(version: Version, seen_at: datetime | None = None) -> str | None:
    """For both decisions of a reviewer: approve and return. `seen_at` is when what was looked at was submitted."""
    if allows("approve", version.status):
        if seen_at and seen_at != version.submitted_at:
            return _("The firm has submitted this version anew since you opened it. Look at it again.")
        return None
    return _("This version is not waiting for review (%(status)s).") % {"status": STATUS_LABELS[Status(version.status)]}


def why_not_approve(version: Version, seen_at: datetime | None = None) -> str | None:
    """A question that waits for the firm is an open end; one that was answered is settled by the approval."""
    if reason := why_not_decide(version, seen_at):
        return reason
    if count := Query.objects.open(version.filing_id).count():
        return ngettext(
            "%(count)d question waits for the firm's answer. Withdraw it, or wait for the answer.",
            "%(count)d questions wait for the firm's answers. Withdraw them, or wait for the answers.",
            count,
        ) % {"count": count}
    return None


def why_not_recall(version: Version) -> str | None:
    """A return can be taken back until somebody of the firm has read the letter or begun the rework."""
    if not allows("recall", version.status):
        return _("Only a returned version can be called back.")
    if version.return_opened_at is not None:
        return _("The firm has opened the letter; the return stands.")
    if version.filing.versions.filter(number__gt=version.number).exists():
        return _("The firm has opened the next version; the return stands.")
    return None


def why_not_ask(version: Version, seen_at: datetime | None = None) -> str | None:
    """Questions are asked of what waits for review."""
    return why_not_decide(version, seen_at)


def why_not_answer(version: Version) -> str | None:
    """Answers go to a version that waits for review, or into the draft of the next one after a return."""
    if version.status == Status.SUBMITTED:
        return None
    if version.status == Status.DRAFT:
        return why_not_edit(version)
    if version.status == Status.RETURNED:
        return _("This version came back. Open the next version; its questions are answered there.")
    return _("This filing is closed (%(status)s); there is nothing to answer.") % {
        "status": STATUS_LABELS[Status(version.status)]
    }


def why_not_mend(line: Line | None, field: str) -> str | None:
    """Whether the cell of a question can take another value: a contract's own number is more than one cell."""
    if line is None:
        return _("The row of this question is no longer in the filing. Say so in words.")
    if line.kind == Kind.SIGNED and field == "number":
        return _("A contract's number cannot be changed by an answer. Say what it should be; the filing comes back.")
    return None


def why_not_attach(version: Version | None) -> str | None:
    """Papers come with a draft, or with the answer to a question."""
    if version is None:
        return _("There is nothing in this filing yet. Papers are attached to its rows and contracts.")
    if version.status == Status.DRAFT:
        return why_not_edit(version)
    if version.status == Status.SUBMITTED and Query.objects.open(version.filing_id).exists():
        return None
    return _("This filing is closed (%(status)s); papers can be attached to a draft, or when a question is open.") % {
        "status": STATUS_LABELS[Status(version.status)]
    }


def why_not_take_away(version: Version | None) -> str | None:
    if version is not None and version.status == Status.DRAFT:
        return why_not_edit(version)
    return _("What was handed in stays. Papers can be taken away from a draft only.")


def why_not_change_contract(contract: Contract) -> str | None:
    """Outside a filing a contract changes once it was approved; until then its row in the filing says what it is."""
    versions = Version.objects.filter(filing=contract.registered_in_id)
    if versions.filter(approved_at__isnull=False).exists():
        return None
    return _("This contract is registered in %(period)s, which has not been approved yet. Change its row there.") % {
        "period": contract.registered_in.period_id
    }


def why_not_reopen(filing: Filing) -> str | None:
    newest = filing.versions.order_by("-number").first()
    if newest is None or newest.status in REOPENS:
        return None
    return _("Version %(number)d is still open.") % {"number": newest.number}


def why_not_set_windows(windows: Sequence[tuple[date | None, date]]) -> str | None:
    """Windows are (filed until, accepts from); the one without an end applies after all the others."""
    ends = [until for until, _since in windows]
    if len(set(ends)) != len(ends):
        return _("Two windows end on the same day.")
    if None not in ends:
        return _("One window has to apply without an end, after all the others.")
    return None
