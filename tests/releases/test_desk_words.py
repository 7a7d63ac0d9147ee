"""What the release desk calls its figures, where it stands in the navigation, and that its numbers agree."""

import re

import pytest
from django.utils import translation

from portal.lib.quarters import Quarter
from portal.reference.models import TradeCategory
from portal.statistics.actions import build_release
from portal.statistics.dimensions import Cut, Measure, Mode, Span, Status
from portal.statistics.figure_keys import FigureKey
from portal.statistics.models import Cell
from portal.statistics.named_figures import members_named, named_figure
from portal.statistics.wording import PART_NAMES
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, ZHENGZHOU, Deal, file, firms, text_of
from tests.statistics.test_changes import AFTERWARDS, publish, world  # noqa: F401 (a fixture)

DESK = "/en/desk"
HAN = re.compile(r"[\u4e00-\u9fff]")


@beginning(now=AFTERWARDS)
def released(world):
    for firm in firms(3):
        file(world, firm, Deal())
    file(world, firms(1, ZHENGZHOU, first=300)[0], Deal(signed="987600.00", executed="123456.78"))
    return publish(world)


# ── Names ────────────────────────────────────────────────────────────────────────────────────────

TRADE = {row.value for row in TradeCategory}
CODES = {(cut, code) for cut, known in PART_NAMES.items() for code in known} | {(Cut.TRADE, code) for code in TRADE}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_member_has_a_name_of_its_own_language(db, language):
    with translation.override(language):
        named = members_named({(cut, "" if code == "none" else code) for cut, code in CODES} | {(Cut.TRADE, "")})
    for (cut, code), name in named.items():
        assert name not in ("", code), (cut, code)
        assert bool(HAN.search(name)) == (language == "zh-hans"), name


@pytest.mark.parametrize(
    ("cut", "member", "title"),
    [
        (Cut.WHOLE, "", "Executed value, Offshore"),
        (Cut.DIGITAL, "no", "Executed value, Offshore, Not digitally deliverable"),
        (Cut.TRADE, "SB", "Executed value, Offshore, Service trade: SB Maintenance and repair"),
        (Cut.SUPPLY, "", "Executed value, Offshore, Mode of supply: Mode of supply not stated"),
        (Cut.NEW_MODE, "cloud", "Executed value, Offshore, New modes: Cloud outsourcing"),
        (Cut.SAME_FIRM, "", "Executed value, Offshore, Same-firm growth"),
    ],
)
def test_a_figure_is_called_by_names(db, cut, member, title):
    key = FigureKey(
        place=GUIYANG, span=Span.QUARTER, measure=Measure.EXECUTION, mode=Mode.OFFSHORE, cut=cut, member=member
    )
    with translation.override("en"):
        assert named_figure(key, Quarter(2020, 1)).title == title


def test_what_is_withheld_is_called_by_names(released, erik):
    """Codes would be read as words: yes, no, SB."""
    page = text_of(erik.get(f"{DESK}/releases/2020Q1-1/disclosure/"))
    assert Cell.objects.filter(release=released, cut="digital").exclude(status=Status.PUBLIC).exists()
    assert re.search(r"Offshore · (Not d|D)igitally deliverable", page)
    assert not re.search(r"· (yes|no|unknown)\b", page)


# ── Where one is ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address",
    [
        "releases/", "releases/calendar/", "releases/2020Q1-1/", f"figures/2020Q1-1/{GUIYANG}/",
        f"trace/2020Q1-1/?place={GUIYANG}&measure=execution&mode=offshore",
    ],
)  # fmt: skip
def test_every_page_stands_under_releases(released, erik, address):
    html = erik.get(f"{DESK}/{address}").content.decode()
    assert re.findall(r'aria-current="page">([^<]*)</a>', html.partition("<main")[0])[:1] == ["Releases"]


# ── One number for one thing ─────────────────────────────────────────────────────────────────────


def test_completeness_by_value_is_the_same_in_the_checks_and_beside_them(world):
    """What was taken over from another member counts once: it makes nobody more or less complete."""
    stayed, gone = firms(2)
    file(world, stayed, Deal(executed="300.00"), period="2019Q1")
    taken_over = Deal(executed="900.00", upstream=(stayed.credit_code, "2019Q1-1"))
    file(world, gone, Deal(executed="100.00"), taken_over, period="2019Q1")
    file(world, stayed, Deal(executed="300.00"))
    release = build_release(period="2020Q1", by=world.erik, at=BUILT)
    found = {check["name"]: check["found"] for check in release.checks}["completeness_by_value"]
    assert found == f"{release.coverage['by_value_percent']} %" == "75.0 %"
