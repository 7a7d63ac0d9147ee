"""Looks at what the public does not see: each is journalled, with who looked at what."""

from datetime import datetime

from portal.journal.actions import record
from portal.members.models import User
from portal.statistics.figure_keys import FigureKey
from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Release


def look_at_place(*, release: ReleaseInfo, place: str, by: User, at: datetime) -> None:
    """Somebody looked at everything that a release says of a place, withheld figures too."""
    record(actor=by.key, verb="figures.viewed", kind="release", key=release.name, at=at, after={"place": place})


def look_at_withheld(*, release: Release, by: User, at: datetime) -> None:
    """Somebody looked at every figure that a release withholds."""
    record(actor=by.key, verb="disclosure.viewed", kind="release", key=release.name, at=at, after={})


def look_behind(*, release: ReleaseInfo, key: FigureKey, by: User, at: datetime) -> None:
    """Somebody looked at the lines behind a figure."""
    record(actor=by.key, verb="figure.traced", kind="release", key=release.name, at=at, after=key.query)
