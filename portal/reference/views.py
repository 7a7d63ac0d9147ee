"""The public pages of the code lists: what a figure means can be looked up by anybody."""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.lib import clock
from portal.reference import queries
from portal.reference.exports import table_csv
from portal.reference.models import MarketGroup, TradeCategory
from portal.ui.http import public

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


@public
@require_safe
def list_index(request: HttpRequest) -> HttpResponse:
    return render(request, "reference/list_index.html", {"lists": queries.list_states()})


@public
@require_safe
def division_list(request: HttpRequest) -> HttpResponse:
    return render(request, "reference/division_list.html", {"provinces": queries.provinces()})


@public
@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    return render(request, "reference/region_list.html", {"schemes": queries.scheme_tables(on), "on": on})


@public
@require_safe
def market_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    return render(request, "reference/market_list.html", {"continents": queries.markets_by_continent(on), "on": on})


@public
@require_safe
def market_group_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    return render(request, "reference/market_group_list.html", {"groups": queries.market_groups(on), "on": on})


@public
@require_safe
def market_group_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A group as it stood on a day (`?on=`), today unless asked otherwise."""
    group = get_object_or_404(MarketGroup, code=code)
    asked = request.GET.get("on", "")
    on = _day(asked)
    members, others = queries.market_group_members(group, on or clock.today())
    context = {
        "group": group,
        "on": on or clock.today(),
        "misread": asked if asked and on is None else "",
        "members": members,
        "others": others,
    }
    return render(request, "reference/market_group_detail.html", context)


@public
@require_safe
def category_list(request: HttpRequest) -> HttpResponse:
    context = {"tree": queries.category_tree(), "trade_categories": TradeCategory.choices}
    return render(request, "reference/category_list.html", context)


@public
@require_safe
def currency_list(request: HttpRequest) -> HttpResponse:
    """Currencies with the rates of a month (`?month=`), the newest unless asked otherwise."""
    newest = queries.latest_rate_month(clock.today()) or clock.today().replace(day=1)
    asked = request.GET.get("month", "")
    month = _day(f"{asked}-01") if _MONTH.fullmatch(asked) else None
    context = {
        "month": month or newest,
        "misread": asked if asked and month is None else "",
        "rows": queries.currency_rows(month or newest),
    }
    return render(request, "reference/currency_list.html", context)


@public
@require_safe
def list_download(request: HttpRequest, table: str) -> HttpResponse:
    try:
        content = table_csv(table)
    except KeyError as error:
        raise Http404(_("There is no such list.")) from error
    headers = {"Content-Disposition": f'attachment; filename="{table}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _day(text: str) -> date | None:
    """`2020-03-31` as a day; None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
