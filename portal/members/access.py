"""May this person? Outsiders get 404, readers 403, and a signed-out visitor the sign-in page."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from portal.lib import clock
from portal.members.models import Appointment, Firm, Profile, Representation, User
from portal.members.roles import FIRM_PERMISSIONS, STAFF_PERMISSIONS, FirmRole, Permission, StaffRole

SESSION_FIRM = "firm"


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by the association and by firms' owners; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def _running(rows: QuerySet, on: date) -> QuerySet:
    return rows.filter(since_on__lte=on).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


def representations(user: User, on: date | None = None) -> QuerySet[Representation]:
    """The firms that a person acts for now."""
    return _running(Representation.objects.filter(user=user), on or clock.today()).select_related("firm")


def appointments(user: User, on: date | None = None) -> list[Appointment]:
    return list(_running(Appointment.objects.filter(user=user), on or clock.today()).select_related("division"))


def staff_permissions(user: User) -> frozenset[Permission]:
    """Rights from appointments, wherever they apply."""
    return frozenset().union(*(STAFF_PERMISSIONS[StaffRole(row.role)] for row in appointments(user)))


def firm_permissions(user: User, firm: Firm) -> frozenset[Permission]:
    roles = representations(user).filter(firm=firm).values_list("role", flat=True)
    return frozenset().union(*(FIRM_PERMISSIONS[FirmRole(role)] for role in roles))


def may(user: User, permission: Permission, firm: Firm | None = None) -> bool:
    """May the person do this: as staff for whom the firm is in scope, or for that firm?"""
    if firm is None:
        return permission in staff_permissions(user)
    return permission in firm_permissions(user, firm) or firms_in_scope(user, permission).filter(pk=firm.pk).exists()


def firms_in_scope(user: User, permission: Permission) -> QuerySet[Firm]:
    """The firms over which a person's appointments give a right: all, or those of some divisions.

    A firm belongs to the division of its newest profile in force.
    """
    rows = [row for row in appointments(user) if permission in STAFF_PERMISSIONS[StaffRole(row.role)]]
    if not rows:
        return Firm.objects.none()
    if any(row.division_id is None for row in rows):
        return Firm.objects.all()
    return firms_of_divisions([row.division_id for row in rows])


def firms_of_divisions(codes: list[str]) -> QuerySet[Firm]:
    """Firms registered now in one of the divisions, or in a city of one."""
    newest: dict[int, tuple[str, str | None]] = {}
    rows = Profile.objects.filter(effective_on__lte=clock.today()).order_by("effective_on", "recorded_at", "pk")
    for firm, code, parent in rows.values_list("firm", "division", "division__parent"):
        newest[firm] = (code, parent)
    return Firm.objects.filter(pk__in=[firm for firm, places in newest.items() if set(places) & set(codes)])


def requires_staff(permission: Permission) -> Callable:
    """Only for appointed staff with the right. Nobody else learns that the page exists: 404; staff
    without this right are told so: 403."""

    def decorate(view):
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            held = staff_permissions(request.user)
            if not appointments(request.user):
                raise Http404
            if permission not in held:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def current_firm(request: HttpRequest) -> Firm:
    """The firm that the person is acting for in this session; 404 when there is none."""
    rows = list(representations(request.user).order_by("firm__name_zh"))
    if not rows:
        raise Http404
    chosen = request.session.get(SESSION_FIRM)
    return next((row.firm for row in rows if row.firm_id == chosen), rows[0].firm)


def requires_firm(permission: Permission) -> Callable:
    """For somebody acting for a firm, with the right there; the view is handed `firm`."""

    def decorate(view):
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            firm = current_firm(request)
            if permission not in firm_permissions(request.user, firm):
                raise PermissionDenied
            return view(request, *args, firm=firm, **kwargs)

        return wrapped

    return decorate
