"""May it happen now? Each answer is None, or a sentence that says why not: shown beside the closed
button, raised by the act."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from portal.filings.lifecycle import REOPENS, Status, allows
from portal.filings.models.filing import STATUS_LABELS, Filing, Version
from portal.filings.models.period import Extension, Period
from portal.members.models import Firm


def extension_of(firm: Firm, period: Period, on: date) -> Extension | None:
    """The running extension that reaches furthest, if any."""
    return period.extensions.filter(firm=firm, until_on__gte=on).order_by("-until_on").first()


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
        return None
    if version.status == Status.SUBMITTED:
        return _("This filing has been submitted. Withdraw it to change something.")
    return _("Version %(number)d is closed (%(status)s). Open the next version to change something.") % {
        "number": version.number,
        "status": STATUS_LABELS[Status(version.status)],
    }


def why_not_fill(firm: Firm, period: Period, version: Version | None, on: date) -> str | None:
    """For every act that writes into a draft, and opens it where it is the first one."""
    return why_not_edit(version) if version else why_not_open(firm, period, on)


def why_not_submit(version: Version, on: date) -> str | None:
    if not allows("submit", version.status):
        return (
            _("This filing has been submitted already.")
            if version.status == Status.SUBMITTED
            else why_not_edit(version)
        )
    if not version.is_nil and not version.lines.exists():
        return _("There is nothing in this filing yet. With no business in the period, file a nil return.")
    # A correction may always come; a first filing keeps to the period.
    if version.number == 1:
        return why_not_open(version.firm, version.filing.period, on)
    return None


def why_not_withdraw(version: Version) -> str | None:
    if allows("withdraw", version.status):
        return None
    return _("Only a filing that waits for review can be withdrawn.")


def why_not_decide(version: Version, seen_at: datetime | None = None) -> str | None:
    """For both decisions of a reviewer: approve and return. `seen_at` is when what was looked at was submitted."""
    if allows("approve", version.status):
        if seen_at and seen_at != version.submitted_at:
            return _("The firm has submitted this version anew since you opened it. Look at it again.")
        return None
    return _("This version is not waiting for review (%(status)s).") % {"status": STATUS_LABELS[Status(version.status)]}


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
