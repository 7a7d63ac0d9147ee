"""build → check → publish. A published release is never changed: a correction is the next number."""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from portal.filings.models.period import Period
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.collecting import uncollected
from portal.lib.quarters import Quarter
from portal.members.models import User
from portal.statistics import policies, policies_calendar
from portal.statistics.audits import Outcome, audit, earlier_books, keep_audit, protected, thresholds_now
from portal.statistics.checks import run_checks
from portal.statistics.coverage import standing_and_coverage
from portal.statistics.cube import CellRow, ConcentrationRow, Cube, keep_facts
from portal.statistics.dimensions import Thresholds
from portal.statistics.disclosure.audit import Progress, untold
from portal.statistics.earlier import MOVED_CELLS, movements
from portal.statistics.engines import engine_at
from portal.statistics.facts import Gathered, gather
from portal.statistics.following import tell_followers
from portal.statistics.models import Audit, Cell, Concentration, Move, Publication, Release, Waiver
from portal.statistics.models.releases import ReleaseQuerySet
from portal.statistics.recounting import Recounted, compared


@dataclass(frozen=True)
class Counted:
    """The cells of a release, and the digest over all that they were made from and are."""

    cells: list[CellRow]
    concentrations: list[ConcentrationRow]
    fact_count: int
    digest: str
    disclosure: Outcome


def count(gathered: Gathered, thresholds: Thresholds, *, snapshot: Path, published: Path | None = None) -> Counted:
    """Count what was gathered, leaving the facts at `snapshot` as Parquet. `published` are the facts of the release
    that published the base. The same facts, editions, thresholds and earlier releases give the same digest at any
    time."""
    facts, dimensions = keep_facts(gathered.cube_facts(), snapshot), gathered.dimensions()
    engine = engine_at(settings.STATISTICS_ENGINE, facts.count)
    cube = Cube(snapshot, gathered.filings, dimensions, published=published, engine=engine)
    earlier = earlier_books(gathered.quarter, gathered.at)
    cells, disclosure = protected(cube.cells(thresholds), dimensions, gathered.quarter, thresholds, earlier)
    digest = _digest(facts.digest, gathered, thresholds, cells)
    return Counted(cells, cube.concentrations(thresholds), facts.count, digest, disclosure)


def _digest(facts_digest: str, gathered: Gathered, thresholds: Thresholds, cells: Iterable[CellRow]) -> str:
    digest = hashlib.sha256(f"{facts_digest}\n{sorted(thresholds.as_json().items())}\n".encode())
    for name in sorted(gathered.editions):
        digest.update(f"{name} {gathered.editions[name].digest}\n".encode())
    for firm, period, division in sorted((row.firm, row.period, row.division) for row in gathered.filings):
        digest.update(f"{firm} {period} {division}\n".encode())
    for cell in cells:
        # Not astuple: it copies deeply, which took half of the time of a build.
        digest.update(f"{tuple(str(value) for value in cell)}\n".encode())
    return digest.hexdigest()


@uncollected()
@transaction.atomic
def build_release(*, period: str, by: User, at: datetime) -> Release:
    """Count a period as known now. A build that was not published makes room for the new one."""
    row = Period.objects.select_for_update().filter(pk=period).first()
    if row is None:
        raise Refused(_("There is no period %(period)s.") % {"period": period})
    if reason := policies.why_not_build(row, at):
        raise Refused(reason)
    _throw_away(Release.objects.filter(period=row, publication__isnull=True))
    gathered = gather(Quarter.parse(period), at)
    number = Release.objects.filter(period=row).count() + 1
    release = _store(row, number, gathered, by)
    record(
        actor=by.key, verb="release.built", kind="release", key=release.name, at=at,
        after={"digest": release.digest, "facts": release.fact_count, "firms": release.firm_count},
    )  # fmt: skip
    return release


def _throw_away(builds: ReleaseQuerySet) -> None:
    """Builds that nobody published, with their files once it is certain."""
    for build in builds:
        transaction.on_commit(partial(build.facts_file.storage.delete, build.facts_file.name))
    builds.delete()


def _store(period: Period, number: int, gathered: Gathered, by: User) -> Release:
    name = f"{period.code}-{number}"
    thresholds = thresholds_now()
    base = published_before(gathered.quarter.year_before, gathered.at)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "facts.parquet"
        counted = count(gathered, thresholds, snapshot=snapshot, published=facts_path(base))
        moves = movements(gathered, snapshot, counted.cells, thresholds)
        release = Release(
            name=name, period=period, number=number, as_of=gathered.at, built_by=by.key, digest=counted.digest,
            fact_count=counted.fact_count, min_firms=thresholds.min_firms, low_base_floor=settings.LOW_BASE_FLOOR_CENTS,
            firm_count=sum(filing.period == period.code for filing in gathered.filings),
            editions={key: {"number": row.number, "digest": row.digest} for key, row in gathered.editions.items()},
            belt_and_road_list=settings.BELT_AND_ROAD_LIST,
            thresholds=thresholds.as_json(), **standing_and_coverage(period, gathered, counted.cells, thresholds),
            checks=[*run_checks(gathered, counted.cells), moves.check(), counted.disclosure.check()],
        )  # fmt: skip
        with snapshot.open("rb") as file:
            release.facts_file.save(f"{name}.parquet", File(file), save=False)
    release.save()
    Cell.objects.write(release, counted.cells)
    Concentration.objects.write(release, counted.concentrations)
    Move.objects.write(release, moves.rows)
    keep_audit(release, counted.disclosure, at=gathered.at, by=by.key)
    return release


def published_before(quarter: Quarter, at: datetime) -> Release | None:
    """The release that was the newest public one of a quarter at a moment."""
    return Release.objects.published(at).filter(period=str(quarter)).order_by("-number").first()


def facts_path(release: Release | None) -> Path | None:
    return Path(release.facts_file.path) if release else None


@uncollected()
def recount(release: Release) -> Recounted:
    """The same release, counted again now from the ledger as it was known then. Nothing is kept."""
    base = published_before(release.quarter.year_before, release.as_of)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "facts.parquet"
        again = count(
            gather(release.quarter, release.as_of), Thresholds(**release.thresholds),
            snapshot=snapshot, published=facts_path(base),
        )  # fmt: skip
        return compared(release, again.digest, again.cells, snapshot)


def rebuilt_digest(release: Release) -> str:
    """The digest that comes out when the release is counted again."""
    return recount(release).again


@uncollected()
def audit_release(
    release: Release, *, at: datetime, by: User | None = None, is_full: bool = True, progress: Progress = untold
) -> Audit:
    """Work out what an outsider can tell of a release as it is stored, and keep that with it."""
    lists = gather(release.quarter, release.as_of).dimensions()
    found = audit(release, lists, is_full=is_full, progress=progress)
    actor = by.key if by else None
    with transaction.atomic():
        row = keep_audit(release, found.outcome, at=at, by=actor, is_full=is_full, table=found.table)
        record(actor=actor, verb="release.audited", kind="release", key=release.name, at=at, after=row.summary)
    return row


def count_again(*, release: Release, by: User, at: datetime) -> Recounted:
    """Count a release again and journal what came of it."""
    found = recount(release)
    record(
        actor=by.key, verb="release.recounted", kind="release", key=release.name, at=at,
        after={"digest": found.again, "same": found.is_same},
    )  # fmt: skip
    return found


@transaction.atomic
def publish_release(
    *, release: Release, by: User, at: datetime, reason: str = "", public_at: datetime | None = None,
    note_zh: str = "", note_en: str = "",
) -> Release:  # fmt: skip
    """Make a built release public, for good. Refused when it was built anew after `release` had been looked at.

    With `public_at` it stays under embargo until then. A release whose checks say something, or that an early viewer
    returned, needs the reason why it is published all the same. The notes stand on its page.
    """
    Period.objects.select_for_update().get(pk=release.period_id)
    seen, release = release.digest, Release.objects.get(name=release.name)
    if why_not := policies.why_not_publish(release, seen):
        raise Refused(why_not)
    if policies.asks_for_reason(release) and not reason.strip():
        raise Refused(_("Not every check is met. Write why the release is published all the same."))
    if policies_calendar.returned_by(release) and not reason.strip():
        raise Refused(_("An early viewer returned this build. Write why it is published all the same."))
    publication = Publication(release=release, published_by=by.key, decided_at=at, note_zh=note_zh, note_en=note_en)
    publication.published_at = _moment_of_publication(release, public_at, at)
    publication.save()
    release.publication = publication
    _waive(release, by, at, reason.strip())
    record(
        actor=by.key, verb="release.published", kind="release", key=release.name, at=at,
        after={"digest": release.digest, "reason": reason.strip()}
        | ({"public_at": publication.published_at.isoformat()} if public_at else {}),
    )  # fmt: skip
    # What follows is theirs: a fault there takes back no publication.
    transaction.on_commit(partial(tell_followers, release.name), robust=True)
    return release


def _moment_of_publication(release: Release, public_at: datetime | None, at: datetime) -> datetime:
    """Now, or the full minute that ends an embargo."""
    moment = public_at.replace(second=0, microsecond=0) if public_at else at
    why_not = policies_calendar.why_not_publish_at(release, moment, at) if public_at else None
    if why_not := why_not or policies_calendar.why_not_before(release, moment):
        raise Refused(why_not)
    return moment


def look_at_release(*, release: Release, by: User, at: datetime) -> None:
    """Journal that somebody looked at figures that are not public yet."""
    record(
        actor=by.key, verb="release.viewed", kind="release", key=release.name, at=at, after={"digest": release.digest}
    )


def _waive(release: Release, by: User, at: datetime, reason: str) -> None:
    """Who publishes answers by name for figures that moved for too few firms."""
    for check in release.checks:
        if check["name"] == MOVED_CELLS and check["level"] == "warning":
            Waiver.objects.create(
                release=release, check_name=MOVED_CELLS, cells=int(check["found"]), reason=reason, waived_at=at,
                waived_by=by.key,
            )  # fmt: skip
