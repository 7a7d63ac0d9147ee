import pytest

from tests.world import NOW, clock_at

CURRENCIES = "/en/lists/currencies/"


def row_of(page: str, name: str) -> str:
    begin = page.index(f'<th scope="row">{name}</th>')
    return page[begin : page.index("</tr>", begin)]


def test_it_shows_the_rates_of_a_month(read):
    page = read(CURRENCIES, month="2020-03")
    assert "2020-03" in row_of(page, "Euro")
    assert "1.0000" in row_of(page, "US dollar")


def test_it_shows_the_newest_month_that_is_not_in_the_future(read):
    with clock_at(NOW):
        assert "Rates of 2020-04" in read(CURRENCIES)


def test_it_marks_an_earlier_month_s_rate_as_provisional(read):
    assert "2022-02 (provisional)" in row_of(read(CURRENCIES, month="2023-06"), "Russian ruble")


def test_it_says_where_there_is_no_rate(read):
    assert "no rate up to this month" in row_of(read(CURRENCIES, month="2017-01"), "Euro")
    assert "no rate up to this month" in row_of(read(CURRENCIES), "Vietnamese dong")


@pytest.mark.parametrize("month", ["x", "2020-13", "2020-3", "2020-03-01", "0000-01", "202003"])
def test_it_says_what_it_could_not_read_and_shows_the_newest(read, month):
    with clock_at(NOW):
        page = read(CURRENCIES, month=month)
    assert "This is not a month" in page
    assert "Rates of 2020-04" in page


@pytest.mark.parametrize("month", ["0001-01", "9999-12"])
def test_it_bears_the_farthest_months(read, month):
    assert f"Rates of {month}" in read(CURRENCIES, month=month)


def test_it_speaks_chinese(read):
    assert "人民币" in read("/lists/currencies/")
