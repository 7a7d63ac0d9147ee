"""What stands around a text that is sent as a letter, in the subscriber's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.publishing.document import Paragraph, Piece, text_of
from portal.publishing.media.inlaid import Inlaid
from portal.publishing.media.links import is_own, whole
from portal.publishing.media.web import Addresses
from portal.publishing.media.words import words_of

SUMMARY = 120


@dataclass(frozen=True)
class Around:
    """Who sends, why, and how to leave. `page` is the text's own address, `leave` that of the subscriber's link;
    `inlaid` are the pictures that travel inside, by their names: others are fetched from the site.
    """

    addresses: Addresses
    page: str
    leave: str
    language: str
    association: str
    postal: str
    topic: str
    inlaid: Mapping[str, Inlaid] = field(default_factory=dict)

    @property
    def colon(self) -> str:
        return words_of(self.language)["colon"]

    def source(self, name: str) -> str:
        """What the HTML says of a picture."""
        return f"cid:{self.inlaid[name].cid}" if name in self.inlaid else self.addresses.file(name)

    def absolute(self, href: str) -> str:
        """An address that can be followed from a mail; empty for what cannot."""
        if href.startswith("#"):
            return self.page + href
        return self.addresses.page(href) if is_own(href) else whole(href, "")

    def address_of(self, piece: Piece) -> str:
        """In the issue, where the article came out with it: its own page may never have been."""
        return f"{self.page}#{piece.key}"

    @property
    def read_on_the_site(self) -> str:
        with override(self.language):
            return _("Read it on the site")

    @property
    def farewell(self) -> tuple[str, str, str]:
        """Who sends, why, how to leave."""
        with override(self.language):
            told = {"association": self.association, "topic": self.topic}
            return (
                " ".join(filter(None, (self.association, self.postal))),
                _("You get this letter because your address agreed to the list “%(topic)s” of %(association)s.") % told,
                _("Leave this list, choose others, or have your address erased"),
            )  # fmt: skip


def summary_of(piece: Piece) -> str:
    """Its own, or how it begins."""
    if piece.summary:
        return piece.summary
    first = next((text_of(block.runs) for block in piece.blocks if isinstance(block, Paragraph)), "")
    return first if len(first) <= SUMMARY else first[:SUMMARY].rstrip("，、；,; ") + "…"
