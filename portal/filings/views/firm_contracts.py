"""The firm's ledger of contracts: the register, and each contract with what became of it."""

from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.filings.columns import CONTRACTS, NEW_MODE_WORDS, SUPPLY_WORDS
from portal.filings.models.contract import Contract
from portal.filings.models.filing import MODE_LABELS
from portal.filings.models.ledger import ContractEvent
from portal.filings.policies import why_not_change_contract
from portal.filings.sheet import Kind
from portal.filings.telling import field_in_words, mode_in_words, name_of, quarter_in_words, value_in_words, word_of
from portal.filings.views.firm_room import firm_page
from portal.filings.workspace.contracts import (
    ORDERS,
    Account,
    Sought,
    accounts,
    contract_lines,
    contracts_sought,
    downstream_of,
    draft_place,
    executed_by_quarter,
    markets_of,
    papers_of_contract,
    upstream_of,
)
from portal.filings.workspace.history import people_of
from portal.lib import clock
from portal.lib.money import from_cents, rounded
from portal.lib.workbooks import csv_bytes, workbook_bytes
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import CodeLists, code_lists
from portal.ui.charts import Bar, Item, bars
from portal.ui.rendering import in_chinese

CONTRACTS_A_PAGE = 30
STATES = ("running", "ended", "all")
FORMS = {
    "csv": ("text/csv; charset=utf-8", csv_bytes),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook_bytes),
}


@require_GET
@requires_firm(Permission.CONTRACT_VIEW)
def contract_list(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    sought = _sought(request.GET)
    page = Paginator(contracts_sought(firm, sought, clock.today()), CONTRACTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "accounts": accounts(firm, page.object_list),
        "sought": sought,
        "tabs": _tabs(sought),
        "modes": MODE_LABELS.items(),
        "markets": markets_of(firm),
        "orders": _orders().items(),
        "downloads": _downloads(sought),
        "is_empty": sought.is_everything and not page.paginator.count,
    }
    return firm_page(request, firm, "filings/contract_list.html", context)


def _sought(typed: QueryDict) -> Sought:
    """What is asked for in the address; what makes no sense there is left out."""

    def one_of(name: str, known: object, usual: str = "") -> str:
        return value if (value := typed.get(name, usual)) in known else usual

    return Sought(
        state=one_of("state", STATES, "running"),
        words=typed.get("q", "").replace("\x00", "")[:200],
        mode=one_of("mode", set(MODE_LABELS)),
        market=typed.get("market", "").replace("\x00", "")[:3],
        order=one_of("order", ORDERS, "newest"),
    )


def _orders() -> dict[str, str]:
    return {
        "newest": _("Signed last"),
        "oldest": _("Signed first"),
        "ending": _("Ending first"),
        "number": _("Number"),
        "client": _("Client"),
    }


def _downloads(sought: Sought) -> list[tuple[str, str]]:
    query = _query(sought)
    return [(form.upper(), f"{reverse('filings:contract-download', args=[form])}?{query}") for form in FORMS]


def _tabs(sought: Sought) -> list[dict[str, object]]:
    labels = {"running": _("Running"), "ended": _("Ended"), "all": _("All")}
    page = reverse("filings:contract-list")
    return [
        {"label": labels[name], "href": f"{page}?{_query(sought, name)}", "current": name == sought.state}
        for name in STATES
    ]


def _query(sought: Sought, state: str = "") -> str:
    filters = {"q": sought.words, "mode": sought.mode, "market": sought.market}
    kept = {name: value for name, value in filters.items() if value}
    order = {} if sought.order == "newest" else {"order": sought.order}
    return urlencode({"state": state or sought.state} | kept | order)


# ── The register as a file ───────────────────────────────────────────────────────────────────────


@require_GET
@requires_firm(Permission.CONTRACT_VIEW)
def contract_download(request: HttpRequest, form: str, *, firm: Firm) -> HttpResponse:
    """The contracts that fit, as CSV or workbook; no text in it ever runs as a formula."""
    if form not in FORMS:
        raise Http404
    found = accounts(firm, contracts_sought(firm, _sought(request.GET), clock.today()))
    kind, write = FORMS[form]
    response = HttpResponse(write(_head(), [_in_cells(account) for account in found]), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="contracts-{firm.credit_code}.{form}"'
    return response


def _head() -> list[str]:
    def heads(*names: str) -> list[str]:
        columns = [CONTRACTS.column(name) for name in names]
        return [column.zh if in_chinese() else column.en for column in columns]

    return [
        *heads("number", "name", "client", "market"), _("Mode"),
        *heads("category", "on", "ends_on", "currency", "amount"),
        _("Value as changed"), _("Executed so far"), _("Balance left"),
        *heads("supply", "new_mode", "upstream_firm", "upstream_number"),
        *heads("frame_number", "frame_amount", "apportioned_by"),
    ]  # fmt: skip


def _in_cells(account: Account) -> list[object]:
    row = account.contract
    return [
        row.number, row.name, row.client, f"{row.market_id} {name_of(row.market)}", mode_in_words(row.mode),
        f"{row.category_id} {name_of(row.category)}", row.signed_on, row.ends_on or "", row.currency_id,
        from_cents(row.amount_cents), from_cents(account.value_cents), from_cents(account.executed_cents),
        from_cents(account.left_cents), word_of(SUPPLY_WORDS, row.supply), word_of(NEW_MODE_WORDS, row.new_mode),
        row.upstream_firm, row.upstream_number, row.frame_number,
        "" if row.frame_cents is None else from_cents(row.frame_cents), row.apportioned_by,
    ]  # fmt: skip


# ── One contract ─────────────────────────────────────────────────────────────────────────────────


@require_GET
@requires_firm(Permission.CONTRACT_VIEW)
def contract_detail(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    contract = contract_of(firm, pk)
    account, lines = accounts(firm, [contract])[0], list(contract_lines(contract))
    context = {
        "contract": contract,
        "account": account,
        "used_percent": _percent(account.executed_cents, account.value_cents),
        "quarters": _quarters(contract, executed_by_quarter(lines)),
        "lines": lines,
        "papers": papers_of_contract(contract, lines),
        "changes": _changes(contract, code_lists()),
        "described": _described(contract),
        "upstream": upstream_of(contract, clock.now()),
        "downstream": downstream_of(contract, clock.now()),
        "draft_place": draft_place(contract),
        "why_not_change": why_not_change_contract(contract),
    }
    return firm_page(request, firm, "filings/contract_detail.html", context)


def contract_of(firm: Firm, pk: int) -> Contract:
    """One of the firm's contracts; 404 for any other."""
    contracts = Contract.objects.of(firm).select_related("firm", "market", "category", "registered_in__period")
    return get_object_or_404(contracts, pk=pk)


def _percent(part: int, whole: int) -> Decimal:
    return rounded(Decimal(part) / Decimal(whole) * 100, 1) if whole > 0 else Decimal(0)


def _quarters(contract: Contract, executed: dict[str, int]) -> list[Bar]:
    """A bar for each quarter in which something was executed, each leading to its filing."""
    return bars(
        Item(quarter_in_words(code), from_cents(cents), href=reverse("filings:filing-detail", args=[code]))
        for code, cents in executed.items()
    )


def _described(contract: Contract) -> list[tuple[str, str]]:
    """What else was said of it, by the heads of the workbook; what was left empty is left out."""
    values = {
        "supply": word_of(SUPPLY_WORDS, contract.supply),
        "new_mode": word_of(NEW_MODE_WORDS, contract.new_mode),
        "is_abroad": _("Yes") if contract.is_abroad else "",
        "branch_share": f"{contract.branch_share.normalize():f} %" if contract.branch_share is not None else "",
        "contracts_back": _("Yes") if contract.contracts_back else "",
    }
    return [(field_in_words(Kind.SIGNED, name), value) for name, value in values.items() if value]


def _changes(contract: Contract, lists: CodeLists) -> list[dict[str, object]]:
    """The changes outside filings in words, the newest first."""
    events = list(ContractEvent.objects.filter(contract=contract).order_by("-recorded_at", "-pk"))
    names = people_of(contract.firm, {event.recorded_by for event in events})
    return [
        {
            "event": event,
            "by": names.get(event.recorded_by, ""),
            "fields": [_change(name, event, lists) for name in event.after],
        }
        for event in events
    ]


def _change(name: str, event: ContractEvent, lists: CodeLists) -> dict[str, str]:
    return {
        "label": field_in_words(Kind.SIGNED, name),
        "old": value_in_words(name, event.before[name], lists),
        "new": value_in_words(name, event.after[name], lists),
    }
