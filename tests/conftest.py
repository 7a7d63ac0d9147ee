"""What every test stands on: a database of its own kind, files of its own, the demo's clock, a browser.

Markers are put by what a test asks for: `database` when it uses the database, `browser` when it uses a page.
`demo` is written by hand: such a test sees the demo association, at the demo's time.
"""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone, translation
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import blocking_manager_key

from tests.beginnings import beginning_of
from tests.chromium import find_chromium, watch
from tests.databases import DEMO, LISTS, WORLD, Beginning, OwnCopies, Template, is_built
from tests.stores import ROOT

# Playwright keeps an event loop in the tests' own thread, where Django would then refuse to ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

COPIES = OwnCopies()
IN_CI = os.environ.get("CI") == "true"
building: list[subprocess.Popen] = []


# ── Which tests there are, and which database each gets ──────────────────────────────────────────


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("demo") or item.get_closest_marker("postgres"):
            item.add_marker("django_db")
        if (
            item.get_closest_marker("django_db")
            or fixtures & {"db", "transactional_db", "live_server"}
            or is_case(item)
        ):
            item.add_marker("database")
        if fixtures & {"page", "context", "browser"}:
            item.add_marker("browser")
    yield
    items[:] = in_shares(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def in_shares(items: list[pytest.Item], count: int) -> list[pytest.Item]:
    """One share after the other, as the processes will take them: of every file's tests a share has all or none.

    In each, what needs no database comes first, while that is built; what needs the demo comes last, for that takes
    longest.
    """
    number = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    waits = {item: (item.get_closest_marker("demo") is not None, is_of_database(item)) for item in items}
    return sorted(items, key=lambda item: (number[item.path] % count, waits[item]))


def is_of_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("database") is not None


def is_case(item: pytest.Item) -> bool:
    cls = getattr(item, "cls", None)
    return cls is not None and issubclass(cls, TransactionTestCase)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Builds what takes long beside the tests that do not need it."""
    # What was imported and collected stays to the end: nobody has to look through it for what is not needed any more.
    gc.collect()
    gc.freeze()
    # A test makes thousands of objects and drops them again: to look through them so often as usual took 2 % of a run.
    gc.set_threshold(20_000, 20, 20)
    wanted = {template_of(item) for item in session.items if is_of_database(item)}
    missing = [template.name for template in (WORLD, DEMO) if template in wanted and not is_built(template)]
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if missing and is_first and not session.config.option.collectonly:
        command = [sys.executable, "-m", "tests.databases", *missing]
        quiet = subprocess.DEVNULL
        building.append(subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if not is_of_database(item):
        return
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL can do this")
    if item.get_closest_marker("browser") and not find_chromium() and not IN_CI:
        pytest.skip("no Chromium was found")
    template = template_of(item)
    with item.config.stash[blocking_manager_key].unblock(), kept_in(COPIES.files_of(template)):
        COPIES.use(template)


def template_of(item: pytest.Item) -> Template | Beginning:
    """The database that a test starts from."""
    if item.get_closest_marker("demo"):
        return DEMO
    if made := beginning_of(item):
        return made.template
    return WORLD if "world" in getattr(item, "fixturenames", ()) else LISTS


def pytest_sessionfinish() -> None:
    for process in building:
        process.wait()
    COPIES.remove()


close_if_unusable = BaseDatabaseWrapper.close_if_unusable_or_obsolete


def close_unless_in_a_test(wrapper: BaseDatabaseWrapper) -> None:
    if not wrapper.in_atomic_block:
        close_if_unusable(wrapper)


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """In place of pytest-django's: the databases are made in tests/databases.py, and chosen for each test above.

    A test that commits is followed by a new copy, instead of a flush that would take the code lists along.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: COPIES.spoil())
        # A download that a test closes ends a request, and PostgreSQL's connection would go with the test's rows in it.
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_unless_in_a_test)
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    """For tests that read the sentences of a refusal."""
    with translation.override("en"):
        yield


# ── What each test finds ─────────────────────────────────────────────────────────────────────────


def kept_in(files: Path) -> override_settings:
    storages = {**portal_settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": files, "base_url": None}}
    return override_settings(PRIVATE_ROOT=files, STORAGES=storages)


@pytest.fixture(scope="session", autouse=True)
def no_files_of_the_developer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with kept_in(tmp_path_factory.mktemp("private")):
        yield


@pytest.fixture(autouse=True)
def nothing_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """No cached page, counted sign-in, chosen language or uploaded file of an earlier test."""
    translation.deactivate()
    cache.clear()
    if not request.node.get_closest_marker("database"):
        yield
        return
    with kept_in(request.getfixturevalue("own_files")):
        yield


@pytest.fixture
def own_files(tmp_path: Path) -> Path:
    """Where this test's uploads go; a test of the demo, or of a beginning, finds those that belong to it there."""
    files = tmp_path / "private"
    if COPIES.files().exists():
        shutil.copytree(COPIES.files(), files)
    return files


@pytest.fixture(autouse=True)
def demo_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """In the demo it is the morning of 12 January 2021."""
    if not request.node.get_closest_marker("demo"):
        yield
        return
    offset: timedelta = datetime.fromisoformat(portal_settings.DEMO_CLOCK) - timezone.now()
    with override_settings(DEMO=True, CLOCK_OFFSET=offset):
        yield


# ── The browser ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": [*sandbox, *quiet]}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Addresses are written without the server: `page.goto("/statistics/")`."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer) -> Iterator[Page]:
    """A page that fails its test when it asks for anything outside the site, breaks its own content-security policy
    or throws in a script."""
    wrongs = watch(context, live_server.url)
    yield context.new_page()
    assert not wrongs, "\n".join(wrongs)


# ── Questions that many tests ask ────────────────────────────────────────────────────────────────


@pytest.fixture
def assert_constant_queries(db: None) -> Callable[[Callable[[], object], Callable[[], object]], None]:
    """`assert_constant_queries(add_rows, render)`: twice the rows, the same number of queries."""

    def check(add_rows: Callable[[], object], render: Callable[[], object]) -> None:
        add_rows()
        render()  # fills what is cached for good, such as content types
        with CaptureQueriesContext(connection) as few:
            render()
        add_rows()
        with CaptureQueriesContext(connection) as many:
            render()
        assert len(few), "nothing was asked of the database: is this the right page?"
        more = [query["sql"] for query in many][len(few) :]
        assert len(many) == len(few), f"{len(few)} queries became {len(many)}; the last of them:\n" + "\n".join(more)

    return check
