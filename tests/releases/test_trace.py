"""From a published number to its lines, their filings and the rows of the files: for those who may, and journalled."""

import hashlib

import pytest

from portal.filings.actions.drafts import open_filing
from portal.filings.actions.review import approve
from portal.filings.actions.submission import submit
from portal.filings.actions.uploads import confirm, receive
from portal.filings.models.upload import Upload
from portal.journal.models import Entry
from portal.statistics.figure_keys import FigureKey
from portal.statistics.models import Cell, Release
from portal.statistics.queries import info
from portal.statistics.tracing import can_be_traced, trace
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, ZHENGZHOU, Deal, file, firms, text_of
from tests.statistics.test_changes import AFTERWARDS, publish, world  # noqa: F401 (a fixture)
from tests.world import NOW

TRACE = "/en/desk/trace/2020Q1-1/"
ROWS = (
    "Kind,Contract number,Contract name,Client,Client's market,Service category,Currency,Date,Amount,Receipt number\n"
    "新签,U-1,Design,Hanoi Rail,VNM,ITO-1-01,USD,2020-02-01,5000.00,\n"
    "执行,U-1,,,,,,2020-03-01,777.77,SW1\n"
)


def upload(world) -> Upload:
    """The world's own firm files with a CSV file."""
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    kept = receive(
        version=version, content=ROWS.encode(), file_name="quarter.csv", lists=world.lists, by=world.alice, at=NOW
    )
    assert kept.outcome == Upload.Outcome.CHECKED, kept.findings
    confirm(upload=kept, lists=world.lists, by=world.alice, at=NOW)
    version.refresh_from_db()
    approve(version=submit(version=version, lists=world.lists, by=world.alice, at=NOW), by=world.dora, at=NOW)
    return kept


@beginning(now=AFTERWARDS)
def released(world):
    for firm in firms(3):
        file(world, firm, Deal(), Deal(market="CHN", executed="12.34"))
    file(world, firms(1, ZHENGZHOU, first=300)[0], Deal(executed="50.00"))
    return publish(world)


def test_every_sum_of_lines_equals_its_cell(released):
    release = info(released)
    cells = Cell.objects.filter(release=released)
    keys = [
        FigureKey.read({name: getattr(cell, name) for name in ("place", "span", "measure", "mode", "cut", "member")})
        for cell in cells
    ]
    traced = [key for key in keys if can_be_traced(key)]
    assert {key.cut for key in traced} >= {"", "market", "market_group", "category", "size", "occurred", "digital"}
    # One of each cut and mode: the same SQL finds the others.
    for key in {(key.cut, key.mode, key.measure): key for key in traced}.values():
        found = trace(released, release, key, 1)
        assert found.is_equal, (key, found.difference)
        assert found.behind.line_count > 0


def test_a_line_leads_to_its_filing_and_to_the_row_of_its_file(world, erik):
    kept = upload(world)
    publish(world)
    words = text_of(erik.get(TRACE, {"place": GUIYANG, "measure": "execution", "mode": "offshore"}))
    for said in (
        "Sum of its lines (1, firms: 1)", "777.77", "✓ none", "示例云数据服务有限公司", "version 1", "U-1",
        "quarter.csv", "row 3", hashlib.sha256(ROWS.encode()).hexdigest(),
    ):  # fmt: skip
        assert said in words, said
    assert kept.sha256 in words


def test_a_typed_line_says_that_it_was_typed(released, erik):
    words = text_of(erik.get(TRACE, {"place": GUIYANG, "measure": "execution", "mode": "offshore"}))
    assert "Sum of its lines (3, firms: 3)" in words
    assert "typed, or changed by hand since" in words


def test_a_number_of_firms_leads_to_their_filings(released, erik):
    words = text_of(erik.get(TRACE, {"place": GUIYANG, "measure": "firms"}))
    assert "3 filings" in words


def test_each_look_is_journalled(released, erik, world):
    erik.get(TRACE, {"place": GUIYANG, "measure": "execution"})
    entry = Entry.objects.get(verb="figure.traced")
    assert (entry.actor, entry.target_key, entry.after["place"]) == (world.erik.key, "2020Q1-1", GUIYANG)


def test_no_cache_keeps_it(released, erik):
    assert "no-store" in erik.get(TRACE).headers["Cache-Control"]


def test_pages_of_lines_cost_the_same(world, erik, assert_constant_queries):
    numbers = iter(range(100, 1000, 10))
    publish_once = iter([True])

    def more():
        for firm in firms(3, first=next(numbers)):
            file(world, firm, Deal())
        publish(world, at=BUILT if next(publish_once, False) else BUILT.replace(day=25))

    def look():
        newest = Release.objects.order_by("-number").first()
        return erik.get(f"/en/desk/trace/{newest.name}/", {"measure": "contract"})

    assert_constant_queries(more, look)


@pytest.mark.parametrize("asked", [{"place": "nowhere"}, {"measure": "gold"}])
def test_what_is_no_figure_is_not_found(released, erik, asked):
    assert erik.get(TRACE, asked).status_code == 404


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "１"])
def test_odd_pages_are_borne(released, erik, number):
    assert erik.get(TRACE, {"page": number}).status_code == 200


def test_it_is_read_only_and_closed_to_others(released, erik, dora, signed_in, world):
    assert erik.post(TRACE).status_code == 405
    assert dora.get(TRACE).status_code == 403
    assert signed_in(world.alice).get(TRACE).status_code == 404
    assert not Entry.objects.filter(verb="figure.traced").exists()
