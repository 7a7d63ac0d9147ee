"""The member register comes in by a file, with a preview; what went out as a formula would not run."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.journal.models import Entry
from portal.lib.workbooks import csv_bytes, csv_rows, workbook_bytes, workbook_rows
from portal.members.models import Firm, Representation, User
from portal.members.queries import current_profile
from tests.world import NOW, another_firm, credit_code

FIRMS, PEOPLE = "/en/admin/members/firm/", "/en/admin/members/representation/"
FORMATS = {"xlsx": ("0", workbook_bytes), "csv": ("1", csv_bytes)}
FIRM_HEAD = [
    "credit_code",
    "name_zh",
    "name_en",
    "joined_on",
    "left_on",
    "division",
    "size_band",
    "grade",
    "controller",
]
PERSON_HEAD = ["email", "name", "firm", "role", "since_on"]


def upload(client: Client, address: str, head: list[str], *rows: list, kind: str = "xlsx"):
    """The first step: a preview."""
    number, write = FORMATS[kind]
    file = SimpleUploadedFile(f"members.{kind}", write(head, rows))
    return client.post(f"{address}import/", {"import_file": file, "format": number, "resource": "0"})


def confirm(client: Client, address: str, preview):
    """The second step: what was shown is imported."""
    return client.post(f"{address}process_import/", preview.context["confirm_form"].initial, follow=True)


def new_firm(number: int = 50, **changed: str) -> list[str]:
    row = {
        "credit_code": credit_code(number), "name_zh": "示例导入企业", "name_en": "Imported", "joined_on": "2020-01-15",
        "left_on": "", "division": "520100", "size_band": "medium", "grade": "director", "controller": "",
    }  # fmt: skip
    return list((row | changed).values())


def as_filed(firm: Firm, **changed: str) -> list[str]:
    """The firm's row as an export would give it, but for what changes."""
    profile = current_profile(firm, on=NOW.date())
    row = {
        "credit_code": firm.credit_code, "name_zh": firm.name_zh, "name_en": firm.name_en,
        "joined_on": firm.joined_on.isoformat(), "left_on": "", "division": profile.division_id,
        "size_band": profile.size_band, "grade": profile.grade, "controller": profile.controller,
    }  # fmt: skip
    return list((row | changed).values())


# ── Firms ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_preview_changes_nothing(world, frida, kind):
    preview = upload(frida, FIRMS, FIRM_HEAD, new_firm(), kind=kind)
    assert "示例导入企业" in preview.content.decode()
    assert "confirm_form" in preview.context
    assert Firm.objects.count() == 2
    assert not Entry.objects.filter(verb="firm.admitted", after__name="示例导入企业").exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_new_firm_is_admitted_with_its_profile(world, frida, kind):
    confirm(frida, FIRMS, upload(frida, FIRMS, FIRM_HEAD, new_firm(), kind=kind))
    firm = Firm.objects.get(credit_code=credit_code(50))
    profile = firm.profiles.get()
    assert (profile.division_id, profile.size_band, profile.grade) == ("520100", "medium", "director")
    assert profile.effective_on == firm.joined_on
    assert Entry.objects.get(verb="firm.admitted", firm_code=firm.credit_code).actor == world.frida.key
    assert Entry.objects.get(verb="member.imported").after["new"] == 1


def test_a_known_firm_gets_a_new_profile_and_keeps_the_old_one(world, frida):
    confirm(frida, FIRMS, upload(frida, FIRMS, FIRM_HEAD, as_filed(world.firm, size_band="large", name_en="Renamed")))
    world.firm.refresh_from_db()
    assert world.firm.name_en == "Renamed"
    assert list(world.firm.profiles.order_by("pk").values_list("size_band", flat=True)) == ["small", "large"]
    assert world.firm.profiles.get(size_band="large").effective_on == NOW.date()


def test_what_is_the_same_is_left_alone(world, frida):
    confirm(frida, FIRMS, upload(frida, FIRMS, FIRM_HEAD, as_filed(world.firm), new_firm()))
    assert world.firm.profiles.count() == 1
    assert not Entry.objects.filter(verb="firm.changed").exists()


def test_a_part_of_the_columns_changes_that_part(world, frida):
    confirm(frida, FIRMS, upload(frida, FIRMS, ["credit_code", "name_en"], [world.firm.credit_code, "Short"]))
    world.firm.refresh_from_db()
    assert world.firm.name_en == "Short"
    assert world.firm.profiles.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"credit_code": "91520100MA00000000"}, "check character"),
        ({"division": "999999"}, "999999"),
        ({"division": ""}, "Say where the firm is registered"),
        ({"size_band": "huge"}, "huge"),
        ({"joined_on": "soon"}, "could not be parsed"),
        ({"name_zh": ""}, "cannot be blank"),
        ({"left_on": "2019-01-01"}, ""),
    ],
)
def test_a_wrong_row_says_what_is_wrong_and_nothing_is_imported(world, frida, changed, said):
    preview = upload(frida, FIRMS, FIRM_HEAD, new_firm(60), new_firm(**changed))
    assert "confirm_form" not in preview.context
    assert said in preview.content.decode()
    assert Firm.objects.count() == 2


def test_an_unknown_column_is_refused(world, frida):
    preview = upload(frida, FIRMS, [*FIRM_HEAD, "is_superuser"], [*new_firm(), "1"])
    assert "is_superuser" in preview.content.decode()
    assert "confirm_form" not in preview.context


def test_the_same_firm_twice_is_one_firm(world, frida):
    preview = upload(frida, FIRMS, FIRM_HEAD, new_firm(), new_firm(name_en="Again"))
    if "confirm_form" in preview.context:
        confirm(frida, FIRMS, preview)
    assert Firm.objects.filter(credit_code=credit_code(50)).count() <= 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_goes_out_comes_in_unchanged(world, frida, kind):
    number, write = FORMATS[kind]
    file = frida.post(f"{FIRMS}export/", {"format": number, "resource": "0", **fields_of(FIRM_HEAD)}).content
    rows = workbook_rows(file) if kind == "xlsx" else csv_rows(file)
    assert rows[0] == FIRM_HEAD
    assert rows[2][:2] == [world.firm.credit_code, world.firm.name_zh]
    assert rows[2][5:8] == ["520100", "small", "member"]
    preview = upload(frida, FIRMS, rows[0], *rows[1:], kind=kind)
    confirm(frida, FIRMS, preview)
    assert world.firm.profiles.count() == 1


def fields_of(head: list[str]) -> dict[str, str]:
    """The export form asks for each column."""
    return {f"firmresource_{name}": "on" for name in head}


def test_a_formula_goes_out_as_text(world, frida):
    Firm.objects.filter(pk=world.firm.pk).update(name_en="=HYPERLINK(1)")
    file = frida.post(f"{FIRMS}export/", {"format": "1", "resource": "0", **fields_of(FIRM_HEAD)}).content
    assert b"'=HYPERLINK" in file
    assert b",=HYPERLINK" not in file


def test_more_firms_take_no_more_queries_to_export(world, frida, assert_constant_queries):
    numbers = iter(range(10, 40))

    def add() -> None:
        for _ in range(3):
            another_firm(next(numbers))

    form = {"format": "1", "resource": "0", **fields_of(FIRM_HEAD)}
    assert_constant_queries(add, lambda: frida.post(f"{FIRMS}export/", form))


# ── People ───────────────────────────────────────────────────────────────────────────────────────


def test_people_come_with_the_firms_that_they_act_for(world, frida):
    rows = (
        ["nina@example.org", "Nina", world.firm.credit_code, "filer", "2020-04-01"],
        ["nina@example.org", "Nina", world.rival.credit_code, "viewer", "2020-04-01"],
    )
    confirm(frida, PEOPLE, upload(frida, PEOPLE, PERSON_HEAD, *rows))
    nina = User.objects.get(email="nina@example.org")
    assert not nina.has_usable_password()
    assert {(row.firm.name_en, row.role) for row in nina.representations.all()} == {
        ("Example 1", "filer"),
        ("Example 2", "viewer"),
    }
    assert Entry.objects.filter(verb="firm.represented", after__person=str(nina.key)).count() == 2


def test_who_acts_already_is_left_alone(world, frida):
    before = Representation.objects.count()
    rows = (
        ["alice@example.org", "Alice", world.firm.credit_code, "owner", "2019-01-01"],
        ["nina@example.org", "Nina", world.firm.credit_code, "filer", ""],
    )
    confirm(frida, PEOPLE, upload(frida, PEOPLE, PERSON_HEAD, *rows))
    assert Representation.objects.count() == before + 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["nobody", "N", "FIRM", "filer", ""], "valid email"),
        (["n@example.org", "N", "123", "filer", ""], "No member has the credit code"),
        (["n@example.org", "N", "FIRM", "boss", ""], "boss"),
        (["dora@example.org", "Dora", "FIRM", "filer", ""], "works for the association"),
        (["alice@example.org", "Alice", "FIRM", "viewer", ""], "in another role"),
    ],
)
def test_a_wrong_row_of_people_says_what_is_wrong(world, frida, row, said):
    before = Representation.objects.count(), User.objects.count()
    typed = [world.firm.credit_code if cell == "FIRM" else cell for cell in row]
    preview = upload(frida, PEOPLE, PERSON_HEAD, typed)
    assert "confirm_form" not in preview.context
    assert said in preview.content.decode()
    assert (Representation.objects.count(), User.objects.count()) == before


def test_only_who_edits_members_imports(world, signed_in):
    for who in (world.erik, world.dora, world.alice):
        client = signed_in(who)
        for address in (FIRMS, PEOPLE):
            assert client.get(f"{address}import/").status_code in (302, 403, 404)
            assert client.get(f"{address}export/").status_code in (302, 403, 404)


# ── Terms and dues ───────────────────────────────────────────────────────────────────────────────

TERMS, DUES = "/en/admin/members/term/", "/en/admin/members/dues/"
TERM_HEAD = ["firm", "grade", "from_on", "until_on"]
DUES_HEAD = ["firm", "from_on", "until_on", "amount", "paid_on", "receipt_number"]


def test_terms_and_dues_come_in_and_a_second_file_replaces(world, frida):
    code = world.firm.credit_code
    confirm(frida, TERMS, upload(frida, TERMS, TERM_HEAD, [code, "director", "2020-01-01", ""]))
    assert current_profile(world.firm, on=NOW.date()).grade == "director"
    row = [code, "2020-01-01", "2020-12-31", "5,000.50", "", ""]
    for paid in ("", "", "2020-04-01"):
        confirm_if_new(frida, DUES, upload(frida, DUES, DUES_HEAD, [*row[:4], paid, ""]))
    assert list(world.firm.dues.order_by("pk").values_list("amount_cents", "paid_on")) == [
        (500050, None),
        (500050, NOW.date().replace(day=1)),
    ]
    assert world.firm.dues.order_by("pk").last().replaces == world.firm.dues.order_by("pk").first()


def confirm_if_new(client: Client, address: str, preview) -> None:
    if "confirm_form" in preview.context:
        confirm(client, address, preview)


@pytest.mark.parametrize(
    ("address", "head", "row", "said"),
    [
        (TERMS, TERM_HEAD, ["FIRM", "king", "2020-01-01", ""], "king"),
        (TERMS, TERM_HEAD, ["FIRM", "member", "2019-06-01", "2019-01-01"], "before it begins"),
        (DUES, DUES_HEAD, ["FIRM", "2020-01-01", "2020-12-31", "much", "", ""], "no amount in yuan"),
        (DUES, DUES_HEAD, ["123", "2020-01-01", "2020-12-31", "1", "", ""], "No member has the credit code"),
    ],
)
def test_a_wrong_row_of_terms_and_dues_is_named_and_nothing_comes_in(world, frida, address, head, row, said):
    typed = [world.firm.credit_code if cell == "FIRM" else cell for cell in row]
    preview = upload(frida, address, head, typed)
    assert "confirm_form" not in preview.context
    assert said in preview.content.decode()
    assert not world.firm.dues.exists()
    assert world.firm.terms.count() == 1
