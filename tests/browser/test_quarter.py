"""The whole quarter in a real browser: a firm downloads, fills, uploads, mends and submits; a reviewer returns, then
approves; the release is built and published; the public page shows the figure."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from portal.filings.columns import CONTRACTS, EXECUTIONS, SheetPlan
from portal.members.actions import record_consent
from tests.world import EARLIER, NOW, World, build_world, clock_at

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long enough pass phrase"

SIGNED = {
    "number": "A-1", "name": "Metro design", "client": "Hanoi Rail", "market": "VNM 越南", "category": "ITO-1-01",
    "on": "2020-02-01", "currency": "USD", "amount": 1234567.89,
}  # fmt: skip
EXECUTED = {"number": "A-1", "on": "2020-02-11", "amount": 123456.78, "receipt_number": "SW1"}


@pytest.fixture
def town(live_server):
    with clock_at(NOW):
        world = build_world()
        for person in (world.alice, world.dora, world.erik):
            person.set_password(PASSWORD)
            person.save()
        record_consent(firm=world.firm, evidence="signed paper", by=world.frida, at=EARLIER)
        yield world


def sign_in(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/en/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.locator(".bench-h h1").first).to_be_visible()


def put(sheet, plan: SheetPlan, values: dict) -> None:
    for index, column in enumerate(plan.columns, start=1):
        if column.field in values:
            sheet.cell(row=2, column=index, value=values[column.field])


def fill(path: Path, **executed: object) -> Path:
    book = openpyxl.load_workbook(path)
    put(book[CONTRACTS.en], CONTRACTS, SIGNED)
    put(book[EXECUTIONS.en], EXECUTIONS, EXECUTED | executed)
    book.save(path)
    return path


def download(page: Page, folder: Path) -> Path:
    page.goto("/en/filing/2020Q1/")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the workbook").first.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def marked_file(page: Page, folder: Path) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("link", name="Your file with the cells marked").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def upload(page: Page, path: Path) -> None:
    page.goto("/en/filing/2020Q1/upload/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Upload and check").click()


def take_over_and_submit(page: Page) -> None:
    page.get_by_role("button", name="Take it over into the draft").click()
    page.get_by_role("link", name="Check and submit").click()
    page.get_by_label("I have read the declaration and sign it.").check()
    page.get_by_role("button", name="Sign and submit", exact=True).click()
    expect(page).to_have_url(re.compile("/filing/2020Q1/receipt/"))


def open_filing(page: Page, world: World) -> None:
    page.goto("/en/desk/")
    page.get_by_role("link", name=re.compile(world.firm.name_zh + "|" + world.firm.name_en)).first.click()
    expect(page.get_by_role("heading", name="Decision")).to_be_visible()


def test_a_quarter_from_the_workbook_to_the_public_page(page: Page, town: World, tmp_path: Path):
    # The firm: one cell is wrong, the page says which and why, and nothing is taken over.
    sign_in(page, town.alice.email)
    workbook = fill(download(page, tmp_path), amount="lots")
    upload(page, workbook)
    expect(page.locator("main")).to_contain_text("H2")
    expect(page.locator("main")).to_contain_text("The amount is not a number")
    expect(page.get_by_role("button", name="Take it over into the draft")).to_have_count(0)
    # The file comes back with that cell marked; mended there, it goes through.
    workbook = marked_file(page, tmp_path)
    assert "The amount is not a number" in openpyxl.load_workbook(workbook)[EXECUTIONS.en]["H2"].comment.text
    upload(page, fill(workbook))
    take_over_and_submit(page)

    # The reviewer returns it with a letter.
    sign_in(page, town.dora.email)
    open_filing(page, town)
    page.get_by_label(re.compile("Reason|code", re.I)).first.select_option("R02")
    page.locator("#decision textarea").fill("The receipt says 123,456.79.")
    page.get_by_role("button", name="Return to the firm").click()

    # The firm reads it, opens the next version, mends and submits again.
    sign_in(page, town.alice.email)
    page.goto("/en/filing/2020Q1/")
    expect(page.locator("main")).to_contain_text("The receipt says 123,456.79.")
    page.get_by_role("button", name="Open the next version").first.click()
    upload(page, fill(workbook, amount=123456.79))
    expect(page.locator("main")).to_contain_text("123,456.78")
    take_over_and_submit(page)

    # The reviewer approves the second version.
    sign_in(page, town.dora.email)
    open_filing(page, town)
    for box in page.locator("#decision input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Approve version 2").click()
    expect(page.locator("main")).to_contain_text("Approved")

    # The statistician builds and publishes.
    sign_in(page, town.erik.email)
    page.goto("/en/desk/releases/")
    page.get_by_role("button", name=re.compile("Build")).first.click()
    page.goto("/en/desk/releases/2020Q1-1/")
    page.locator("#id_reason").fill("The other member was asked, and files later.")
    page.get_by_role("button", name=re.compile("Publish")).click()

    # Anybody reads: 123,456.79 dollars are 12.35 times ten thousand, and the contract 123.46.
    page.context.clear_cookies()
    page.goto("/en/statistics/places/520100/?period=2020Q1")
    expect(page.locator("main")).to_contain_text("123.46")
    expect(page.locator("main")).to_contain_text("12.35")
