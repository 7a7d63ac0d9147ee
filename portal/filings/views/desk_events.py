"""What becomes of a firm: each act is typed, looked at in a preview, and then recorded."""

from collections.abc import Callable
from hashlib import sha256

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.filings.desk.members import foretold_merger, foretold_move, foretold_name, foretold_split
from portal.filings.forms_members import MergeForm, MoveForm, RenameForm, SplitForm
from portal.filings.views.desk_member_room import accepted, firm_for
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, may_in, requires_staff
from portal.members.actions import merge_firm, move_firm, rename_firm, split_firm
from portal.members.models import Firm
from portal.members.policies import team, why_not_happen, why_not_merge, why_not_rename
from portal.members.queries import current_profile
from portal.members.roles import Permission
from portal.reference.models import Division

NOT_TYPED = ("csrfmiddlewaretoken", "confirm", "previewed")


def _act_page(
    request: HttpRequest,
    firm: Firm,
    form: Form,
    title: str,
    foretell: Callable[[dict], list[str]],
    act: Callable[[dict], object],
) -> HttpResponse:
    """The first press tells what will happen, the second (`confirm`) does it; a refusal shows at either. What was
    typed over since the preview (or sent by the key Enter) is told anew before it is done."""
    foretold: list[str] = []
    typed = _digest(request)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if "confirm" in request.POST and request.POST.get("previewed", typed) == typed:
            if accepted(form, lambda: act(values)):
                messages.success(request, _("Recorded: %(act)s.") % {"act": title})
                return redirect("desk:firm-detail", firm.credit_code)
        else:
            accepted(form, lambda: foretold.extend(foretell(values)))
    context = {"form": form, "firm": firm, "title": title, "foretold": foretold, "typed": typed}
    return render(request, "desk/firm_event.html", context)


def _digest(request: HttpRequest) -> str:
    """What was typed, short enough to travel along."""
    rows = [row for row in sorted(request.POST.lists()) if row[0] not in NOT_TYPED]
    return sha256(repr(rows).encode()).hexdigest()[:16]


def _or_refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def firm_rename(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    usual = {"name_zh": firm.name_zh, "name_en": firm.name_en, "on": clock.today()}

    def foretell(values: dict) -> list[str]:
        names = values["name_zh"], values["name_en"]
        _or_refuse(why_not_rename(firm, *names, values["on"], clock.today()))
        return foretold_name(firm, values["name_zh"], values["on"])

    def act(values: dict) -> None:
        rename_firm(firm=firm, by=request.user, at=clock.now(), **values)

    form = RenameForm(request.POST or None, initial=usual)
    return _act_page(request, firm, form, _("Rename the firm"), foretell, act)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def firm_move(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)

    def foretell(values: dict) -> list[str]:
        _or_refuse(why_not_happen(firm, values["on"]) or _outside(request, values["division"]))
        return foretold_move(firm, values["division"], values["on"])

    def act(values: dict) -> None:
        _or_refuse(_outside(request, values["division"]))
        move_firm(firm=firm, by=request.user, at=clock.now(), **values)

    form = MoveForm(request.POST or None, initial={"on": clock.today()})
    return _act_page(request, firm, form, _("Move to another place"), foretell, act)


def _outside(request: HttpRequest, division: Division) -> str | None:
    if may_in(request.user, Permission.MEMBER_EDIT, division):
        return None
    return _("This place is outside your divisions.")


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def firm_merge(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    firms = firms_in_scope(request.user, Permission.MEMBER_EDIT)
    people = list(team(firm).select_related("user").order_by("pk"))
    form = MergeForm(request.POST or None, initial={"on": clock.today()}, firms=firms, people=people)

    def foretell(values: dict) -> list[str]:
        _or_refuse(why_not_merge(firm, values["into"], values["on"]))
        return foretold_merger(firm, values["into"], values["on"], form.carried(), values["takes_contracts"])

    def act(values: dict) -> None:
        merge_firm(
            firm=firm, into=values["into"], on=values["on"], carried=form.carried(), reason=values["reason"],
            takes_contracts=values["takes_contracts"], by=request.user, at=clock.now(),
        )  # fmt: skip

    return _act_page(request, firm, form, _("Merge into another firm"), foretell, act)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def firm_split(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    held = current_profile(firm, on=clock.today())
    usual = {"on": clock.today()} | ({"division": held.division_id, "size_band": held.size_band} if held else {})

    def foretell(values: dict) -> list[str]:
        _or_refuse(_why_not_split(request, firm, values))
        return foretold_split(firm, values["name_zh"], values["on"])

    def act(values: dict) -> None:
        _or_refuse(_why_not_split(request, firm, values))
        split_firm(firm=firm, by=request.user, at=clock.now(), **values)

    return _act_page(
        request, firm, SplitForm(request.POST or None, initial=usual), _("Split off a firm"), foretell, act
    )


def _why_not_split(request: HttpRequest, firm: Firm, values: dict) -> str | None:
    if Firm.objects.filter(credit_code=values["credit_code"]).exists():
        return _("%(code)s is a member already.") % {"code": values["credit_code"]}
    return why_not_happen(firm, values["on"]) or _outside(request, values["division"])
