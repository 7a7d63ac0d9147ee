"""What runs the cube's SQL. The test on a cluster is there only where requirements-spark.txt is installed."""

from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from django.db.models import Sum

from bench.facts import Synthetic
from portal.reference.queries import editions_at
from portal.statistics.cube import Cube, CubeFact
from portal.statistics.dimensions import Mode, Thresholds
from portal.statistics.engines import DuckDB, Engine, engine_at
from portal.statistics.facts import Gathered
from portal.statistics.models import Cell
from tests.statistics.conftest import BUILT
from tests.statistics.hand_made import Row, publish_rows
from tests.world import World, world  # noqa: F401 (a fixture)


def test_releases_are_counted_in_the_process_unless_a_cluster_is_named():
    assert isinstance(engine_at(""), DuckDB)


def test_an_address_that_is_no_cluster_is_refused():
    with pytest.raises(ValueError, match="STATISTICS_ENGINE"):
        engine_at("postgres://localhost")


def test_databases_add_cents_beyond_floating_point_to_the_cent(world: World, tmp_path: Path):
    cents = [2**53 + 1, 2**53 + 3, 7 * 10**15 + 1]
    release = publish_rows([Row(place, usd) for place, usd in zip(("110000", "310000", "520100"), cents, strict=True)])
    found = Cell.objects.filter(release=release).aggregate(Sum("usd_cents"), Sum("cny_cents"))
    assert found == {"usd_cents__sum": sum(cents), "cny_cents__sum": sum(7 * usd + 1 for usd in cents)}
    kept = tmp_path / "cents.parquet"
    duckdb.sql(f"COPY (SELECT unnest({cents}) AS cents) TO '{kept}' (FORMAT parquet)")
    assert duckdb.sql(f"SELECT SUM(cents)::BIGINT FROM '{kept}'").fetchone() == (sum(cents),)


def test_synthetic_facts_are_the_same_for_a_seed_and_have_the_columns_of_real_ones(world: World, tmp_path: Path):
    one, again, other = (
        Synthetic(500, seed=seed).write(tmp_path / f"{name}.parquet")
        for name, seed in (("one", 1), ("again", 1), ("other", 2))
    )
    rows = {path.stem: duckdb.sql(f"SELECT * FROM '{path}' ORDER BY ALL").fetchall() for path in (one, again, other)}
    assert len(rows["one"]) == 500
    assert rows["one"] == rows["again"] != rows["other"]
    assert duckdb.sql(f"SELECT * FROM '{one}'").columns == list(CubeFact.__dataclass_fields__)


def counted(folder: Path, engine: Engine) -> tuple[list, list]:
    """A release of synthetic facts, some of whose base had been published otherwise."""
    synthetic = Synthetic(3000)
    facts, published = synthetic.write(folder / "facts.parquet"), Synthetic(2000, seed=7).write(folder / "then.parquet")
    gathered = Gathered(synthetic.quarter, BUILT, [], frozenset(), [], {}, frozenset(), editions_at(BUILT))
    cube = Cube(facts, synthetic.filings(), gathered.dimensions(), published=published, engine=engine)
    thresholds = Thresholds()
    return cube.cells(thresholds), cube.concentrations(thresholds)


if find_spec("pysail") and find_spec("pyspark"):
    from pysail.spark import SparkConnectServer

    @pytest.fixture
    def cluster(tmp_path: Path):
        server = SparkConnectServer()
        server.start(background=True)
        host, port = server.listening_address
        yield f"spark://{host}:{port}{tmp_path}"
        server.stop()

    @pytest.mark.slow
    # pyspark warns of versions of pandas, which it is not asked to use.
    @pytest.mark.filterwarnings("ignore")
    def test_a_cluster_counts_every_cell_as_duckdb_does(world: World, cluster: str, tmp_path: Path):
        cells, concentrations = counted(tmp_path, DuckDB())
        assert any(cell.mode == Mode.TOTAL for cell in cells)
        assert counted(tmp_path, engine_at(cluster)) == (cells, concentrations)
