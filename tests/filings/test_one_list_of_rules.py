"""Three ways in, one list of rules: form, workbook and CSV hear the same; and it is saved whole or not at all."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.filings.actions import NotSaved
from portal.filings.actions.drafts import open_filing, save_draft
from portal.filings.columns import PLAN_OF, csv_columns
from portal.filings.intake import read_file
from portal.filings.intake.entries import read_entry
from portal.filings.models.contract import Contract
from portal.filings.models.upload import Upload
from portal.filings.queries import stored_entries
from portal.filings.rules import check
from portal.filings.sheet import Finding, Kind
from portal.journal.models import Entry as JournalEntry
from portal.lib.words import Text
from tests.filings.conftest import english
from tests.filings.on_paper import LISTS, context, known
from tests.world import NOW, TYPED, entry

FIRM = "91520100MA0000001Q"
GIVEN = context(known("OLD-1"), firm_code=FIRM)

# What people type, right and wrong, by field.
NUMBERS = st.sampled_from(["A-1", "A-2", "OLD-1", "", "无"])
DAYS = st.sampled_from(
    ["2020-02-01", "2020/3/18", "2020年3月1日", "2019-05-05", "2020-04-02", "2031-01-01", "soon", ""]
)
AMOUNTS = st.sampled_from(["1000", "1,000.00", "900", "0", "-5", "1.005", "lots", "9" * 30, "１２", ""])
WORDS = st.text("长a <&\"'=+,;\n\t", max_size=8)
TYPING = {
    "number": NUMBERS, "on": DAYS, "ends_on": DAYS, "receipt_on": DAYS, "amount": AMOUNTS, "name": WORDS,
    "client": WORDS, "market": st.sampled_from(["VNM", "越南", "CHN", "SUN", "?", ""]),
    "payer_market": st.sampled_from(["CHN", "HKG", "?", ""]), "category": st.sampled_from(["ITO-1-01", "ITO-1", ""]),
    "currency": st.sampled_from(["USD", "XXA", "?", ""]), "supply": st.sampled_from(["商业存在", "?", ""]),
    "new_mode": st.sampled_from(["云外包", "?", ""]), "is_abroad": st.sampled_from(["是", "否", "?", ""]),
    "branch_share": st.sampled_from(["60", "101", "?", ""]), "contracts_back": st.sampled_from(["是", "?", ""]),
    "upstream_firm": st.sampled_from(["91110000600037341L", FIRM, "?", ""]), "upstream_number": WORDS,
    "frame_number": st.sampled_from(["F-1", ""]), "frame_amount": AMOUNTS, "apportioned_by": WORDS,
    "receipt_number": st.sampled_from(["SW1", ""]), "reason": st.sampled_from(["because", ""]),
}  # fmt: skip


@st.composite
def rows(draw, kind: Kind | None = None) -> tuple[Kind, dict[str, str]]:
    """A row in order, with some cells typed otherwise."""
    kind = kind or draw(st.sampled_from(list(Kind)))
    typed = {key: str(value) for key, value in TYPED[kind].items()}
    fields = [column.field for column in PLAN_OF[kind].fields if column.field != "kind"]
    for field in draw(st.lists(st.sampled_from(fields), max_size=3, unique=True)):
        typed[field] = draw(TYPING.get(field, WORDS))
    return kind, typed


@st.composite
def filings(draw) -> list[tuple[Kind, dict[str, str]]]:
    """A few contracts with their executions, in order; and, half of the time, a row as people type it."""
    typed = []
    for number in range(draw(st.integers(0, 3))):
        typed.append((Kind.SIGNED, TYPED[Kind.SIGNED] | {"number": f"N-{number}"}))
        for month in draw(st.lists(st.integers(1, 3), unique=True)):
            day = {"number": f"N-{number}", "on": f"2020-0{month}-2{number}", "amount": "100"}
            typed.append((Kind.EXECUTED, TYPED[Kind.EXECUTED] | day))
    return [*typed, *draw(st.lists(rows(), max_size=1))]


def in_a_workbook(kind: Kind, typed: dict[str, str]) -> bytes:
    plan, file = PLAN_OF[kind], io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(plan.zh)
        for place, column in enumerate(plan.fields):
            sheet.write_string(0, place, column.zh)
            text = "存量" if column.field == "kind" and kind == Kind.STANDING else typed.get(column.field, "")
            sheet.write_string(1, place, text)
    return file.getvalue()


def in_csv(kind: Kind, typed: dict[str, str]) -> bytes:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    words = {"kind": {"signed": "新签", "standing": "存量", "changed": "变更", "executed": "执行"}[kind]}
    columns = csv_columns()
    lines = [
        [column.zh for column in columns], [(typed | words).get(column.field, "") for column in columns]
    ]  # fmt: skip
    return "\r\n".join(",".join(map(quoted, line)) for line in lines).encode()


def said(findings: list[Finding]) -> set[tuple]:
    def words(text: Text) -> str:
        return text.in_words(str)

    return {
        (item.code, item.level, item.field, item.found, words(item.message), words(item.expected)) for item in findings
    }


@settings(max_examples=150, deadline=None)
@given(rows())
def test_form_workbook_and_csv_hear_the_same(row):
    kind, typed = row
    by_form = check([read_entry(kind, typed, lists=LISTS)], GIVEN)
    for content, name in ((in_a_workbook(kind, typed), "q.xlsx"), (in_csv(kind, typed), "q.csv")):
        intake = read_file(content, name, lists=LISTS, firm_code=FIRM, period="2020Q1")
        if intake.entries:
            assert said(check(intake.entries, GIVEN)) == said(by_form), name


@pytest.mark.parametrize(
    "wrong", [{"amount": "lots"}, {"market": "?", "on": "2019-01-01"}, {"client": "", "currency": "?"}]
)
def test_they_hear_it_on_the_page_too(world, alice, wrong):
    typed = {key: str(value) for key, value in (TYPED[Kind.SIGNED] | wrong).items()}
    form = alice.post(english("entry-add", "2020Q1", "signed"), typed).context["form"]
    alice.post(
        english("upload-add", "2020Q1"), {"file": SimpleUploadedFile("q.xlsx", in_a_workbook(Kind.SIGNED, typed))}
    )
    assert {item["field"] for item in Upload.objects.get().findings} == set(form.errors) == set(wrong)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=filings())
def test_it_is_saved_whole_or_not_at_all(world, typed):
    """Whatever is typed: afterwards the draft holds exactly it, or exactly what it held before."""
    lists = world.lists
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    save_draft(
        version=version, entries=[entry(Kind.SIGNED, lists, number="OLD-1")], lists=lists, by=world.alice, at=NOW
    )
    before, journalled, contracts = state(version), JournalEntry.objects.count(), ledger()
    entries = [read_entry(kind, values, lists=lists, row=row) for row, (kind, values) in enumerate(typed, 1)]
    try:
        save_draft(version=version, entries=entries, lists=lists, by=world.alice, at=NOW)
    except NotSaved:
        assert (state(version), JournalEntry.objects.count(), ledger()) == (before, journalled, contracts)
    else:
        assert state(version) == sorted(values_of(item) for item in entries)
        assert JournalEntry.objects.count() == journalled + 1
        assert {number for number, _cents in ledger()} == {item.number for item in entries}


def state(version) -> list[tuple]:
    return sorted(values_of(stored.entry) for stored in stored_entries(version))


def values_of(item) -> tuple:
    """Everything that is kept of an entry, in a form that can be sorted."""
    kept = (item.on, item.amount_cents, item.receipt_number, item.receipt_on, item.payer_market)
    contract = (item.name, item.client, item.market, item.category, item.currency, item.ends_on, item.supply)
    return (item.kind, item.number, *map(str, kept), *map(str, contract))


def ledger() -> set[tuple[str, int]]:
    return set(Contract.objects.values_list("number", "amount_cents"))
