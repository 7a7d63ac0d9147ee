"""The feed of releases: each with what it changed of figures that were published before."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.statistics.changed import FeedEntry, feed_entries


class ChangesFeed(Feed):
    """Newest first. An entry never changes, because its release does not."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Releases and what they changed")

    def subtitle(self) -> str:
        return _("Every release of figures, and for which reasons figures differ from those published before.")

    def link(self) -> str:
        return reverse("statistics:release-list")

    def feed_url(self) -> str:
        return reverse("statistics:changes-feed")

    def items(self) -> Sequence[FeedEntry]:
        return feed_entries()

    def item_title(self, item: FeedEntry) -> str:
        return item.title

    def item_description(self, item: FeedEntry) -> str:
        return item.summary

    def item_link(self, item: FeedEntry) -> str:
        return reverse("statistics:release-changes", args=[item.release.name])

    def item_pubdate(self, item: FeedEntry) -> datetime:
        return item.published_at

    def item_updateddate(self, item: FeedEntry) -> datetime:
        return item.published_at
