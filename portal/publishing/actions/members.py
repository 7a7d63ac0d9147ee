"""What a firm tells of itself in the directory: written, released field by field, taken back; hidden by staff."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.access import firm_permissions, may
from portal.members.models import Firm, User
from portal.members.roles import Permission
from portal.publishing.directories import TITLES_OF_FIELDS
from portal.publishing.models import MemberPage
from portal.publishing.search.index import reindex

WRITTEN = ("intro_zh", "intro_en", "website", "phone", "email", "founded_year")


@transaction.atomic
def save_member_page(firm: Firm, values: Mapping[str, object], by: User, at: datetime) -> MemberPage:
    """Keep what the firm wrote: `categories` are codes or rows. What is released already shows it at once."""
    _only_its_owner(firm, by)
    page = _locked(firm)
    before = {name: getattr(page, name) for name in WRITTEN}
    for name in WRITTEN:
        if name in values:
            setattr(page, name, values[name])
    page.edited_at = at
    page.save()
    if "categories" in values:
        page.categories.set(values["categories"])
    changed = [name for name in WRITTEN if getattr(page, name) != before[name]]
    _journal(
        "member_page.edited", page, by, at, changed=[*changed, *(["categories"] if "categories" in values else [])]
    )
    _follow(page)
    return page


@transaction.atomic
def release_member_page(firm: Firm, shown: Iterable[str], by: User, at: datetime) -> MemberPage:
    """The directory shows the firm's name and city, and of its page these fields alone.

    Raises:
        Refused: no field is named, or none of them says anything; or the association has hidden the page.
    """
    _only_its_owner(firm, by)
    page = _locked(firm)
    wanted = [name for name in TITLES_OF_FIELDS if name in set(shown)]
    if reason := why_not_release(page, wanted):
        raise Refused(reason)
    page.shown, page.released_at, page.released_by, page.taken_back_at = wanted, at, by.key, None
    page.save()
    _journal("member_page.released", page, by, at, shown=wanted)
    _follow(page)
    return page


def why_not_release(page: MemberPage, shown: Iterable[str]) -> str | None:
    if page.hidden_at:
        return _("The association has hidden this page: %(reason)s") % {"reason": page.hidden_because}
    if not any(_says(page, name) for name in shown):
        return _("Choose at least one field that is filled in.")
    return None


def _says(page: MemberPage, field: str) -> bool:
    if field == "intro":
        return bool(page.intro_zh or page.intro_en)
    return page.categories.exists() if field == "categories" else bool(getattr(page, field))


@transaction.atomic
def take_back_member_page(firm: Firm, by: User, at: datetime) -> MemberPage:
    """The firm is in the directory no longer, from this moment on."""
    _only_its_owner(firm, by)
    page = _locked(firm)
    if not page.released_at or page.taken_back_at:
        raise Refused(_("The page is not in the directory."))
    page.taken_back_at = at
    page.save()
    _journal("member_page.taken_back", page, by, at)
    _follow(page)
    return page


@transaction.atomic
def hide_member_page(page: MemberPage, because: str, by: User, at: datetime) -> MemberPage:
    """Staff change no word of a firm's: they may hide its page, and say why."""
    _only_staff(by)
    page = MemberPage.objects.select_for_update().get(pk=page.pk)
    if not because.strip():
        raise Refused(_("The firm is told why."))
    page.hidden_at, page.hidden_by, page.hidden_because = at, by.key, because.strip()
    page.save()
    _journal("member_page.hidden", page, by, at, reason=page.hidden_because)
    _follow(page)
    return page


@transaction.atomic
def show_member_page(page: MemberPage, by: User, at: datetime) -> MemberPage:
    """The page stands again as the firm released it."""
    _only_staff(by)
    page = MemberPage.objects.select_for_update().get(pk=page.pk)
    page.hidden_at, page.hidden_by, page.hidden_because = None, None, ""
    page.save()
    _journal("member_page.shown", page, by, at)
    _follow(page)
    return page


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────


def _only_its_owner(firm: Firm, by: User) -> None:
    if Permission.TEAM_EDIT not in firm_permissions(by, firm):
        raise Refused(_("Only an owner of the firm's account decides what it tells."))


def _only_staff(by: User) -> None:
    if not may(by, Permission.PUBLICATION_EDIT):
        raise Refused(_("You may not do this."))


def _locked(firm: Firm) -> MemberPage:
    Firm.objects.select_for_update().get(pk=firm.pk)
    return MemberPage.objects.select_related("firm").filter(firm=firm).first() or MemberPage(firm=firm)


def _follow(page: MemberPage) -> None:
    """Search says at once what the directory says."""
    reindex("member", page.pk)


def _journal(verb: str, page: MemberPage, by: User, at: datetime, **after_it: object) -> None:
    record(
        actor=by.key, verb=verb, kind="memberpage", key=page.pk, at=at, firm_code=page.firm.credit_code, after=after_it
    )
