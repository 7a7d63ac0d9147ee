"""The grid in a real browser: filled by keyboard, pasted into, going on after the session or the network was lost, and
opened twice."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from portal.filings.models.filing import Line
from portal.filings.models.grid import TypedRow
from portal.filings.sheet import Kind
from tests.browser.test_quarter import PASSWORD, sign_in
from tests.world import NOW, World, build_world, clock_at, entry, file_quarter

pytestmark = pytest.mark.django_db(transaction=True)
GRID = "/en/filing/2020Q1/grid/"
COUNT = 4


@pytest.fixture
def town(live_server):
    with clock_at(NOW):
        world = build_world()
        world.alice.set_password(PASSWORD)
        world.alice.save()
        entries = []
        for n in range(COUNT):
            entries.append(entry(Kind.SIGNED, world.lists, number=f"B-{n}", on="2019-10-12", amount="2000"))
            entries.append(entry(Kind.EXECUTED, world.lists, number=f"B-{n}", on="2019-11-20", amount=str(900 + n)))
        file_quarter(world, period="2019Q4", entries=entries)
        yield world


def cell(page: Page, row: int, field: str):
    return page.locator("tr[data-kind=executed]").nth(row).locator(f"input[name$='.{field}']")


def saved(page: Page, row: int, field: str = "amount"):
    expect(cell(page, row, field).locator("xpath=..")).to_have_class("cell cell--ok")


def paste(page: Page, text: str) -> None:
    """As a spreadsheet program leaves it on the clipboard."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def executed() -> list[tuple]:
    lines = Line.objects.filter(kind=Kind.EXECUTED, version__filing__period="2020Q1").order_by("contract__number", "pk")
    return list(lines.values_list("contract__number", "amount_cents", "receipt_number"))


def test_a_quarter_is_filled_by_keyboard(page: Page, town: World):
    sign_in(page, town.alice.email)
    page.goto(GRID)
    cell(page, 0, "amount").focus()
    for text, key in (("700", "ArrowRight"), ("2020-03-18", "Tab"), ("SW1", "Enter")):
        page.keyboard.type(text)
        page.keyboard.press("Tab" if key == "ArrowRight" else key)
    # Down in the same column; up and to the start of the row; Escape takes back what was begun.
    expect(cell(page, 1, "receipt_number")).to_be_focused()
    page.keyboard.type("SW2")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.type("9999")
    page.keyboard.press("Escape")
    page.keyboard.type("650")
    page.keyboard.press("Tab")
    page.keyboard.type("2020/3/20")
    page.keyboard.press("F2")
    page.keyboard.press("Backspace")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    saved(page, 0)
    saved(page, 1, "on")
    expect(cell(page, 1, "on")).to_have_value("2020-03-21")
    expect(cell(page, 1, "amount")).to_have_value("650.00")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert executed() == [("B-0", 70_000, "SW1"), ("B-1", 65_000, "SW2")]
    # Delete clears, and the last act can be taken back.
    cell(page, 1, "amount").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#blocking")).to_contain_text("still empty")
    page.keyboard.press("Control+z")
    saved(page, 1)
    expect(page.locator("#blocking")).to_be_hidden()
    assert not TypedRow.objects.exists()


def test_a_block_is_pasted(page: Page, town: World):
    sign_in(page, town.alice.email)
    page.goto(GRID)
    cell(page, 0, "amount").focus()
    paste(page, '700\t2020-03-18\tSW1\tbeyond\r\n"1,200"\t2020-03-19\t"S\nW2"\t\r\n')
    saved(page, 0)
    expect(page.locator("#told")).to_contain_text("beyond")
    # 1,200 of 1,099 left: the cell says so, and its mend is a button.
    page.get_by_role("button", name="Change to 1,099.00").click()
    saved(page, 1)
    assert executed() == [("B-0", 70_000, "SW1"), ("B-1", 109_900, "S W2")]
    # With headings, in another order: each row finds its contract, the heading is left out, a second one is added.
    cell(page, 2, "amount").focus()
    heads = "凭证号\t合同号\t执行日期\t本季执行额\t备忘"
    paste(page, f"{heads}\nSW4\tB-3\t2020-03-20\t30\t\nSW5\tB-3\t2020-03-21\t31\t\n")
    expect(page.locator("#told")).to_contain_text("headings")
    saved(page, 3)
    expect(page.locator("#added-executed tr[data-begun]")).to_have_count(1)
    saved(page, 4)
    assert executed()[2:] == [("B-3", 3_000, "SW4"), ("B-3", 3_100, "SW5")]


def test_an_ended_session_and_a_lost_network_lose_nothing(page: Page, town: World):
    sign_in(page, town.alice.email)
    page.goto(GRID)
    cell(page, 0, "amount").focus()
    page.keyboard.type("700")
    page.keyboard.press("Tab")
    saved(page, 0)
    Session.objects.all().delete()
    page.keyboard.type("2020-03-18")
    page.keyboard.press("Tab")
    dialog = page.locator("dialog#sign-in")
    expect(dialog).to_be_visible()
    dialog.locator("input[name=login]").fill(town.alice.email)
    dialog.locator("input[name=password]").fill("not my pass phrase")
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_contain_text("could not be accepted")
    dialog.locator("input[name=password]").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(cell(page, 0, "receipt_number")).to_be_focused()
    saved(page, 0, "on")
    # The same with the network: it waits in the tab, and goes when it is back.
    page.context.set_offline(True)
    page.keyboard.type("SW1")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text("No connection")
    page.context.set_offline(False)
    saved(page, 0, "receipt_number")
    assert executed() == [("B-0", 70_000, "SW1")]


def test_the_older_of_two_tabs_is_told_and_can_go_on(page: Page, town: World):
    sign_in(page, town.alice.email)
    page.goto(GRID)
    cell(page, 0, "amount").focus()
    page.keyboard.type("700")
    page.keyboard.press("Tab")
    saved(page, 0)
    second = page.context.new_page()
    second.goto(GRID)
    expect(second.locator("#former")).to_contain_text("Alice")
    cell(second, 0, "on").focus()
    second.keyboard.type("2020-03-18")
    second.keyboard.press("Tab")
    saved(second, 0, "on")
    page.bring_to_front()
    cell(page, 0, "receipt_number").focus()
    page.keyboard.type("SW1")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog#moved")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Go on here").click()
    saved(page, 0, "receipt_number")
    expect(cell(page, 0, "on")).to_have_value("2020-03-18")
    assert executed() == [("B-0", 70_000, "SW1")]
