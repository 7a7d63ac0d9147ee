"""May a release be built or published now? None, or the reason why not."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.period import Period
from portal.filings.queries import filings_known_at
from portal.reference.queries import editions_at
from portal.statistics.models import Publication, Release

NEEDED_LISTS = {"divisions", "regions", "market_groups", "service_categories"}


def why_not_build(period: Period, at: datetime) -> str | None:
    if timezone.localdate(at) <= period.last_on:
        return _("%(period)s has not ended yet.") % {"period": period.code}
    if not filings_known_at(at, [period.code]):
        return _("No filing of %(period)s has been approved yet.") % {"period": period.code}
    if missing := NEEDED_LISTS - set(editions_at(at)):
        return _("These code lists have no edition yet: %(lists)s.") % {"lists": ", ".join(sorted(missing))}
    return None


def why_not_publish(release: Release) -> str | None:
    if Publication.objects.filter(release=release).exists():
        return _("%(release)s is published already.") % {"release": release.name}
    if failed := [check["name"] for check in release.checks if check["level"] == "error"]:
        return _("%(release)s did not pass its checks: %(checks)s.") % {
            "release": release.name,
            "checks": ", ".join(failed),
        }
    newer = Release.objects.filter(period=release.period, number__gt=release.number).exists()
    return _("A newer build of this period exists.") if newer else None
