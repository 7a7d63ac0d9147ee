"""The association's desk in a real browser: readable by everybody, pressable, and all of it without a script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.filings.actions.drafts import reopen, save_draft
from portal.filings.actions.submission import submit
from portal.filings.models.filing import Version
from portal.filings.sheet import Kind
from portal.members.models import Representation
from portal.statistics.actions import build_release
from tests.browser.rounds import wrongs_of
from tests.desk.conftest import english
from tests.filings.test_firm_in_the_browser import committed, sign_in  # noqa: F401 (a fixture)
from tests.world import NOW, entry, file_quarter, simple_entries

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = NOW - timedelta(days=4)


@pytest.fixture
def browser_context_args(browser_context_args: dict, request) -> dict:
    return {**browser_context_args, "java_script_enabled": "without_a_script" not in request.node.name}


def busy_quarter(world) -> Version:
    """A correction that waits, with everything that a page may have to show: changes, explanations, back-filings."""
    file_quarter(world, firm=world.rival, by=world.charlie, at=LONG_AGO)
    file_quarter(world, period="2019Q1")
    entries = [
        *simple_entries(world.lists),
        entry(
            Kind.SIGNED,
            world.lists,
            number="B-1",
            market="CHN",
            on="2019-08-01",
            name="很长的合同名称" * 12,
            reason="Its branch asked us",
        ),
        entry(Kind.EXECUTED, world.lists, number="B-1", on="2019-08-02", amount="50.00", reason="because"),
        entry(Kind.EXECUTED, world.lists, on="2020-03-01", amount="50", payer_market="CHN", reason="Its branch pays"),
    ]
    version = file_quarter(world, until="returned", entries=entries, at=LONG_AGO)
    newer = reopen(filing=version.filing, by=world.alice, at=LONG_AGO)
    save_draft(version=newer, entries=entries[:-1], lists=world.lists, by=world.alice, at=LONG_AGO)
    build_release(period="2020Q1", by=world.erik, at=NOW)
    return submit(version=newer, lists=world.lists, by=world.alice, at=LONG_AGO)


def test_the_page_to_decide_on_can_be_read_and_pressed_by_everybody(page, context, live_server, committed):
    version = busy_quarter(committed)
    sign_in(context, live_server, committed.dora)
    wrongs = wrongs_of(page, [english("filing-detail", version.filing_id)])
    assert not wrongs, "\n".join(map(str, wrongs))


@pytest.mark.slow
def test_every_page_can_be_read_and_pressed_by_everybody(page, context, live_server, committed):
    world = committed
    version = busy_quarter(world)
    code = world.firm.credit_code
    role = Representation.objects.get(user=world.bob).pk
    pages = {
        world.dora: [
            english("queue"), english("queue") + "?state=all", english("filing-detail", version.filing_id),
            english("filing-detail", version.filing_id) + "?version=1", english("extension-list"),
            english("extension-add"), english("bulk-approve") + "?below=100", english("completeness") + "?show=all",
            english("reminder-list"), english("reminder-stop"), english("working-day-list"),
        ],
        world.erik: [english("releases:release-list"), english("releases:release-check", "2020Q1-1")],
        world.frida: [
            english("period-list"), english("period-add"), english("period-edit", "2020Q1"), english("firm-list"),
            english("firm-detail", code), english("firm-add"), english("firm-change", code),
            english("profile-change", code), english("representation-add", code),
            english("representation-end", role), english("consent-add", code), english("journal"),
        ],
    }  # fmt: skip
    wrongs = []
    for person, addresses in pages.items():
        sign_in(context, live_server, person)
        wrongs += wrongs_of(page, addresses)
    assert not wrongs, "\n".join(map(str, wrongs))


def test_a_filing_is_approved_without_a_script(page, context, live_server, committed):
    world = committed
    version = busy_quarter(world)
    sign_in(context, live_server, world.dora)
    page.goto("/en/desk/")
    page.get_by_role("link", name="Example 1").click()
    page.get_by_role("button", name="Approve version 2").click()
    expect(page.get_by_text("points still to be ticked")).to_be_visible()
    for box in page.locator("[name^=weighed_]").all():
        box.check()
    page.get_by_role("button", name="Approve version 2").click()
    expect(page.get_by_text("It counts from now on")).to_be_visible()
    version.refresh_from_db()
    assert version.status == "approved"
