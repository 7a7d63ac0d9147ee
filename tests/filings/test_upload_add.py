"""A file handed in: checked, kept, shown with what it would change, taken over only when confirmed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.filings.actions.drafts import save_draft
from portal.filings.actions.submission import submit
from portal.filings.actions.uploads import LARGEST_BYTES
from portal.filings.models.filing import Filing, Line
from portal.filings.models.upload import Upload
from portal.filings.queries import stored_entries
from portal.journal.models import Entry as JournalEntry
from tests.filings.conftest import english, text_of
from tests.world import NOW, clock_at, file_quarter, simple_entries

SHEET = english("filing-detail", "2020Q1")
ADD = english("upload-add", "2020Q1")
HEAD = "种类,合同号,日期,金额,合同名称,发包方,发包方市场,服务类别,币种,收汇凭证号"
SIGNED = "新签,A-1,2020-02-01,1000.00,Bridge design,Hanoi Rail,VNM,ITO-1-01,USD,"
EXECUTED = "执行,A-1,2020-02-11,900.00,,,,,,SW20031801"


def csv(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode("utf-8-sig")


def hand_in(client, content: bytes, name: str = "quarter.csv"):
    return client.post(ADD, {"file": SimpleUploadedFile(name, content)})


def checked(client, *rows: str) -> Upload:
    response = hand_in(client, csv(*rows))
    upload = Upload.objects.latest("pk")
    assert response.url == english("upload-detail", upload.pk)
    return upload


def page_of(client, upload: Upload) -> str:
    return text_of(client.get(english("upload-detail", upload.pk)))


def confirm(client, upload: Upload):
    return client.post(english("upload-confirm", upload.pk))


class TestHandingIn:
    def test_the_form_says_what_will_happen(self, alice):
        page = text_of(alice.get(ADD))
        assert "What is not in it is removed from the draft." in page

    def test_it_keeps_the_file_and_changes_nothing_yet(self, world, alice):
        upload = checked(alice, SIGNED, EXECUTED)
        assert (upload.outcome, upload.uploaded_by) == ("checked", world.alice.key)
        assert upload.size == len(csv(SIGNED, EXECUTED))
        assert not Line.objects.exists()
        verbs = JournalEntry.objects.filter(target_kind="filing").order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["filing.opened", "upload.received"]

    def test_without_a_file_it_says_so(self, alice):
        assert "Choose a file first." in text_of(alice.post(ADD))
        assert not Filing.objects.exists()

    def test_a_file_that_is_too_large_is_not_taken(self, alice):
        response = hand_in(alice, b"x" * (LARGEST_BYTES + 1), "big.xlsx")
        assert "The file is larger than 20 MB." in text_of(response)
        assert not Upload.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("empty.xlsx", b"", "The file is empty."),
            ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "This file is not a workbook that can be read."),
            ("half.xlsx", b"PK\x03\x04" + bytes(50), "This file is not a workbook that can be read."),
            ("bytes.csv", bytes(range(256)), "This CSV file is neither UTF-8 nor GB18030."),
        ],
    )
    def test_a_file_that_cannot_be_read_has_its_page_too(self, alice, name, content, sentence):
        page = text_of(alice.get(hand_in(alice, content, name).url))
        assert sentence in page
        assert "The draft is as it was, and the file is kept." in page
        assert Upload.objects.get().outcome == "refused"

    def test_a_submitted_filing_takes_no_file(self, world, alice):
        file_quarter(world, until="submitted")
        assert "Withdraw it to change something." in text_of(hand_in(alice, csv(SIGNED)))
        assert not Upload.objects.exists()


class TestPage:
    def test_it_says_of_each_finding_where_it_is_and_what_was_expected(self, alice):
        upload = checked(alice, SIGNED.replace("1000.00", "lots"), EXECUTED.replace("2020-02-11", "2021-02-11"))
        response = alice.get(english("upload-detail", upload.pk))
        page = text_of(response)
        assert "The file was not taken over: there is something to mend" in page
        assert "C3 rule D3 Found 2021-02-11 Expected 2020-03-31 or earlier" in page
        assert "Found lots Expected a number such as 126400.00" in page
        assert english("upload-confirm", upload.pk) not in response.content.decode()

    def test_its_findings_are_told_in_the_readers_language(self, alice):
        upload = checked(alice, SIGNED.replace("1000.00", "lots"))
        chinese = text_of(alice.get(english("upload-detail", upload.pk).removeprefix("/en")))
        assert "填的是" in chinese
        assert "The amount is not a number" not in chinese

    def test_it_shows_what_is_new_changed_and_removed_and_what_stays(self, world, alice):
        entries = [*simple_entries(world.lists), *simple_entries(world.lists, "B-2")]
        file_quarter(world, until="draft", entries=entries)
        upload = checked(alice, SIGNED, EXECUTED.replace("900.00", "800.00"), EXECUTED.replace("02-11,900", "02-12,50"))
        changes = alice.get(english("upload-detail", upload.pk)).context["changes"]
        assert [(row["state"], row["number"]) for row in changes["rows"]] == [
            ("new", "A-1"), ("changed", "A-1"), ("removed", "B-2"), ("removed", "B-2"),
        ]  # fmt: skip
        assert changes["same"] == 1
        page = page_of(alice, upload)
        assert "Executed amount 900.00 → 800.00" in page
        assert "1 row stays as it is." in page

    def test_it_lasts_after_the_file_was_taken_over(self, alice):
        upload = checked(alice, SIGNED)
        confirm(alice, upload)
        page = page_of(alice, upload)
        assert "The file was taken over" in page
        assert upload.sha256 in page
        assert "Alice took it over on 2020-04-03 09:0" in page

    def test_what_it_changed_is_shown_for_ever(self, world, alice):
        file_quarter(world, until="draft", entries=simple_entries(world.lists))
        upload = checked(alice, SIGNED, EXECUTED.replace("900.00", "800.00"))
        before = page_of(alice, upload)
        confirm(alice, upload)
        removed = checked(alice, SIGNED)
        confirm(alice, removed)
        page = page_of(alice, upload)
        assert "What it changed" in page
        sums = ("Execution 900.00 800.00", "Contract value 1,000.00 1,000.00")
        for sentence in ("Executed amount 900.00 → 800.00", *sums):
            assert sentence in before
            assert sentence in page
        assert "Take it over into the draft" not in page

    def test_it_is_not_read_again_for_each_look(self, alice):
        upload = checked(alice, SIGNED)
        upload.file.storage.delete(upload.file.name)
        assert "What it changes" in page_of(alice, upload)

    def test_a_reader_sees_it_without_the_button(self, alice, bob):
        upload = checked(alice, SIGNED)
        response = bob.get(english("upload-detail", upload.pk))
        assert "What it changes" in text_of(response)
        assert english("upload-confirm", upload.pk) not in response.content.decode()

    def test_many_findings_are_counted_and_cut(self, alice):
        upload = checked(alice, *[SIGNED.replace("A-1", f"A-{n}").replace("VNM", "??") for n in range(260)])
        context = alice.get(english("upload-detail", upload.pk)).context
        assert (len(context["findings"]), context["finding_count"], context["more_findings"]) == (200, 260, 60)

    @pytest.mark.parametrize("pk", [0, 999999, 10**30])
    def test_an_upload_that_is_not_there_is_not_found(self, alice, pk):
        assert alice.get(english("upload-detail", pk)).status_code == 404


class TestConfirming:
    def test_it_takes_the_whole_file_over(self, world, alice):
        upload = checked(alice, SIGNED, EXECUTED)
        response = alice.post(english("upload-confirm", upload.pk), follow=True)
        assert response.redirect_chain == [(SHEET, 302)]
        assert "The file was taken over: 2 rows changed." in text_of(response)
        upload.refresh_from_db()
        assert (upload.outcome, upload.confirmed_by) == ("confirmed", world.alice.key)
        assert Line.objects.count() == 2

    def test_a_second_press_changes_nothing_more(self, alice):
        upload = checked(alice, SIGNED, EXECUTED)
        confirm(alice, upload)
        before = JournalEntry.objects.count()
        assert confirm(alice, upload).url == english("upload-detail", upload.pk)
        assert JournalEntry.objects.count() == before

    def test_a_file_with_errors_cannot_be_confirmed(self, alice):
        upload = checked(alice, SIGNED.replace("VNM", "??"))
        confirm(alice, upload)
        assert not Line.objects.exists()

    def test_a_draft_that_changed_meanwhile_is_not_overwritten(self, world, alice):
        version = file_quarter(world, until="draft")
        upload = checked(alice, SIGNED)
        rows = simple_entries(world.lists, "LATER")
        save_draft(version=version, entries=rows, lists=world.lists, by=world.alice, at=NOW + timedelta(hours=1))
        response = alice.get(english("upload-detail", upload.pk))
        assert "The draft has changed since this preview." in text_of(response)
        assert english("upload-confirm", upload.pk) not in response.content.decode()
        confirm(alice, upload)
        assert {item.entry.number for item in stored_entries(version)} == {"LATER"}

    def test_a_filing_submitted_meanwhile_is_not_touched(self, world, alice):
        version = file_quarter(world, until="draft")
        upload = checked(alice, SIGNED)
        submit(version=version, lists=world.lists, by=world.alice, at=NOW)
        confirm(alice, upload)
        assert {item.entry.number for item in stored_entries(version)} == {"2020Q1-1"}

    def test_it_is_judged_by_the_day_on_which_it_is_confirmed(self, world, alice):
        with clock_at(NOW - timedelta(days=4)):
            upload = checked(alice, SIGNED.replace("2020-02-01", "2019-08-01"))
            assert upload.outcome == "checked"
        page = page_of(alice, upload)
        assert "The file has errors now: mend them and upload it again." in page
        assert "The date is before the window" in page
        confirm(alice, upload)
        assert not Line.objects.exists()


class TestTheFileItself:
    def test_it_comes_back_as_it_was_and_only_to_be_saved(self, alice):
        upload = checked(alice, SIGNED)
        response = alice.get(english("upload-file", upload.pk))
        assert b"".join(response.streaming_content) == csv(SIGNED)
        assert response["Content-Disposition"] == 'attachment; filename="quarter.csv"'
        assert response["Content-Type"] == "application/octet-stream"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd.csv", 'a"b\r\nX: y.csv', "季度.csv", "<b>.csv", "n" * 400 + ".csv"]
    )
    def test_its_name_is_data_and_never_a_path(self, alice, name):
        hand_in(alice, csv(SIGNED), name)
        upload = Upload.objects.get()
        assert upload.file.name.endswith(upload.sha256)
        response = alice.get(english("upload-file", upload.pk))
        b"".join(response.streaming_content)
        assert "\n" not in response["Content-Disposition"]
        assert "<b>.csv" not in alice.get(english("upload-detail", upload.pk)).content.decode()

    def test_a_file_that_was_lost_is_not_found(self, alice):
        upload = checked(alice, SIGNED)
        upload.file.storage.delete(upload.file.name)
        assert alice.get(english("upload-file", upload.pk)).status_code == 404
