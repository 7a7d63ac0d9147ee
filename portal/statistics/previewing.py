"""Early looks at a build: a signed link for a named person, every look journalled, and the verdict of a leader."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.statistics import policies_calendar as policies
from portal.statistics.models import Preview, Release, Verdict
from portal.statistics.policies_calendar import Door, door_of

OPEN_FOR = timedelta(days=7)
_SIGNER = signing.Signer(salt="portal.statistics.preview")


def token_of(preview: Preview) -> str:
    """The link's token: signed, so that nobody can make one, and bound to one build."""
    return _SIGNER.sign_object([preview.pk, preview.digest])


def preview_of(token: str) -> Preview | None:
    """The preview that a token opens; None where its build has made room for another one.

    Raises `django.core.signing.BadSignature` for a token that we did not make.
    """
    number, digest = _SIGNER.unsign_object(token)
    rows = Preview.objects.select_related("release__publication", "release__period", "verdict")
    preview = rows.filter(pk=number, digest=digest).first()
    return None if preview and policies.is_left_behind(preview.release) else preview


@transaction.atomic
def make_preview(
    *, release: Release, name: str, office: str = "", may_decide: bool = False, ends_at: datetime | None = None,
    by: User, at: datetime,
) -> tuple[Preview, str]:  # fmt: skip
    """A named person's link and its token, open for a week unless another end is named, and never beyond the
    embargo."""
    if reason := policies.why_not_show_early(release, at):
        raise Refused(reason)
    ends_at = ends_at or at + OPEN_FOR
    if ends_at <= at:
        raise Refused(_("The end lies in the past."))
    preview = Preview.objects.create(
        release=release, name=name.strip(), office=office.strip(), may_decide=may_decide, digest=release.digest,
        made_at=at, made_by=by.key, ends_at=ends_at,
    )  # fmt: skip
    _journal("preview.made", preview, by.key, at, {"until": ends_at.isoformat(), "may_decide": may_decide})
    return preview, token_of(preview)


@transaction.atomic
def end_preview(*, preview: Preview, by: User, at: datetime) -> Preview:
    """The link opens nothing any more."""
    preview = _locked(preview)
    if reason := policies.why_not_end(preview):
        raise Refused(reason)
    preview.ended_at, preview.ended_by = at, by.key
    preview.save(update_fields=["ended_at", "ended_by"])
    _journal("preview.ended", preview, by.key, at)
    return preview


@transaction.atomic
def look(*, preview: Preview, at: datetime) -> None:
    """Count and journal one look. Nobody is signed in: the entry names the link."""
    Preview.objects.filter(pk=preview.pk).update(looked_at=at, look_count=F("look_count") + 1)
    _journal("preview.looked_at", preview, None, at)


@transaction.atomic
def decide(*, preview: Preview, is_approval: bool, note: str, at: datetime) -> Verdict:
    """A leader approves the build, or returns it with a note."""
    preview = _locked(preview)
    if door_of(preview, at) != Door.OPEN:
        raise Refused(_("This link is closed."))
    if reason := policies.why_not_decide(preview, at):
        raise Refused(reason)
    if not is_approval and not note.strip():
        raise Refused(_("Write what is to be mended."))
    verdict = Verdict.objects.create(preview=preview, is_approval=is_approval, note=note.strip(), given_at=at)
    _journal("preview.approved" if is_approval else "preview.returned", preview, None, at)
    return verdict


def _locked(preview: Preview) -> Preview:
    rows = Preview.objects.select_for_update(of=("self",)).select_related("release__publication")
    return rows.get(pk=preview.pk)


def _journal(verb: str, preview: Preview, actor: object, at: datetime, more: dict | None = None) -> None:
    """By number: the name is the person's."""
    record(
        actor=actor, verb=verb, kind="release", key=preview.release.name, at=at,
        after={"preview": preview.pk, "digest": preview.digest, **(more or {})},
    )  # fmt: skip
