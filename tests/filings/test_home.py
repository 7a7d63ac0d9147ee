"""The firm's home: what is due, what waits, what was filed; and the switch between firms."""

from datetime import timedelta

import pytest

from portal.filings.actions.drafts import open_filing, reopen
from portal.filings.actions.periods import grant_extension, open_period
from portal.filings.actions.submission import declare_nil, submit
from portal.filings.actions.uploads import receive
from portal.lib.quarters import Quarter
from portal.members.actions import represent
from portal.members.roles import FirmRole
from tests.filings.conftest import english, text_of
from tests.world import EARLIER, JOINED, NOW, Kind, another_firm, clock_at, entry, file_quarter

HOME = "/en/filing/"
EMPTY_CSV = "种类,合同号,日期,金额\n".encode()


def home(client) -> str:
    response = client.get(HOME)
    assert response.status_code == 200
    return text_of(response)


def test_it_says_that_nothing_is_filed_and_how_to_begin(alice):
    page = home(alice)
    assert "Quarter 1 of 2020" in page
    assert "7 days left to file" in page
    assert "Begin filling in" in page
    assert "Nothing has been filed yet" in page


def test_it_tells_what_stands_before_submission(world, alice):
    file_quarter(world, until="draft", entries=late_entries(world), at=NOW - timedelta(days=4))
    page = home(alice)
    assert "1 point before it can be submitted" in page
    assert "Go on filling in" in page


def typed_later(world, version):
    later = NOW + timedelta(hours=2)
    version.typed_rows.create(firm=world.firm, place="new-1", kind="executed", saved_at=later, saved_by=world.alice.key)


def test_rows_that_only_stand_in_the_grid_are_named_and_count_as_saved(world, alice):
    version = file_quarter(world, until="draft")
    assert "typed but not finished" not in home(alice)
    typed_later(world, version)
    page = home(alice)
    assert "1 row is typed but not finished" in page
    assert "Finish them in the table" in page
    assert "last saved 2020-04-03 11:00" in page


def test_the_sheet_and_the_grid_tell_the_same_time(world, alice):
    typed_later(world, file_quarter(world, until="draft"))
    for name in ("filing-detail", "grid"):
        assert "2020-04-03 11:00:00" in text_of(alice.get(english(name, "2020Q1"))), name


def late_entries(world):
    """In order when saved in March; the window for the summer of 2019 closed at the end of it."""
    return [entry(Kind.SIGNED, world.lists, on="2019-08-01")]


def test_it_names_a_file_with_which_something_is_still_to_be_done(world, alice):
    version = file_quarter(world, until="draft", at=NOW - timedelta(days=1))
    for content, words in ((b"x", "Not taken over: to be mended"), (EMPTY_CSV, "Checked, waiting for confirmation")):
        receive(version=version, content=content, file_name="q.csv", lists=world.lists, by=world.alice, at=NOW)
        assert f"q.csv 2020-04-03 09:00 {words}" in home(alice)
    submit(version=version, lists=world.lists, by=world.alice, at=NOW)
    assert "q.csv" not in home(alice)


def test_it_shows_a_returned_letter_with_its_reason(world, alice):
    file_quarter(world, until="returned")
    page = home(alice)
    assert "Please send the bank receipt." in page
    assert "Evidence is missing" in page


def test_it_lists_filings_with_their_sums(world, alice):
    file_quarter(world, period="2019Q4")
    page = home(alice)
    assert "Approved 1 1,000.00 900.00 2020-01-03 09:02 2020-01-03 09:03" in page
    assert "See the benchmark 2019Q4" in page


def test_it_shows_the_next_quarter_once_this_one_is_handed_over(world, alice):
    open_period(quarter=Quarter(2020, 2), by=world.frida, at=EARLIER)
    assert "Quarter 1 of 2020 due April 10, 2020" in home(alice)
    file_quarter(world, until="submitted")
    assert "Quarter 2 of 2020 due July 10, 2020" in home(alice)


def test_it_counts_the_days_that_a_filing_is_late(world, alice):
    with clock_at(NOW + timedelta(days=9)):
        assert "2 days late" in home(alice)


def test_it_names_ended_quarters_that_can_still_be_filed(world, alice):
    missing = "Nothing has been filed. It was due on Oct. 10, 2019"
    with clock_at(NOW.replace(month=2)):
        assert missing in home(alice)
    assert missing not in home(alice), "it was locked at the end of March"
    grant_extension(
        firm=world.firm, period=world.periods["2019Q3"], until_on=NOW.date() + timedelta(days=30),
        accepts_from_on=None, reason="Office flooded", by=world.frida, at=NOW,
    )  # fmt: skip
    assert missing in home(alice)
    file_quarter(world, period="2019Q3")
    assert missing not in home(alice)


def test_it_names_drafts_of_other_quarters(world, alice):
    version = file_quarter(world, period="2019Q4")
    reopen(filing=version.filing, by=world.alice, at=NOW)
    assert "Version 2 is a draft, last saved 2020-04-03" in home(alice)


def test_it_shows_a_nil_return_as_such(world, alice):
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    declare_nil(version=version, by=world.alice, at=NOW)
    assert "Nil return: no business in this quarter." in home(alice)


def test_it_is_not_there_for_somebody_without_a_firm(world, signed_in):
    assert signed_in(world.dora).get(HOME).status_code == 404


def test_it_leads_a_stranger_to_the_sign_in_page(world, client):
    assert "/accounts/login/" in client.get(HOME).url


def test_it_shows_a_reader_the_way_to_look_only(world, bob):
    page = home(bob)
    assert "Look at the filing" in page
    assert "Begin filling in" not in page


def test_it_does_not_ask_more_for_more_filings(world, alice, assert_constant_queries):
    codes = iter(["2019Q1", "2019Q2", "2019Q3", "2019Q4"])

    def two_more() -> None:
        for _ in range(2):
            file_quarter(world, period=next(codes))

    assert_constant_queries(two_more, lambda: alice.get(HOME))


class TestFirmSwitch:
    @pytest.fixture
    def second(self, world):
        firm = another_firm(7, name="示例另一家有限公司")
        represent(user=world.alice, firm=firm, role=FirmRole.VIEWER, since_on=JOINED, by=None, at=EARLIER)
        return firm

    def test_it_changes_the_firm_for_the_session(self, world, alice, second):
        assert alice.post(english("firm-switch"), {"firm": second.pk}).status_code == 302
        assert alice.get(HOME).context["firm"] == second
        alice.post(english("firm-switch"), {"firm": world.firm.pk})
        assert alice.get(HOME).context["firm"] == world.firm

    def test_it_offers_no_choice_where_there_is_none(self, bob):
        assert "Switch firm" not in home(bob)

    @pytest.mark.parametrize("firm", ["", "x", "999999", "-1", "9" * 30, "²"])
    def test_it_does_not_know_what_is_no_firm(self, alice, second, firm):
        assert alice.post(english("firm-switch"), {"firm": firm}).status_code == 404

    def test_it_does_not_know_a_firm_of_somebody_else(self, world, alice, second):
        assert alice.post(english("firm-switch"), {"firm": world.rival.pk}).status_code == 404
        assert alice.get(HOME).context["firm"] != world.rival

    def test_it_takes_the_rights_along(self, world, alice, second):
        alice.post(english("firm-switch"), {"firm": second.pk})
        assert alice.get(english("entry-add", "2020Q1", "signed")).status_code == 403
