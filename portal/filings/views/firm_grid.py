"""The quarter as a table to type in: its page, its cells, and what it is told when it asks."""

from collections.abc import Mapping
from contextlib import suppress
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions.typing import Kept, Moved, save_cells, take_seat
from portal.filings.models.grid import Sitting
from portal.filings.queries import totals
from portal.filings.sheet import Kind
from portal.filings.views.firm_grid_answer import answer_of, checked_rows
from portal.filings.views.firm_grid_page import grid_context
from portal.filings.views.firm_grid_typed import Sent, sent_by_form, sent_by_script
from portal.filings.views.firm_room import draft_in, firm_page, refuse, standing_in, why_closed
from portal.filings.workspace.grid import grid_of
from portal.filings.workspace.history import people_of
from portal.filings.workspace.periods import Standing, typing_in
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firm_permissions, requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import code_lists
from portal.ui.figures import amount
from portal.ui.http import keeps_typing, kept_typing

Overlay = Mapping[str, Mapping[str, str]]


@require_GET
@requires_firm(Permission.FILING_VIEW)
def grid(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """Whoever opens it to type takes the seat."""
    stand = standing_in(firm, period)
    return _grid_page(request, stand, _kept(request, stand))


def _grid_page(request: HttpRequest, stand: Standing, overlay: Overlay, status: int = 200) -> HttpResponse:
    may_edit = Permission.FILING_EDIT in firm_permissions(request.user, stand.filing.firm)
    closed = why_closed(stand)
    token, former = uuid4(), None
    if may_edit and closed is None and stand.version is not None:
        former = Sitting.objects.filter(version=stand.version).first()
        take_seat(version=stand.version, token=token, by=request.user, at=clock.now())
    lists = code_lists()
    table = grid_of(stand.filing, stand.version, lists=lists, on=clock.today())
    add = request.POST.get("add") or request.GET.get("add", "")
    context = grid_context(
        stand, table, lists, overlay=overlay, is_open=may_edit and closed is None, add=add if add in set(Kind) else ""
    )  # fmt: skip
    context["typing"] = typing_in([stand.version])[stand.version.pk] if stand.version else None
    context |= {"closed": closed, "token": token, "former": _sitting_in_words(former, stand.filing.firm)}
    return firm_page(request, stand.filing.firm, "filings/grid.html", context, status=status)


def _sitting_in_words(sitting: Sitting | None, firm: Firm) -> dict[str, str] | None:
    if sitting is None:
        return None
    who = people_of(firm, {sitting.user}).get(sitting.user, "")
    return {"token": str(sitting.token), "who": who, "at": f"{timezone.localtime(sitting.since_at):%H:%M}"}


def _kept(request: HttpRequest, stand: Standing) -> dict[str, dict[str, str]]:
    """What this person had typed when the session ended, if it was into this very draft."""
    typed = kept_typing(request, reverse("filings:grid-save", args=[stand.period.code]))
    if typed is None:
        return {}
    sent = None
    with suppress(ValueError):
        sent = sent_by_form(typed)
    if sent is None or sent.version != (stand.version.pk if stand.version else None):
        return {}
    messages.info(request, _("What you had typed when your session ended stands here again. Save it now."))
    return _overlay(sent, {row.place for row in sent.rows})


def _overlay(sent: Sent, places: set[str]) -> dict[str, dict[str, str]]:
    return {row.place: dict(row.values) | {"": row.kind} for row in sent.rows if row.place in places}


@keeps_typing
@require_POST
@requires_firm(Permission.FILING_EDIT)
def grid_save(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """The whole table at once, for a browser without script."""
    stand = standing_in(firm, period)
    try:
        sent = sent_by_form(request.POST)
    except ValueError:
        refuse(request, Refused(_("This form was damaged on its way. Open the page again.")))
        return redirect("filings:grid", period)
    try:
        kept = _save(request, stand, sent) if sent.rows else None
    except Refused as refusal:
        refuse(request, refusal)
        if isinstance(refusal, Moved):
            messages.info(request, _("It is being filled here now. What you typed is kept below: save it again."))
        return _grid_page(request, standing_in(firm, period), _overlay(sent, {row.place for row in sent.rows}), 409)
    left = {row.place for row in kept.outcomes if row.state in ("overtaken", "gone")} if kept else set()
    if kept:
        _say_what_became(request, kept, len(left))
    if left:
        return _grid_page(request, standing_in(firm, period), _overlay(sent, left), 409)
    add = request.POST.get("add", "")
    page = reverse("filings:grid", args=[period])
    return redirect(f"{page}?add={add}#added-{add}" if add in set(Kind) else page)


def _say_what_became(request: HttpRequest, kept: Kept, left: int) -> None:
    waiting = sum(row.state == "typed" for row in kept.outcomes)
    messages.success(request, _("Saved at %(time)s.") % {"time": _time_now()})
    if waiting:
        said = ngettext(
            "%(count)d row is kept as you typed it, and is to be mended.",
            "%(count)d rows are kept as you typed them, and are to be mended.",
            waiting,
        )
        messages.info(request, said % {"count": waiting})
    if left:
        messages.error(request, _("Somebody else has changed some rows meanwhile. Look at them and save again."))


def _save(request: HttpRequest, stand: Standing, sent: Sent) -> Kept:
    firm, period = stand.filing.firm, stand.period.code
    with transaction.atomic():
        version = sent.version
        if version is None:
            # The first thing said in the period opens its filing.
            if reason := why_closed(stand):
                raise Refused(reason)
            version = draft_in(stand, request).pk
        return save_cells(
            version=version, firm=firm, period=period, rows=sent.rows, token=sent.token, by=request.user,
            at=clock.now(),
        )  # fmt: skip


@require_POST
@requires_firm(Permission.FILING_EDIT)
def cell_save(request: HttpRequest, period: str, *, firm: Firm) -> JsonResponse:
    """Some cells as they were typed. 409: another tab has the seat; 422: the draft is closed, with the reason."""
    try:
        sent = sent_by_script(request)
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"refused": _("This form was damaged on its way. Open the page again.")}, status=400)
    try:
        if sent.version is None:
            kept = _save(request, standing_in(firm, period), sent)
        else:
            kept = save_cells(
                version=sent.version, firm=firm, period=period, rows=sent.rows, token=sent.token, by=request.user,
                at=clock.now(),
            )  # fmt: skip
    except Moved as moved:
        said = _sitting_in_words(moved.sitting, firm)
        return JsonResponse({"moved": str(moved), **said}, status=409)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=422)
    return JsonResponse(answer_of(kept, sent, period) | {"saved_at": _time_now()})


def _time_now() -> str:
    return f"{timezone.localtime(clock.now()):%H:%M:%S}"


@require_GET
@requires_firm(Permission.FILING_VIEW)
def grid_state(request: HttpRequest, period: str, *, firm: Firm) -> JsonResponse:
    """Who is signed in, a fresh token, and what every rule says of the rows as they stand now."""
    stand = standing_in(firm, period)
    state: dict[str, object] = {
        "csrf": get_token(request),
        "firm": firm.pk,
        "version": stand.version.pk if stand.version else None,
        "closed": why_closed(stand) or "",
        "saved_at": _time_now(),
    }
    if request.GET.get("rows") and stand.version is not None:
        table = grid_of(stand.filing, stand.version, lists=code_lists(), on=clock.today())
        sums = totals(stand.version)
        state["rows"] = checked_rows(table, period, is_open=not state["closed"])
        state["totals"] = {"executed": amount(sums.executed), "signed": amount(sums.signed)}
    return JsonResponse(state)
