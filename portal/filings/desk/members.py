"""Members as their pages at the desk tell them: the tabs, what became of a firm, and what an act will do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing
from portal.lib.words import gettext_noop
from portal.members.access import may, places_in_scope
from portal.members.models import Application, Firm, FirmEvent, User
from portal.members.policies import team
from portal.members.roles import FirmRole, Permission
from portal.reference.models import Division

TABS: tuple[tuple[str, str], ...] = (
    ("desk:firm-list", gettext_noop("Firms")),
    ("desk:application-list", gettext_noop("Applications")),
    ("desk:dues-list", gettext_noop("Dues")),
    ("desk:person-list", gettext_noop("All people")),
)


def member_tabs(user: User, here: str) -> list[dict[str, object]]:
    """The pages about members; all but the first are for who may edit members. One query, none for others."""
    if not may(user, Permission.MEMBER_EDIT):
        return []
    counts = {"desk:application-list": waiting(user).count() or ""}
    return [
        {"label": _(label), "href": reverse(name), "current": name == here, "count": counts.get(name, "")}
        for name, label in TABS
    ]


def applications_of(user: User):
    """The applications from places where the person may edit members."""
    return Application.objects.filter(places_in_scope(user, Permission.MEMBER_EDIT)).select_related("division")


def waiting(user: User):
    return applications_of(user).filter(state=Application.State.RECEIVED)


# ── What became of a firm ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Happened:
    event: FirmEvent
    words: str
    other: Firm | None


def events_of(firm: Firm) -> list[Happened]:
    """What happened to a firm, and to others that merged into it or split off it; newest first: two queries."""
    rows = FirmEvent.objects.filter(Q(firm=firm) | Q(other=firm)).select_related("firm", "other")
    rows = list(rows.order_by("-effective_on", "-pk"))
    codes = {code for row in rows for code in (row.before.get("division"), row.after.get("division")) if code}
    places = Division.objects.in_bulk(codes) if codes else {}
    return [Happened(row, _in_words(row, firm, places), _other(row, firm)) for row in rows]


def _other(event: FirmEvent, firm: Firm) -> Firm | None:
    return event.firm if event.other_id == firm.pk else event.other


def _in_words(event: FirmEvent, firm: Firm, places: Mapping[str, Division]) -> str:
    if event.kind == FirmEvent.Kind.RENAMED:
        return _("Renamed from %(old)s to %(new)s") % {"old": event.before["name_zh"], "new": event.after["name_zh"]}
    if event.kind == FirmEvent.Kind.MOVED:
        old, new = (places.get(row.get("division", "")) for row in (event.before, event.after))
        return _("Moved from %(old)s to %(new)s") % {"old": old.name if old else "", "new": new.name if new else ""}
    is_own = event.firm_id == firm.pk
    if event.kind == FirmEvent.Kind.MERGED:
        words = _("Merged into %(other)s") if is_own else _("%(other)s merged into this firm")
        taken = event.after.get("contracts") == "taken"
        said = words % {"other": _other(event, firm)}
        return said + (_("; its open contracts go on here") if taken and not is_own else "")
    words = _("Split off %(other)s") if is_own else _("%(other)s split off this firm")
    return words % {"other": _other(event, firm)}


# ── What an act will do, told before it is done ──────────────────────────────────────────────────


def foretold_name(firm: Firm, name: str, on: date) -> list[str]:
    return [
        _("From %(day)s the firm is called %(new)s.") % {"day": on.isoformat(), "new": name},
        _("%(old)s stays in its history, and the search of firms finds it.") % {"old": firm.name_zh},
        _("The credit code, the filings and every release stay as they are."),
    ]


def foretold_move(firm: Firm, division: Division, on: date) -> list[str]:
    values = {"place": division.name, "day": on.isoformat()}
    return [
        _("From %(day)s the firm is registered in %(place)s, with the same size, grade and controller.") % values,
        _("Releases built from now on count it there for quarters that end on that day or later."),
        _("Releases that are published stay as they are."),
        _("Staff whose divisions do not include %(place)s no longer see the firm.") % values,
    ]


def foretold_merger(
    firm: Firm, into: Firm, on: date, carried: Mapping[int, FirmRole], takes_contracts: bool
) -> list[str]:
    filings, contracts = Filing.objects.filter(firm=firm).count(), Contract.objects.filter(firm=firm).count()
    names = ", ".join(str(row.user) for row in team(firm).filter(pk__in=carried).select_related("user"))
    values = {"firm": firm, "into": into, "day": on.isoformat(), "names": names}
    kept = ngettext("Its %(number)d filing stays as it is.", "Its %(number)d filings stay as they are.", filings)
    taken = ngettext(
        "%(into)s takes its %(number)d contract over: that is noted on both, and no line that was filed is rewritten.",
        "%(into)s takes its %(number)d contracts over: that is noted on both, and no line that was filed is rewritten.",
        contracts,
    )
    return [
        _("%(firm)s leaves on %(day)s and is expected to file no later quarter.") % values,
        kept % {"number": filings},
        _("Releases that are published stay as they are."),
        taken % {"number": contracts, "into": into} if takes_contracts else _("Its contracts stay with it."),
        _("These people act for %(into)s too: %(names)s.") % values if carried else _("Nobody is carried over."),
        _("Who acts for %(firm)s keeps that, so that returned quarters can still be mended.") % values,
    ]


def foretold_split(firm: Firm, name: str, on: date) -> list[str]:
    values = {"firm": firm, "name": name, "day": on.isoformat()}
    return [
        _("%(name)s becomes a member on %(day)s, with a profile and a term of its own.") % values,
        _("%(firm)s goes on; its filings and contracts stay with it.") % values,
        _("The two are linked in the history of both."),
        _("Nobody acts for %(name)s yet: invite its owner afterwards.") % values,
    ]
