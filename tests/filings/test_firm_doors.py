"""Every door of the firm's workspace: who may pass, and with which verb."""

import pytest

from portal.filings.actions.evidence import attach
from portal.filings.actions.uploads import receive
from portal.filings.urls.firm import urlpatterns
from portal.journal.models import Entry
from tests.filings.conftest import english
from tests.world import NOW, file_quarter, simple_entries

# name, arguments, verbs, who passes: "reader", "writer", "certifier"
PERIOD = ("2020Q1",)
DOORS = [
    ("home", (), "GET", "reader"),
    ("firm-switch", (), "POST", "reader"),
    ("contract-list", (), "GET", "reader"),
    ("contract-add", (), "GET POST", "writer"),
    ("contract-download", ("csv",), "GET", "reader"),
    ("contract-detail", ("contract",), "GET", "reader"),
    ("contract-change", ("contract",), "GET POST", "writer"),
    ("upload-detail", ("upload",), "GET", "reader"),
    ("upload-confirm", ("upload",), "POST", "writer"),
    ("upload-file", ("upload",), "GET", "reader"),
    ("upload-marked", ("upload",), "GET", "reader"),
    ("upload-layout", ("upload",), "GET POST", "writer"),
    ("notice-list", (), "GET", "reader"),
    ("notice-read", (), "POST", "reader"),
    ("evidence-file", ("paper",), "GET", "reader"),
    ("evidence-delete", ("paper",), "POST", "writer"),
    ("filing-detail", PERIOD, "GET", "reader"),
    ("workbook-download", PERIOD, "GET", "reader"),
    ("upload-add", PERIOD, "GET POST", "writer"),
    ("entry-add", (*PERIOD, "signed"), "GET POST", "writer"),
    ("entry-edit", (*PERIOD, "line"), "GET POST", "writer"),
    ("entry-delete", (*PERIOD, "line"), "GET POST", "writer"),
    ("filing-nil", PERIOD, "GET POST", "writer"),
    ("filing-check", PERIOD, "GET", "reader"),
    ("filing-submit", PERIOD, "POST", "certifier"),
    ("filing-file", PERIOD, "POST", "certifier"),
    ("filing-take-back", PERIOD, "POST", "writer"),
    ("filing-send-back", PERIOD, "POST", "certifier"),
    ("filing-receipt", PERIOD, "GET", "reader"),
    ("receipt-download", ("receipt",), "GET", "reader"),
    ("certificate-download", ("2019Q1",), "GET", "reader"),
    ("ministry-download", PERIOD, "GET", "reader"),
    ("ministry-reconcile", PERIOD, "GET POST", "reader"),
    ("filing-withdraw", PERIOD, "POST", "certifier"),
    ("filing-reopen", PERIOD, "POST", "writer"),
    ("filing-history", PERIOD, "GET", "reader"),
    ("query-list", PERIOD, "GET", "reader"),
    ("query-answer", PERIOD, "POST", "writer"),
    ("evidence-list", PERIOD, "GET", "reader"),
    ("evidence-add", PERIOD, "POST", "writer"),
    ("grid", PERIOD, "GET", "reader"),
    ("grid-save", PERIOD, "POST", "writer"),
    ("cell-save", PERIOD, "POST", "writer"),
    ("grid-state", PERIOD, "GET", "reader"),
]
# What only the firm has: an outsider's own page of the same name is no leak.
OWNED = (
    "contract-detail", "contract-change", "upload-detail", "upload-confirm", "upload-file", "upload-marked",
    "upload-layout", "entry-edit", "entry-delete", "evidence-file", "evidence-delete", "receipt-download",
)  # fmt: skip
# Readers pass, and are sent on to another page.
SENT_ON = {"firm-switch", "notice-read"}


@pytest.fixture
def address(world):
    """Addresses of things that are there, of Alice's firm."""
    version = file_quarter(world, until="draft", entries=simple_entries(world.lists))
    upload = receive(
        version=version, content=b"no workbook", file_name="x.xlsx", lists=world.lists, by=world.alice, at=NOW
    )
    receipt = file_quarter(world, period="2019Q1").receipts.get()
    line = version.lines.first()
    paper = attach(
        filing=version.filing, line_key=line.key, kind="receipt", content=b"%PDF-1.4", file_name="x.pdf",
        by=world.alice, at=NOW,
    )  # fmt: skip
    things = {"upload": upload.pk, "receipt": receipt.pk, "contract": line.contract_id, "line": f"line-{line.pk}"}
    things["paper"] = paper.pk
    return lambda name, args: english(name, *(things.get(arg, arg) for arg in args))


def answer(client, verb: str, page: str) -> int:
    response = client.generic(verb, page)
    if response.streaming:
        b"".join(response.streaming_content)  # to the end, so that the file is closed
    return response.status_code


def answers(client, address) -> dict[str, set[int]]:
    """What each door answers to its own verbs."""
    return {
        name: {answer(client, verb, address(name, args)) for verb in verbs.split()}
        for name, args, verbs, _needs in DOORS
    }


def needing(*needs: str) -> set[str]:
    return {name for name, _args, _verbs, need in DOORS if need in needs}


def test_only_its_verbs_are_answered(alice, address):
    for name, args, verbs, _needs in DOORS:
        for verb in {"GET", "POST", "PUT", "DELETE"} - set(verbs.split()):
            assert alice.generic(verb, address(name, args)).status_code == 405, (name, verb)


def test_a_stranger_is_led_to_the_sign_in_page(client, address):
    for name, args, verbs, _needs in DOORS:
        for verb in verbs.split():
            response = client.generic(verb, address(name, args))
            assert (response.status_code, "/accounts/login/" in response.url) == (302, True), (name, verb)


def test_staff_without_a_firm_find_nothing(world, signed_in, address):
    for person in (world.dora, world.erik, world.frida):
        assert set().union(*answers(signed_in(person), address).values()) == {404}


def test_a_rival_finds_nothing_of_it(charlie, address):
    found = answers(charlie, address)
    assert {name: found[name] for name in OWNED} == dict.fromkeys(OWNED, {404})


def test_a_reader_is_told_so_where_only_others_may_pass(bob, address):
    before = Entry.objects.count()
    found = answers(bob, address)
    assert {name for name, codes in found.items() if codes == {403}} == needing("writer", "certifier")
    assert {name for name, codes in found.items() if codes == {200}} == needing("reader") - SENT_ON
    assert Entry.objects.count() == before


def test_a_certifier_may_submit_but_not_write(world, signed_in, address):
    found = answers(signed_in(world.gina), address)
    assert {name for name, codes in found.items() if codes == {403}} == needing("writer")


def test_every_door_of_the_workspace_is_in_this_list():
    assert {pattern.name for pattern in urlpatterns} == {row[0] for row in DOORS}
