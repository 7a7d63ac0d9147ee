"""Chapters of a handbook about demonstration cities and members, as their pages stand."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.publishing.directories import batches, members, released
from portal.publishing.document import Block, Grid, Heading, Piece, Table
from portal.publishing.freezing_cards import firm_card


def cities(language: str) -> Iterator[Piece]:
    """The lists of demonstration cities, national and provincial, a table for each batch."""
    with override(language):
        blocks = tuple(_batch_tables())
        if blocks:
            yield Piece("cities", _("Demonstration cities"), blocks)


def _batch_tables() -> Iterator[Block]:
    for batch in batches():
        yield Heading(batch.title)
        rows = tuple((one.name, one.province or "—", one.level) for one in batch.cities)
        yield Table(Grid(((_("City"), _("Province"), _("Level of the title")), *rows)))


def firms(language: str) -> Iterator[Piece]:
    """Every member that released a page: a table of all, and what each says of itself."""
    with override(language):
        found = members(released())
        rows = tuple((one.name, one.place or "—", one.categories or "—") for one in found)
        if rows:
            listing = Table(Grid(((_("Member"), _("City"), _("Lines of business")), *rows)))
            cards = (card for one in found for card in firm_card(one.page, language))
            yield Piece("members", _("Members"), (listing, *cards))


CHAPTERS = {"cities": cities, "members": firms}
