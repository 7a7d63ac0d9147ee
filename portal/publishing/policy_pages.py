"""Policies as anybody finds and reads them: plain values in the page's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.publishing.models import Level, LinkCheck, Policy, PolicyTopic
from portal.publishing.models.policies import STANDINGS
from portal.reference.models import Division
from portal.ui.rendering import in_chinese

AROUND = 36
LONGEST_QUESTION = 60


@dataclass(frozen=True)
class Words:
    """A text, and its language where it is not the page's own."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def words(chinese: str, english: str = "") -> Words:
    """In the page's language; on an English page Chinese words say that they are Chinese."""
    if in_chinese() or not chinese:
        return Words(chinese)
    return Words(english) if english else Words(chinese, "zh-Hans")


# ── Finding ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sought:
    """What a reader looks for; all of it stands in the address of the page."""

    text: str = ""
    topic: str = ""
    level: str = ""
    place: str = ""
    validity: str = ""
    issuer: str = ""
    year: str = ""

    @property
    def is_everything(self) -> bool:
        return self == Sought()


def sought_in(asked: Mapping[str, str]) -> Sought:
    """What the address asks for. A word that no filter has finds nothing, as a wrong address should."""
    typed = {name: said.replace("\x00", "").strip() for name, said in asked.items()}
    values = {name: typed.get(name, "")[:200] for name in Sought.__dataclass_fields__ if name != "text"}
    return Sought(text=typed.get("q", "")[:LONGEST_QUESTION], **values)


def policies_sought(sought: Sought, on: date) -> QuerySet[Policy]:
    """Public ones that fit all that is asked, with their `standing` on a day."""
    rows = Policy.objects.public().as_of(on).annotate(told_on=Coalesce("published_on", "made_on"))
    exact = {"topic": sought.topic, "level": sought.level, "standing": sought.validity, "issuer_zh": sought.issuer}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if sought.place:
        rows = rows.filter(Q(place=sought.place) | Q(place__parent=sought.place))
    if sought.year:
        rows = rows.filter(told_on__year=int(sought.year)) if _is_year(sought.year) else rows.none()
    for word in sought.text.split():
        rows = rows.filter(_says(word))
    return rows.select_related("topic", "place", "replaced_by")


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) < 10_000


def _says(word: str) -> Q:
    """Two characters are enough: parts of words are found, in title, number, summary and text."""
    found = Q()
    for field in ("title_zh", "title_en", "document_number", "index_number", "summary_zh", "summary_en", "text"):
        found |= Q(**{f"{field}__icontains": word})
    return found


@dataclass(frozen=True)
class Choice:
    value: str
    label: Words
    is_chosen: bool


def choices(sought: Sought, on: date) -> dict[str, list[Choice]]:
    """What each filter offers: only what some public policy has. Six queries, however many there are."""
    rows = Policy.objects.public().order_by()
    levels, standings = (
        set(found.distinct()) for found in (rows.values_list("level", flat=True),
                                            rows.as_of(on).values_list("standing", flat=True))
    )  # fmt: skip
    topics = PolicyTopic.objects.filter(pk__in=rows.values("topic"))
    issuers = sorted(rows.values_list("issuer_zh", "issuer_en").distinct())
    places = Division.objects.filter(pk__in=rows.filter(place__isnull=False).values("place")).order_by("code")
    told_on = rows.annotate(year=ExtractYear(Coalesce("published_on", "made_on"))).filter(year__isnull=False)
    years = sorted(set(told_on.values_list("year", flat=True)), reverse=True)
    offered = {
        "topic": [(row.code, words(row.name_zh, row.name_en)) for row in topics],
        "level": [(one.value, Words(str(one.label))) for one in Level if one.value in levels],
        "place": [(row.code, words(row.name_zh, row.name_en)) for row in places],
        "validity": [(value, Words(str(label))) for value, label in STANDINGS.items() if value in standings],
        "issuer": list({zh: (zh, words(zh, en)) for zh, en in issuers}.values()),
        "year": [(str(year), Words(str(year))) for year in years],
    }  # fmt: skip
    return {
        name: [Choice(value, label, value == getattr(sought, name)) for value, label in found]
        for name, found in offered.items()
    }


@dataclass(frozen=True)
class PolicyRow:
    """A policy in the list. `found` is a piece of its text around the words sought, where only that has them."""

    href: str
    title: Words
    issuer: Words
    number: str
    told_on: date | None
    standing: str
    standing_word: str
    topic: Words
    level: str
    place: Words
    summary: Words
    found: Words
    replaced_by: "Other | None"


def row_of(policy: Policy, sought: Sought) -> PolicyRow:
    """Of a policy that `policies_sought` has found."""
    return PolicyRow(
        href=reverse("publishing:policy-detail", args=[policy.slug]), title=words(policy.title_zh, policy.title_en),
        issuer=words(policy.issuer_zh, policy.issuer_en), number=policy.document_number, told_on=policy.told_on,
        standing=policy.standing, standing_word=str(STANDINGS[policy.standing]),
        topic=words(policy.topic.name_zh, policy.topic.name_en), level=str(Level(policy.level).label),
        place=words(policy.place.name_zh, policy.place.name_en) if policy.place else Words(""),
        summary=words(policy.summary_zh, policy.summary_en), found=words(_around(policy, sought)),
        replaced_by=_successor(policy),
    )  # fmt: skip


def _around(policy: Policy, sought: Sought) -> str:
    """Where the text says the first of the words that the line itself does not."""
    said = (policy.title_zh, policy.title_en, policy.document_number, policy.summary_zh, policy.summary_en)
    line = " ".join(said).lower()
    for word in sought.text.lower().split():
        at = policy.text.lower().find(word)
        if word not in line and at >= 0:
            start, end = max(0, at - AROUND), at + len(word) + AROUND
            return f"…{' '.join(policy.text[start:end].split())}…"
    return ""


# ── One policy ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Other:
    """Another policy that is named on the page."""

    title: Words
    href: str


@dataclass(frozen=True)
class Fact:
    label: str
    value: Words
    is_wide: bool = False


@dataclass(frozen=True)
class Copy:
    """The archived copy: its digest is of all its bytes."""

    href: str
    ending: str
    digest: str
    at: datetime


@dataclass(frozen=True)
class PolicyPage:
    title: Words
    standing: str
    standing_word: str
    facts: list[Fact]
    replaced_by: Other | None
    replaces: list[Other]
    summary: Words
    text: str
    address: str
    link: LinkCheck | None
    copy: Copy | None


def policy_page(slug: str, on: date) -> PolicyPage | None:
    """A public policy as its page tells it: three queries. None where there is none."""
    row = Policy.objects.public().select_related("topic", "place", "replaced_by").filter(slug=slug).first()
    if row is None:
        return None
    standing = row.standing_on(on)
    return PolicyPage(
        title=words(row.title_zh, row.title_en), standing=standing, standing_word=str(STANDINGS[standing]),
        facts=list(_facts(row, standing)),
        replaced_by=_successor(row),
        replaces=[_other(one) for one in row.replaces.public()], summary=words(row.summary_zh, row.summary_en),
        text=row.text, address=row.address,
        link=LinkCheck.objects.filter(address=row.address).first() if row.address else None, copy=_copy(row),
    )  # fmt: skip


def _facts(row: Policy, standing: str) -> Iterator[Fact]:
    """As the head of a government page has them, in its order; what is not known is said to be."""
    yield Fact(_("Index number"), Words(row.index_number))
    yield Fact(_("Topic of the policy"), words(row.topic.name_zh, row.topic.name_en))
    yield Fact(_("Issuing body"), words(row.issuer_zh, row.issuer_en))
    yield Fact(_("Date of the document"), _day(row.made_on))
    yield Fact(_("Full title"), words(row.title_zh), is_wide=True)
    yield Fact(_("Number of the document"), words(row.document_number))
    yield Fact(_("Published on"), _day(row.published_on))
    yield Fact(_("Validity of the policy"), Words(str(STANDINGS[standing])))
    yield Fact(_("Level of the policy"), Words(str(Level(row.level).label)))
    yield Fact(_("In force from"), _day(row.effective_on))
    yield Fact(_("In force until"), _day(row.expires_on))
    place = words(row.place.name_zh, row.place.name_en) if row.place else Words(_("the whole country"))
    yield Fact(_("Place"), place, is_wide=True)


def _day(day: date | None) -> Words:
    return Words(day.isoformat() if day else "")


def _successor(row: Policy) -> Other | None:
    return _other(row.replaced_by) if row.replaced_by and row.replaced_by.is_public else None


def _other(row: Policy) -> Other:
    return Other(words(row.title_zh, row.title_en), reverse("publishing:policy-detail", args=[row.slug]))


def _copy(row: Policy) -> Copy | None:
    if not row.copy:
        return None
    ending = row.copy.name.rpartition(".")[2].upper()
    return Copy(reverse("publishing:policy-copy", args=[row.slug]), ending, row.copy_digest, row.copied_at)
