"""A quarter that is filed, built and published, by the same acts as real work."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape

from portal.filings.models.filing import Version
from portal.members.models import Firm
from portal.statistics.actions import build_release, publish_release
from portal.statistics.levels import ReleaseInfo
from portal.statistics.queries import release_named
from tests.world import BEIJING, Kind, World, another_firm, entry, file_quarter, not_before, world  # noqa: F401 (a fixture)

BUILT = datetime(2020, 4, 20, 18, 0, tzinfo=BEIJING)
GUIYANG, ZUNYI, GUIZHOU, ZHENGZHOU = "520100", "520300", "520000", "410100"


@dataclass(frozen=True)
class Deal:
    """A contract signed in the quarter, and what was executed of it."""

    market: str = "VNM"
    signed: str = "1000.00"
    executed: str = "900.00"
    category: str = "ITO-1-01"
    currency: str = "USD"
    upstream: tuple[str, str] | None = None


def file(world: World, firm: Firm, *deals: Deal, period: str = "2020Q1", at: datetime | None = None) -> Version:
    """An approved filing with these deals."""
    first = world.periods[period].first_on
    entries = []
    for number, deal in enumerate(deals, start=1):
        code = f"{period}-{number}"
        firm_code, contract = deal.upstream or ("", "")
        entries.append(
            entry(
                Kind.SIGNED, world.lists, number=code, market=deal.market, category=deal.category,
                currency=deal.currency, amount=deal.signed, on=(first + timedelta(days=10)).isoformat(),
                upstream_firm=firm_code, upstream_number=contract,
            )
        )  # fmt: skip
        if deal.executed:
            day = first + timedelta(days=20 + number)
            entries.append(entry(Kind.EXECUTED, world.lists, number=code, amount=deal.executed, on=day.isoformat()))
    return file_quarter(world, firm=firm, period=period, entries=entries, at=at)


def firms(count: int, division: str = GUIYANG, first: int = 100) -> list[Firm]:
    return [another_firm(first + number, division=division) for number in range(count)]


def publish(world: World, period: str = "2020Q1", at: datetime = BUILT) -> ReleaseInfo:
    """Build and publish what is approved by now; a second time makes the next number."""
    release = build_release(period=period, by=world.erik, at=at)
    publish_release(
        release=release, by=world.erik, at=at + timedelta(minutes=5), reason="The others have nothing to file."
    )
    not_before(at + timedelta(minutes=6))
    return release_named(release.name)


def text_of(response) -> str:
    """The page's words without its mark-up, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())
