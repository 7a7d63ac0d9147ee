"""A newer release is taken over into working texts when an editor says so. Nothing public changes by that."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing import policies
from portal.publishing.actions.writing import edited
from portal.publishing.lifecycle import Act
from portal.publishing.models import Article, Issue
from portal.publishing.staleness import Stale, StaleText, article_keys_of, stale_within

Text = Article | Issue


@transaction.atomic
def update_figures(*, text: Text, by: User, at: datetime, note: str) -> list[Stale]:
    """Take each figure that differs from the newest release of its period from that one: of an issue, in its chapters
    and in all its articles. Each text is a draft then, and is checked again before anything public changes; the note
    is offered as that of its correction.

    Returns:
        What was told differently, figure by figure.

    Raises:
        Refused: one of the texts may not be edited now, or nothing differs that the newer release still tells.
    """
    text = _held(text)
    note, found = note.strip(), stale_within(text)
    if reason := why_not_update(text, found, by):
        raise Refused(reason)
    if not note:
        raise Refused(_("Say in a note why the figures change."))
    by_text = {one.text: [row for row in one.working if not row.is_gone] for one in found}
    if not any(by_text.values()):
        raise Refused(_("No figure of this text differs from the newest release."))
    for one, rows in ({text: []} | by_text).items():
        _take_over(one, rows, by, at, note)
    return [row for rows in by_text.values() for row in rows]


def why_not_update(text: Text, found: Iterable[StaleText], by: User) -> str | None:
    """The same as for any other edit, for the text and whatever in it differs."""
    if reason := policies.why_not(Act.EDIT, text, by):
        return reason
    closed = ((one.text, policies.why_not(Act.EDIT, one.text, by)) for one in found if one.text != text)
    told = [_("“%(title)s”: %(reason)s") % {"title": one.title, "reason": reason} for one, reason in closed if reason]
    return " ".join(told) or None


def _held(text: Text) -> Text:
    """Nobody else writes in it, nor in an issue's articles, until this is done. What was kept before every block had an
    id gets them here: figures are found by them."""
    text = type(text).objects.select_for_update().get(pk=text.pk)
    text.save(update_fields=[text.STREAM])
    if isinstance(text, Issue):
        list(Article.objects.select_for_update().filter(pk__in=article_keys_of(text)).order_by("pk").values_list("pk"))
    return text


def _take_over(text: Text, rows: list[Stale], by: User, at: datetime, note: str) -> None:
    """Into one text, as an edit like any other. An issue is a draft again also where only its articles changed."""
    stream = text.STREAM
    setattr(text, stream, _moved(getattr(text, stream).raw_data, {row.block: row.newer for row in rows}))
    text.correction_zh = note
    text.save(update_fields=[stream, "correction_zh"])
    text.save_revision(user=by, clean=False)
    edited(text=text, by=by, at=at)
    record(
        actor=by.key, verb="text.figures_updated", kind=text._meta.model_name, key=text.pk, at=at,
        after={"title": text.title, "note": note, "release": ", ".join(sorted({row.newer for row in rows}))},
    )  # fmt: skip


def _moved(blocks: Iterable[Any], newer: dict[str, str]) -> list[dict[str, Any]]:
    """The same blocks with these releases, also in chapters; all else stays as it is kept."""
    return [block | {"value": _value(block, newer)} for block in map(dict, blocks)]


def _value(block: dict[str, Any], newer: dict[str, str]) -> Any:
    if block["type"] == "chapter":
        return block["value"] | {"text": _moved(block["value"].get("text") or (), newer)}
    return block["value"] | {"release": newer[block["id"]]} if block.get("id") in newer else block["value"]
