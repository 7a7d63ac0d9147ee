"""In a real browser: nothing that axe objects to, nothing too small to press, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Controls under 44 px, but for links that run on in a sentence and the low-base mark, whose pressed area is larger.
TOO_SMALL = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => !e.matches('.skip, .low') && !(e.matches('a') && getComputedStyle(e).display === 'inline'))
  .map(e => [e, (e.matches('[type=checkbox], [type=radio]') && e.closest('label') || e).getBoundingClientRect()])
  .filter(([e, box]) => box.width && box.height && box.height < 43.5)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)}: ${Math.round(box.width)} by ${Math.round(box.height)}`)"""


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
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    assert [(row["id"], row["nodes"][0]["html"]) for row in found.response["violations"]] == []
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
