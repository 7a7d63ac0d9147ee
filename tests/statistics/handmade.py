"""A release written down by hand: its cells are what a test says, and nothing has to be filed or counted."""

from datetime import datetime, timedelta

from portal.statistics.cube import CellRow
from portal.statistics.models import Cell, Publication, Release
from tests.statistics.conftest import BUILT, GUIYANG, ZHENGZHOU
from tests.world import not_before

# Of one firm in Zhengzhou: it must stand nowhere.
SECRET, SECRET_CNY = 7_654_32, 53_123_45
VALUES = [
    # place, span, measure, mode, cut, member, US cents, renminbi cents, count, status
    (GUIYANG, "quarter", "firms", "total", "", "", 0, 0, 4, "public"),
    (GUIYANG, "quarter_base", "firms", "total", "", "", 0, 0, 3, "public"),
    (GUIYANG, "quarter", "contract", "total", "", "", 8_000_00, 56_000_00, 8, "public"),
    (GUIYANG, "quarter", "execution", "total", "", "", 4_002_20, 28_015_40, 16, "public"),
    (GUIYANG, "quarter_base", "execution", "total", "", "", 3_200_00, 22_400_00, 12, "public"),
    (GUIYANG, "quarter", "execution", "offshore", "", "", 2_800_00, 19_600_00, 8, "public"),
    (GUIYANG, "quarter", "execution", "onshore", "", "", 1_202_20, 8_415_40, 8, "secondary"),
    (GUIYANG, "quarter", "execution", "offshore", "market", "DEU", 300_00, 2_100_00, 3, "public"),
    (GUIYANG, "quarter", "execution", "offshore", "market", "KHM", 200_00, 1_400_00, 1, "confidential"),
    (GUIYANG, "quarter", "execution", "offshore", "market", "VNM", 2_300_00, 16_100_00, 4, "public"),
    (GUIYANG, "quarter_base", "execution", "offshore", "market", "VNM", 2_000_00, 14_000_00, 4, "public"),
    (GUIYANG, "quarter_base", "execution", "offshore", "market_group", "eu@then", 250_00, 1_750_00, 3, "public"),
    (GUIYANG, "quarter", "contract", "total", "bridge", "gone", -1_500_00, -10_500_00, 3, "public"),
    (ZHENGZHOU, "quarter", "firms", "total", "", "", 0, 0, 1, "public"),
    (ZHENGZHOU, "quarter", "execution", "total", "", "", SECRET, SECRET_CNY, 1, "confidential"),
    (ZHENGZHOU, "quarter", "execution", "offshore", "market", "KHM", SECRET, SECRET_CNY, 1, "confidential"),
]


def made_release(number: int = 1, *, published_at: datetime | None = None, standing: str = "final") -> Release:
    """A release of 2020Q1 with the cells above, public from a moment on: by default five minutes after it was built."""
    at = BUILT + timedelta(days=number - 1)
    release = Release.objects.create(
        name=f"2020Q1-{number}", period_id="2020Q1", number=number, as_of=at, digest=f"{number:064}", fact_count=40,
        firm_count=5, editions={"markets": {"number": 1, "digest": "0" * 64}}, belt_and_road_list="bri65",
        low_base_floor=100, min_firms=3, standing=standing,
    )  # fmt: skip
    rows = [
        CellRow(span, place, measure, mode, cut, member, usd, cny, count, count, status)
        for place, span, measure, mode, cut, member, usd, cny, count, status in VALUES
    ]
    Cell.objects.write(release, rows)
    moment = published_at or at + timedelta(minutes=5)
    Publication.objects.create(release=release, published_at=moment)
    if published_at is None:
        not_before(moment + timedelta(minutes=1))
    return release
