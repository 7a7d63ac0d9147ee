"""Members and the people who act for them. Staff in scope read; whoever may edit members changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.filings.desk.firms import filings_of, firms_sought, listed
from portal.filings.desk.history import people_named, who
from portal.filings.desk.members import events_of, member_tabs
from portal.filings.forms_members import (
    ConsentForm,
    EndForm,
    FirmChangeForm,
    FirmForm,
    ProfileForm,
    RepresentationForm,
)
from portal.filings.views.desk_member_room import accepted, firm_for
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, may, may_in, requires_staff
from portal.members.actions import (
    admit_firm,
    change_firm,
    change_profile,
    end_representation,
    invite_person,
    record_consent,
    represent,
    withdraw_consent,
)
from portal.members.emails import send_password_link
from portal.members.forms import places
from portal.members.models import Firm, Grade, Representation, SizeBand, User
from portal.members.policies import open_invitations
from portal.members.queries import current_profile
from portal.members.roles import Permission

FIRMS_A_PAGE = 50
READERS = (Permission.FILING_VIEW, Permission.MEMBER_EDIT)
OWN_FIELDS = ("name_zh", "name_en", "joined_on", "left_on")
PROFILE_FIELDS = ("size_band", "grade", "controller")


@require_GET
@requires_staff(*READERS)
def firm_list(request: HttpRequest) -> HttpResponse:
    """The members in scope."""
    text, place = request.GET.get("q", "")[:100], request.GET.get("place", "")
    rows = firms_sought(firms_in_scope(request.user, *READERS), text=text, place=place)
    page = Paginator(rows, FIRMS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": listed(list(page.object_list), clock.now(), clock.today()),
        "text": text,
        "place": place,
        "places": places(),
        "edits": may(request.user, Permission.MEMBER_EDIT),
        "tabs": member_tabs(request.user, "desk:firm-list"),
    }
    return render(request, "desk/firm_list.html", context)


@require_GET
@requires_staff(*READERS)
def firm_detail(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, *READERS)
    profiles = list(firm.profiles.select_related("division__parent"))
    people = people_named(profile.recorded_by for profile in profiles)
    edits = _edits(request, firm)
    context = {
        "firm": firm,
        "profile": current_profile(firm, on=clock.today()),
        "profiles": [(profile, who(profile.recorded_by, people)) for profile in profiles],
        "representations": firm.representations.select_related("user").order_by("until_on", "since_on", "pk"),
        "consents": firm.consents.order_by("-given_at"),
        "filings": filings_of(firm),
        "today": clock.today(),
        "now": clock.now(),
        "edits": edits,
        "views_as": firms_in_scope(request.user, Permission.VIEW_AS).filter(pk=firm.pk).exists(),
        "events": events_of(firm),
        "terms": firm.terms.select_related("replaced_by").order_by("-from_on", "-pk"),
        "dues": firm.dues.select_related("replaced_by").order_by("-from_on", "-pk") if edits else None,
        "invitations": open_invitations(firm).order_by("-invited_at") if edits else None,
        "grants": firms_in_scope(request.user, Permission.EXTENSION_GRANT).filter(pk=firm.pk).exists(),
    }
    return render(request, "desk/firm_detail.html", context)


def _edits(request: HttpRequest, firm: Firm) -> bool:
    return firms_in_scope(request.user, Permission.MEMBER_EDIT).filter(pk=firm.pk).exists()


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def firm_add(request: HttpRequest) -> HttpResponse:
    usual = {"joined_on": clock.today(), "size_band": SizeBand.SMALL, "grade": Grade.MEMBER}
    form = FirmForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if accepted(form, lambda: _admit(request, values)):
            messages.success(request, _("%(firm)s is a member now.") % {"firm": values["name_zh"]})
            return redirect("desk:firm-detail", values["credit_code"])
    return render(request, "desk/firm_add.html", {"form": form})


def _admit(request: HttpRequest, values: dict) -> None:
    if not may_in(request.user, Permission.MEMBER_EDIT, values["division"]):
        raise Refused(_("This place is outside your divisions."))
    admit_firm(by=request.user, at=clock.now(), **values)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def firm_change(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    form = FirmChangeForm(request.POST or None, initial={name: getattr(firm, name) for name in OWN_FIELDS})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if accepted(form, lambda: change_firm(firm=firm, by=request.user, at=clock.now(), **values)):
            messages.success(request, _("The firm's record has been changed."))
            return redirect("desk:firm-detail", code)
    return render(request, "desk/firm_change.html", {"form": form, "firm": firm})


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def profile_change(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    newest = current_profile(firm, on=clock.today())
    initial = {name: getattr(newest, name) for name in PROFILE_FIELDS} if newest else {}
    initial |= {"division": newest.division_id if newest else "", "effective_on": clock.today()}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if accepted(form, lambda: change_profile(firm=firm, by=request.user, at=clock.now(), **values)):
            words = _("The profile has been recorded, true from %(day)s.")
            messages.success(request, words % {"day": values["effective_on"].isoformat()})
            return redirect("desk:firm-detail", code)
    return render(request, "desk/profile_change.html", {"form": form, "firm": firm})


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def representation_add(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person a role in the firm; somebody unknown gets an account and a link for choosing a password."""
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    form = RepresentationForm(request.POST or None, initial={"since_on": clock.today()})
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _let_act(request, firm, form)):
        return redirect("desk:firm-detail", code)
    return render(request, "desk/representation_add.html", {"form": form, "firm": firm})


def _let_act(request: HttpRequest, firm: Firm, form: RepresentationForm) -> None:
    values, at = form.cleaned_data, clock.now()
    with transaction.atomic():
        user = invite_person(email=values["email"], name=values["name"], by=request.user, at=at)
        represent(user=user, firm=firm, role=values["role"], since_on=values["since_on"], by=request.user, at=at)
    messages.success(request, _("%(person)s acts for %(firm)s now.") % {"person": user, "firm": firm})
    if not user.has_usable_password():
        _send_link(request, user)


def _send_link(request: HttpRequest, user: User) -> None:
    if send_password_link(request, user):
        words = _("A link for choosing a password has been sent to %(email)s.")
        messages.success(request, words % {"email": user.email})
    else:
        words = _(
            "The letter to %(email)s could not be sent. The person can ask for the link on the sign-in page, or "
            "you can send it again later."
        )
        messages.warning(request, words % {"email": user.email})


def _representation(request: HttpRequest, pk: int) -> Representation:
    rows = Representation.objects.select_related("user", "firm")
    return get_object_or_404(rows, pk=pk, firm__in=firms_in_scope(request.user, Permission.MEMBER_EDIT))


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def representation_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = _representation(request, pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if accepted(form, lambda: end_representation(representation=row, on=on, by=request.user, at=clock.now())):
            words = _("%(person)s acts for this firm until %(day)s.")
            messages.success(request, words % {"person": row.user, "day": on.isoformat()})
            return redirect("desk:firm-detail", row.firm.credit_code)
    return render(request, "desk/representation_end.html", {"form": form, "row": row, "firm": row.firm})


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def invitation_send(request: HttpRequest, pk: int) -> HttpResponse:
    """The link for choosing a password, once more."""
    row = _representation(request, pk)
    _send_link(request, row.user)
    return redirect("desk:firm-detail", row.firm.credit_code)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def consent_add(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        evidence = form.cleaned_data["evidence"]
        if accepted(form, lambda: record_consent(firm=firm, evidence=evidence, by=request.user, at=clock.now())):
            messages.success(request, _("The consent has been recorded. Releases built from now on know it."))
            return redirect("desk:firm-detail", code)
    return render(request, "desk/consent_add.html", {"form": form, "firm": firm})


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def consent_withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    consent = get_object_or_404(firm.consents, pk=pk)
    try:
        withdraw_consent(consent=consent, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The consent has been withdrawn. What was published before stays published."))
    return redirect("desk:firm-detail", code)
