"""Papers beside the figures: what is taken, who sees them, and what stays."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.filings.actions.evidence import attach, take_away
from portal.filings.actions.review import approve
from portal.filings.actions.submission import submit
from portal.filings.attachments import media_type, shown_name
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Version
from portal.filings.workspace.evidence import was_handed_in
from portal.journal.models import Entry
from portal.lib.acts import Refused
from tests.filings.conftest import english, text_of
from tests.filings.test_questions import asked, executed
from tests.world import NOW, file_quarter

pytestmark = pytest.mark.usefixtures("in_english")

PDF = b"%PDF-1.4 a receipt"
PNG = b"\x89PNG\r\n\x1a\n a scan"


@pytest.fixture
def draft(world) -> Version:
    return file_quarter(world, until="draft")


def kept(world, version: Version, content: bytes = PDF, at=NOW, **place) -> Attachment:
    place = place or {"line_key": executed(version).key}
    return attach(
        filing=version.filing, kind="receipt", content=content, file_name="回单.pdf", by=world.alice, at=at, **place
    )


def send(client, version: Version, *contents: bytes, name: str = "回单.pdf", **typed: object):
    files = [SimpleUploadedFile(name, content) for content in contents]
    typed = {"line": executed(version).key, "kind": "receipt"} | typed
    return client.post(english("evidence-add", "2020Q1"), typed | {"files": files}, follow=True)


# ── What is taken ────────────────────────────────────────────────────────────────────────────────


def ofd(name: str = "OFD.xml") -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(name, "<ofd/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"), (b"\xff\xd8\xff\xe0 photo", "image/jpeg"), (PNG, "image/png"),
        (ofd(), "application/ofd"), (ofd("word/document.xml"), None), (b"PK\x03\x04 broken", None),
        (b"<svg onload=alert(1)>", None), (b"GIF89a", None), (b"", None), (b"MZ\x90", None), (b" %PDF-1.4", None),
    ],
)  # fmt: skip
def test_a_file_is_what_it_begins_with_whatever_it_is_called(content, kind):
    assert media_type(content) == kind


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("回单.pdf", "回单.pdf"), ("../../etc/passwd", "passwd.pdf"), ("C:\\x\\回单.PDF", "回单.pdf"),
        ("a.exe", "a.exe.pdf"), ("\u202efdp.exe", "fdp.exe.pdf"), ("", "paper.pdf"), ("x" * 300, "x" * 120 + ".pdf"),
        (".pdf", "pdf.pdf"), ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_shown_without_its_tricks(name, shown):
    assert shown_name(name, "application/pdf") == shown


def test_it_is_kept_under_its_hash_and_journalled(world, draft, alice, own_files):
    assert "2 papers were attached" in text_of(send(alice, draft, PDF, PNG))
    first, second = Attachment.objects.order_by("pk")
    assert first.sha256 in first.file.name
    assert "回单" not in first.file.name
    assert (own_files / first.file.name).read_bytes() == PDF
    # The second is a picture, and is called one.
    assert (second.media_type, second.file_name) == ("image/png", "回单.pdf.png")
    assert Entry.objects.filter(verb="evidence.attached", firm_code=world.firm.credit_code).count() == 2


@pytest.mark.parametrize(
    ("content", "said"), [(b"#!/bin/sh", "neither a PDF"), (b"%PDF-" + b"0" * 10 * 1024 * 1024, "larger than 10 MB")]
)
def test_what_is_no_paper_is_refused_and_nothing_kept(draft, alice, content, said):
    assert said in text_of(send(alice, draft, PDF, content))
    assert not Attachment.objects.exists()


def test_a_row_holds_ten_papers_and_each_once(world, draft):
    for number in range(10):
        kept(world, draft, PDF + bytes([number]))
    with pytest.raises(Refused, match="10 papers"):
        kept(world, draft, PDF)
    take_away(paper=Attachment.objects.last(), by=world.alice, at=NOW)
    with pytest.raises(Refused, match="here already"):
        kept(world, draft, PDF + bytes([0]))


def test_a_paper_belongs_to_a_row_or_a_contract_of_this_filing(world, draft):
    theirs = file_quarter(world, firm=world.rival, by=world.charlie, until="draft")
    for place in (
        {"line_key": executed(theirs).key}, {"contract": executed(theirs).contract},
        {"line_key": executed(draft).key, "contract": executed(draft).contract}, {"line_key": None, "contract": None},
    ):  # fmt: skip
        with pytest.raises(Refused, match="to which row"):
            kept(world, draft, **place)
    assert kept(world, draft, contract=executed(draft).contract).contract_id


# ── What stays ───────────────────────────────────────────────────────────────────────────────────


def test_papers_come_with_a_draft_or_with_an_answer(world, draft):
    version = submit(version=draft, lists=world.lists, by=world.alice, at=NOW)
    with pytest.raises(Refused, match="closed"):
        kept(world, version)
    asked(world, version)
    assert was_handed_in(kept(world, version))


def test_a_paper_never_changes_a_figure(world):
    version = file_quarter(world, until="submitted")
    asked(world, version)
    before = list(version.lines.values_list())
    kept(world, version)
    assert list(version.lines.values_list()) == before


# ── The pages ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_lists_rows_with_their_papers(world, draft, alice):
    kept(world, draft)
    words = text_of(alice.get(english("evidence-list", "2020Q1")))
    assert "1 paper" in words
    assert "回单.pdf" in words
    assert "Take away" in words


def test_a_download_is_saved_and_never_shown(world, draft, bob):
    paper = kept(world, draft)
    response = bob.get(english("evidence-file", paper.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")


def test_a_rival_finds_no_paper(world, draft, charlie):
    paper = kept(world, draft)
    assert charlie.get(english("evidence-file", paper.pk)).status_code == 404
    assert charlie.post(english("evidence-delete", paper.pk)).status_code == 404
    assert send(charlie, draft, PDF).status_code == 404


def test_a_reader_looks_and_changes_nothing(world, draft, bob):
    paper = kept(world, draft)
    assert bob.get(english("evidence-list", "2020Q1")).status_code == 200
    assert send(bob, draft, PNG).status_code == 403
    assert bob.post(english("evidence-delete", paper.pk)).status_code == 403
    assert Attachment.objects.get().removed_at is None


def test_each_takes_one_verb(world, draft, alice):
    paper = kept(world, draft)
    assert alice.post(english("evidence-list", "2020Q1")).status_code == 405
    assert alice.get(english("evidence-add", "2020Q1")).status_code == 405
    assert alice.get(english("evidence-delete", paper.pk)).status_code == 405
    assert alice.post(english("evidence-file", paper.pk)).status_code == 405


def test_a_paper_is_taken_away_from_a_draft_once(world, draft, alice):
    paper = kept(world, draft)
    assert "was taken away" in text_of(alice.post(english("evidence-delete", paper.pk), follow=True))
    assert "already" in text_of(alice.post(english("evidence-delete", paper.pk), follow=True))
    assert Entry.objects.filter(verb="evidence.removed").count() == 1


def test_without_rows_it_says_where_to_begin(world, alice):
    assert "no row to attach papers to" in text_of(alice.get(english("evidence-list", "2020Q1")))


def test_more_papers_take_no_more_queries(world, draft, alice, assert_constant_queries):
    numbers = iter(range(6))

    def more() -> None:
        for _turn in range(3):
            kept(world, draft, PDF + bytes([next(numbers)]))

    assert_constant_queries(more, lambda: alice.get(english("evidence-list", "2020Q1")))


def test_approval_closes_the_papers(world, draft):
    version = submit(version=draft, lists=world.lists, by=world.alice, at=NOW)
    approve(version=version, by=world.dora, at=NOW)
    with pytest.raises(Refused, match="closed"):
        kept(world, version)
