"""A newer release is taken over into a working text when an editor says so. Nothing public changes by that."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing import policies
from portal.publishing.actions.writing import edited
from portal.publishing.lifecycle import Act
from portal.publishing.models import Article
from portal.publishing.staleness import Stale, stale


@transaction.atomic
def update_figures(*, article: Article, by: User, at: datetime, note: str) -> list[Stale]:
    """Take each figure that differs from the newest release of its period from that one. The text is a draft then, and
    is checked again before anything public changes; the note is offered as that of its correction.

    Returns:
        What was told differently, figure by figure.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    note = note.strip()
    if reason := why_not_update(article, by):
        raise Refused(reason)
    if not note:
        raise Refused(_("Say in a note why the figures change."))
    moved = stale(article)
    if not moved:
        raise Refused(_("No figure of this text differs from the newest release."))
    _move(article, {one.block: one.newer for one in moved})
    article.correction_zh = note
    article.save(update_fields=["body", "correction_zh"])
    article.save_revision(user=by, clean=False)
    edited(text=article, by=by, at=at)
    record(
        actor=by.key, verb="text.figures_updated", kind="article", key=article.pk, at=at,
        after={"title": article.title, "note": note, "release": ", ".join(sorted({one.newer for one in moved}))},
    )  # fmt: skip
    return moved


def why_not_update(article: Article, by: User) -> str | None:
    """The same as for any other edit."""
    return policies.why_not(Act.EDIT, article, by)


def _move(article: Article, newer: dict[str, str]) -> None:
    """The blocks' releases, in the text as it is kept; all else stays as it is."""
    article.body = [
        block | {"value": block["value"] | {"release": newer[block["id"]]}} if block.get("id") in newer else block
        for block in map(dict, article.body.raw_data)
    ]
