"""Terms of membership and dues, and who owes for a year. Rows are added, never overwritten."""

from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.filings.desk.members import member_tabs
from portal.filings.forms_members import DuesForm, TermForm
from portal.filings.views.desk_member_room import accepted, firm_for
from portal.lib import clock
from portal.lib.money import from_cents, to_cents
from portal.members.access import firms_in_scope, requires_staff
from portal.members.actions import record_dues, record_term
from portal.members.models import Dues, Firm, Term
from portal.members.queries import Account, current_profile, dues_of_year
from portal.members.roles import Permission

ROWS_A_PAGE = 50
FIRST_YEAR, LAST_YEAR = 2000, 2099
STATES = ("owes", "unrecorded", "paid")


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def term_add(request: HttpRequest, code: str) -> HttpResponse:
    """A new term, or (`?replaces=`) what stands in the place of one that was recorded wrongly."""
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    old = _replaced(request, firm.terms)
    form = TermForm(request.POST or None, initial=_term_as_typed(firm, old))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if accepted(form, lambda: record_term(firm=firm, replaces=old, by=request.user, at=clock.now(), **values)):
            messages.success(request, _("The term has been recorded."))
            return redirect("desk:firm-detail", code)
    return render(request, "desk/term_add.html", {"form": form, "firm": firm, "old": old})


def _replaced(request: HttpRequest, rows) -> Term | Dues | None:
    pk = request.GET.get("replaces", "")
    return get_object_or_404(rows, pk=pk) if pk.isdecimal() else None


def _term_as_typed(firm: Firm, old: Term | None) -> dict[str, object]:
    if old:
        return {"grade": old.grade, "from_on": old.from_on, "until_on": old.until_on}
    held = current_profile(firm, on=clock.today())
    return {"from_on": clock.today()} | ({"grade": held.grade} if held else {})


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def dues_add(request: HttpRequest, code: str) -> HttpResponse:
    """Dues of a period, or (`?replaces=`) the row that corrects one or says that it has been paid."""
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    old = _replaced(request, firm.dues)
    form = DuesForm(request.POST or None, initial=_dues_as_typed(old))
    asked = request.method == "POST" and form.is_valid()
    if asked and accepted(form, lambda: _record(request, firm, old, dict(form.cleaned_data))):
        messages.success(request, _("The dues have been recorded."))
        return redirect("desk:firm-detail", code)
    return render(request, "desk/dues_add.html", {"form": form, "firm": firm, "old": old})


def _record(request: HttpRequest, firm: Firm, old: Dues | None, values: dict) -> None:
    cents = to_cents(values.pop("amount"))
    record_dues(firm=firm, amount_cents=cents, replaces=old, by=request.user, at=clock.now(), **values)


def _dues_as_typed(old: Dues | None) -> dict[str, object]:
    if old:
        names = ("from_on", "until_on", "paid_on", "receipt_number", "note")
        return {name: getattr(old, name) for name in names} | {"amount": from_cents(old.amount_cents)}
    year = clock.today().year
    return {"from_on": f"{year}-01-01", "until_on": f"{year}-12-31"}


@require_GET
@requires_staff(Permission.MEMBER_EDIT)
def dues_list(request: HttpRequest) -> HttpResponse:
    """Who owes for a year, with sums; the year of today unless the address names another."""
    year = _year(request.GET.get("year", ""))
    accounts = dues_of_year(firms_in_scope(request.user, Permission.MEMBER_EDIT), year)
    state = request.GET.get("state", "")
    shown = [row for row in accounts if row.state == state] if state in STATES else accounts
    context = {
        "year": year,
        "years": range(clock.today().year + 1, clock.today().year - 6, -1),
        "state": state,
        "sums": _sums(accounts),
        "page": Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "tabs": member_tabs(request.user, "desk:dues-list"),
    }
    return render(request, "desk/dues_list.html", context)


def _year(text: str) -> int:
    return int(text) if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR else clock.today().year


def _sums(accounts: list[Account]) -> dict[str, int | Decimal]:
    return {
        "owed": from_cents(sum(row.owed_cents for row in accounts)),
        "paid": from_cents(sum(row.paid_cents for row in accounts)),
        **{f"{state}_count": sum(row.state == state for row in accounts) for state in STATES},
    }
