"""Releases whose cells are written by hand: every figure is known, and nothing has to be filed for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.filings.models.period import Period
from portal.lib.quarters import Quarter
from portal.reference.models import Edition
from portal.statistics.models import Cell, Publication, Release
from tests.statistics.conftest import BUILT, GUIYANG, ZHENGZHOU
from tests.world import not_before

# What Zambia alone has of offshore execution, in cents; nobody may find it in any form.
SECRET = 864_200_00
# Withheld so that it cannot be worked out.
SECOND = 531_700_00


@dataclass(frozen=True)
class Row:
    """A cell as a release keeps it; renminbi are seven times the dollars and a cent to tell them by, or its own."""

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
    own_cny_cents: int | None = None

    @property
    def cny_cents(self) -> int:
        if self.own_cny_cents is not None:
            return self.own_cny_cents
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


def publish_rows(
    rows: list[Row], period: str = "2020Q1", number: int = 1, at: datetime = BUILT,
    published_at: datetime | None = None, **about: object,
) -> Release:  # fmt: skip
    """A published release of exactly these cells, with the newest editions of the lists; `about` sets its fields."""
    quarter = Quarter.parse(period)
    days = dict.fromkeys(("opens_on", "due_on", "locks_on"), quarter.last_day)
    dates = {"first_on": quarter.first_day, "last_on": quarter.last_day} | days
    Period.objects.get_or_create(code=period, defaults=dates)
    editions = {row.list_name: {"number": row.number, "digest": ""} for row in Edition.objects.order_by("number")}
    usual = {
        "digest": "d" * 64, "fact_count": 9, "firm_count": 4, "editions": editions, "belt_and_road_list": "bri65",
        "min_firms": 3, "low_base_floor": 2_000_000_00, "facts_file": "releases/none.parquet",
    }  # fmt: skip
    release = Release.objects.create(
        name=f"{period}-{number}", period_id=period, number=number, as_of=at, **(usual | about)
    )
    Cell.objects.write(release, rows)
    Publication.objects.create(release=release, published_at=published_at or at + timedelta(minutes=5))
    return release


# ── One release for the programs' interface ──────────────────────────────────────────────────────

# Of one firm in Zhengzhou: it must stand nowhere.
ALONE, ALONE_CNY = 7_654_32, 53_123_45
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
    (ZHENGZHOU, "quarter", "execution", "total", "", "", ALONE, ALONE_CNY, 1, "confidential"),
    (ZHENGZHOU, "quarter", "execution", "offshore", "market", "KHM", ALONE, ALONE_CNY, 1, "confidential"),
]


def made_release(number: int = 1, *, published_at: datetime | None = None, standing: str = "final") -> Release:
    """A release of 2020Q1 with the cells above, public from a moment on: by default five minutes after it was built."""
    at = BUILT + timedelta(days=number - 1)
    rows = [
        Row(place, usd, measure, mode, cut, member, span, status, count, contributors=count, own_cny_cents=cny)
        for place, span, measure, mode, cut, member, usd, cny, count, status in VALUES
    ]
    release = publish_rows(
        rows, number=number, at=at, published_at=published_at, digest=f"{number:064}", fact_count=40, firm_count=5,
        editions={"markets": {"number": 1, "digest": "0" * 64}}, low_base_floor=100, facts_file="", standing=standing,
    )  # fmt: skip
    if published_at is None:
        not_before(at + timedelta(minutes=6))
    return release
