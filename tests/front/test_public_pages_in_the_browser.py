"""The public pages in a real browser, with the demo's figures: in both languages, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.rounds import violations

pytestmark = pytest.mark.demo

# The others are left to the slow round.
FIRST_PAGES = ("", "statistics/places/520100/?period=2020Q1")
OTHER_PAGES = (
    "statistics/",
    "statistics/2020Q2-1/",
    "statistics/places/?q=5201",
    "statistics/places/520300/?span=to_date",
    "statistics/places/110000/",
    "methodology/",
    "privacy/",
)


@pytest.mark.parametrize(
    "address", [*FIRST_PAGES, *(pytest.param(page, marks=pytest.mark.slow) for page in OTHER_PAGES)]
)
@pytest.mark.parametrize(("prefix", "width", "scheme"), [("/", 390, "dark"), ("/en/", 1440, "light")])
def test_it_can_be_read_by_everybody(page, address, prefix, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    response = page.goto(prefix + address)
    assert response.status == 200
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_period_is_changed_without_script(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto("/en/statistics/places/520100/")
    page.get_by_label("Another period").select_option("2020Q1")
    page.get_by_role("button", name="Change the period").click()
    expect(page).to_have_url(f"{live_server.url}/en/statistics/places/520100/?period=2020Q1")
    expect(page.get_by_role("link", name="21,631.47")).to_be_visible()
    context.close()


def test_a_place_is_looked_up_and_opened_by_keyboard(page):
    page.goto("/en/statistics/places/")
    page.get_by_label("Name or code of a place").fill("guiyang")
    page.keyboard.press("Enter")
    found = page.get_by_role("link", name="Guiyang Guizhou 520100")
    found.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Firms in Guiyang executed")
