"""A question in a real browser: a reviewer asks about a cell, the firm answers with another value, and the reviewer
reads both values and approves."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.filings.models.filing import Version
from tests.browser.rounds import violations
from tests.browser.test_quarter import sign_in, town  # noqa: F401 (a fixture)
from tests.world import World, file_quarter

pytestmark = pytest.mark.django_db(transaction=True)


def assert_readable(page: Page) -> None:
    """At a phone's width: nothing sideways, and nothing that axe objects to."""
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_question_asked_answered_and_approved(page: Page, town: World):
    version = file_quarter(town, until="submitted")
    desk = f"/en/desk/filings/{version.filing_id}/"

    # The reviewer asks about the amount of the execution.
    sign_in(page, town.dora.email)
    page.goto(desk)
    page.get_by_role("link", name=re.compile("Ask about row 2")).click()
    page.locator("#ask_field").select_option("amount")
    page.get_by_label(re.compile("^Question")).fill("Does it hold a prepayment?")
    assert_readable(page)
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator("td.pinned")).to_contain_text("900.00")
    expect(page.locator("#decision")).to_contain_text("1 question waits for the firm's answer")

    # The firm is told on its workspace; only that cell can be changed, and a wrong value is told beside it.
    sign_in(page, town.alice.email)
    page.goto("/en/filing/")
    page.get_by_role("link", name="Answer", exact=True).click()
    expect(page.locator("main")).to_contain_text("Does it hold a prepayment?")
    assert page.locator("main form input[name^=value_], main form select").count() == 1
    assert_readable(page)
    page.get_by_label(re.compile("^Your answer")).fill("It did; 800 is the work done.")
    page.locator("input[name^=value_]").fill("eight hundred")
    page.get_by_role("button", name="Send the answers").click()
    expect(page.locator("main")).to_contain_text("not a number")
    page.locator("input[name^=value_]").fill("800")
    page.get_by_role("button", name="Send the answers").click()
    expect(page.locator("body")).to_contain_text("version 2 was handed in in place of version 1")

    # The reviewer sees both values and approves.
    sign_in(page, town.dora.email)
    page.goto(desk)
    thread = page.locator(".ask-n")
    expect(thread.locator("del")).to_have_text("900.00")
    expect(thread.locator("ins")).to_have_text("800.00")
    page.get_by_role("button", name="That will do").click()
    for box in page.locator("#decision input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Approve version 2").click()
    expect(page.locator("body")).to_contain_text("version 2: approved")
    assert list(Version.objects.order_by("number").values_list("status", flat=True)) == ["amended", "approved"]
