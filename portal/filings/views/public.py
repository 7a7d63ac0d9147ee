"""What anybody may ask of filings: whether a receipt that lies before them is genuine."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.filings.forms_signing import ReceiptCheckForm
from portal.filings.workspace.receipts import confirmation
from portal.lib import clock
from portal.ui.http import public

# From one address: enough for a desk with a pile of papers, too few to try codes.
CHECKS_A_MINUTE = 20


@public
@require_safe
def receipt_check(request: HttpRequest) -> HttpResponse:
    """Asked by address alone, so that the code printed on the paper leads to the answer; the answer is not cached."""
    if not {"number", "code"} & set(request.GET):
        return render(request, "filings/receipt_check.html", {"form": ReceiptCheckForm(), "state": ""})
    form = ReceiptCheckForm(request.GET)
    found, state = None, ""
    if form.is_valid():
        if _asks_too_often(request):
            state = "too_often"
        else:
            found = confirmation(form.cleaned_data["number"], form.cleaned_data["code"])
            state = "confirmed" if found else "not_confirmed"
    status = 429 if state == "too_often" else 200
    response = render(
        request, "filings/receipt_check.html", {"form": form, "state": state, "found": found}, status=status
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _asks_too_often(request: HttpRequest) -> bool:
    minute = int(clock.now().timestamp()) // 60
    key = f"receipt-check:{get_adapter(request).get_client_ip(request)}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > CHECKS_A_MINUTE
    except ValueError:
        # It was thrown out of a full cache between the two lines.
        return False
