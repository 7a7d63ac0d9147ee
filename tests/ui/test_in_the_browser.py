"""In a real browser: nothing that axe objects to, nothing too small to press, nothing wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.rounds import TOO_SMALL, violations


@pytest.mark.parametrize(
    ("address", "width", "scheme"),
    [
        ("/ui/", 390, "dark"),
        ("/en/ui/", 1440, "light"),
        ("/accounts/login/", 1440, "dark"),
        ("/en/accounts/login/", 390, "light"),
        ("/accounts/password/reset/", 390, "light"),
        ("/ui/text-size/", 390, "light"),
    ],
)
def test_it_can_be_read_and_pressed_by_everybody(page, address, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    assert violations(page) == []
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_large_text_is_remembered_and_taken_back(page):
    page.goto("/en/ui/")
    switch = page.locator("[data-text-switch]")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    page.goto("/en/ui/text-size/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.press("Space")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


def test_large_text_still_fits_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/ui/")
    page.locator("[data-text-switch]").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_chart_opens_its_table_without_script(page):
    page.goto("/en/ui/")
    table = page.get_by_role("table", name="Offshore and onshore execution by quarter")
    expect(table).to_be_hidden()
    page.get_by_text("The table of this chart").click()
    expect(table).to_be_visible()
