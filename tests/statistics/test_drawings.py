"""The charts of a release as files."""

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import resolve

from portal.statistics import drawings
from portal.statistics.actions import build_release
from portal.statistics.dimensions import Cut, Measure, Mode
from portal.statistics.drawings import Chart, Theme, subjects
from portal.statistics.drawings.inks import INKS
from portal.statistics.drawings.kept import kept
from portal.statistics.drawings.marks import wrapped
from portal.statistics.levels import Indicator
from portal.statistics.places import place_named
from portal.statistics.queries import release_named, table
from portal.ui import vega
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, Deal, file, firms, publish

SVG = "{http://www.w3.org/2000/svg}"
# What one firm alone did in Zambia and another in India, in units of US$10,000 and in dollars.
WITHHELD = re.compile(r"(?<![0-9,.])(86\.42|79\.31|864,?200|793,?100)")
ALONE = {0: Deal(market="ZMB", signed="900000.00", executed="864200.00"),
         1: Deal(market="IND", signed="800000.00", executed="793100.00")}  # fmt: skip


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    """What one test drew is not there for the next."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private"},
        }
    }


@beginning
def published(world):
    members = firms(4)
    for period in ("2019Q1", "2020Q1"):
        for number, firm in enumerate(members):
            everywhere = Deal(executed="700000.00" if period == "2020Q1" else "610000.00", signed="800000.00")
            at_home = Deal(market="CHN", executed="300000.55", signed="400000.00", category="KPO-1-01")
            alone = [ALONE[number]] if number in ALONE else []
            file(world, firm, everywhere, at_home, *alone, period=period)
    publish(world, "2019Q1")
    return publish(world)


def address(chart: str, form: str = "svg", place: str = GUIYANG, release: str = "2020Q1-1") -> str:
    return f"/statistics/{release}/places/{place}/charts/{chart}.{form}"


def drawn_at(path: str) -> ElementTree.Element:
    response = Client().get(path)
    assert response.status_code == 200, path
    return ElementTree.fromstring(response.content)


def words_of(picture: ElementTree.Element) -> str:
    """All that is read in a drawing, and all that is said of it, without spaces."""
    texts = [*picture.itertext(), *(value for one in picture.iter() for value in one.attrib.values())]
    return re.sub(r"\s", "", "|".join(texts))


# ── What they show ───────────────────────────────────────────────────────────────────────────────


def test_every_chart_says_its_finding_and_source_and_nothing_that_is_withheld(published):
    zambia = Indicator(Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET, "ZMB")
    assert not table(published, GUIYANG).level(zambia).is_public
    missing = set()
    for chart, language in product(Chart, ("zh-hans", "en")):
        place = "CN" if chart == Chart.PROVINCES else GUIYANG
        content = drawings.svg(published, place_named(place), chart, language)
        if content is None:
            missing.add(chart)
            continue
        picture = ElementTree.fromstring(content)
        told = words_of(picture)
        finding = picture.get("aria-label")
        assert len(finding) > 8, chart
        assert finding == picture.find(f"{SVG}title").text
        assert "2020Q1-1" in told, chart
        assert published.digest[:12] in told, chart
        assert not WITHHELD.search(told), chart
        assert not re.search(r"<(script|style|foreignObject|image|use)\b|\son\w+=|style=|url\(", content.decode())
    assert missing <= {Chart.CONTRACT_BRIDGE}


def test_a_bare_drawing_leaves_finding_unit_and_source_to_the_text_around_it(published):
    place, language = place_named(GUIYANG), "zh-hans"
    whole, bare = (
        ElementTree.fromstring(drawings.svg(published, place, Chart.MODES, language, is_bare=one))
        for one in (False, True)
    )
    marks = [
        "".join(word for one in picture.iter(f"{SVG}text") for word in one.itertext()) for picture in (whole, bare)
    ]
    finding = whole.get("aria-label")
    assert [finding in mark for mark in marks] == [True, False]
    assert [published.digest[:12] in mark for mark in marks] == [True, False]
    assert bare.get("aria-label") == finding
    assert float(bare.get("height")) < float(whole.get("height"))


def test_a_withheld_market_is_counted_as_withheld_and_has_no_bar(published):
    picture = drawn_at(f"/en{address('markets')}")
    parts = table(published, GUIYANG).members(Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET)
    public = [level for _market, level in parts if level.is_public]
    assert 0 < len(public) < len(parts)
    bars = [one.get("aria-label") for one in picture.iter(f"{SVG}path") if one.get("aria-label")]
    assert len(bars) == len(public)
    assert f"{len(parts) - len(public)}markets" in words_of(picture)
    assert "notpublished" in words_of(picture)


def test_lines_end_in_the_release_whatever_is_published_after_it(world, published):
    before = [row.name for row in subjects.history(published)]
    assert before == ["2019Q1-1", "2020Q1-1"]
    publish(world, "2019Q1", at=BUILT.replace(month=5))
    assert [row.name for row in subjects.history(published)] == before


@pytest.mark.parametrize("theme", Theme)
def test_inks_are_those_of_the_style_sheets(theme):
    sheets = {name: (Path(settings.ROOT) / f"static/css/{name}.css").read_text("utf-8") for name in ("tokens", "print")}
    light, dark = sheets["tokens"].split("prefers-color-scheme: dark")
    texts = {Theme.LIGHT: [light], Theme.DARK: [dark], Theme.PRINT: [light, sheets["print"]]}[theme]
    tokens: dict[str, str] = {}
    for text in texts:
        before_bench = text.split(".bench")[0] if ".bench {" in text.split("@media")[0] else text
        tokens |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+);", before_bench))
    long = {name: "#" + "".join(letter * 2 for letter in value[1:]) if len(value) == 4 else value
            for name, value in tokens.items()}  # fmt: skip
    assert INKS[theme].items() <= long.items()


def test_a_long_finding_breaks_into_even_lines_and_never_inside_a_number():
    lines = wrapped("贵阳市企业一季度执行服务外包业务1.55亿美元，上年同期为613万美元，其中离岸约占一半", 22, 480)
    assert len(lines) == 3
    assert "".join(lines).count("1.55亿美元，") == 1
    assert any("1.55亿美元，" in line for line in lines)
    assert max(map(len, lines)) - min(map(len, lines)) <= 8


# ── Kept ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_drawing_is_made_once_for_each_release(world, published, monkeypatch):
    made = []
    monkeypatch.setattr(drawings, "svg_of", lambda *args, **words: made.append(words) or vega.svg_of(*args, **words))
    first = Client().get(address("sizes")).content
    assert Client().get(address("sizes")).content == first
    assert len(made) == 1
    again = publish(world, at=BUILT.replace(hour=20))
    assert Client().get(address("sizes", release=again.name)).status_code == 200
    assert len(made) == 2
    folder = Path(default_storage.path("drawings"))
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]


def test_a_file_is_whole_or_not_there(monkeypatch):
    def broken(*args):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", broken)
        with pytest.raises(OSError):
            kept("2020Q1-1/markets.svg", lambda: b"half")
    assert kept("2020Q1-1/markets.svg", lambda: None) is None
    assert kept("2020Q1-1/markets.svg", lambda: b"whole") == b"whole"
    assert kept("2020Q1-1/markets.svg", lambda: b"another") == b"whole"


# ── Doors ────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_there_is_not_found_and_what_is_there_is_only_read(published):
    for path in (
        address("nothing"),
        address("modes", "pdf"),
        address("modes", place="999999"),
        address("modes", release="2020Q1-9"),
        address("provinces"),
        address("modes", place="110000"),
    ):
        assert Client().get(path).status_code == 404, path
    assert Client().post(address("modes")).status_code == 405
    page = Client().get(f"/statistics/2020Q1-1/places/{GUIYANG}/").content.decode()
    for chart in (Chart.MODES, Chart.MARKETS, Chart.CATEGORIES):
        for form in ("png", "svg"):
            assert f'href="{address(chart, form)}"' in page
            assert resolve(address(chart, form)).view_name == "statistics:place-chart"


def test_an_unpublished_release_has_no_charts_for_the_public(world):
    for firm in firms(3):
        file(world, firm, Deal())
    build_release(period="2020Q1", by=world.erik, at=BUILT)
    assert Client().get(address("markets")).status_code == 404
    assert drawings.svg(release_named("2020Q1-1", unpublished=True), place_named(GUIYANG), Chart.MARKETS, "en")


def test_a_picture_has_its_language_and_theme_and_loads_and_runs_nothing(published):
    response = Client().get(address("markets"))
    assert response["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'inline; filename="2020Q1-1-{GUIYANG}-markets.svg"'
    assert not response.cookies
    assert "越南" in words_of(ElementTree.fromstring(response.content))
    saved = Client().get(f"/en{address('markets')}?theme=dark&download")
    assert saved["Content-Disposition"].startswith("attachment")
    picture = ElementTree.fromstring(saved.content)
    assert "Vietnam" in words_of(picture)
    assert picture.find(f"{SVG}rect").get("fill") == "#14181a"
