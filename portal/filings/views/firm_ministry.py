"""The quarter in the shape of the ministry's platform, and what differs from what that platform exported."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.filings.forms_signing import ReconcileForm
from portal.filings.intake.tables import Unreadable
from portal.filings.ministry import SHEET_NAMES, Sheet
from portal.filings.ministry.comparing import Compared, Pair, compare
from portal.filings.ministry.reading import Export, read_export
from portal.filings.ministry.workbook import items_of, lines_of, ministry_workbook
from portal.filings.models.filing import Version
from portal.filings.telling import name_of
from portal.filings.views.firm_filing import WORKBOOK_TYPE
from portal.filings.views.firm_room import firm_page, standing_in, version_in
from portal.lib.money import WAN, rounded
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import CodeLists, code_lists
from portal.ui.figures import grouped

ROWS_SHOWN = 500
UNREAD_SHOWN = 10


@require_GET
@requires_firm(Permission.FILING_VIEW)
def ministry_download(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    version = version_in(firm, period)
    name = f"{firm.credit_code}-{period}-v{version.number}-ministry.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(ministry_workbook(version), content_type=WORKBOOK_TYPE, headers=headers)


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.FILING_VIEW)
def ministry_reconcile(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """Compares and keeps nothing: neither the file nor what was found."""
    version = version_in(firm, period)
    stand = standing_in(firm, period)
    form = ReconcileForm(request.POST, request.FILES) if request.method == "POST" else ReconcileForm()
    context: dict[str, object] = {"stand": stand, "form": form, "version": version, "sections": None}
    if form.is_bound and form.is_valid():
        file, lists = form.cleaned_data["file"], code_lists()
        try:
            export = read_export(file.read(), file.name, lists)
        except Unreadable as problem:
            form.add_error("file", _(str(problem)))
        else:
            if export.sheets:
                context |= _compared(version, export, lists) | {"file_name": file.name}
            else:
                form.add_error("file", _no_table(export))
    return firm_page(request, firm, "filings/ministry_reconcile.html", context)


def _no_table(export: Export) -> str:
    said = _(
        "No table in this file has a column for the contract number (合同号) "
        "and one for an amount (合同金额, 执行金额)."
    )
    found = "、".join(export.heads[:6])
    instead = _("Found instead: %(heads)s") % {"heads": found}
    return f"{said} {instead}" if found else said


def _compared(version: Version, export: Export, lists: CodeLists) -> dict[str, object]:
    here, period = items_of(lines_of(version)), version.filing.period
    sections = []
    for sheet in dict.fromkeys(export.sheets):
        ours, theirs = ([item for item in items if item.sheet == sheet] for items in (here, export.items))
        compared = compare(sheet, ours, theirs, period.first_on, period.last_on)
        sections.append(_section(compared, lists))
    left_out = [SHEET_NAMES[sheet] for sheet in Sheet if sheet not in export.sheets]
    return {
        "sections": sections,
        "left_out": [name for name, has in zip(left_out, _has_rows(here, export)) if has],
        "unread": export.unread[:UNREAD_SHOWN],
        "unread_count": len(export.unread),
    }


def _has_rows(here: list, export: Export) -> list[bool]:
    return [any(item.sheet == sheet for item in here) for sheet in Sheet if sheet not in export.sheets]


def _section(compared: Compared, lists: CodeLists) -> dict[str, object]:
    wrong = compared.wrong
    return {
        "sheet": compared.sheet.value,
        "here_sum": grouped(compared.here_sum / WAN),
        "there_sum": None if compared.there_sum is None else grouped(compared.there_sum / WAN),
        "difference": None if compared.sum_difference is None else rounded(compared.sum_difference / WAN),
        "same_count": compared.same_count,
        "counts": {state: compared.count(state) for state in ("differs", "here", "there")},
        "outside_count": compared.outside_count,
        "rows": [_row(pair, lists) for pair in wrong[:ROWS_SHOWN]],
        "more": max(len(wrong) - ROWS_SHOWN, 0),
    }


def _row(pair: Pair, lists: CodeLists) -> dict[str, object]:
    item = pair.item
    return {
        "state": pair.state,
        "number": item.number,
        "name": item.name or (pair.there.name if pair.there else ""),
        "where": pair.there.where if pair.there else "",
        "on": item.on,
        "amount": _amount(pair, "here" if pair.here else "there"),
        "fields": [_field(name, pair, lists) for name in pair.fields],
    }


def _amount(pair: Pair, side: str) -> str:
    item = getattr(pair, side)
    in_dollars = item.usd is not None and (pair.there is None or pair.there.usd is not None)
    return grouped(item.usd / WAN) if in_dollars else grouped(item.amount)


def _field(name: str, pair: Pair, lists: CodeLists) -> dict[str, object]:
    if name == "amount":
        return {"name": name, "here": _amount(pair, "here"), "there": _amount(pair, "there"), "difference": _off(pair)}
    if name == "category":
        here, there = (name_of(lists.categories[code]) for code in (pair.here.category, pair.there.category))
        return {"name": name, "here": here, "there": there}
    return {"name": name, "here": pair.here.on.isoformat(), "there": pair.there.on.isoformat()}


def _off(pair: Pair) -> object:
    if pair.there.usd is not None:
        return rounded((pair.there.usd - pair.here.usd) / WAN)
    return rounded(pair.there.amount - pair.here.amount)
