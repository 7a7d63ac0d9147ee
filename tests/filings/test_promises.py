"""What the portal promises whatever is typed or uploaded: all or nothing, as the preview said, the same every way."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.filings.actions import NotSaved
from portal.filings.actions.drafts import open_filing, save_draft
from portal.filings.actions.entries import put_entry
from portal.filings.actions.uploads import confirm, receive
from portal.filings.columns import csv_columns
from portal.filings.intake.entries import read_entry
from portal.filings.models.filing import Version
from portal.filings.models.upload import Upload
from portal.filings.queries import stored_entries, totals
from portal.filings.sheet import Kind, Level, has_errors
from portal.journal.models import Entry as JournalEntry
from tests.filings.test_one_list_of_rules import filings, in_a_workbook, ledger, rows, state, values_of
from tests.world import NOW, entry, file_quarter, simple_entries

WORDS = {Kind.SIGNED: "新签", Kind.STANDING: "存量", Kind.CHANGED: "变更", Kind.EXECUTED: "执行"}
few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Undone:
    """Every example begins with what the test made, and leaves nothing behind."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *problem: object) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(*problem)


def in_one_table(typed: list[tuple[Kind, dict[str, str]]]) -> bytes:
    """Rows as people would paste them: text, one below the other."""
    columns = csv_columns()
    lines = [[column.zh for column in columns]]
    lines += [[(values | {"kind": WORDS[kind]}).get(column.field, "") for column in columns] for kind, values in typed]
    quoted = ([f'"{text}"' for text in (cell.replace('"', '""') for cell in line)] for line in lines)
    return "\r\n".join(map(",".join, quoted)).encode("utf-8-sig")


@pytest.fixture
def drafted(world) -> Version:
    """A draft that has two contracts already, so that a file also changes and removes."""
    entries = [*simple_entries(world.lists, "N-0"), *simple_entries(world.lists, "OLD-1")]
    return file_quarter(world, entries=entries, until="draft")


@pytest.fixture
def opened(world) -> Version:
    """An empty draft; the firm has a contract from the quarter before."""
    old = entry(Kind.SIGNED, world.lists, number="OLD-1", on="2019-11-05")
    file_quarter(world, period="2019Q4", entries=[old])
    return open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)


def sums(version) -> tuple[int, int]:
    said = totals(version)
    return said.signed, said.executed


@few
@given(typed=filings(), by_workbook=st.booleans())
def test_a_file_is_taken_over_as_its_preview_said_or_not_at_all(world, drafted, typed, by_workbook):
    version = drafted
    with Undone():
        before, known, old_sums = state(version), ledger(), sums(version)
        content, name = in_one_table(typed), "q.csv"
        if by_workbook and len(typed) == 1:
            content, name = in_a_workbook(*typed[0]), "q.xlsx"
        upload = receive(version=version, content=content, file_name=name, lists=world.lists, by=world.alice, at=NOW)
        assert (state(version), ledger()) == (before, known), "nothing changes before it is confirmed"
        journalled = JournalEntry.objects.count()
        if upload.outcome == Upload.Outcome.REFUSED:
            assert any(item["level"] == Level.ERROR for item in upload.findings)
            assert upload.preview == {}
            return
        said = upload.preview
        assert (said["signed_cents"][0], said["executed_cents"][0]) == old_sums
        changes = confirm(upload=upload, lists=world.lists, by=world.alice, at=NOW)
        assert [len(getattr(changes, part)) for part in ("added", "changed", "removed", "same")] == [
            said["added"], said["changed"], said["removed"], said["same"],
        ]  # fmt: skip
        assert (said["signed_cents"][1], said["executed_cents"][1]) == sums(version)
        assert len(state(version)) == said["added"] + said["changed"] + said["same"] == len(typed)
        assert JournalEntry.objects.count() == journalled + 2


@few
@given(typed=filings())
def test_what_is_taken_over_can_be_uploaded_again_without_a_change(world, opened, typed):
    with Undone():
        version = Version.objects.get(pk=opened.pk)
        given_ = {"content": in_one_table(typed), "file_name": "q.csv", "lists": world.lists, "by": world.alice}
        upload = receive(version=version, at=NOW, **given_)
        if upload.outcome == Upload.Outcome.CHECKED:
            confirm(upload=upload, lists=world.lists, by=world.alice, at=NOW)
            keys = set(version.lines.values_list("pk", "key"))
            version.refresh_from_db()
            again = receive(version=version, at=NOW, **given_)
            assert (again.preview["added"], again.preview["changed"], again.preview["removed"]) == (0, 0, 0)
            confirm(upload=again, lists=world.lists, by=world.alice, at=NOW)
            assert set(version.lines.values_list("pk", "key")) == keys


@few
@given(row=rows())
def test_a_form_a_table_and_a_workbook_are_refused_for_the_same_reasons(world, opened, row):
    version, (kind, typed) = opened, row
    # A row of a file with nothing but its number was prefilled and not used; a form that is sent was used.
    assume(any(text for name, text in typed.items() if name != "number"))
    with Undone():
        by_form, held = put(version, kind, typed, world)
    for content, name in ((in_one_table([row]), "q.csv"), (in_a_workbook(kind, typed), "q.xlsx")):
        with Undone():
            upload = receive(
                version=version, content=content, file_name=name, lists=world.lists, by=world.alice, at=NOW
            )  # fmt: skip
            errors = {
                (item["code"], item["field"], item["found"]) for item in upload.findings if item["level"] == Level.ERROR
            }
            assert errors == by_form, name
            if not errors:
                confirm(upload=upload, lists=world.lists, by=world.alice, at=NOW)
                assert state(version) == held, name


def put(version, kind, typed, world) -> tuple[set[tuple], list[tuple]]:
    """What the form is refused for; and what the draft holds afterwards."""
    row = read_entry(kind, typed, lists=world.lists)
    try:
        put_entry(version=version, entry=row, place=None, lists=world.lists, by=world.alice, at=NOW)
    except NotSaved as refusal:
        errors = [item for item in refusal.because if item.level == Level.ERROR]
        assert not stored_entries(version)
        return {(item.code, item.field, item.found) for item in errors}, []
    assert state(version) == [values_of(row)]
    return set(), state(version)


def test_a_large_block_is_journalled_by_its_counts_and_its_file(world):
    typed = [(Kind.SIGNED, {**signed(), "number": f"N-{number}"}) for number in range(201)]
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    upload = receive(
        version=version, content=in_one_table(typed), file_name="q.csv", lists=world.lists, by=world.alice, at=NOW
    )
    assert len(upload.preview["rows"]) == 200
    confirm(upload=upload, lists=world.lists, by=world.alice, at=NOW)
    saved = JournalEntry.objects.get(verb="filing.saved").after
    assert (saved["added"], saved["changed"], saved["removed"]) == (201, 0, 0)
    assert (saved["upload"], saved["sha256"]) == (upload.pk, upload.sha256)
    assert len(saved["digest"]) == 64


def test_a_rate_that_was_corrected_is_taken_when_the_draft_is_saved_again(world):
    version = file_quarter(world, until="draft", entries=simple_entries(world.lists))
    line = version.lines.get(kind=Kind.EXECUTED)
    version.lines.filter(pk=line.pk).update(usd_cents=1, usd_rate=2)
    entries = [item.entry for item in stored_entries(version)]
    save_draft(version=version, entries=entries, lists=world.lists, by=world.alice, at=NOW)
    again = version.lines.get(kind=Kind.EXECUTED)
    assert (again.pk, again.usd_cents, again.usd_rate) == (line.pk, 90_000, 1)


@pytest.mark.parametrize("wrong", [{"amount": "lots"}, {"on": "2031-01-01"}])
def test_a_whole_file_is_refused_for_an_error_that_the_draft_had_before(world, wrong, monkeypatch):
    """Row by row an old error may stay until it is mended; a file brings every row anew."""
    version = file_quarter(world, until="draft", entries=simple_entries(world.lists))
    broken = [*simple_entries(world.lists)[:1], entry(Kind.EXECUTED, world.lists, **wrong)]
    monkeypatch.setattr("portal.filings.actions.drafts.new_errors", lambda before, after: [])
    with pytest.raises(NotSaved) as refusal:
        save_draft(version=version, entries=broken, lists=world.lists, by=world.alice, at=NOW, is_whole=True)
    assert has_errors(refusal.value.findings)


def signed() -> dict[str, str]:
    return {
        "name": "Bridge design", "client": "Hanoi Rail", "market": "VNM", "category": "ITO-1-01", "on": "2020-02-01",
        "currency": "USD", "amount": "1000.00",
    }  # fmt: skip
