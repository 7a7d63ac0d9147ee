"""Published releases as the API tells them. What is not public yet does not exist here."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.reference.models import Edition
from portal.statistics.api import problems
from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Release
from portal.statistics.queries import info
from portal.ui.rendering import in_chinese


@dataclass(frozen=True)
class Published:
    """A public release, with those before and after it of the same period."""

    row: Release
    supersedes: str | None
    successor: Release | None

    @property
    def superseded_by(self) -> str | None:
        return self.successor.name if self.successor else None

    @property
    def changed_at(self) -> datetime:
        """When what is said of it changed last: its cells never do, but it may have been superseded since."""
        return (self.successor or self.row).publication.published_at

    @property
    def info(self) -> ReleaseInfo:
        return info(self.row)

    @property
    def marks(self) -> tuple[object, ...]:
        return self.row.digest, self.row.publication.published_at, self.superseded_by

    @property
    def note(self) -> str:
        publication = self.row.publication
        return publication.note_zh if in_chinese() else publication.note_en


def published() -> list[Published]:
    """All public releases, newest first: one query."""
    rows = list(Release.objects.published().select_related("publication").newest_first())
    newer: dict[str, Release] = {}
    found: list[Published] = []
    for position, row in enumerate(rows):
        earlier = rows[position + 1] if position + 1 < len(rows) else None
        before = earlier.name if earlier and earlier.period_id == row.period_id else None
        found.append(Published(row, before, newer.get(row.period_id)))
        newer[row.period_id] = row
    return found


def release_named(name: str) -> Published:
    """A public release. Raises Problem for any other name, whether a build has it or nothing does."""
    for release in published():
        if release.row.name == name:
            return release
    raise problems.not_found("name", name, _("the name of a published release, as in /api/v1/releases"))


def changed_at(releases: list[Published], editions: "Editions") -> datetime:
    """When an answer about these releases may have changed last: by a release, or by a name in a list."""
    return max([*(release.changed_at for release in releases), editions.made_at])


@dataclass(frozen=True)
class Editions:
    """How the code lists stand: their newest edition, since every edit makes one."""

    newest: int
    made_at: datetime


def editions_now() -> Editions:
    """One query."""
    row = Edition.objects.order_by("-pk").values_list("pk", "made_at").first()
    return Editions(*row) if row else Editions(0, datetime.fromisoformat("2000-01-01T00:00:00+08:00"))


def local(moment: datetime) -> str:
    """A moment in the association's time: `2020-04-23T10:00:00+08:00`."""
    return timezone.localtime(moment).isoformat()


def as_json(release: Published, request: HttpRequest) -> dict[str, object]:
    row = release.row

    def link(name: str) -> str:
        return request.build_absolute_uri(reverse(f"api:{name}", args=[row.name]))

    return {
        "name": row.name,
        "period": row.period_id,
        "number": row.number,
        "standing": row.standing,
        "as_of": local(row.as_of),
        "published_at": local(row.publication.published_at),
        "digest": row.digest,
        "firms": row.firm_count,
        "editions": {name: edition["number"] for name, edition in sorted(row.editions.items())},
        "belt_and_road_list": row.belt_and_road_list,
        "supersedes": release.supersedes,
        "superseded_by": release.superseded_by,
        "note": release.note,
        "links": {
            "self": link("release-detail"),
            "places": link("release-places"),
            "tables": link("release-tables"),
            "cells": link("cell-list"),
            "structure": link("release-structure"),
            "page": request.build_absolute_uri(reverse("statistics:release-detail", args=[row.name])),
        },
    }
