"""Where to turn: entrances to systems and contacts of authorities, as plain values in the page's language."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.publishing.models import Authority, Entrance, LinkCheck, Policy, Validity
from portal.publishing.models.directories import WATCHED
from portal.publishing.policy_pages import Words, words


@dataclass(frozen=True)
class EntranceLine:
    """A system: `manual` is where its manual stands, here or elsewhere; a dead address is said to be."""

    name: Words
    purpose: Words
    address: str
    manual: str
    is_manual_here: bool
    is_dead: bool
    is_manual_dead: bool


@dataclass(frozen=True)
class Group:
    title: Words
    rows: list


def entrances() -> list[Group]:
    """Those that are public, group by group in the order of the first of each: two queries."""
    rows = list(Entrance.objects.filter(is_public=True))
    dead = set(LinkCheck.objects.dead().values_list("address", flat=True))
    groups: dict[str, Group] = {}
    for row in rows:
        group = groups.setdefault(row.group_zh, Group(words(row.group_zh, row.group_en), []))
        group.rows.append(_entrance(row, dead))
    return list(groups.values())


def _entrance(row: Entrance, dead: set[str]) -> EntranceLine:
    own = reverse("publishing:entrance-manual", args=[row.slug]) if row.manual else ""
    return EntranceLine(
        words(row.name_zh, row.name_en), words(row.purpose_zh, row.purpose_en), row.address,
        own or row.manual_address, bool(own), row.address in dead, not own and row.manual_address in dead,
    )  # fmt: skip


@dataclass(frozen=True)
class AuthorityLine:
    name: Words
    duties: Words
    phone: str
    email: str
    address: Words
    website: str


def authorities() -> list[Group]:
    """Public ones by place, those of the whole country first: one query."""
    rows = list(Authority.objects.filter(is_public=True).select_related("place"))
    rows.sort(key=lambda row: (row.place_id or "", row.order, row.name_zh))
    return [
        Group(_place(own[0]), [_authority(row) for row in own])
        for own in (list(found) for _code, found in groupby(rows, key=lambda row: row.place_id))
    ]


def _place(row: Authority) -> Words:
    return words(row.place.name_zh, row.place.name_en) if row.place else Words(_("All places"))


def _authority(row: Authority) -> AuthorityLine:
    return AuthorityLine(
        words(row.name_zh, row.name_en), words(row.duties_zh, row.duties_en), row.phone, row.email,
        words(row.address_zh, row.address_en), row.website,
    )  # fmt: skip


# ── For the editing desk ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class PolicyWaiting:
    """A policy that ends soon, or has ended and is not marked so."""

    title: str
    href: str
    expires_on: date
    has_ended: bool
    validity: str


def policies_waiting(on: date) -> list[PolicyWaiting]:
    """Those that end within sixty days of a day, and those that have ended unmarked, the first to end first."""
    return [
        PolicyWaiting(
            row.title_zh, reverse("wagtailsnippets_publishing_policy:edit", args=[row.pk]), row.expires_on,
            row.expires_on < on, str(Validity(row.validity).label),
        )
        for row in Policy.objects.ending(on).only("title_zh", "expires_on", "validity")
    ]  # fmt: skip


@dataclass(frozen=True)
class LinkLine:
    """An outside address that fails, and where it is named."""

    link: LinkCheck
    answer: str
    named: list[tuple[str, str]]


def failing_links() -> list[LinkLine]:
    """Dead ones first, then those that failed once; four queries."""
    links = list(LinkCheck.objects.failing().order_by("-failed_count", "failing_since", "address"))
    named = _named({link.address for link in links})
    return [LinkLine(link, in_words(link.answer), named.get(link.address, [])) for link in links]


def _named(addresses: set[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for model, field in WATCHED:
        for row in model.objects.filter(**{f"{field}__in": addresses}):
            href = reverse(f"wagtailsnippets_publishing_{model._meta.model_name}:edit", args=[row.pk])
            found.setdefault(getattr(row, field), []).append((str(row), href))
    return found


def in_words(answer: str) -> str:
    """What an address answered, for people."""
    told = {
        "404": _("not found (404)"), "410": _("gone (410)"), "timeout": _("no answer in time"),
        "no such host": _("there is no such server"), "certificate": _("its certificate is not valid"),
        "no answer": _("no answer"), "private": _("leads into a private network: not asked"),
        "scheme": _("is no address of a web page"), "port": _("names a port where no web pages are served: not asked"),
    }  # fmt: skip
    if answer.startswith("3") and answer.isdigit():
        return _("sends on in a circle, or to what is no web page (%(number)s)") % {"number": answer}
    return told.get(answer) or _("error %(number)s") % {"number": answer}
