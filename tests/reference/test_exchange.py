"""Lists come and go as files: import with a preview through the admin's own pages, export as XLSX and CSV."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.journal.models import Entry
from portal.lib.workbooks import csv_bytes, csv_rows, workbook_bytes, workbook_rows
from portal.reference.actions import save_row
from portal.reference.files import DATA, TABLES
from portal.reference.models import Edition, Market, MarketGroupMember, Rate

pytestmark = pytest.mark.django_db
FORMATS = {"xlsx": ("0", workbook_bytes, workbook_rows), "csv": ("1", csv_bytes, csv_rows)}
MARKET = "/en/admin/reference/market/"
RATE_HEAD = ["currency", "month_on", "usd_per_unit", "cny_per_unit", "source"]


def upload(client: Client, address: str, content: bytes, kind: str):
    """The first step: the file is read and shown."""
    file = SimpleUploadedFile(f"list.{kind}", content)
    return client.post(f"{address}import/", {"import_file": file, "format": FORMATS[kind][0], "resource": "0"})


def confirm(client: Client, address: str, preview):
    """The second step: what was shown is imported."""
    return client.post(f"{address}process_import/", preview.context["confirm_form"].initial, follow=True)


def exported(client: Client, address: str, kind: str) -> bytes:
    return client.post(f"{address}export/", {"format": FORMATS[kind][0], "resource": "0"}).content


@pytest.mark.parametrize("kind", FORMATS)
class TestAnImport:
    def test_it_shows_what_would_change_and_changes_nothing(self, admin, kind):
        content = FORMATS[kind][1](["alpha3", "name_en"], [["DEU", "Elbonia"], ["FRA", "France"]])
        page = upload(admin, MARKET, content, kind).content.decode()
        assert "<ins>Elbonia</ins>" in page or ("<del>" in page and "<ins>" in page)
        assert "France" not in page  # what stays as it is is not shown
        assert Market.objects.get(alpha3="DEU").name_en == "Germany"

    def test_it_changes_what_was_shown_publishes_and_journals(self, admin, keeper, kind):
        content = FORMATS[kind][1](["alpha3", "until_on"], [["DEU", "2026-12-31"], ["FRA", ""]])
        confirm(admin, MARKET, upload(admin, MARKET, content, kind))
        germany = Market.objects.get(alpha3="DEU")
        assert germany.until_on.isoformat() == "2026-12-31"
        assert germany.is_edited_here
        assert not Market.objects.get(alpha3="FRA").is_edited_here
        assert Edition.objects.get(list_name="markets", number=2).made_by == keeper.key
        entry = Entry.objects.get(verb="code_list.imported")
        assert (entry.actor, entry.target_key) == (keeper.key, "markets")
        assert entry.after == {"file": f"list.{kind}", "table": "market", "new": 0, "update": 1, "edition": 2}

    def test_it_adds_new_rows(self, admin, kind):
        rows = [["VND", "2026-01-01", "0.00004", "0.00028", "bank"]]
        address = "/en/admin/reference/rate/"
        confirm(admin, address, upload(admin, address, FORMATS[kind][1](RATE_HEAD, rows), kind))
        assert Rate.objects.get(currency="VND").source == "bank"

    def test_it_leaves_a_file_without_changes_without_an_edition(self, admin, kind):
        confirm(admin, MARKET, upload(admin, MARKET, exported(admin, MARKET, kind), kind))
        assert Edition.objects.filter(list_name="markets").count() == 1
        assert not Entry.objects.filter(verb="code_list.imported").exists()

    def test_it_keeps_a_formula_as_the_text_that_it_is(self, admin, kind):
        content = FORMATS[kind][1](["alpha3", "source"], [["DEU", "=1+2"]])
        confirm(admin, MARKET, upload(admin, MARKET, content, kind))
        assert Market.objects.get(alpha3="DEU").source == "=1+2"

    @pytest.mark.parametrize(
        ("head", "row", "said"),
        [
            (["alpha3", "numeric"], ["DEU", "76"], "Three digits."),
            (["alpha3", "until"], ["DEU", "2026-01-01"], "These columns are not known: until."),
            (["name_en"], ["Germany"], "alpha3"),
            (["alpha3", "until_on"], ["DEU", "soon"], "soon"),
        ],
    )
    def test_it_refuses_what_cannot_be(self, admin, kind, head, row, said):
        response = upload(admin, MARKET, FORMATS[kind][1](head, [row]), kind)
        assert "confirm_form" not in response.context
        assert said in response.content.decode() or "Enter a valid date" in response.content.decode()

    def test_it_names_a_code_that_is_none(self, admin, kind):
        address = "/en/admin/reference/marketgroupmember/"
        content = FORMATS[kind][1](["group", "market", "since_on"], [["rcep", "ATLANTIS", "2026-01-01"]])
        assert "There is no market ATLANTIS." in upload(admin, address, content, kind).content.decode()

    def test_it_refuses_a_market_twice_in_a_group(self, admin, kind):
        address = "/en/admin/reference/marketgroupmember/"
        content = FORMATS[kind][1](["group", "market", "since_on"], [["rcep", "VNM", "2024-01-01"]])
        assert "already in this group" in upload(admin, address, content, kind).content.decode()
        assert MarketGroupMember.objects.filter(group="rcep", market="VNM").count() == 1

    def test_it_happens_once(self, admin, kind):
        """The double-pressed button."""
        content = FORMATS[kind][1](["alpha3", "until_on"], [["DEU", "2026-12-31"]])
        preview = upload(admin, MARKET, content, kind)
        confirm(admin, MARKET, preview)
        again = confirm(admin, MARKET, preview)
        assert again.status_code == 200
        assert "imported already" in again.content.decode()
        assert Entry.objects.filter(verb="code_list.imported").count() == 1

    def test_it_imports_nothing_when_the_list_has_changed_since(self, admin, keeper, kind):
        content = FORMATS[kind][1](["group", "market", "since_on"], [["gcc", "VNM", "2024-01-01"]])
        address = "/en/admin/reference/marketgroupmember/"
        preview = upload(admin, address, content, kind)
        other = MarketGroupMember(group_id="gcc", market_id="VNM")
        save_row(row=other, before={}, after={}, by=keeper.key, at=Edition.objects.first().made_at)
        assert "Nothing was imported" in confirm(admin, address, preview).content.decode()
        assert MarketGroupMember.objects.filter(group="gcc", market="VNM").count() == 1

    def test_it_says_that_a_file_cannot_be_read(self, admin, kind):
        response = upload(admin, MARKET, b"\xff\xfe\x00nonsense\xff", kind)
        assert response.status_code == 200
        assert "confirm_form" not in response.context


@pytest.mark.parametrize("kind", FORMATS)
class TestAnExport:
    def test_it_has_the_columns_and_rows_of_the_file(self, admin, kind):
        rows = FORMATS[kind][2](exported(admin, MARKET, kind))
        assert rows[0] == list(next(table for table in TABLES if table.name == "markets").columns)
        shipped = csv_rows((DATA / "markets.csv").read_bytes())
        assert sorted(rows[1:]) == sorted(shipped[1:])

    def test_a_formula_in_it_never_runs(self, admin, kind):
        Market.objects.filter(alpha3="DEU").update(source='=HYPERLINK("http://example.org")')
        content = exported(admin, MARKET, kind)
        if kind == "csv":
            assert "'=HYPERLINK" in content.decode()
            return
        cells = [cell for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
        assert [cell.data_type for cell in cells if "HYPERLINK" in str(cell.value)] == ["s"]


def test_a_workbook_s_own_numbers_and_dates_are_read_as_meant(admin):
    """As Excel writes them: a code as a number, a date as a date."""
    book = openpyxl.Workbook()
    book.active.append(["code", "since_on", "short_zh"])
    book.active.append([520100, Edition.objects.first().made_at.replace(tzinfo=None, hour=0), "贵阳"])
    content = BytesIO()
    book.save(content)
    address = "/en/admin/reference/division/"
    preview = upload(admin, address, content.getvalue(), "xlsx")
    assert "520100" in preview.content.decode()
    assert "confirm_form" in preview.context


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_list_is_exported_as_its_file(admin, table):
    address = f"/en/admin/reference/{table.model._meta.model_name}/"
    rows = csv_rows(exported(admin, address, "csv"))
    assert rows[0] == list(table.columns)
    assert len(rows) - 1 == table.model.objects.count()


class TestInTheBrowser:
    """The preview under the site's own content-security policy; the page fixture fails on what it blocks."""

    def test_a_list_is_imported_with_a_preview(self, page, keeper, admin, live_server, tmp_path):
        page.context.add_cookies(
            [{"name": "sessionid", "value": admin.cookies["sessionid"].value, "url": live_server.url}]
        )
        file = tmp_path / "markets.xlsx"
        file.write_bytes(workbook_bytes(["alpha3", "name_en"], [["DEU", "Elbonia"]]))
        page.goto("/en/admin/reference/market/import/")
        page.set_input_files("input[type=file]", file)
        page.locator("input[type=submit]").click()
        page.locator("table.import-preview").wait_for()
        assert page.locator("table.import-preview ins").first.is_visible()
        page.locator("input[name=confirm]").click()
        page.locator(".messagelist .success").wait_for()
        assert Market.objects.get(alpha3="DEU").name_en == "Elbonia"
