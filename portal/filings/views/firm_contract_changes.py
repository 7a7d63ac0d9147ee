"""A contract is registered in the ledger, and changes while it runs: an event with a day and a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.filings.actions import NotSaved
from portal.filings.actions.contracts import change_contract, fingerprint_of
from portal.filings.forms import ContractChangeForm
from portal.filings.models.contract import Contract
from portal.filings.models.period import Period
from portal.filings.policies import why_not_change_contract
from portal.filings.queries import entry_of_contract
from portal.filings.sheet import Kind
from portal.filings.views.firm_contracts import contract_of
from portal.filings.views.firm_entries import entry_page
from portal.filings.views.firm_room import firm_page, refuse, why_closed
from portal.filings.workspace.periods import Standing, current_standing, standing
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import CodeLists, code_lists
from portal.ui.http import keeps_typing


@keeps_typing
@require_http_methods(["GET", "POST"])
@requires_firm(Permission.CONTRACT_EDIT)
def contract_add(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    """Register a contract once, in the draft of the quarter that can be filled in now."""
    stand = _open_standing(firm)
    if stand is None:
        messages.error(request, _("No quarter can be filled in now. Its page says why, and what can be done."))
        return redirect("filings:contract-list")
    return entry_page(request, stand, Kind.SIGNED, None, template="filings/contract_add.html")


def _open_standing(firm: Firm) -> Standing | None:
    """The quarter to think of first, or else the newest other one that is open for filling in."""
    today = clock.today()
    first = current_standing(firm, today)
    if first is None or why_closed(first) is None:
        return first
    others = (standing(firm, period, today) for period in Period.objects.opened(today).newest_first()[:4])
    return next((stand for stand in others if why_closed(stand) is None), None)


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.CONTRACT_EDIT)
def contract_change(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    contract, lists = contract_of(firm, pk), code_lists()
    if reason := why_not_change_contract(contract):
        refuse(request, Refused(reason))
        return redirect("filings:contract-detail", pk)
    form = ContractChangeForm(
        request.POST if request.method == "POST" else None, lists=lists, initial=_as_it_stands(contract)
    )
    if request.method == "POST" and form.is_valid() and _changed(request, contract, form, lists):
        messages.success(request, _("The contract was changed. What was approved before stays as it was."))
        return redirect("filings:contract-detail", pk)
    return firm_page(request, firm, "filings/contract_change.html", {"contract": contract, "form": form})


def _as_it_stands(contract: Contract) -> dict[str, object]:
    raw = dict(entry_of_contract(contract, Kind.STANDING).raw)
    yes_no = {name: "是" if getattr(contract, name) else "" for name in ("is_abroad", "contracts_back")}
    return raw | yes_no | {"happened_on": clock.today(), "seen": fingerprint_of(contract)}


def _changed(request: HttpRequest, contract: Contract, form: ContractChangeForm, lists: CodeLists) -> bool:
    """Whether it was changed; if not, the form says why."""
    try:
        change_contract(
            contract=contract, values=form.typed, happened_on=form.cleaned_data["happened_on"],
            reason=form.cleaned_data["reason"], lists=lists, by=request.user, at=clock.now(),
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except NotSaved as refusal:
        form.tell(refusal.because)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False
