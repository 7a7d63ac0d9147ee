"""The provinces as 34 equal squares: position says direction, never border. No Django.

Positions (row, column) stand here and, as `.t-52 { grid-area: 6 / 3; }`, in static/css/figures.css;
a test keeps the two in step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Place:
    code: str
    row: int
    column: int
    short_zh: str
    short_en: str
    name_zh: str
    name_en: str

    @property
    def key(self) -> str:
        return self.code[:2]


PLACES: tuple[Place, ...] = tuple(
    Place(code + "0000", *rest)
    for code, *rest in (
        ("23", 1, 8, "黑", "HL", "黑龙江", "Heilongjiang"),
        ("15", 2, 5, "蒙", "NM", "内蒙古", "Inner Mongolia"),
        ("21", 2, 7, "辽", "LN", "辽宁", "Liaoning"),
        ("22", 2, 8, "吉", "JL", "吉林", "Jilin"),
        ("65", 3, 1, "新", "XJ", "新疆", "Xinjiang"),
        ("62", 3, 2, "甘", "GS", "甘肃", "Gansu"),
        ("64", 3, 3, "宁", "NX", "宁夏", "Ningxia"),
        ("14", 3, 4, "晋", "SX", "山西", "Shanxi"),
        ("13", 3, 5, "冀", "HE", "河北", "Hebei"),
        ("11", 3, 6, "京", "BJ", "北京", "Beijing"),
        ("12", 3, 7, "津", "TJ", "天津", "Tianjin"),
        ("63", 4, 2, "青", "QH", "青海", "Qinghai"),
        ("61", 4, 3, "陕", "SN", "陕西", "Shaanxi"),
        ("41", 4, 4, "豫", "HA", "河南", "Henan"),
        ("37", 4, 5, "鲁", "SD", "山东", "Shandong"),
        ("54", 5, 1, "藏", "XZ", "西藏", "Xizang"),
        ("51", 5, 2, "川", "SC", "四川", "Sichuan"),
        ("50", 5, 3, "渝", "CQ", "重庆", "Chongqing"),
        ("42", 5, 4, "鄂", "HB", "湖北", "Hubei"),
        ("34", 5, 5, "皖", "AH", "安徽", "Anhui"),
        ("32", 5, 6, "苏", "JS", "江苏", "Jiangsu"),
        ("31", 5, 7, "沪", "SH", "上海", "Shanghai"),
        ("53", 6, 2, "滇", "YN", "云南", "Yunnan"),
        ("52", 6, 3, "黔", "GZ", "贵州", "Guizhou"),
        ("43", 6, 4, "湘", "HN", "湖南", "Hunan"),
        ("36", 6, 5, "赣", "JX", "江西", "Jiangxi"),
        ("33", 6, 6, "浙", "ZJ", "浙江", "Zhejiang"),
        ("45", 7, 3, "桂", "GX", "广西", "Guangxi"),
        ("44", 7, 4, "粤", "GD", "广东", "Guangdong"),
        ("35", 7, 5, "闽", "FJ", "福建", "Fujian"),
        ("71", 7, 7, "台", "TW", "台湾", "Taiwan"),
        ("46", 8, 3, "琼", "HI", "海南", "Hainan"),
        ("82", 8, 4, "澳", "MO", "澳门", "Macao"),
        ("81", 8, 5, "港", "HK", "香港", "Hong Kong"),
    )
)
BY_KEY: dict[str, Place] = {place.key: place for place in PLACES}

WITHHELD = "q0"
NOTHING = "qx"


@dataclass(frozen=True)
class Tile:
    """One square as it is shown. `level` is q1 to q5, q0 (withheld) or qx (nobody files there)."""

    code: str
    value: str = ""
    level: str = NOTHING
    href: str = ""
    spoken: str = ""

    @property
    def key(self) -> str:
        return self.code[:2]


def level(value: Decimal | None, cuts: Sequence[Decimal | int]) -> str:
    """The step of a value among four cuts: below the first is q1, from the last on q5; None is withheld."""
    if value is None:
        return WITHHELD
    return f"q{1 + sum(value >= cut for cut in cuts)}"


def cuts(values: Sequence[Decimal], steps: int = 5) -> list[Decimal]:
    """Cuts at round numbers so that each step holds about as many places as the others."""
    ordered = sorted(value for value in values if value > 0)
    found: list[Decimal] = []
    for step in range(1, steps):
        if ordered:
            found.append(_round_number(ordered[min(len(ordered) * step // steps, len(ordered) - 1)]))
    return found


def _round_number(value: Decimal) -> Decimal:
    scale = Decimal(10) ** value.adjusted()
    return (value / scale).quantize(Decimal("0.1")).normalize() * scale


def full_grid(tiles: Mapping[str, Tile]) -> list[Tile]:
    """All 34 squares in reading order; a place without a tile (keyed by its two-digit code) has nothing."""
    return [tiles.get(place.key) or Tile(place.code) for place in PLACES]
