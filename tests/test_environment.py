"""What the other tests stand on: the databases, files, clock and browser of tests/conftest.py."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import translation
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from portal.lib import clock
from portal.members.models import Firm, User
from portal.reference.models import Division
from tests.chromium import find_chromium, watch

EMAIL = "somebody@example.org"


@pytest.mark.django_db
class TestAnOrdinaryTest:
    def test_it_finds_the_code_lists_and_nothing_else(self):
        assert Division.objects.filter(code="520100").exists()
        assert not Firm.objects.exists()
        assert not User.objects.exists()

    def test_it_works_on_a_copy_and_never_on_the_developers_database(self):
        assert "run" in connection.settings_dict["NAME"]
        assert "lists" in connection.settings_dict["NAME"]

    def test_it_keeps_files_of_its_own(self, tmp_path: Path):
        name = default_storage.save("quarter.xlsx", ContentFile(b"bytes"))
        assert (tmp_path / "private" / name).read_bytes() == b"bytes"
        assert tmp_path / "private" == settings.PRIVATE_ROOT

    def test_it_lives_today(self):
        assert clock.today() >= date(2026, 1, 1)
        assert not settings.DEMO


@pytest.mark.django_db(transaction=True)
class TestATestThatCommits:
    """Both do the same, so that whichever comes second finds what the first one left, if it left anything."""

    def commit(self) -> None:
        assert not User.objects.exists()
        assert Division.objects.exists()
        with transaction.atomic():
            User.objects.create_user(EMAIL)
        Division.objects.filter(code="520100").update(name_en="Elsewhere")

    def test_it_leaves_nothing_behind(self):
        self.commit()

    def test_it_leaves_nothing_behind_either(self):
        self.commit()
        assert Division.objects.filter(name_en="Elsewhere").count() == 1


@pytest.mark.demo
class TestATestOfTheDemo:
    def test_it_finds_the_demo_association(self):
        assert Firm.objects.filter(name_zh__startswith="示例").exists()
        assert "demo" in connection.settings_dict["NAME"]

    def test_it_lives_at_the_demos_time(self):
        assert clock.today() == date(2021, 1, 12)
        assert settings.DEMO

    def test_what_it_changes_is_gone_afterwards(self):
        assert User.objects.filter(email=EMAIL).count() == 0
        User.objects.create_user(EMAIL)

    def test_what_it_changes_is_gone_for_the_next(self):
        assert User.objects.filter(email=EMAIL).count() == 0
        User.objects.create_user(EMAIL)


@pytest.mark.demo
@pytest.mark.django_db(transaction=True)
def test_what_is_committed_to_the_demo_is_gone_for_the_next():
    assert not User.objects.filter(email=EMAIL).exists()
    User.objects.create_user(EMAIL)


@pytest.mark.demo
@pytest.mark.django_db(transaction=True)
def test_what_was_committed_to_the_demo_is_gone():
    assert not User.objects.filter(email=EMAIL).exists()
    User.objects.create_user(EMAIL)


@pytest.fixture
def in_english() -> None:
    translation.activate("en")


class TestLanguage:
    def test_it_may_be_chosen(self, in_english: None):
        assert translation.get_language() == "en"

    def test_it_is_chinese_again_afterwards(self):
        assert translation.get_language() == "zh-hans"


@pytest.mark.postgres
def test_a_test_of_postgresql_runs_there_alone():
    assert connection.vendor == "postgresql"


def test_a_chromium_that_is_named_is_the_one_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    program = tmp_path / "chrome"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert find_chromium() == str(program)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    assert find_chromium() is None


def test_queries_that_grow_with_the_rows_are_noticed(assert_constant_queries, db: None):
    firms = iter(range(100))

    def add_two() -> None:
        for number in (next(firms), next(firms)):
            Firm.objects.create(credit_code=f"{number:018}", name_zh="示例", joined_on=date(2019, 1, 1))

    assert_constant_queries(add_two, lambda: list(Firm.objects.all()))
    with pytest.raises(AssertionError, match=r"\d+ queries became \d+"):
        assert_constant_queries(add_two, lambda: [firm.profiles.count() for firm in Firm.objects.all()])


class TestABrowser:
    def test_it_opens_the_front_page(self, page: Page):
        answer = page.goto("/")
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]

    def test_it_sees_what_the_test_commits(self, page: Page):
        User.objects.create_user(EMAIL, "a-long-enough-one")
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(EMAIL)
        page.locator("input[name=password]").fill("a-long-enough-one")
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda address: "login" not in address)

    def test_a_request_to_elsewhere_is_noticed(self, context: BrowserContext, live_server: LiveServer):
        wrongs = watch(context, live_server.url)
        page = context.new_page()
        with page.expect_request("**/picture.png"):
            page.set_content("<img src='http://elsewhere.example/picture.png'>")
        assert wrongs == ["asked for http://elsewhere.example/picture.png"]

    def test_what_the_policy_forbids_is_noticed(self, context: BrowserContext, live_server: LiveServer):
        wrongs = watch(context, live_server.url)
        page = context.new_page()
        page.goto("/")
        with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            page.evaluate("document.body.setAttribute('onclick', '1')")
        assert len(wrongs) == 1

    def test_a_script_that_throws_is_noticed(self, context: BrowserContext, live_server: LiveServer):
        wrongs = watch(context, live_server.url)
        page = context.new_page()
        with context.expect_event("weberror"):
            page.evaluate("setTimeout(() => { throw new Error('broken') })")
        assert wrongs == ["broken"]
