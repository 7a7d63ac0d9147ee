"""Outside addresses, against a real server on this machine."""

import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override

from portal.journal.models import Entry
from portal.lib.acts import Refused
from portal.publishing.actions.archiving import ending_of, fetch_copy, keep_copy
from portal.publishing.actions.links import check_due, claim, watch_addresses
from portal.publishing.models import Authority, Entrance, LinkCheck, Policy, PolicyTopic
from portal.publishing.outside import Closed, fetch, look_at
from portal.publishing.turning import in_words
from tests.publishing.conftest import signed_in
from tests.world import BEIJING

NOW = datetime(2020, 4, 3, 9, tzinfo=BEIJING)
# How soon a server notices that it is to end.
POLL_SECONDS = 0.02
HTML = "<!DOCTYPE html><html><p>办法全文</p></html>".encode()


class Pages(BaseHTTPRequestHandler):
    """`asked` are all requests, in order."""

    asked: list[str] = []
    gone: set[str] = set()

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def answer(self, *, with_body: bool) -> None:
        self.asked.append(f"{self.command} {self.path}")
        if self.path == "/moved":
            return self.send({"Location": "/good"}, 302)
        if self.path == "/to-file":
            return self.send({"Location": "file:///etc/passwd"}, 302)
        if self.path == "/round":
            return self.send({"Location": "/round"}, 302)
        if self.path == "/no-head" and not with_body:
            return self.send({}, 405)
        if self.path == "/people-only":
            return self.send({}, 403)
        status = 404 if self.path in self.gone else 200
        content = {"/large": b"x" * 100_000, "/picture": b"GIF89a"}.get(self.path, HTML)
        return self.send({"Content-Length": str(len(content))}, status, content if with_body else b"")

    def send(self, headers: dict[str, str], status: int, content: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a server that the guard lets through."""
    Pages.asked, Pages.gone = [], set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.handle_error = lambda *who: None  # who hangs up early is part of the matter
    thread = threading.Thread(target=server.serve_forever, args=[POLL_SECONDS], daemon=True)
    thread.start()
    with override_settings(LINKS_TO_PRIVATE_ADDRESSES=True):
        yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def policy(db):
    topic = PolicyTopic.objects.create(code="funds", name_zh="资金支持")

    def make(address: str, slug: str = "one") -> Policy:
        return Policy.objects.create(slug=slug, title_zh="办法", issuer_zh="商务部", topic=topic, address=address)

    return make


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "is_alive", "told"),
    [
        ("/good", True, "200"), ("/moved", True, "200"), ("/no-head", True, "200"), ("/gone", False, "404"),
        ("/people-only", True, "403"), ("/to-file", False, "302"), ("/round", False, "302"),
        ("/文件 一.html", True, "200"),
    ],
)  # fmt: skip
def test_an_address_is_asked_for_its_head_and_then_for_the_page(site, path, is_alive, told):
    Pages.gone = {"/gone"}
    answer = look_at(site + path)
    assert (answer.is_alive, answer.told) == (is_alive, told)


@pytest.mark.parametrize(
    ("answer", "said"),
    [("404", "not found (404)"), ("302", "in a circle"), ("500", "error 500"), ("port", "no web pages are served")],
)
def test_an_answer_is_put_into_words(answer, said):
    with override("en"):
        assert said in in_words(answer)


def test_a_page_that_answers_its_head_is_not_fetched(site):
    look_at(f"{site}/good")
    assert Pages.asked == ["HEAD /good"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/", "http://localhost/", "http://10.1.2.3/", "http://192.168.0.1/", "http://169.254.169.254/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://[fd00::1]/", "http://2130706433/",
        "http://100.64.0.1/", "http://[2002:7f00:1::]/", "http://224.0.0.1/", "http://[64:ff9b::a00:1]/",
        "http://[::7f00:1]/", "http://240.0.0.1/", "http://[2001:0:7f00:1::]/",
    ],
)  # fmt: skip
def test_a_private_network_is_never_asked(address, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("it was asked"))
    assert look_at(address).told == "private"


def test_a_name_that_leads_inside_is_refused_also_after_a_redirect(site, monkeypatch):
    """The first answer is outside (here: let through), and sends on to the inside."""
    real = socket.getaddrinfo
    with override_settings(LINKS_TO_PRIVATE_ADDRESSES=False):
        monkeypatch.setattr("portal.publishing.outside._is_public", lambda text: not text.startswith("10."))
        monkeypatch.setattr("portal.publishing.outside.PORTS", range(65536))
        monkeypatch.setattr(
            socket, "getaddrinfo",
            lambda host, *args, **kwargs: real("10.0.0.1" if host == "inside.example" else host, *args, **kwargs),
        )  # fmt: skip
        inside = {"Location": "http://inside.example/"}
        monkeypatch.setattr(Pages, "answer", lambda self, with_body: self.send(inside, 302))
        assert look_at(f"{site}/").told == "private"


@pytest.mark.parametrize(
    "address", ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "//x", "http://a@b/"]
)
def test_only_web_pages_are_asked(address):
    assert look_at(address).told == "scheme"


def test_what_is_no_web_server_is_not_spoken_to(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: pytest.fail("its name was looked up"))
    for address in ("http://example.org:25/", "https://example.org:5432/x", "http://例子.example:6379/"):
        assert look_at(address).told == "port"
    with pytest.raises(Closed, match="port"):
        fetch("http://example.org:22/", 1)


def test_one_clock_runs_over_all_that_a_server_sends(site, monkeypatch):
    """A server that drips its head, or its page, is cut off before the first byte where no time is left."""
    monkeypatch.setattr("portal.publishing.outside.LONGEST_SECONDS", 0)
    assert (look_at(f"{site}/good").is_alive, look_at(f"{site}/good").told) == (False, "timeout")
    with pytest.raises(OSError, match="too long"):
        fetch(f"{site}/good", 50_000)


def test_the_page_that_sends_on_is_not_read(site, monkeypatch):
    """It may have no end."""
    monkeypatch.setattr(
        Pages, "answer",
        lambda self, with_body: self.send({"Location": "/end", "Content-Length": "10"}, 302, b"half")
        if self.path == "/" else self.send({"Content-Length": "4"}, 200, b"%PDF"),
    )  # fmt: skip
    assert fetch(f"{site}/", 50_000).content == b"%PDF"


def test_nothing_larger_than_allowed_is_read(site):
    with pytest.raises(Closed, match="large"):
        fetch(f"{site}/large", 50_000)
    assert fetch(f"{site}/moved", 50_000).address == f"{site}/good"


# ── The weekly round ─────────────────────────────────────────────────────────────────────────────


def test_an_address_is_dead_when_it_fails_twice_running(site, policy):
    address, waited = f"{site}/gone", []
    policy(address)
    Pages.gone = {"/gone"}
    check_due(at=NOW, pause=waited.append)
    link = LinkCheck.objects.get()
    assert (link.is_alive, link.is_dead, link.answer, link.failing_since) == (False, False, "404", NOW)
    check_due(at=NOW + timedelta(hours=23), pause=waited.append)
    assert not LinkCheck.objects.dead().exists()
    check_due(at=NOW + timedelta(days=1), pause=waited.append)
    link.refresh_from_db()
    assert link.is_dead
    assert link.failing_since == NOW
    Pages.gone = set()
    check_due(at=NOW + timedelta(days=8), pause=waited.append)
    link.refresh_from_db()
    assert (link.is_alive, link.failed_count, link.failing_since) == (True, 0, None)


def test_whatever_is_named_is_watched_once_and_asked_once_a_week_with_a_pause(site, policy):
    waited: list[float] = []
    policy(f"{site}/one")
    policy(f"{site}/one", "two")
    Entrance.objects.create(slug="e", name_zh="平台", address=f"{site}/e", manual_address=f"{site}/m")
    Authority.objects.create(name_zh="商务局", website=f"{site}/a")
    assert len(check_due(at=NOW, pause=waited.append)) == 4
    assert len(waited) == 3
    assert check_due(at=NOW + timedelta(days=6), pause=waited.append) == []
    assert len(check_due(at=NOW + timedelta(days=7), most=3, pause=waited.append)) == 3
    Policy.objects.all().delete()
    watch_addresses()
    assert f"{site}/one" not in set(LinkCheck.objects.values_list("address", flat=True))


def test_a_round_ends_when_its_time_is_over_and_the_rest_is_due_still(site, policy, monkeypatch):
    policy(f"{site}/one")
    monkeypatch.setattr("portal.publishing.actions.links.LONGEST_ROUND_SECONDS", 0)
    assert check_due(at=NOW) == []
    monkeypatch.setattr("portal.publishing.actions.links.LONGEST_ROUND_SECONDS", 300)
    assert len(check_due(at=NOW)) == 1


def test_two_rounds_at_once_do_not_ask_twice(db, policy):
    policy("https://example.org/")
    watch_addresses()
    mine, theirs = LinkCheck.objects.get(), LinkCheck.objects.get()
    assert claim(mine, NOW)
    assert not claim(theirs, NOW + timedelta(minutes=1))
    assert claim(theirs, NOW + timedelta(minutes=15))


@pytest.mark.parametrize("is_on", [True, False])
def test_the_clock_asks_only_where_it_is_told_to(site, policy, settings, is_on):
    policy(f"{site}/good")
    settings.LINK_CHECKS = is_on
    call_command("tick", at=NOW.isoformat(), stdout=StringIO())
    assert bool(Pages.asked) == is_on


def test_links_are_looked_at_by_hand(site, policy):
    policy(f"{site}/good")
    told = StringIO()
    call_command("check_links", stdout=told)
    call_command("check_links", stdout=told)
    assert f"200  {site}/good" in told.getvalue()
    assert "No address was due." in told.getvalue()


# ── The desk's page ──────────────────────────────────────────────────────────────────────────────


def test_an_editor_sees_what_is_dead_and_asks_again(site, policy, editor, world):
    policy(f"{site}/good")
    watch_addresses()
    LinkCheck.objects.update(checked_at=NOW, failed_count=2, is_alive=False, failing_since=NOW, answer="timeout")
    link, client = LinkCheck.objects.get(), signed_in(editor)
    assert f"{site}/good" in client.get(reverse("desk-link-list")).content.decode()
    assert client.get(reverse("desk-link-check", args=[link.pk])).status_code == 405
    assert client.post(reverse("desk-link-check", args=[link.pk])).status_code == 302
    link.refresh_from_db()
    assert link.is_alive
    assert Entry.objects.filter(verb="link.checked", actor=editor.key).count() == 1
    assert signed_in(world.alice).get(reverse("desk-link-list")).status_code == 404
    assert signed_in(world.dora).get(reverse("desk-link-list")).status_code == 403


# ── Copies ───────────────────────────────────────────────────────────────────────────────────────


def test_an_original_is_fetched_kept_and_told_by_its_digest(site, policy, editor):
    one = policy(f"{site}/good")
    kept = fetch_copy(policy=one, by=editor, at=NOW)
    with kept.copy.open("rb") as file:
        assert file.read() == HTML
    assert kept.copy_digest == "".join(kept.copy.name.rpartition("/")[2].removesuffix(".html"))
    entry = Entry.objects.get(verb="policy.archived")
    assert entry.after["digest"] == kept.copy_digest
    assert kept.copied_at == NOW
    again = fetch_copy(policy=one, by=editor, at=NOW + timedelta(days=1))
    assert (again.copy.name, again.copied_at) == (kept.copy.name, NOW + timedelta(days=1))


@pytest.mark.parametrize("path", ["/picture", "/gone", ""])
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(site, policy, editor, path):
    Pages.gone = {"/gone"}
    one = policy(site + path if path else "")
    with pytest.raises(Refused):
        fetch_copy(policy=one, by=editor, at=NOW)
    one.refresh_from_db()
    assert (one.copy.name, one.copy_digest) == ("", "")


def test_a_copy_in_a_private_network_is_refused(policy, editor):
    with pytest.raises(Refused):
        fetch_copy(policy=policy("http://127.0.0.1:9/"), by=editor, at=NOW)


def test_only_editors_keep_copies(policy, world):
    with pytest.raises(Refused):
        keep_copy(policy=policy(""), content=HTML, by=world.dora, at=NOW)


def test_an_editor_uploads_a_copy(policy, editor):
    one, client = policy(""), signed_in(editor)
    address = reverse("desk-policy-upload", args=[one.pk])
    assert client.post(address, {"file": SimpleUploadedFile("a.gif", b"GIF89a")}).status_code == 409
    assert client.post(address, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}).status_code == 302
    one.refresh_from_db()
    assert one.copy.name.endswith(".pdf")
    assert client.get(reverse("desk-policy-archive", args=[one.pk])).status_code == 200
    copy = client.get(reverse("desk-policy-archived", args=[one.pk]))
    assert copy.headers["Content-Disposition"].startswith("attachment")
    copy.close()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.4", "pdf"), (b"PK\x03\x04...word/document.xml", "docx"), (b"PK\x03\x04...xl/workbook.xml", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "doc"), (b"\xef\xbb\xbf\n<HTML lang='zh'>", "html"),
        (b"MZ", None), (b"", None),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says(content, ending):
    assert ending_of(content) == ending
