import pytest

from portal.lib.workbooks import csv_rows
from portal.reference.files import DATA, TABLES
from portal.reference.models import Market


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_it_hands_out_the_list_as_it_was_loaded(client, db, table):
    response = client.get(f"/lists/{table.name}.csv")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{table.name}.csv"'
    assert "public" in response["Cache-Control"]
    rows, shipped = csv_rows(response.content), csv_rows((DATA / f"{table.name}.csv").read_bytes())
    assert rows[0] == shipped[0]
    assert len(rows) == len(shipped)


def test_it_has_the_same_rows_as_the_file(client, db):
    shipped = csv_rows((DATA / "market_group_members.csv").read_bytes())
    assert sorted(csv_rows(client.get("/en/lists/market_group_members.csv").content)) == sorted(shipped)


def test_a_formula_in_it_never_runs(client, db):
    Market.objects.filter(alpha3="DEU").update(source="=1+2")
    assert ",'=1+2," in client.get("/lists/markets.csv").content.decode()


@pytest.mark.parametrize("name", ["users", "editions", "market-groups", "x"])
def test_it_hands_out_nothing_else(client, db, name):
    assert client.get(f"/lists/{name}.csv").status_code == 404
