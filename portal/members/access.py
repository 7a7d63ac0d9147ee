"""May this person? Outsiders get 404, readers 403, and a signed-out visitor the sign-in page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from portal.lib import clock
from portal.members.models import Appointment, Firm, Profile, Representation, User
from portal.members.roles import FIRM_PERMISSIONS, STAFF_PERMISSIONS, FirmRole, Permission, StaffRole
from portal.reference.models import Division

SESSION_FIRM = "firm"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

# What the data admin opens to whom: "app" or "app.model" → the right that it takes.
DATA_ADMIN: dict[str, Permission] = {
    "reference": Permission.CODE_LIST_EDIT,
    "members": Permission.MEMBER_EDIT,
    "filings.period": Permission.PERIOD_EDIT,
    "filings.window": Permission.PERIOD_EDIT,
    "publishing": Permission.PUBLICATION_EDIT,
    "publishing.subscriber": Permission.SUBSCRIBER_EDIT,
    # The editing desk as a whole, and the pictures and files in it.
    "wagtailadmin": Permission.PUBLICATION_EDIT,
    "wagtailimages": Permission.PUBLICATION_EDIT,
    "wagtaildocs": Permission.PUBLICATION_EDIT,
}


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by the association and by firms' owners; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AppointedAdmin(BaseBackend):
    """Model permissions for the data admin, from appointments that hold everywhere: it knows no divisions.

    Nothing is ever deleted there.
    """

    def has_perm(self, user: User, perm: str, obj: object = None) -> bool:
        app, _dot, rest = perm.partition(".")
        action, _line, model = rest.partition("_")
        if not user.is_active or action == "delete":
            return False
        return bool({DATA_ADMIN.get(app), DATA_ADMIN.get(f"{app}.{model}")} & _held(user))

    def has_module_perms(self, user: User, app: str) -> bool:
        rights = {right for key, right in DATA_ADMIN.items() if key.split(".")[0] == app}
        return user.is_active and bool(rights & _held(user))


def _held(user: User) -> frozenset[Permission]:
    """Rights that hold everywhere, looked up once for each request: the admin asks dozens of times a page."""
    if not hasattr(user, "_rights_everywhere"):
        rows = [row for row in appointments(user) if row.division_id is None]
        user._rights_everywhere = frozenset().union(*(STAFF_PERMISSIONS[StaffRole(row.role)] for row in rows))
    return user._rights_everywhere


def _running(rows: QuerySet, on: date) -> QuerySet:
    return rows.filter(since_on__lte=on).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


def representations(user: User, on: date | None = None) -> QuerySet[Representation]:
    """The firms that a person acts for now. A role that was closed at once gives nothing any more."""
    rows = Representation.objects.filter(user=user, ended_at__isnull=True)
    return _running(rows, on or clock.today()).select_related("firm")


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


def firms_in_scope(user: User, *permissions: Permission) -> QuerySet[Firm]:
    """The firms over which a person's appointments give one of these rights: all, or those of some divisions.

    A firm belongs to the division of its newest profile in force.
    """
    wanted = frozenset(permissions)
    rows = [row for row in appointments(user) if wanted & STAFF_PERMISSIONS[StaffRole(row.role)]]
    if not rows:
        return Firm.objects.none()
    if any(row.division_id is None for row in rows):
        return Firm.objects.all()
    return firms_of_divisions([row.division_id for row in rows])


def divisions_in_scope(user: User, *permissions: Permission) -> frozenset[str] | None:
    """The divisions to which these rights are limited; None where they hold everywhere."""
    wanted = frozenset(permissions)
    rows = [row for row in appointments(user) if wanted & STAFF_PERMISSIONS[StaffRole(row.role)]]
    codes = frozenset(row.division_id for row in rows)
    return None if None in codes else codes


def may_in(user: User, permission: Permission, division: Division) -> bool:
    """May the person do this in a place: everywhere, in it, or in its province?"""
    rows = [row for row in appointments(user) if permission in STAFF_PERMISSIONS[StaffRole(row.role)]]
    return any(row.division_id in (None, division.pk, division.parent_id) for row in rows)


def places_in_scope(user: User, permission: Permission) -> Q:
    """The condition on a row's `division`: where a person's appointments give the right."""
    rows = [row for row in appointments(user) if permission in STAFF_PERMISSIONS[StaffRole(row.role)]]
    if any(row.division_id is None for row in rows):
        return Q()
    codes = [row.division_id for row in rows]
    return Q(division__in=codes) | Q(division__parent__in=codes)


def firms_of_divisions(codes: list[str]) -> QuerySet[Firm]:
    """Firms registered now in one of the divisions, or in a city of one."""
    newest: dict[int, tuple[str, str | None]] = {}
    rows = Profile.objects.filter(effective_on__lte=clock.today()).order_by("effective_on", "recorded_at", "pk")
    for firm, code, parent in rows.values_list("firm", "division", "division__parent"):
        newest[firm] = (code, parent)
    return Firm.objects.filter(pk__in=[firm for firm, places in newest.items() if set(places) & set(codes)])


def requires_staff(*permissions: Permission) -> Callable:
    """Only for appointed staff with one of these rights. Nobody else learns that the page exists: 404;
    staff without the right are told so: 403."""
    wanted = frozenset(permissions)

    def decorate(view):
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not appointments(request.user):
                raise Http404
            if not wanted & staff_permissions(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


@dataclass(frozen=True)
class Viewing:
    """A member of staff looks at a firm's workspace, and changes nothing."""

    firm: Firm
    until: datetime


def viewing(request: HttpRequest) -> Viewing | None:
    """Whether the person only looks, in another firm's name; portal.members.middleware finds it out."""
    return getattr(request, "viewing_as", None)


def current_firm(request: HttpRequest) -> Firm:
    """The firm that the person is acting for in this session, or looking at; 404 when there is none."""
    if seen := viewing(request):
        return seen.firm
    rows = list(representations(request.user).order_by("firm__name_zh"))
    if not rows:
        raise Http404
    chosen = request.session.get(SESSION_FIRM)
    return next((row.firm for row in rows if row.firm_id == chosen), rows[0].firm)


def rights_in(request: HttpRequest, firm: Firm) -> frozenset[Permission]:
    """What the person may do for the firm; who looks at it sees it as its owner does, and can press nothing."""
    if viewing(request):
        return FIRM_PERMISSIONS[FirmRole.OWNER]
    return firm_permissions(request.user, firm)


def requires_firm(permission: Permission) -> Callable:
    """For somebody acting for a firm, with the right there; the view is handed `firm`."""

    def decorate(view):
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            firm = current_firm(request)
            is_reading = request.method in SAFE_METHODS
            if permission not in rights_in(request, firm) or (viewing(request) and not is_reading):
                raise PermissionDenied
            return view(request, *args, firm=firm, **kwargs)

        return wrapped

    return decorate
