"""May a date be announced, or a build be shown early, now? None, or the reason why not."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.period import Period
from portal.statistics.dimensions import Standing
from portal.statistics.models import Announcement, Preview, Release, Verdict

# An embargo is for days; a publication months ahead would be a slip of the pen.
LONGEST_EMBARGO = timedelta(days=60)
# So long before its moment an embargo can no longer be undone: a page may be on its way already.
NO_WAY_BACK = timedelta(minutes=1)


# ── The calendar ─────────────────────────────────────────────────────────────────────────────────


def newest_announcement(period: str, standing: Standing) -> Announcement | None:
    return Announcement.objects.filter(period=period, standing=standing).order_by("said_at", "pk").last()


def has_come(period: str, standing: Standing, at: datetime) -> bool:
    """Whether the figures are public. Final ones, once public, leave no provisional ones to come."""
    rows = Release.objects.published(at).filter(period=period)
    return (rows.filter(standing=Standing.FINAL) if standing == Standing.FINAL else rows).exists()


def why_not_date(period: Period, release_at: datetime, at: datetime) -> str | None:
    """A moment at which figures can come at all."""
    if release_at <= at:
        return _("This moment lies in the past.")
    if timezone.localdate(release_at) <= period.last_on:
        return _("The period ends on %(day)s; its figures come later.") % {"day": period.last_on.isoformat()}
    return None


def why_not_announce(period: Period, standing: Standing, at: datetime) -> str | None:
    if has_come(period.code, standing, at):
        return _("These figures are public already.")
    if newest_announcement(period.code, standing):
        return _("These figures have a date: confirm or postpone it.")
    return None


def why_not_confirm(announcement: Announcement, at: datetime) -> str | None:
    if has_come(announcement.period_id, Standing(announcement.standing), at):
        return _("These figures are public already.")
    if announcement.status == Announcement.Status.CONFIRMED:
        return _("This date is confirmed.")
    if announcement.release_at <= at:
        return _("This date has passed: postpone it.")
    return None


def why_not_postpone(announcement: Announcement, at: datetime) -> str | None:
    if has_come(announcement.period_id, Standing(announcement.standing), at):
        return _("These figures are public already.")
    return None


# ── Embargo ──────────────────────────────────────────────────────────────────────────────────────


def why_not_publish_at(release: Release, public_at: datetime, at: datetime) -> str | None:
    """A moment that a publication may name: a full minute ahead, and after the numbers before it."""
    if public_at <= at:
        return _("This moment lies in the past.")
    if public_at > at + LONGEST_EMBARGO:
        return _("An embargo lasts at most %(days)d days.") % {"days": LONGEST_EMBARGO.days}
    return None


def why_not_before(release: Release, public_at: datetime) -> str | None:
    """Numbers of a period become public in their order."""
    earlier = Release.objects.filter(
        period=release.period_id, number__lt=release.number, publication__published_at__gt=public_at
    )
    if first := earlier.order_by("number").first():
        return _("%(release)s is under embargo, and comes first.") % {"release": first.name}
    return None


def why_not_take_back(release: Release, at: datetime) -> str | None:
    if not release.is_published:
        return _("%(release)s is not published.") % {"release": release.name}
    if release.publication.published_at - NO_WAY_BACK <= at:
        return _("%(release)s is public, or will be within the minute: it stays.") % {"release": release.name}
    if Release.objects.filter(period=release.period_id, number__gt=release.number, publication__isnull=False).exists():
        return _("A later number of this period is to be published after it.")
    return None


# ── Early looks ──────────────────────────────────────────────────────────────────────────────────


class Door(StrEnum):
    """What a link finds: it opens, or the reason why not any more."""

    OPEN = "open"
    PUBLIC = "public"
    TAKEN_BACK = "taken_back"
    OVER = "over"
    REPLACED = "replaced"


def door_of(preview: Preview | None, at: datetime) -> Door:
    if preview is None:
        return Door.REPLACED
    if preview.release.is_public(at):
        return Door.PUBLIC
    if preview.ended_at:
        return Door.TAKEN_BACK
    return Door.OPEN if at < preview.ends_at else Door.OVER


def is_left_behind(release: Release) -> bool:
    """A build that was taken back from its embargo after a later number had been built: it will never come out."""
    if release.is_published:
        return False
    return Release.objects.filter(period=release.period_id, number__gt=release.number).exists()


def why_not_show_early(release: Release, at: datetime) -> str | None:
    if is_left_behind(release):
        return _("A newer build of this period exists.")
    return _("%(release)s is public.") % {"release": release.name} if release.is_public(at) else None


def why_not_end(preview: Preview) -> str | None:
    return _("This link has been taken back already.") if preview.ended_at else None


def why_not_decide(preview: Preview, at: datetime) -> str | None:
    """`door_of` says whether the link is open at all."""
    if not preview.may_decide:
        return _("This link is for reading.")
    if Verdict.objects.filter(preview=preview).exists():
        return _("You have decided already.")
    return None


def returned_by(release: Release) -> list[Verdict]:
    """Early viewers who returned this very build, oldest first."""
    rows = Verdict.objects.filter(preview__release=release, preview__digest=release.digest, is_approval=False)
    return list(rows.select_related("preview").order_by("given_at"))
