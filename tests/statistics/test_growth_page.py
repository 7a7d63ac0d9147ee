"""Growth explained on the pages of figures: the section, both currencies, and the page of both time axes."""

import io
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, Deal, file, firms, publish, text_of
from tests.world import BEIJING, Kind, clock_at, entry, file_quarter, not_before

PAGE = f"/en/statistics/2020Q1-1/places/{GUIYANG}/"
AXES = f"/en/statistics/places/{GUIYANG}/axes/"


def text(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return text_of(response)


@beginning
def two_years(world):
    """Four firms filed both times and three more only now; one of the four filed something late."""
    old, new = firms(4), firms(3, first=300)
    for firm in old:
        file(world, firm, Deal(executed="900.00", currency="CNY"), period="2019Q1")
    for firm in [*old[1:], *new]:
        file(world, firm, Deal(executed="300.00"), Deal(executed="500.00", currency="CNY"))
    late = [
        entry(Kind.STANDING, world.lists, number="L-1", on="2019-07-05", amount="9000.00"),
        entry(Kind.EXECUTED, world.lists, number="L-1", on="2019-08-20", amount="700.00", receipt_number="L1"),
    ]
    # Until the end of March the window for events of the second half of the year before is open.
    file_quarter(world, firm=old[0], entries=late, at=datetime(2020, 3, 20, 9, 0, tzinfo=BEIJING))
    publish(world, "2019Q1")
    publish(world, at=BUILT + timedelta(hours=1))
    not_before(BUILT + timedelta(days=1))


def test_the_page_explains_growth_and_sets_same_firm_growth_beside_it(two_years):
    found = text(PAGE)
    assert "Growth explained" in found
    assert "Raw and same-firm growth" in found
    assert "Contributions by market" in found
    # One firm's own: neither its amount nor anything that it could be worked out from.
    assert "happened before the period it was filed for 0.00 0.00 0.00 c not published: confidential" in found


def test_the_workbook_has_the_bridge_and_same_firm_growth(two_years):
    content = Client().get(f"{PAGE}tables.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    bridge = book.get_sheet_by_name("Bridge of growth").to_python()
    total = bridge[0].index("Executed value, Total, US$10,000")
    assert [line[0] for line in bridge[1:]] == [
        "A year before, as last published", "Revision of the base", "Back-filed", "New firms", "Firms gone",
        "Continuing firms: exchange rates", "Continuing firms: real change", "Now",
    ]  # fmt: skip
    told = [line[total] for line in bridge[1:]]
    assert told[2] == "c", "one firm's own late filing"
    assert any(isinstance(number, float) and number for number in told)
    same = book.get_sheet_by_name("Same-firm growth").to_python()
    assert same[0][1] == "Growth, per cent, January to March 2020"


def test_all_amounts_are_told_in_renminbi_where_that_is_asked_for(two_years):
    dollars, yuan = text(PAGE), text(f"{PAGE}?currency=cny")
    assert "RMB 10,000" in yuan
    assert "US$" not in yuan.split("Download")[0]
    assert "RMB" not in dollars
    html = Client().get(f"{PAGE}?currency=cny").content.decode()
    assert f'<a href="{PAGE}">US dollars</a>' in html
    assert '<input type="hidden" name="currency" value="cny">' in html


def test_nonsense_for_a_currency_is_us_dollars(two_years):
    assert text(f"{PAGE}?currency=gold") == text(PAGE)


def test_a_first_year_has_nothing_to_explain(world):
    for firm in firms(3):
        file(world, firm, Deal())
    with clock_at(publish(world).published_at):
        assert "Growth explained" not in text(PAGE)


def test_the_triangle_sets_late_filings_under_their_own_quarter(two_years):
    found = text(AXES)
    assert "The triangle of late filing" in found
    assert "2019 Q3" in found
    contract = text(f"{AXES}?measure=contract&mode=offshore&currency=cny")
    assert "Contract value, Offshore RMB 10,000" in contract


def test_the_axes_ask_the_database_the_same_for_any_number_of_releases(two_years):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            Client().get(AXES)
        return len(captured)

    before = queries()
    for firm in firms(3, first=500):
        file(two_years, firm, Deal(), period="2019Q3")
    publish(two_years, "2019Q3", at=BUILT + timedelta(hours=2))
    assert queries() == before


def test_the_axes_of_no_place_are_not_found_and_nothing_is_posted_there(two_years):
    assert Client().get(AXES.replace(GUIYANG, "999999")).status_code == 404
    assert Client().post(AXES).status_code == 405
    assert "Nothing was filed here" in text(AXES.replace(GUIYANG, "410100"))
