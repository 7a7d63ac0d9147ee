"""Atom feeds of what is published: newsletters with their articles, notices, policies, releases of figures.

An entry keeps its identifier through all corrections; the moment of its newest edition is when it was updated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.media.xml_text import clean
from portal.publishing.pages import bare_html
from portal.publishing.queries import Line, PolicyLine, html_language, lines, newest_policies, published
from portal.statistics.calendar_files import identifier
from portal.statistics.levels import ReleaseInfo
from portal.statistics.queries import published_releases
from portal.statistics.wording import quarter_name

LENGTH = 20
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


def tag(name: str) -> str:
    """An identifier that stays, whatever the address of the site (RFC 4151)."""
    return f"tag:{identifier()},{BEGINNING:%Y}:{name}"


class FullAtom(Atom1Feed):
    """With the whole text of an entry, in its own language."""

    def latest_post_date(self) -> datetime:
        """An empty feed has not changed since the beginning."""
        return super().latest_post_date() if self.items else BEGINNING

    def item_attributes(self, item: dict) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item.get("language") else {}

    def add_item_elements(self, handler, item: dict) -> None:
        super().add_item_elements(handler, item)
        if item.get("content"):
            handler.addQuickElement("content", item["content"], {"type": "html"})


@dataclass(frozen=True)
class Entry:
    """`summary` is plain text, `content` HTML."""

    key: str
    title: str
    href: str
    updated_at: datetime
    summary: str = ""
    content: str = ""
    language: str = ""


class EntryFeed(Feed):
    """A feed of entries; `name` is in its identifier and in the name of its address."""

    feed_type = FullAtom
    name = ""
    list_page = ""

    def __init__(self, host: str):
        self.host = host

    def link(self) -> str:
        return reverse(self.list_page)

    def feed_url(self) -> str:
        return reverse(f"publishing:{self.name}-feed")

    def feed_guid(self) -> str:
        return tag(f"feeds/{self.name}")

    def item_title(self, item: Entry) -> str:
        return clean(item.title)

    def item_description(self, item: Entry) -> str | None:
        return clean(escape(item.summary)) or None

    def item_link(self, item: Entry) -> str:
        return item.href

    def item_guid(self, item: Entry) -> str:
        return tag(item.key)

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated_at

    def item_extra_kwargs(self, item: Entry) -> dict[str, str]:
        return {"language": item.language, "content": clean(item.content)}

    def told(self, line: Line) -> Entry:
        """A published text with all that it says."""
        kind = "issues" if line.kind in set(Serial) else "articles"
        return Entry(
            key=f"{kind}/{line.text_key}", title=numbered(line), href=line.href, updated_at=line.published_at,
            summary=line.summary, content=bare_html(line.edition, line.digest, self.host),
            language=html_language(line.language),
        )  # fmt: skip


def numbered(line: Line) -> str:
    """The title, with the number of an issue."""
    return f"{line.title} {_('No. %(number)s') % {'number': line.number}}" if line.number else line.title


class NewsletterFeed(EntryFeed):
    """Issues and articles as they come out."""

    name = "newsletter"
    list_page = "publishing:issue-list"

    def title(self) -> str:
        return _("Newsletters and articles")

    def subtitle(self) -> str:
        return _("Each issue and each article, as published; corrections update their entry.")

    def items(self) -> Sequence[Entry]:
        return [self.told(line) for line in lines(published([Serial.NEWSLETTER, Kind.ARTICLE])[:LENGTH])]


class NoticeFeed(EntryFeed):
    name = "notice"
    list_page = "publishing:notice-list"

    def title(self) -> str:
        return _("Notices and events")

    def subtitle(self) -> str:
        return _("What the association announces.")

    def items(self) -> Sequence[Entry]:
        return [self.told(line) for line in lines(published([Kind.NOTICE, Kind.EVENT])[:LENGTH])]


class PolicyFeed(EntryFeed):
    name = "policy"
    list_page = "publishing:policy-list"

    def title(self) -> str:
        return _("Policies")

    def subtitle(self) -> str:
        return _("Documents of authorities on service trade and service outsourcing.")

    def items(self) -> Sequence[Entry]:
        return [self.entry(row) for row in newest_policies(LENGTH)]

    def entry(self, row: PolicyLine) -> Entry:
        facts = "　".join(filter(None, (row.issuer, row.document_number, row.summary)))
        moment = datetime.combine(row.dated_on, time(), get_default_timezone()) if row.dated_on else BEGINNING
        return Entry(f"policies/{row.slug}", row.title, row.href, moment, facts, language=row.html_lang)


class ReleaseFeed(EntryFeed):
    name = "release"
    list_page = "statistics:release-list"

    def title(self) -> str:
        return _("Releases of figures")

    def subtitle(self) -> str:
        return _("Each release and each correction of one.")

    def items(self) -> Sequence[Entry]:
        return [self.entry(row) for row in published_releases()[:LENGTH]]

    def entry(self, row: ReleaseInfo) -> Entry:
        words = {"release": row.name, "period": quarter_name(row.quarter), "firms": row.firm_count}
        summary = _("Figures of the %(period)s, from filings of %(firms)s firms.") % words
        return Entry(
            key=f"releases/{row.name}", title=_("Release %(release)s: %(period)s") % words,
            href=reverse("statistics:release-detail", args=[row.name]), updated_at=row.published_at, summary=summary,
        )  # fmt: skip
