"""Ways to look at the same page: tabs whose addresses keep what else was asked for."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.statistics.dimensions import Currency, Mode, Span

# What an address of a figures page may ask for, with the values that it can have; None is any that the page checked.
ASKED: dict[str, frozenset[str] | None] = {
    "period": None,
    "span": frozenset(Span),
    "currency": frozenset(Currency),
    "measure": frozenset({"contract", "execution"}),
    "mode": frozenset({Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE}),
}


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    current: bool


def tab(request: HttpRequest, label: str, current: bool, kept: dict[str, str], **asked: str) -> Tab:
    """A tab to this page with `asked` in place of what `kept` says; what is empty leaves the address."""
    query = {key: value for key, value in (kept | asked).items() if value}
    href = reverse(request.resolver_match.view_name, kwargs=request.resolver_match.kwargs, query=query)
    return Tab(label, href, current)


def kept_of(request: HttpRequest, *names: str) -> dict[str, str]:
    """What the address asked for that tabs should keep; nonsense is dropped."""
    found = {}
    for name in names:
        value, allowed = request.GET.get(name, ""), ASKED[name]
        if value and (allowed is None or value in allowed):
            found[name] = value
    return found


def currency_asked(request: HttpRequest) -> Currency:
    """`?currency=cny`; US dollars without it, which is what addresses meant before there was a choice."""
    return Currency.CNY if request.GET.get("currency") == Currency.CNY else Currency.USD


def currency_tabs(request: HttpRequest, kept: dict[str, str]) -> list[Tab]:
    """US dollars and renminbi."""
    asked = currency_asked(request)
    return [
        tab(request, _("US dollars"), asked == Currency.USD, kept, currency=""),
        tab(request, _("Renminbi"), asked == Currency.CNY, kept, currency=Currency.CNY.value),
    ]
