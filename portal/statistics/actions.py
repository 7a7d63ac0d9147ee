"""build → check → publish. A published release is never changed: a correction is the next number."""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from portal.filings.models.period import Period
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.quarters import Quarter
from portal.members.models import User
from portal.statistics import policies
from portal.statistics.checks import run_checks
from portal.statistics.cube import CellRow, Cube, write_facts
from portal.statistics.facts import Gathered, gather
from portal.statistics.models import Cell, Publication, Release


@dataclass(frozen=True)
class Counted:
    """The cells of a release, and the digest over all that they were made from and are."""

    cells: list[CellRow]
    fact_count: int
    digest: str


def count(gathered: Gathered, *, min_firms: int, snapshot: Path | None = None) -> Counted:
    """Count what was gathered. The same facts, editions and thresholds give the same digest at any time."""
    with tempfile.TemporaryDirectory() as folder:
        facts_csv = Path(folder) / "facts.csv"
        fact_count = write_facts(facts_csv, gathered.cube_facts())
        cube = Cube(facts_csv, gathered.filings, gathered.dimensions())
        cells = cube.cells(min_firms)
        digest = _digest(cube.digest(), gathered, min_firms, cells)
        if snapshot is not None:
            cube.keep(snapshot)
    return Counted(cells, fact_count, digest)


def _digest(facts_digest: str, gathered: Gathered, min_firms: int, cells: Iterable[CellRow]) -> str:
    digest = hashlib.sha256(f"{facts_digest}\n{min_firms}\n".encode())
    for name in sorted(gathered.editions):
        digest.update(f"{name} {gathered.editions[name].digest}\n".encode())
    for filing in sorted(gathered.filings, key=astuple):
        digest.update(f"{astuple(filing)}\n".encode())
    for cell in cells:
        # Not astuple: it copies deeply, which took half of the time of a build.
        digest.update(f"{tuple(str(value) for value in vars(cell).values())}\n".encode())
    return digest.hexdigest()


@transaction.atomic
def build_release(*, period: str, by: User, at: datetime) -> Release:
    """Count a period as known now. A build that was not published makes room for the new one."""
    row = Period.objects.select_for_update().filter(pk=period).first()
    if row is None:
        raise Refused(_("There is no period %(period)s.") % {"period": period})
    if reason := policies.why_not_build(row, at):
        raise Refused(reason)
    Release.objects.filter(period=row, publication__isnull=True).delete()
    gathered = gather(Quarter.parse(period), at)
    number = Release.objects.filter(period=row).count() + 1
    release = _store(row, number, gathered, by)
    record(
        actor=by.key, verb="release.built", kind="release", key=release.name, at=at,
        after={"digest": release.digest, "facts": release.fact_count, "firms": release.firm_count},
    )  # fmt: skip
    return release


def _store(period: Period, number: int, gathered: Gathered, by: User) -> Release:
    name = f"{period.code}-{number}"
    minimum = settings.DISCLOSURE_MIN_FIRMS
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "facts.parquet"
        counted = count(gathered, min_firms=minimum, snapshot=snapshot)
        release = Release(
            name=name, period=period, number=number, as_of=gathered.at, built_by=by.key, digest=counted.digest,
            fact_count=counted.fact_count, min_firms=minimum, low_base_floor=settings.LOW_BASE_FLOOR_CENTS,
            firm_count=sum(filing.period == period.code for filing in gathered.filings),
            editions={key: {"number": row.number, "digest": row.digest} for key, row in gathered.editions.items()},
            belt_and_road_list=settings.BELT_AND_ROAD_LIST,
            checks=run_checks(gathered, counted.cells),
        )  # fmt: skip
        with snapshot.open("rb") as file:
            release.facts_file.save(f"{name}.parquet", File(file), save=False)
    release.save()
    Cell.objects.write(release, counted.cells)
    return release


def rebuilt_digest(release: Release) -> str:
    """The digest of the same release, counted again now from the ledger as it was known then."""
    return count(gather(release.quarter, release.as_of), min_firms=release.min_firms).digest


@transaction.atomic
def publish_release(*, release: Release, by: User, at: datetime, reason: str = "") -> Release:
    """Make a built release public, for good. Refused when it was built anew after `release` had been looked at.

    A release whose checks say something needs the reason why it is published all the same.
    """
    Period.objects.select_for_update().get(pk=release.period_id)
    seen, release = release.digest, Release.objects.get(name=release.name)
    if why_not := policies.why_not_publish(release, seen):
        raise Refused(why_not)
    if policies.asks_for_reason(release) and not reason.strip():
        raise Refused(_("Not every check is met. Write why the release is published all the same."))
    publication = Publication.objects.create(release=release, published_at=at, published_by=by.key)
    release.publication = publication
    record(
        actor=by.key, verb="release.published", kind="release", key=release.name, at=at,
        after={"digest": release.digest, "reason": reason.strip()},
    )  # fmt: skip
    return release


def look_at_release(*, release: Release, by: User, at: datetime) -> None:
    """Journal that somebody looked at figures that are not public yet."""
    record(
        actor=by.key, verb="release.viewed", kind="release", key=release.name, at=at, after={"digest": release.digest}
    )
