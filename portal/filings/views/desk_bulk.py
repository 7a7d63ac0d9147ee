"""Approving the clean and small together: what would be, and what became of it."""

from decimal import Decimal, InvalidOperation
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.filings.actions.bulk import Seen, approve_together
from portal.filings.desk.bulk import LEFT_OUT, Batch, batch_of, sorted_out
from portal.filings.desk.queue import queue_for
from portal.filings.models.period import Period
from portal.filings.progress import current_period
from portal.lib import clock
from portal.members.access import firms_in_scope, requires_staff
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import code_lists

MOST_AT_ONCE = 100
# Beyond this nothing is small any more.
LARGEST_LIMIT = Decimal(100)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.FILING_APPROVE)
def bulk_approve(request: HttpRequest) -> HttpResponse:
    """The filings that are clean and small enough, each ticked; sent, each is approved or says why not."""
    given = request.POST if request.method == "POST" else request.GET
    code = given.get("period", "")
    period = get_object_or_404(Period, code=code) if code else current_period(clock.today())
    if period is None:
        raise Http404
    below = _limit(given.get("below", ""))
    if request.method == "POST":
        return _approve(request, period, below)
    found = queue_for(request.user, period, clock.now(), Permission.FILING_APPROVE)
    sought = {
        "place": given.get("place", "")[:12],
        "text": given.get("q", "")[:100],
        "size": given.get("size", "")[:10],
    }
    clean, left_out = sorted_out(found.sought(**sought), below)
    clean.reverse()
    context = sought | {
        "period": period,
        "below": below,
        "rows": clean[:MOST_AT_ONCE],
        "more": max(len(clean) - MOST_AT_ONCE, 0),
        "left_out": [(_(words), left_out[key]) for key, words in LEFT_OUT.items() if left_out[key]],
        "places": found.places(),
        "batch": uuid4(),
    }
    return render(request, "desk/bulk_approve.html", context)


def _approve(request: HttpRequest, period: Period, below: Decimal) -> HttpResponse:
    seen = [one for one in map(_seen, request.POST.getlist("seen")[:MOST_AT_ONCE]) if one]
    batch = _uuid(request.POST.get("batch", ""))
    if not seen or batch is None:
        messages.error(request, _("Nothing was approved: no filing was ticked."))
        return redirect(f"{request.path}?period={period.code}&below={below}")
    approve_together(
        period=period, seen=seen, below=below, batch=batch, lists=code_lists(), by=request.user, at=clock.now()
    )
    return redirect("desk:bulk-result", batch)


def _limit(typed: str) -> Decimal:
    """The effect under which filings are offered; the association's own where nothing sensible was typed."""
    try:
        limit = Decimal(typed)
    except InvalidOperation:
        limit = Decimal(settings.BULK_EFFECT_LIMIT)
    return limit if limit.is_finite() and 0 < limit <= LARGEST_LIMIT else Decimal(settings.BULK_EFFECT_LIMIT)


def _seen(value: str) -> Seen | None:
    version, bar, stamp = value.partition("|")
    return Seen(int(version), stamp) if bar and version.isdecimal() and len(version) < 19 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
@requires_staff(Permission.FILING_APPROVE)
def bulk_result(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What became of one's own batch, filing by filing."""
    found = batch_of(batch)
    if found is not None and found.entry.actor != request.user.key:
        raise Http404
    firms = _firms(request, found) if found else {}
    rows = [(firms[one.credit_code], one) for one in found.outcomes if one.credit_code in firms] if found else []
    context = {
        "batch": found,
        "approved": [row for row in rows if not row[1].refused],
        "refused": [row for row in rows if row[1].refused],
    }
    return render(request, "desk/bulk_result.html", context)


def _firms(request: HttpRequest, batch: Batch) -> dict[str, Firm]:
    codes = [one.credit_code for one in batch.outcomes]
    return {
        firm.credit_code: firm
        for firm in firms_in_scope(request.user, Permission.FILING_APPROVE).filter(credit_code__in=codes)
    }
