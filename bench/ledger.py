"""The other way to read figures: one table of facts with an index on every foreign key, summed by the ORM."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
from django.db import connection, models

COLUMNS = ("period", "firm", "division", "market", "category", "measure", "mode", "usd_cents", "cny_cents", "count")
CHUNK = 20_000


class Firm(models.Model):
    code = models.CharField(max_length=18, primary_key=True)

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.code


class Quarter(models.Model):
    code = models.CharField(max_length=6, primary_key=True)

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.code


class Fact(models.Model):
    period = models.ForeignKey(Quarter, models.PROTECT)
    firm = models.ForeignKey(Firm, models.PROTECT)
    division = models.ForeignKey("reference.Division", models.PROTECT, related_name="+")
    market = models.ForeignKey("reference.Market", models.PROTECT, related_name="+")
    category = models.ForeignKey("reference.ServiceCategory", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=14)
    mode = models.CharField(max_length=10)
    usd_cents = models.BigIntegerField()
    cny_cents = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return f"{self.firm_id} {self.period_id}"


def fill(parquet: Path) -> None:
    """The table with exactly the facts of the file. The planner is told what is in it."""
    existing = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (Fact, Firm, Quarter):
            if model._meta.db_table in existing:
                editor.delete_model(model)
        for model in (Firm, Quarter, Fact):
            editor.create_model(model)
    with duckdb.connect(":memory:") as db, connection.cursor() as cursor:
        db.execute(f"CREATE VIEW facts AS SELECT * FROM read_parquet('{parquet}')")
        for model, column in ((Firm, "firm"), (Quarter, "period")):
            codes = db.execute(f"SELECT DISTINCT {column} FROM facts ORDER BY 1").fetchall()
            model.objects.bulk_create([model(code) for (code,) in codes], batch_size=CHUNK)
        names = ", ".join(Fact._meta.get_field(name).column for name in COLUMNS)
        insert = f"INSERT INTO {Fact._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
        for rows in _rows(db):
            cursor.executemany(insert, rows)
        cursor.execute("ANALYZE")


def _rows(db: duckdb.DuckDBPyConnection) -> Iterator[list[tuple]]:
    # In the order in which filings come in, not that of the file.
    db.execute(f"SELECT {', '.join(COLUMNS)} FROM facts ORDER BY period")
    while rows := db.fetchmany(CHUNK):
        yield rows
