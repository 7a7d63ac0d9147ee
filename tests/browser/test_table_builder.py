"""A table of one's own in a real browser: chosen with a script that counts along, and without any."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.rounds import TOO_SMALL_AT_WORK, violations
from tests.statistics.hand_made import Row, publish_rows, usual_rows

pytestmark = pytest.mark.django_db(transaction=True)
MORE = ("AUS", "BEL", "BRA", "CAN", "DEU", "ESP", "FRA", "GBR", "IDN", "IND", "ITA", "JPN")


@pytest.fixture
def published(live_server: LiveServer) -> None:
    more = [Row("CN", 10_000_00, mode="offshore", cut="market", member=code) for code in MORE]
    publish_rows([*usual_rows(), *more])


def assert_readable(page: Page) -> None:
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(TOO_SMALL_AT_WORK) == []
    assert violations(page) == []


def test_members_are_searched_and_counted_while_choosing(page: Page, published):
    page.goto("/en/statistics/tables/")
    assert_readable(page)
    page.get_by_label("Market", exact=True).check()
    page.get_by_label("Growth on a year before").check()
    page.get_by_role("button", name="On to the members").click()
    size = page.locator("[data-size]")
    expect(size).to_have_text("32")
    page.get_by_label("All markets with figures").uncheck()
    expect(size).to_have_text("32")
    markets = page.get_by_role("group", name="Market", exact=False).filter(has_text="All markets with figures")
    markets.locator("summary").click()
    find = markets.get_by_role("searchbox")
    find.fill("united")
    expect(markets.locator(".boxes__all > li:visible")).to_have_count(2)
    markets.get_by_role("button", name="All shown").click()
    expect(size).to_have_text("4")
    find.fill("vietnam")
    markets.get_by_role("button", name="All shown").press("Enter")
    expect(size).to_have_text("6")
    assert_readable(page)
    page.get_by_role("button", name="Show the table").click()
    expect(page).to_have_url(re.compile(r"&market=GBR,USA,VNM&"))
    expect(page.locator("table.asked tbody tr")).to_have_count(3)
    assert_readable(page)
    # Sorted by a press on the column, and turned on its side.
    page.get_by_role("columnheader").get_by_role("link", name="Executed value", exact=True).click()
    expect(page.locator("table.asked tbody th").first).to_have_text("Vietnam")
    page.get_by_role("link", name="Swap rows and columns").click()
    expect(page.locator("table.asked thead th")).to_have_text(["Figure", re.compile("Un"), re.compile("Un"), "Vietnam"])


def test_every_step_works_without_a_script(browser: Browser, published, live_server: LiveServer):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    page.goto("/en/statistics/tables/")
    page.get_by_label("Market", exact=True).check()
    page.get_by_role("button", name="On to the members").click()
    page.get_by_label("All markets with figures").uncheck()
    page.get_by_text("One by one").last.click()
    page.locator("[name=market][value=ZMB]").check()
    page.locator("[name=market][value=VNM]").check()
    page.get_by_role("button", name="Count again").click()
    expect(page.locator("[data-size]")).to_have_text("2")
    page.get_by_role("button", name="Show the table").click()
    expect(page).to_have_url(
        re.compile(r"/en/statistics/tables/view/\?period=newest&measure=execution&.*&market=VNM,ZMB&")
    )
    expect(page.locator("table.asked tbody tr")).to_have_text(
        [re.compile("Vietnam.*2,400.00"), re.compile("Zambia.*c")]
    )
    page.get_by_text("Frozen address").locator("xpath=..").get_by_role("link", name="Open").click()
    expect(page).to_have_url(re.compile(r"\?release=2020Q1-1&"))
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("XLSX")).click()
    assert download.value.suggested_filename == "table-2020Q1-1.xlsx"
    context.close()
