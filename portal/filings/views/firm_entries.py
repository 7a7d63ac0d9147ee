"""One row of a filing at a time, by a form that needs no script."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.filings.actions import NotSaved
from portal.filings.actions.entries import THIS_ROW, put_entry, remove_entry
from portal.filings.differences import Stored, numbered
from portal.filings.forms import CONTRACT_LIST_ID, EntryForm, begun_with
from portal.filings.intake.entries import read_entry
from portal.filings.models.contract import Contract
from portal.filings.queries import accepts_from, stored_entries
from portal.filings.sheet import CONTRACT_KINDS, Entry, Finding, Kind
from portal.filings.telling import finding_in_words, kind_in_words
from portal.filings.views.firm_room import draft_in, firm_page, refuse, standing_in, steps, why_closed
from portal.filings.workspace.contracts import accounts
from portal.filings.workspace.periods import Standing
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import CodeLists, code_lists
from portal.ui.http import keeps_typing, kept_typing


@keeps_typing
@require_http_methods(["GET", "POST"])
@requires_firm(Permission.FILING_EDIT)
def entry_add(request: HttpRequest, period: str, kind: str, *, firm: Firm) -> HttpResponse:
    if kind not in set(Kind):
        raise Http404
    return entry_page(request, standing_in(firm, period), Kind(kind), None)


@keeps_typing
@require_http_methods(["GET", "POST"])
@requires_firm(Permission.FILING_EDIT)
def entry_edit(request: HttpRequest, period: str, place: str, *, firm: Firm) -> HttpResponse:
    stand = standing_in(firm, period)
    stored = _stored_at(stand, place)
    return entry_page(request, stand, stored.entry.kind, stored)


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.FILING_EDIT)
def entry_delete(request: HttpRequest, period: str, place: str, *, firm: Firm) -> HttpResponse:
    stand = standing_in(firm, period)
    stored = _stored_at(stand, place)
    if reason := why_closed(stand):
        return _turned_away(request, stand, reason)
    context = {"stand": stand, "stored": stored, "kind_name": kind_in_words(stored.entry.kind), "elsewhere": []}
    if request.method == "POST":
        try:
            remove_entry(
                version=stand.version, place=place, lists=code_lists(), by=request.user, at=clock.now()
            )  # fmt: skip
        except NotSaved as refusal:
            context["elsewhere"] = _elsewhere(refusal.because, stand)
        except Refused as refusal:
            return _turned_away(request, stand, str(refusal))
        else:
            messages.success(request, _("The row was removed. Everything else stays as it was."))
            return redirect("filings:filing-detail", period)
    return firm_page(request, stand.filing.firm, "filings/entry_delete.html", context)


def entry_page(
    request: HttpRequest, stand: Standing, kind: Kind, stored: Stored | None, template: str = ""
) -> HttpResponse:
    """The form of one row. With a `template` of its own it registers a contract from the ledger: signed when the
    period accepts its date, standing when it was signed before."""
    if reason := why_closed(stand):
        return _turned_away(request, stand, reason)
    lists = code_lists()
    typed = request.POST if request.method == "POST" else None
    begun = begun_with(request.GET, lists) if template else {}
    form = EntryForm(typed, kind=kind, lists=lists, initial=_initial(request, stored, stand.filing.firm, begun))
    elsewhere: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            entry = _put(request, stand, _read(kind, form, lists, stand if template else None), stored, form, lists)
        except NotSaved as refusal:
            form.tell(item for item in refusal.findings if item.row == THIS_ROW and not item.is_quiet)
            elsewhere = _elsewhere((item for item in refusal.because if item.row != THIS_ROW), stand)
        except Refused as refusal:
            return _turned_away(request, stand, str(refusal))
        else:
            return _saved(request, stand, entry, to_ledger=bool(template))
    context = _context(stand, kind, stored, form) | {"elsewhere": elsewhere}
    template = template or ("filings/entry_edit.html" if stored else "filings/entry_add.html")
    return firm_page(request, stand.filing.firm, template, context)


def _read(kind: Kind, form: EntryForm, lists: CodeLists, registers_in: Standing | None) -> Entry:
    """What was typed. A contract that is registered in a period is a standing one when the period no longer accepts
    the day on which it was signed."""
    typed = form.typed
    entry = read_entry(kind, typed, lists=lists, where={name: name for name in typed})
    if registers_in is None or entry.on is None:
        return entry
    since = accepts_from(registers_in.filing.firm, registers_in.period, clock.today())
    return replace(entry, kind=Kind.STANDING) if entry.on < since else entry


def _put(
    request: HttpRequest, stand: Standing, entry: Entry, stored: Stored | None, form: EntryForm, lists: CodeLists
) -> Entry:
    at = clock.now()
    with transaction.atomic():
        put_entry(
            version=draft_in(stand, request), entry=entry, place=stored.place if stored else None, lists=lists,
            by=request.user, at=at, seen=form.cleaned_data["seen"],
        )  # fmt: skip
    return entry


def _saved(request: HttpRequest, stand: Standing, entry: Entry, *, to_ledger: bool) -> HttpResponse:
    messages.success(request, _("The row was saved."))
    code = entry.upstream_firm
    if code and not Firm.objects.filter(credit_code=code).exists():
        words = _("The prime contractor %(code)s is no member here, so this contract is counted.")
        messages.info(request, words % {"code": code})
    if "again" in request.POST:
        if to_ledger:
            return redirect("filings:contract-add")
        return redirect("filings:entry-add", stand.period.code, entry.kind)
    if to_ledger:
        contract = Contract.objects.of(stand.filing.firm).get(number=entry.number)
        return redirect("filings:contract-detail", contract.pk)
    return redirect("filings:filing-detail", stand.period.code)


def _turned_away(request: HttpRequest, stand: Standing, reason: str) -> HttpResponse:
    refuse(request, Refused(reason))
    return redirect("filings:filing-detail", stand.period.code)


def _stored_at(stand: Standing, place: str) -> Stored:
    stored = stored_entries(stand.version) if stand.version else []
    found = next((item for item in stored if item.place == place), None)
    if found is None:
        raise Http404
    return found


def _kept(request: HttpRequest, firm: Firm) -> dict[str, str]:
    """What was typed into this form when the session ended, unless it was for another firm."""
    kept = kept_typing(request, request.path) if request.method == "GET" else None
    if kept is None or kept.get("firm") != str(firm.pk):
        return {}
    messages.info(request, _("What you had typed when your session ended stands here again. Save it now."))
    return kept.dict()


def _initial(request: HttpRequest, stored: Stored | None, firm: Firm, begun: dict[str, str]) -> dict[str, str]:
    if kept := _kept(request, firm):
        return kept
    if stored is None:
        return {"number": request.GET.get("contract", ""), **begun}
    return dict(stored.entry.raw) | {"seen": stored.fingerprint}


def _elsewhere(findings: Iterable[Finding], stand: Standing) -> list[dict[str, str]]:
    """Findings of other rows, each with the row it means and the way there."""
    rows = {item.entry.row: item for item in numbered(stored_entries(stand.version))} if stand.version else {}
    return [finding_in_words(found) | _whereabouts(rows.get(found.row), stand) for found in findings]


def _whereabouts(item: Stored | None, stand: Standing) -> dict[str, str]:
    if item is None:
        return {}
    where = " ".join((kind_in_words(item.entry.kind), item.entry.number, str(item.entry.on or "")))
    return {"where": where, "href": reverse("filings:entry-edit", args=[stand.period.code, item.place])}


def _context(stand: Standing, kind: Kind, stored: Stored | None, form: EntryForm) -> dict[str, object]:
    firm = stand.filing.firm
    needs_contract = kind not in CONTRACT_KINDS
    number = str(form["number"].value() or "")
    contract = Contract.objects.of(firm).filter(number=number).first() if needs_contract and number else None
    return {
        "stand": stand,
        "steps": steps(stand, "sheet" if kind == Kind.EXECUTED else "contracts"),
        "kind": kind,
        "kind_name": kind_in_words(kind),
        "stored": stored,
        "form": form,
        "account": accounts(firm, [contract])[0] if contract else None,
        "contract_list_id": CONTRACT_LIST_ID,
        "known_numbers": _known(firm) if needs_contract else [],
    }


def _known(firm: Firm) -> Iterable[tuple[str, str]]:
    return Contract.objects.of(firm).order_by("number").values_list("number", "name")
