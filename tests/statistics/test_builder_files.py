"""Tables as files, read again by programs that are not ours."""

import io
import json
import shutil
import subprocess
from decimal import Decimal

import pandas
import pytest
from django.test import Client
from pyjstat import pyjstat
from python_calamine import CalamineWorkbook

from portal.lib.money import in_wan, rounded
from portal.reference.models import Market
from portal.ui.figures import grouped
from tests.statistics.conftest import GUIYANG, ZHENGZHOU, text_of
from tests.statistics.hand_made import SECOND, SECRET, publish_rows, usual_rows

TABLE = "/en/statistics/tables/view"
MARKETS = "market=VNM,USA,ZMB,LAO,whole&show=level,growth,share&place=CN"
PLACES = f"place=CN,{GUIYANG},{ZHENGZHOU},110000&mode=total,onshore&show=level,growth,share"


@pytest.fixture
def published(db):
    return publish_rows(usual_rows())


def file(form: str, query: str) -> bytes:
    response = Client().get(f"{TABLE}.{form}?{query}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="table-2020Q1-1.{form}"'
    return response.content


def told_as(cents: int) -> set[str]:
    """The ways in which an amount, or its share of all offshore execution, would be written."""
    share = rounded(Decimal(cents) / 48_000_000_00 * 100)
    return {str(cents), f"{rounded(in_wan(cents)):f}", grouped(in_wan(cents)), f"{share:f}"}


def test_what_is_withheld_is_in_no_form_of_a_table(published):
    """Neither its amount in either currency, nor its share, in page or file, however it is laid out or sorted."""
    secrets = set().union(*(told_as(cents) for cents in (SECRET, 7 * SECRET + 1, SECOND, 7 * SECOND + 1)))
    # Growth on a public base would give the level away as well.
    secrets.add(f"{rounded((Decimal(SECRET) / 864_100_00 - 1) * 100):f}")
    for query in (MARKETS, f"{MARKETS}&currency=cny&sort=-execution", f"{MARKETS}&rows=figure&cols=market"):
        found = [file("csv", query).decode(), file("json", query).decode(), cells_of(file("xlsx", query))]
        for response in (Client().get(f"{TABLE}/?{query}", follow=True), Client().get(f"{TABLE}/choose/?{query}")):
            found.append(text_of(response))
        for text in found:
            assert not {secret for secret in secrets if secret in text.split() or f",{secret}," in text}


def cells_of(workbook: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return " ".join(
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    )


@pytest.mark.filterwarnings("ignore:Shouldn't use this function:DeprecationWarning")
def test_json_stat_is_read_by_a_reader_of_its_own(published):
    content = file("json", PLACES).decode()
    frame = pyjstat.Dataset.read(content).write("dataframe", naming="id")
    assert len(frame) == 3 * 4 * 2
    at_home = frame[(frame["place"] == "CN") & (frame["mode"] == "total")].set_index("figure")["value"]
    assert at_home.to_dict() == {"execution": 6000.0, "execution_growth": 50.0, "execution_share": 100.0}
    assert frame[frame["place"] == "110000"]["value"].isna().all()
    labels = pyjstat.Dataset.read(content).write("dataframe")
    assert {"Guiyang", "Zhengzhou"} <= set(labels["Place"])


def test_json_stat_says_where_it_came_from_and_why_a_value_is_missing(published):
    content = json.loads(file("json", MARKETS))
    assert (content["version"], content["class"]) == ("2.0", "dataset")
    assert content["id"] == ["figure", "period", "span", "place", "mode", "market"]
    assert content["role"] == {"time": ["period"], "geo": ["place"], "metric": ["figure"]}
    keys = content["dimension"]["market"]["category"]["index"]
    assert keys == ["whole", "LAO", "USA", "VNM", "ZMB"]
    assert [content["value"][number] for number in range(5)] == [4800.0, None, 600.0, 2400.0, None]
    assert [content["status"].get(str(number)) for number in range(5)] == [None, "d", None, None, "c"]
    assert content["dimension"]["figure"]["category"]["unit"]["execution_growth"] == {"decimals": 2, "label": "%"}
    told = content["extension"]
    assert told["confidentiality"] | {"1": "D", "4": "C"} == told["confidentiality"]
    assert told["releases"][0]["digest"] == published.digest
    assert told["query"].startswith("release=2020Q1-1&")
    assert told["citation"]
    assert told["licence"]


def test_the_csv_lists_every_key_with_its_status(published):
    frame = pandas.read_csv(io.BytesIO(file("csv", PLACES)), dtype={"place": str}, encoding="utf-8-sig")
    assert len(frame) == 3 * 4 * 2
    found = frame.set_index(["figure", "place", "mode"])
    assert found.loc[("execution", GUIYANG, "total"), "value"] == 2100
    assert found.loc[("execution", GUIYANG, "total"), "place_label"] == "Guiyang"
    assert found.loc[("execution", "CN", "onshore"), ["status", "conf_status"]].tolist() == ["secondary", "D"]
    assert found.loc[("execution", "110000", "total"), "status"] == "no_data"
    assert found.loc[("execution_growth", ZHENGZHOU, "total"), "status"] == "no_rate"
    assert found.loc[("execution_growth", GUIYANG, "total"), "low_base"] == 1


def test_the_workbook_is_laid_out_as_the_page_with_its_notes(published):
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(file("xlsx", f"{MARKETS}&rows=market&cols=place,figure&place={GUIYANG}"))
    )
    assert book.sheet_names == ["Table", "Notes"]
    sheet = book.get_sheet_by_name("Table")
    rows = sheet.to_python(skip_empty_area=False)
    # Two lines of heads: the places, each over its three figures.
    assert sheet.merged_cell_ranges
    head = next(number for number, row in enumerate(rows) if row[0] == "Market")
    assert [cell for cell in rows[head] if cell] == ["Market", "All members nationwide", "Guiyang"]
    lines = {row[0]: row[1:] for row in rows[head + 2 :]}
    assert lines["Vietnam"][:3] == [2400.0, 20.0, 50.0]
    assert lines["Zambia"][:3] == ["c", "c", "c"]
    assert lines["Laos" if "Laos" in lines else next(name for name in lines if "Lao" in name)][0] == "d"
    notes = {row[0]: row[1] for row in book.get_sheet_by_name("Notes").to_python()}
    assert notes["Digest"] == published.digest
    assert "/statistics/tables/view/?release=2020Q1-1&" in notes["Permanent link"]
    assert notes["Use"]


def test_a_name_that_begins_like_a_formula_stays_text(published):
    Market.objects.filter(alpha3="VNM").update(name_en="=1+1|' /C calc'!A0")
    assert "=1+1|' /C calc'!A0" in cells_of(file("xlsx", MARKETS))
    assert ",'=1+1|" in file("csv", MARKETS).decode()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libre_office_opens_the_workbook(published, tmp_path):
    (tmp_path / "table.xlsx").write_bytes(file("xlsx", MARKETS))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "csv", "--outdir",
         str(tmp_path), str(tmp_path / "table.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = (tmp_path / "table.csv").read_text(encoding="utf-8", errors="replace")
    assert "Vietnam,2400,20,50" in text
    assert "Zambia,c,c,c" in text


def test_a_file_holds_more_than_a_page_and_says_where_its_limit_is(published, monkeypatch):
    monkeypatch.setattr("portal.statistics.views.tables.FILE_LIMIT", 14)
    response = Client().get(f"{TABLE}.csv?{MARKETS}")
    assert response.status_code == 400
    assert "This question has 15 cells" in text_of(response)
    assert "14 are answered at once" in text_of(response)
    assert Client().get(f"{TABLE}.pdf?{MARKETS}").status_code == 404
