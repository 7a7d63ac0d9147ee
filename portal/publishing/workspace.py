"""The editing desk's own pages: what waits for somebody, and one text with all that happened to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.journal.queries import history
from portal.journal.words import said, verb_in_words
from portal.lib import clock
from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing import policies
from portal.publishing.life_words import STANDINGS, TURNS
from portal.publishing.lifecycle import Act, Standing, after
from portal.publishing.models import Article, Edition, Issue, Mailing
from portal.publishing.retracted import RetractedText, retracted_texts
from portal.publishing.staleness import StaleText, stale_texts
from portal.publishing.turning import PolicyWaiting, policies_waiting

Text = Article | Issue
KINDS: dict[str, type[Text]] = {"article": Article, "issue": Issue}
# What is written down for machines and says nothing to a reader.
UNTOLD = ("digest", "title", "is_new")
NEWEST = 8


def text_named(kind: str, pk: int) -> Text:
    """An article or an issue.

    Raises:
        Http404: there is no such thing.
    """
    found = KINDS[kind].objects.filter(pk=pk).first() if kind in KINDS else None
    if found is None:
        raise Http404
    return found


def kind_of(text: Text) -> str:
    return text._meta.model_name


def life_address(text: Text) -> str:
    return reverse("editing:life", args=[kind_of(text), text.pk])


# ── Who ──────────────────────────────────────────────────────────────────────────────────────────


def people_named(keys: Iterable[UUID | None]) -> dict[UUID, User]:
    """One query."""
    return {user.key: user for user in User.objects.filter(key__in={key for key in keys if key})}


def who(key: UUID | None, people: dict[UUID, User]) -> str:
    """A person by name; one who has been erased has only a key."""
    if key is None:
        return _("the portal itself")
    return str(people[key]) if key in people else _("person %(key)s") % {"key": str(key)[:8]}


# ── What waits ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Waiting:
    """A text in a list of the desk: who did what to it last, and when; `closed` says why this person may not act."""

    kind: str
    title: str
    href: str
    standing: str
    by: str
    at: datetime | None
    closed: str = ""


@dataclass(frozen=True)
class Queue:
    to_check: list[Waiting]
    to_publish: list[Waiting]
    scheduled: list[Waiting]
    drafts: list[Waiting]
    stale: list[StaleText]
    retracted: list[RetractedText]
    mailings: list[Mailing]
    policies: list[PolicyWaiting]

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())


def queue_of(user: User) -> Queue:
    """What the editors' desk has before it. The number of queries does not grow with the number of texts."""
    texts = [text for model in KINDS.values() for text in _unfinished(model)]
    people = people_named(key for text in texts for key in (text.edited_by, text.submitted_by, text.checked_by))
    of = {standing: [one for one in texts if one.standing == standing] for standing in Standing}
    return Queue(
        to_check=[
            _waiting(one, one.submitted_by, one.submitted_at, people, policies.why_not_second(one, user))
            for one in of[Standing.SUBMITTED]
        ],
        to_publish=[_waiting(one, one.checked_by, one.checked_at, people) for one in of[Standing.CHECKED]],
        scheduled=[_waiting(one, one.checked_by, one.scheduled_at, people) for one in of[Standing.SCHEDULED]],
        drafts=[_waiting(one, one.edited_by, one.edited_at, people) for one in of[Standing.DRAFT]][:NEWEST],
        stale=stale_texts(),
        retracted=retracted_texts(),
        mailings=list(_unsent()) if may(user, Permission.PUBLICATION_SEND) else [],
        policies=policies_waiting(clock.today()),
    )  # fmt: skip


def _unfinished(model: type[Text]) -> QuerySet:
    return model.objects.exclude(standing=Standing.PUBLISHED).defer(model.STREAM).order_by("-edited_at", "-pk")


def _waiting(text: Text, by: UUID | None, at: datetime | None, people: dict, closed: str | None = None) -> Waiting:
    name, standing = str(text.get_kind_display()), str(STANDINGS[text.standing])
    return Waiting(name, text.title, life_address(text), standing, who(by, people), at, closed or "")


def _unsent() -> QuerySet[Mailing]:
    return Mailing.objects.exclude(state=Mailing.State.SENT).select_related("edition__article", "edition__issue")


# ── One text ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Happened:
    at: datetime
    words: str
    by: str
    told: list[tuple[str, str]]


@dataclass(frozen=True)
class Printed:
    """An edition as the desk lists it."""

    edition: Edition
    by: str
    checked_by: str
    withdrawn: str
    is_public: bool


@dataclass(frozen=True)
class Held:
    """An article that stands in an issue."""

    title: str
    standing: str
    href: str
    is_checked: bool


@dataclass(frozen=True)
class Life:
    text: Text
    kind: str
    standing: str
    turn: str
    was_published: bool
    history: list[Happened]
    editions: list[Printed]
    articles: list[Held]


def life_of(text: Text) -> Life:
    """Everything that happened to a text, the newest first."""
    entries = list(history(kind_of(text), text.pk))
    rows = list(text.editions.select_related("withdrawal").defer("document", "text").order_by("-number"))
    people = people_named([entry.actor for entry in entries] + [key for row in rows for key in
                          (row.published_by, row.checked_by)])  # fmt: skip
    return Life(
        text=text, kind=kind_of(text), standing=str(STANDINGS[text.standing]), turn=str(TURNS[text.standing]),
        was_published=bool(rows),
        history=[
            Happened(entry.at, verb_in_words(entry.verb), who(entry.actor, people), list(_told(entry)))
            for entry in entries
        ],
        editions=[_printed(row, rows[0], people) for row in rows],
        articles=[_held(one) for one in policies.articles_of(text)],
    )  # fmt: skip


def _told(entry) -> Iterator[tuple[str, str]]:
    for name, one in zip(entry.after, said(entry), strict=False):
        if name not in UNTOLD and one.after:
            yield one.name, one.after


def _printed(row: Edition, newest: Edition, people: dict) -> Printed:
    taken = getattr(row, "withdrawal", None)
    return Printed(
        row, who(row.published_by, people), who(row.checked_by, people), taken.note_zh if taken else "",
        row == newest and taken is None,
    )  # fmt: skip


def _held(article: Article) -> Held:
    is_checked = article.standing in (Standing.CHECKED, Standing.SCHEDULED, Standing.PUBLISHED)
    return Held(article.title, str(STANDINGS[article.standing]), life_address(article), is_checked)


# ── What may be done ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Choice:
    """An act on its page: `closed` says why it may not be done."""

    act: str
    closed: str


def choices_of(text: Text, by: User, digest: str) -> list[Choice]:
    """The acts that the text's standing knows, and those that come next in its life. `digest` is of the text as it
    stands now."""
    known = [act for act in Act if act != Act.EDIT and after(Standing(text.standing), act)]
    coming = [act for act in NEXT[Standing(text.standing)] if act not in known]
    return [Choice(act.value, _why_not(act, text, by, digest) or "") for act in [*known, *coming]]


NEXT: dict[Standing, tuple[Act, ...]] = {
    Standing.DRAFT: (Act.PUBLISH,),
    Standing.SUBMITTED: (Act.PUBLISH,),
    Standing.CHECKED: (),
    Standing.SCHEDULED: (),
    Standing.PUBLISHED: (Act.SUBMIT,),
}


def _why_not(act: Act, text: Text, by: User, digest: str) -> str | None:
    match act:
        case Act.APPROVE:
            return policies.why_not_check(text, by)
        case Act.PUBLISH:
            return policies.why_not_publish(text, by, digest)
    return policies.why_not(act, text, by)
