"""Releases as files."""

import csv
import io
import json

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from portal.reference.models import Division
from portal.statistics.models import Cell
from tests.beginnings import beginning
from tests.statistics.conftest import GUIYANG, ZHENGZHOU, Deal, file, firms, publish

RELEASE = "/statistics/2020Q1-1/tables"
PLACE = f"/statistics/2020Q1-1/places/{GUIYANG}/tables"


@beginning
def published(world):
    for firm in [*firms(3), *firms(3, ZHENGZHOU, first=200)]:
        file(world, firm, Deal(executed="700.00"), Deal(market="CHN", executed="300.55", category="KPO-1-01"))
    return publish(world)


def rows_of(address: str) -> list[dict[str, str]]:
    response = Client().get(address)
    assert response.status_code == 200
    content = response.content
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def row(rows: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    plain = {"span": "quarter", "measure": "execution", "mode": "total", "cut": "", "member": ""} | wanted
    return next(found for found in rows if all(found[name] == value for name, value in plain.items()))


def test_the_long_table_of_a_release_has_every_figure_of_every_place(published):
    rows = rows_of(f"{RELEASE}.csv")
    assert len(rows) == Cell.objects.filter(release=published.pk).count()
    assert {found["place"] for found in rows} >= {"CN", GUIYANG, ZHENGZHOU, "520000", "nbs4-west"}
    nation = row(rows, place="CN")
    assert (nation["usd_10k"], nation["place_zh"], nation["status"]) == ("0.60", "全国会员企业", "public")
    assert row(rows, place=GUIYANG, mode="offshore", cut="market", member="VNM")["member_zh"] == "越南"
    assert row(rows, place="CN", measure="firms")["count"] == "6"


def test_the_long_table_of_a_place_has_only_that_place(published):
    rows = rows_of(f"{PLACE}.csv")
    assert {found["place"] for found in rows} == {GUIYANG}
    assert row(rows, mode="onshore")["usd_10k"] == "0.09"
    assert row(rows, measure="contract")["count"] == "6"
    assert row(rows)["count"] == ""


def test_a_name_that_begins_like_a_formula_stays_text(published):
    """A list's name is somebody's typing: no program may run it."""
    place = published_place("=1+1|' /C calc'!A0")
    content = Client().get(f"{PLACE}.csv").content.decode("utf-8-sig")
    assert f",'{place}," in content
    sheet = Client().get(f"{PLACE}.xlsx").content
    assert any(place == cell for line in sheet_of(sheet, 0) for cell in line)


def published_place(name: str) -> str:
    Division.objects.filter(code=GUIYANG).update(name_zh=name)
    return name


def sheet_of(workbook: bytes, index: int) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(index).to_python()


def test_the_workbook_has_its_tables_as_numbers(published):
    content = Client().get(f"/en{RELEASE}.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == [
        "Headline", "Offshore and onshore", "Markets", "Market groups", "Categories", "Places", "Notes",
    ]  # fmt: skip
    modes = book.get_sheet_by_name("Offshore and onshore").to_python()
    total = next(line for line in modes if line[0] == "Executed value")
    assert total[1] == pytest.approx(0.60033)
    assert total[3] == "no base"
    places = book.get_sheet_by_name("Places").to_python()
    assert [line[2] for line in places if line[1] == "Guiyang"] == [3]
    notes = {line[0]: line[1] for line in book.get_sheet_by_name("Notes").to_python()}
    assert notes["Release"] == "2020Q1-1"
    assert notes["Digest"] == published.digest


def test_the_workbook_of_a_place_is_in_the_language_of_its_address(published):
    assert CalamineWorkbook.from_filelike(io.BytesIO(Client().get(f"{PLACE}.xlsx").content)).sheet_names[0] == "概要"


def test_the_json_has_the_rows_in_whole_cents_and_says_what_they_are(published):
    content = json.loads(Client().get(f"{PLACE}.json").content)
    assert (content["release"], content["period"], content["digest"]) == ("2020Q1-1", "2020Q1", published.digest)
    assert content["places"] == {GUIYANG: ["贵阳市", "Guiyang"]}
    assert content["members"]["market"]["VNM"] == ["越南", "Vietnam"]
    named = [dict(zip(content["columns"], values, strict=True)) for values in content["rows"]]
    total = next(
        one for one in named
        if (one["span"], one["measure"], one["mode"], one["cut"]) == ("quarter", "execution", "total", "")
    )  # fmt: skip
    assert (total["usd_cents"], total["status"]) == (3_001_65, "public")


def test_the_brief_is_text_in_both_languages(published):
    response = Client().get(f"/statistics/2020Q1-1/places/{GUIYANG}/brief.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    assert "贵阳市3家企业申报" in text
    assert "3 firms in Guiyang reported" in text
    assert text.index("贵阳市3家") < text.index("3 firms in Guiyang")
    assert text.count("2020Q1-1") == 4


def test_a_file_is_named_after_its_release_and_may_be_kept(published):
    for form in ("csv", "json", "xlsx"):
        response = Client().get(f"{PLACE}.{form}")
        assert response["Content-Disposition"] == f'attachment; filename="2020Q1-1-{GUIYANG}.{form}"'
        assert response["Cache-Control"].startswith("public, max-age=")
        assert not response.cookies


def test_a_place_without_data_has_an_empty_file(published):
    assert rows_of("/statistics/2020Q1-1/places/110000/tables.csv") == []
    for form in ("json", "xlsx"):
        assert Client().get(f"/statistics/2020Q1-1/places/110000/tables.{form}").status_code == 200


def test_what_is_not_there_is_not_found(published):
    for address in (
        f"{RELEASE}.exe", f"{PLACE}.html", "/statistics/2020Q1-9/tables.csv", "/statistics/nonsense/tables.xlsx",
        "/statistics/2020Q1-1/places/nowhere/tables.csv", "/statistics/2020Q1-1/places/nowhere/brief.txt",
    ):  # fmt: skip
        assert Client().get(address).status_code == 404, address


def test_files_are_only_read(published):
    for address in (f"{RELEASE}.csv", f"{PLACE}.csv", f"/statistics/2020Q1-1/places/{GUIYANG}/brief.txt"):
        assert Client().post(address).status_code == 405
