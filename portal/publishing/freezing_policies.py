"""Chapters of a handbook about policies, entrances and authorities: as they stand now, by value."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib import clock
from portal.publishing.document import Block, Grid, Heading, Paragraph, Piece, Run, Table
from portal.publishing.models import Policy, PolicyTopic
from portal.publishing.models.policies import STANDINGS
from portal.publishing.policy_pages import words
from portal.publishing.turning import AuthorityLine, EntranceLine, authorities, entrances


def policies(language: str) -> Iterator[Piece]:
    """A piece for each topic, with all its public policies: title, facts, what it says, where it stands."""
    with override(language):
        rows = list(Policy.objects.public().select_related("topic", "replaced_by"))
        for topic in PolicyTopic.objects.all():
            blocks = tuple(block for row in rows if row.topic_id == topic.pk for block in _policy(row))
            if blocks:
                yield Piece(f"policies-{topic.code}", words(topic.name_zh, topic.name_en).text, blocks)


def _policy(row: Policy) -> Iterator[Block]:
    validity = STANDINGS[row.standing_on(clock.today())]
    facts = [words(row.issuer_zh, row.issuer_en).text, row.document_number]
    if day := row.made_on or row.published_on:
        facts.append(day.isoformat())
    facts.append(str(validity))
    if row.replaced_by and row.replaced_by.is_public:
        title = words(row.replaced_by.title_zh, row.replaced_by.title_en).text
        facts.append(_("replaced by: %(title)s") % {"title": title})
    yield Heading(words(row.title_zh, row.title_en).text)
    yield Paragraph((Run(_("; ").join(filter(None, facts))),))
    if row.summary_zh:
        yield Paragraph((Run(words(row.summary_zh, row.summary_en).text),))
    if row.address:
        yield Paragraph((Run(row.address, href=row.address),))


def systems(language: str) -> Iterator[Piece]:
    """A piece for each group of entrances."""
    with override(language):
        for number, group in enumerate(entrances(), start=1):
            blocks = tuple(block for row in group.rows for block in _entrance(row))
            yield Piece(f"entrances-{number}", group.title.text or _("Entrances"), blocks)


def _entrance(row: EntranceLine) -> Iterator[Block]:
    yield Heading(row.name.text)
    if row.purpose:
        yield Paragraph((Run(row.purpose.text),))
    yield Paragraph((Run(row.address, href=row.address),))
    if row.manual and not row.is_manual_here:
        yield Paragraph((Run(_("Manual: ")), Run(row.manual, href=row.manual)))
    elif row.manual:
        yield Paragraph((Run(_("Its manual can be saved from this site:") + " "), Run(row.manual, href=row.manual)))


def contacts(language: str) -> Iterator[Piece]:
    """One table of authorities for each place."""
    with override(language):
        heads = (_("Authority"), _("Turn to it for"), _("Telephone"), _("E-mail or address"))
        blocks = tuple(
            Table(Grid((heads, *(_contact(row) for row in group.rows))), caption=group.title.text)
            for group in authorities()
        )
        if blocks:
            yield Piece("authorities", _("Contacts of authorities"), blocks)


def _contact(row: AuthorityLine) -> tuple[str, str, str, str]:
    reached = _("; ").join(filter(None, (row.email, row.address.text, row.website)))
    return row.name.text, row.duties.text, row.phone, reached


CHAPTERS: dict[str, Callable[[str], Iterator[Piece]]] = {
    "policies": policies, "entrances": systems, "authorities": contacts,
}  # fmt: skip
