"""The firm's ledger of contracts."""

from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.filings.models.contract import Contract
from portal.filings.views.firm_room import firm_page
from portal.filings.workspace.contracts import accounts, contract_events, contracts_sought
from portal.lib import clock
from portal.lib.money import rounded
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission

CONTRACTS_A_PAGE = 30
STATES = ("running", "ended", "all")


@require_GET
@requires_firm(Permission.CONTRACT_VIEW)
def contract_list(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    state = request.GET.get("state", "running")
    state = state if state in STATES else "running"
    words = request.GET.get("q", "").replace("\x00", "")[:200]
    sought = contracts_sought(firm, state=state, words=words, on=clock.today())
    page = Paginator(sought, CONTRACTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "accounts": accounts(firm, page.object_list),
        "words": words,
        "state": state,
        "tabs": _tabs(state, words),
        "is_empty": not words and not page.paginator.count and state == "all",
    }
    return firm_page(request, firm, "filings/contract_list.html", context)


def _tabs(state: str, words: str) -> list[dict[str, object]]:
    labels = {"running": _("Running"), "ended": _("Ended"), "all": _("All")}
    page = reverse("filings:contract-list")
    return [
        {"label": labels[name], "href": f"{page}?{_query(name, words)}", "current": name == state} for name in STATES
    ]


def _query(state: str, words: str) -> str:
    return urlencode({"state": state} | ({"q": words} if words else {}))


def _percent(part: int, whole: int) -> Decimal:
    return rounded(Decimal(part) / Decimal(whole) * 100, 1) if whole > 0 else Decimal(0)


@require_GET
@requires_firm(Permission.CONTRACT_VIEW)
def contract_detail(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    contracts = Contract.objects.of(firm).select_related("market", "category", "registered_in__period")
    contract = get_object_or_404(contracts, pk=pk)
    account = accounts(firm, [contract])[0]
    context = {
        "contract": contract,
        "account": account,
        "used_percent": _percent(account.executed_cents, account.value_cents),
        "events": contract_events(contract),
    }
    return firm_page(request, firm, "filings/contract_detail.html", context)
