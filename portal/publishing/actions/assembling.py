"""An issue put together: its articles by column, and the next number after an earlier one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing.actions.writing import edited, take_up
from portal.publishing.models import Article, Column, Issue

# What an issue takes over from the one before it.
OF_THE_FRAME = (
    "kind", "language", "title", "subtitle", "permit_number", "compiled_by", "editor", "signed_by", "audience",
    "printed_by", "copies", "report_to", "send_to", "issue_to", "contacts", "codes",
)  # fmt: skip


@transaction.atomic
def assemble(*, issue: Issue, articles: Iterable[Article], by: User, at: datetime) -> Issue:
    """The articles that an issue holds: those chosen, each in its own column, columns in their order.

    What stays keeps its place; what is new comes after it; chapters stay as they are.

    Raises:
        Refused: an article has no column, or the issue may not be edited now.
    """
    chosen = list(articles)
    if homeless := [one.title for one in chosen if one.column_id is None]:
        raise Refused(_("Give these articles a column first: %(titles)s") % {"titles": "、".join(homeless)})
    issue = take_up(text=Issue.objects.select_for_update().get(pk=issue.pk), by=by)
    issue.contents = _contents(issue, chosen)
    return _saved(issue, by, at, titles=[one.title for one in chosen])


def _contents(issue: Issue, chosen: list[Article]) -> list[dict[str, Any]]:
    raw = [dict(part) for part in issue.contents.raw_data]
    chapters = [part for part in raw if part["type"] != "column"]
    before = {part["value"]["column"]: part for part in raw if part["type"] == "column"}
    wanted = {one.pk: one.column_id for one in chosen}
    columns = [*Column.objects.filter(pk__in={*before, *wanted.values()})]
    return [*(_column(one.pk, before.get(one.pk), wanted) for one in columns), *chapters]


def _column(key: int, before: Mapping[str, Any] | None, wanted: Mapping[int, int]) -> dict[str, Any]:
    """One column: its articles that stay, in their order, and the new ones after them."""
    stayed = [item for item in _items(before) if wanted.get(item["value"]) == key]
    known = {item["value"] for item in stayed}
    new = [_item(pk) for pk, column in wanted.items() if column == key and pk not in known]
    identity = before["id"] if before else str(uuid4())
    return {"type": "column", "id": identity, "value": {"column": key, "articles": [*stayed, *new]}}


def _items(part: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The articles of a column; an old way of writing them is their numbers alone."""
    items = part["value"].get("articles", ()) if part else ()
    return [item if isinstance(item, dict) else _item(item) for item in items]


def _item(value: object) -> dict[str, Any]:
    return {"type": "item", "id": str(uuid4()), "value": value}


@transaction.atomic
def duplicate_frame(*, issue: Issue, code: str, issued_on: date, by: User, at: datetime) -> Issue:
    """The next number: counted on by one, with the same columns (empty), cover and distribution."""
    new = Issue(code=code, issued_on=issued_on, **{name: getattr(issue, name) for name in OF_THE_FRAME})
    new.number = _next_number(issue, issued_on)
    newest = Issue.objects.filter(kind=issue.kind).exclude(running_number=None).order_by("-running_number").first()
    new.running_number = newest.running_number + 1 if newest else None
    new.contents = list(_empty_columns(issue))
    new.save()
    return _saved(new, by, at, frame=issue.title)


def _next_number(issue: Issue, issued_on: date) -> int | None:
    """Counted within the year."""
    if issue.number is None:
        return None
    is_new_year = issue.issued_on is not None and issue.issued_on.year != issued_on.year
    return 1 if is_new_year else issue.number + 1


def _empty_columns(issue: Issue) -> Iterator[dict[str, Any]]:
    for part in issue.contents.raw_data:
        if part["type"] == "column":
            yield _column(part["value"]["column"], None, {})


def _saved(issue: Issue, by: User, at: datetime, **after: object) -> Issue:
    issue.save()
    issue.save_revision(user=by, clean=False)
    edited(text=issue, by=by, at=at, goes_on=True)
    record(
        actor=by.key, verb="issue.assembled", kind="issue", key=issue.pk, at=at, after={"title": issue.title, **after}
    )  # fmt: skip
    return issue
