"""May a release be built or published now? None, or the reason why not."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.period import Period
from portal.filings.queries import filings_known_at
from portal.reference.queries import editions_at
from portal.statistics.checks import check_in_words
from portal.statistics.models import Publication, Release

NEEDED_LISTS = {"divisions", "regions", "market_groups", "service_categories"}


def why_not_build(period: Period, at: datetime) -> str | None:
    is_filed = bool(filings_known_at(at, [period.code]))
    return why_not_build_from(period, timezone.localdate(at), is_filed=is_filed, lists=editions_at(at))


def why_not_build_from(period: Period, on: date, *, is_filed: bool, lists: Iterable[str]) -> str | None:
    """The same from what is already known: for pages that show many periods."""
    if on <= period.last_on:
        return _("%(period)s has not ended yet.") % {"period": period.code}
    if not is_filed:
        return _("No filing of %(period)s has been approved yet.") % {"period": period.code}
    if missing := NEEDED_LISTS - set(lists):
        return _("These code lists have no edition yet: %(lists)s.") % {"lists": ", ".join(sorted(missing))}
    return None


def why_not_publish(release: Release, seen_digest: str | None = None) -> str | None:
    """`seen_digest` is that of the build which was looked at: a newer one of the same name is another."""
    if seen_digest is not None and seen_digest != release.digest:
        return _("%(release)s has been built anew since you opened it. Look at it again.") % {"release": release.name}
    if Publication.objects.filter(release=release).exists():
        return _("%(release)s is published already.") % {"release": release.name}
    if failed := [check_in_words(check["name"]) for check in release.checks if check["level"] == "error"]:
        return _("%(release)s did not pass its checks: %(checks)s.") % {
            "release": release.name,
            "checks": ", ".join(failed),
        }
    newer = Release.objects.filter(period=release.period, number__gt=release.number).exists()
    return _("A newer build of this period exists.") if newer else None


def asks_for_reason(release: Release) -> bool:
    """Whether a check says something that does not forbid publishing, such as firms that have not filed."""
    return any(check["level"] == "warning" for check in release.checks)
