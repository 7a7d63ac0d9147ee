"""May it happen now? A reason why not, in a sentence for people, or None."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing.lifecycle import Act, Kind, Standing, after
from portal.publishing.models import Article, Edition, Issue

Text = Article | Issue
OF_EDITORS = (Act.EDIT, Act.SUBMIT, Act.TAKE_BACK)
UNCHECKED = (Standing.DRAFT, Standing.SUBMITTED)


def articles_of(text: Text) -> Iterator[Article]:
    """The articles that stand in an issue, in the order of reading."""
    for part in text.contents if isinstance(text, Issue) else ():
        if part.block_type == "column":
            yield from filter(None, part.value["articles"])


def why_not(act: Act, text: Text, by: User) -> str | None:
    """Whether the standing allows the act, and the person may do it."""
    needed = Permission.PUBLICATION_EDIT if act in OF_EDITORS else Permission.PUBLICATION_CHECK
    if not may(by, needed):
        return (
            _("Only a publisher may do this.") if needed == Permission.PUBLICATION_CHECK else _("You may not do this.")
        )
    if after(Standing(text.standing), act) is None:
        return _NOT_NOW[Standing(text.standing)]()
    return None


_NOT_NOW = {
    Standing.DRAFT: lambda: _("It is a draft: it has to be handed in and checked first."),
    Standing.SUBMITTED: lambda: _("It waits to be checked."),
    Standing.CHECKED: lambda: _("It is checked already."),
    Standing.SCHEDULED: lambda: _("It is scheduled: take it off the schedule first."),
    Standing.PUBLISHED: lambda: _("It is published: edit it to make a correction."),
}


def why_not_empty(text: Text) -> str | None:
    """Whether there is anything to read. Of an event its time and place may be all there is."""
    if isinstance(text, Issue):
        return None if text.contents else _("It has no contents yet: put articles or chapters into it first.")
    is_empty = not text.body and text.kind != Kind.EVENT
    return _("It has no text yet: write it before you hand it in.") if is_empty else None


def why_not_check(text: Text, by: User) -> str | None:
    """Two pairs of eyes: whoever wrote or handed in the text does not check it, nor an issue with an article of theirs
    that nobody else has checked."""
    if reason := why_not(Act.APPROVE, text, by) or why_not_second(text, by):
        return reason
    own = next((one for one in articles_of(text) if one.standing in UNCHECKED and why_not_second(one, by)), None)
    return own and _("Somebody else has to check it: you wrote “%(title)s” in it, which nobody has checked.") % {
        "title": own.title
    }


def why_not_second(text: Text, by: User) -> str | None:
    """Whether the person is another one than the writers: no query."""
    if by.key in (text.submitted_by, text.edited_by):
        return _("Somebody else has to check it: you wrote it or handed it in.")
    return None


def why_not_schedule(text: Text, moment: datetime, by: User, at: datetime) -> str | None:
    if reason := why_not(Act.SCHEDULE, text, by):
        return reason
    return None if moment > at else _("That moment has passed: publish it now, or name a later one.")


def why_not_publish(text: Text, by: User, digest: str) -> str | None:
    """`digest` is of the text as it stands now."""
    return why_not(Act.PUBLISH, text, by) or why_not_out(text, digest)


def why_not_due(text: Text, at: datetime) -> str | None:
    """Whether the clock may publish it: what was taken off the schedule, or put off, waits."""
    is_due = text.standing == Standing.SCHEDULED and text.scheduled_at <= at
    return None if is_due else _("It is not scheduled for this moment.")


def why_not_out(text: Text, digest: str) -> str | None:
    """A correction has its note, and what comes out is what the second person read: of a draft this says nothing."""
    if text.editions.exists() and not text.correction_zh:
        return _("It was published before: say in a public note what has changed.")
    if text.standing not in (Standing.CHECKED, Standing.SCHEDULED):
        return None
    last = text.checks.first()
    if last is None or not last.is_approval or last.digest != digest:
        return _("It is no longer as it was when it was checked: return it, and have it checked again.")
    return None


def why_not_withdraw(edition: Edition, by: User) -> str | None:
    if not may(by, Permission.PUBLICATION_CHECK):
        return _("You may not do this.")
    return _("It is withdrawn already.") if hasattr(edition, "withdrawal") else None
