"""A firm's private benchmark: only for those who may see its filings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from portal.filings.models.period import Period
from portal.lib import clock
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.members.views.frame import framed
from portal.statistics.benchmark_files import FORMS
from portal.statistics.beside import BenchmarkPage, Waits, benchmark
from portal.statistics.calendar_words import CalendarLine, calendar_line
from portal.statistics.calendars import dates_to_come
from portal.statistics.wording import quarter_name


@require_GET
@requires_firm(Permission.FILING_VIEW)
def benchmark_detail(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """The benchmark, or what it waits for."""
    row, page = _asked(firm, period)
    context = {"period": row, "period_name": quarter_name(row.quarter)}
    context |= {"page": page} if isinstance(page, BenchmarkPage) else {"waits": page, "dates": _dates(row)}
    return framed(request, firm, "benchmark/benchmark_detail.html", context)


@require_GET
@requires_firm(Permission.FILING_VIEW)
def benchmark_tables(request: HttpRequest, period: str, form: str, *, firm: Firm) -> HttpResponse:
    """What the page shows, as CSV or as a workbook."""
    row, page = _asked(firm, period)
    if isinstance(page, Waits) or form not in FORMS:
        raise Http404
    kind, write = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="benchmark-{row.code}.{form}"'}
    return HttpResponse(write(page), content_type=kind, headers=headers)


def _dates(period: Period) -> list[CalendarLine]:
    """When the quarter's figures come, as far as it is announced."""
    now = clock.now()
    return [calendar_line(date, now) for date in dates_to_come(now, [period.code])]


def _asked(firm: Firm, code: str) -> tuple[Period, BenchmarkPage | Waits]:
    """A period that has opened, and what the firm may see of it; 404 for any other."""
    row = get_object_or_404(Period, code=code)
    if clock.today() < row.opens_on:
        raise Http404
    return row, benchmark(firm.pk, row.quarter, clock.now())
