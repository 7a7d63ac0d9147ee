"""The firm's workspace in a real browser: readable by everybody, pressable, and all of it without a script."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from portal.filings.actions.uploads import receive
from portal.filings.models.filing import Version
from portal.filings.sheet import Kind
from tests.browser.rounds import wrongs_of
from tests.filings.conftest import english
from tests.world import NOW, build_world, clock_at, entry, file_quarter, simple_entries

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed():
    """The cast, really written: the server's own thread sees it."""
    with clock_at(NOW):
        yield build_world()


def sign_in(context, live_server, person) -> None:
    client = Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])


def busy_quarter(world) -> Version:
    """A draft with everything that a page may have to show: findings, waiting contracts, other modes."""
    file_quarter(world, period="2019Q4", entries=simple_entries(world.lists, "OLD-1", NOW.date().replace(2019, 11, 1)))
    rows = [
        *simple_entries(world.lists),
        entry(Kind.SIGNED, world.lists, number="B-1", market="CHN", on="2019-08-01", name="很长的合同名称" * 12),
        entry(Kind.EXECUTED, world.lists, number="B-1", on="2019-08-02", reason="because"),
        entry(Kind.EXECUTED, world.lists, on="2020-03-01", amount="50", payer_market="CHN"),
        entry(Kind.STANDING, world.lists, number="S-1", on="2012-01-01"),
    ]
    return file_quarter(world, until="draft", entries=rows, at=NOW - timedelta(days=4))


def test_the_pages_to_type_and_to_sign_on_can_be_read_and_pressed_by_everybody(page, context, live_server, committed):
    busy_quarter(committed)
    sign_in(context, live_server, committed.alice)
    wrongs = wrongs_of(page, [english("grid", "2020Q1"), english("filing-check", "2020Q1")])
    assert not wrongs, "\n".join(map(str, wrongs))


@pytest.mark.slow
def test_every_page_can_be_read_and_pressed_by_everybody(page, context, live_server, committed):
    world = committed
    version = busy_quarter(world)
    uploads = [
        receive(version=version, content=content, file_name=name, lists=world.lists, by=world.alice, at=NOW).pk
        for name, content in (("bad.xlsx", b"x"), ("ok.csv", "种类,合同号,日期,金额\n".encode()))
    ]
    sign_in(context, live_server, world.alice)
    line, contract = version.lines.last(), version.lines.first().contract_id
    pages = [
        english("home"), english("filing-detail", "2020Q1"), english("filing-check", "2020Q1"),
        english("entry-add", "2020Q1", "signed"), english("entry-edit", "2020Q1", f"line-{line.pk}"),
        english("entry-delete", "2020Q1", f"line-{line.pk}"), english("upload-add", "2020Q1"),
        english("filing-nil", "2020Q1"), english("filing-history", "2019Q4"), english("filing-receipt", "2019Q4"),
        english("contract-list"), english("contract-detail", contract), english("contract-add"),
        english("contract-change", contract), english("grid", "2020Q1"), english("query-list", "2020Q1"),
        english("evidence-list", "2020Q1"), english("notice-list"), english("ministry-reconcile", "2020Q1"),
        *(english("upload-detail", pk) for pk in uploads), english("upload-layout", uploads[-1]),
    ]  # fmt: skip
    wrongs = wrongs_of(page, pages)
    assert not wrongs, "\n".join(map(str, wrongs))


@pytest.fixture
def browser_context_args(browser_context_args: dict, request) -> dict:
    scripted = "without_a_script" not in request.node.name
    return {**browser_context_args, "java_script_enabled": scripted}


def test_a_quarter_is_filed_without_a_script(page, context, live_server, committed):
    world = committed
    sign_in(context, live_server, world.alice)
    page.goto("/en/filing/")
    page.get_by_role("link", name="Begin filling in").click()
    page.get_by_role("link", name="Add a signed contract").click()
    for name, text in {"number": "A-1", "name": "Bridge", "client": "Hanoi Rail", "on": "1 February"}.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=amount]").fill("1000")
    for name, value in {"market": "VNM", "category": "ITO-1-01", "currency": "USD"}.items():
        page.locator(f"[name={name}]").select_option(value)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[name=on]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=client]")).to_have_value("Hanoi Rail")
    page.locator("[name=on]").fill("2020-02-01")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Add an execution A-1").click()
    expect(page.locator("[name=number]")).to_have_value("A-1")
    for name, text in {"on": "2020-03-18", "amount": "900", "receipt_number": "SW1"}.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Check and submit").click()
    page.get_by_label("I have read the declaration and sign it.").check()
    page.get_by_role("button", name="Sign and submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Receipt for Quarter 1 of 2020")
    assert Version.objects.get().status == "submitted"
