"""Letters as the desk shows them: how far each is, and what cannot be settled by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.publishing import policies_mailing as policies
from portal.publishing.models import Delivery, Edition, Mailing, Subscriber, Topic
from portal.publishing.workspace import people_named, who

State = Delivery.State
SHOWN = 200


@dataclass(frozen=True)
class Row:
    mailing: Mailing
    done: int
    total: int


def mailing_rows() -> list[Row]:
    """All letters, the newest first: one query."""
    is_open = Q(deliveries__state__in=(State.WAITING, State.IN_FLIGHT))
    rows = Mailing.objects.select_related("edition__issue").defer("edition__document", "edition__text")
    rows = rows.annotate(total=Count("deliveries"), left=Count("deliveries", filter=is_open))
    return [Row(row, row.total - row.left, row.total) for row in rows[:SHOWN]]


@dataclass(frozen=True)
class Progress:
    """`counts`: (state in words, how many) of those that there are; `unknown`: to be looked at one by one."""

    mailing: Mailing
    total: int
    done: int
    counts: list[tuple[str, int]]
    unknown: list[Delivery]
    troubled: list[Delivery]
    prepared_by: str
    approved_by: str
    audience: int

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def is_moving(self) -> bool:
        is_due = self.mailing.state == Mailing.State.APPROVED and self.mailing.send_at is not None
        return is_due or self.mailing.state == Mailing.State.SENDING


def progress_of(mailing: Mailing) -> Progress:
    counts = dict(mailing.deliveries.values_list("state").annotate(count=Count("pk")).order_by("state"))
    total = sum(counts.values())
    people = people_named([mailing.prepared_by, mailing.approved_by])
    rows = mailing.deliveries.select_related("subscriber").order_by("pk")
    return Progress(
        mailing=mailing, total=total, done=total - counts.get(State.WAITING, 0) - counts.get(State.IN_FLIGHT, 0),
        counts=[(str(state.label), counts[state]) for state in State if counts.get(state)],
        unknown=list(rows.filter(state=State.UNKNOWN)[:SHOWN]),
        troubled=list(rows.filter(Q(state__in=(State.FAILED, State.BOUNCED)) | Q(state=State.WAITING) & ~Q(answer=""))
                      [:SHOWN]),
        prepared_by=who(mailing.prepared_by, people),
        approved_by=who(mailing.approved_by, people) if mailing.approved_by else "",
        audience=audience_of(mailing.topic),
    )  # fmt: skip


def audience_of(topic: str) -> int:
    rows = Subscriber.objects.filter(state=Subscriber.State.ACTIVE).values_list("topics", flat=True)
    return sum(topic in topics for topics in rows)


@dataclass(frozen=True)
class Press:
    """A button of a letter's page: what it says and where it goes, or why it is closed."""

    act: str
    label: str
    href: str
    closed: str
    is_secondary: bool = False


def presses_of(mailing: Mailing, by: User) -> list[Press]:
    """What comes next in the life of the letter."""
    known: list[tuple[str, str, Callable[[Mailing, User], str | None], tuple[str, ...]]] = [
        ("test", _("Send a test to me"), policies.why_not_test, ("prepared", "approved")),
        ("approve", _("Approve the letter"), policies.why_not_approve, ("prepared",)),
        ("send", _("Send"), policies.why_not_send, ("prepared", "approved")),
        ("batch", _("Hand over one batch now"), policies.why_not_batch, ("approved", "sending")),
        ("stop", _("Stop"), policies.why_not_stop, ("approved", "sending")),
        ("resume", _("Go on"), policies.why_not_resume, ("stopped",)),
    ]
    return [
        Press(act, label, reverse(f"editing:mailing-{act}", args=[mailing.pk]), why(mailing, by) or "",
              act in ("test", "stop", "batch"))
        for act, label, why, states in known if mailing.state in states
    ]  # fmt: skip


def sendable() -> QuerySet[Edition]:
    """The newest public editions, of whatever kind."""
    rows = Edition.objects.public().select_related("article", "issue").defer("document", "text")
    return rows.order_by("-published_at", "-pk")[:50]


# ── Subscribers ──────────────────────────────────────────────────────────────────────────────────


def subscribers(q: str = "", state: str = "", topic: str = "") -> QuerySet[Subscriber]:
    rows = Subscriber.objects.order_by("-pk")
    if q:
        rows = rows.filter(Q(email__icontains=q) | Q(name__icontains=q))
    if state:
        rows = rows.filter(state=state)
    # A list of words in JSON: what SQLite and PostgreSQL both can search is its text.
    if not topic:
        return rows
    return rows.annotate(words=Cast("topics", TextField())).filter(words__contains=f'"{topic}"')


@dataclass(frozen=True)
class Counts:
    states: list[tuple[str, int]]
    topics: list[tuple[str, int]]


def counts_of_subscribers() -> Counts:
    """How many in each state, and how many of the active on each list."""
    states = dict(Subscriber.objects.values_list("state").annotate(count=Count("pk")).order_by("state"))
    active = list(Subscriber.objects.filter(state=Subscriber.State.ACTIVE).values_list("topics", flat=True))
    return Counts(
        [(str(state.label), states.get(state, 0)) for state in Subscriber.State],
        [(str(topic.label), sum(topic in topics for topics in active)) for topic in Topic],
    )
