"""Releases whose cells are written by hand: every figure is known, and nothing has to be filed for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.filings.models.period import Period
from portal.lib.quarters import Quarter
from portal.reference.models import Edition
from portal.statistics.models import Cell, Publication, Release
from tests.statistics.conftest import BUILT, GUIYANG, ZHENGZHOU

# What Zambia alone has of offshore execution, in cents; nobody may find it in any form.
SECRET = 864_200_00
# Withheld so that it cannot be worked out.
SECOND = 531_700_00


@dataclass(frozen=True)
class Row:
    """A cell as a release keeps it; renminbi are seven times the dollars, and a cent to tell them by."""

    place: str
    usd_cents: int = 0
    measure: str = "execution"
    mode: str = "total"
    cut: str = ""
    member: str = ""
    span: str = "quarter"
    status: str = "public"
    count: int = 4
    contributors: int = 4
    protect_usd_cents: int = 0
    protect_cny_cents: int = 0

    @property
    def cny_cents(self) -> int:
        return 7 * self.usd_cents + (1 if self.usd_cents else 0)


def firms(place: str, *spans: str, count: int = 4) -> list[Row]:
    return [Row(place, measure="firms", span=span, count=count) for span in spans]


def usual_rows(more: int = 0) -> list[Row]:
    """The nation and two cities; Zhengzhou filed nothing a year before. `more` cents are added to the nation."""
    base = "quarter_base"
    return [
        *firms("CN", "quarter", base), *firms(GUIYANG, "quarter", base), *firms(ZHENGZHOU, "quarter"),
        Row("CN", 60_000_000_00 + more), Row("CN", 40_000_000_00, span=base),
        Row("CN", 48_000_000_00, mode="offshore"), Row("CN", 30_000_000_00, mode="offshore", span=base),
        Row("CN", 48_000_000_00, mode="offshore", measure="contract", count=9),
        Row("CN", 12_000_000_00, mode="onshore", status="secondary"),
        Row("CN", 24_000_000_00, mode="offshore", cut="market", member="VNM"),
        Row("CN", 20_000_000_00, mode="offshore", cut="market", member="VNM", span=base),
        Row("CN", 6_000_000_00, mode="offshore", cut="market", member="USA"),
        Row("CN", SECRET, mode="offshore", cut="market", member="ZMB", status="confidential"),
        Row("CN", 864_100_00, mode="offshore", cut="market", member="ZMB", span=base),
        Row("CN", SECOND, mode="offshore", cut="market", member="LAO", status="secondary"),
        Row("CN", 30_000_000_00, cut="category", member="ITO"),
        Row("CN", 20_000_000_00, cut="category", member="ITO-1"),
        Row("CN", 10_000_000_00, cut="category", member="BPO"), Row("CN", 44_000_000_00, cut="size", member="large"),
        Row(GUIYANG, 21_000_000_00), Row(GUIYANG, 1_000_000_00, span=base),
        Row(GUIYANG, 15_000_000_00, mode="offshore"), Row(ZHENGZHOU, 9_000_000_00),
    ]  # fmt: skip


def publish_rows(rows: list[Row], period: str = "2020Q1", number: int = 1, at: datetime = BUILT) -> Release:
    """A published release of exactly these cells, with the newest editions of the lists."""
    quarter = Quarter.parse(period)
    days = dict.fromkeys(("opens_on", "due_on", "locks_on"), quarter.last_day)
    dates = {"first_on": quarter.first_day, "last_on": quarter.last_day} | days
    Period.objects.get_or_create(code=period, defaults=dates)
    editions = {row.list_name: {"number": row.number, "digest": ""} for row in Edition.objects.order_by("number")}
    release = Release.objects.create(
        name=f"{period}-{number}", period_id=period, number=number, as_of=at, digest="d" * 64, fact_count=9,
        firm_count=4, editions=editions, belt_and_road_list="bri65", min_firms=3, low_base_floor=2_000_000_00,
        facts_file="releases/none.parquet",
    )  # fmt: skip
    Cell.objects.write(release, rows)
    Publication.objects.create(release=release, published_at=at + timedelta(minutes=5))
    return release
