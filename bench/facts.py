"""Facts that nobody filed: as many as one likes, the same for the same seed, written straight as Parquet by DuckDB.

Firms are as unlike as real ones: some file a hundred times as much as others, most sit in the demonstration cities,
few have consented, and some file a quarter late. What one of them has differs from line to line only by the line's
number, so that memory stays the same at any size.

From 100 thousand facts on every prefecture has a firm, and every figure that a bench reads is there (`ALWAYS`): what is
compared between two sizes then differs by the number of facts and not by the number of figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from portal.lib.quarters import Quarter
from portal.reference.models import Division, Market, RegionMember, ServiceCategory
from portal.statistics.cube import CubeFiling

LINES_OF_A_FIRM = 160
MARKETS = 60
# Of a hundred firms so many sit in a demonstration city.
IN_DEMONSTRATION_CITIES = 85
SEED = 20200331
# With fewer facts than these a firm has too few lines for all that is always there.
ENOUGH = 100_000

FIRMS = """
CREATE TABLE firms AS SELECT
    i AS number, format('9152{{:012d}}', i) || 'MA' AS code,
    format('9152{{:012d}}', i - i % 64 // 63) || 'MA' AS controller,
    CAST({draw} % 100 < 30 AS INTEGER) AS consented,
    CASE WHEN {facts} >= {enough} AND {firms} - i <= len(getvariable('elsewhere'))
         THEN getvariable('elsewhere')[{firms} - i]
         WHEN {draw} // 100 % 100 < {share} THEN getvariable('cities')[1 + {draw} // 10000 % len(getvariable('cities'))]
         ELSE getvariable('elsewhere')[1 + {draw} // 10000 % len(getvariable('elsewhere'))] END AS division,
    ['large', 'medium', 'small', 'micro'][1 + {draw} // 1000003 % 4] AS size
FROM range({firms}) firms(i)
"""

# What is filed in any case in the last quarter and a year before it, among the lines of the largest firm of each place:
# a contract and an execution on both sides of the border, and in the demonstration cities an execution for each market.
ALWAYS = """
CREATE TABLE always AS
WITH largest AS (SELECT division, MIN(number) AS number FROM firms WHERE {facts} >= {enough} GROUP BY ALL),
     turns AS (SELECT unnest([{quarters} - 1, {quarters} - 5]) AS turn),
     asked AS (
         SELECT division, number, turn, is_signed, is_onshore, NULL AS market
         FROM largest, turns, (SELECT unnest([true, false]) AS is_signed), (SELECT unnest([true, false]) AS is_onshore)
         UNION ALL
         SELECT division, number, turn, false, false, unnest(getvariable('markets')) FROM largest, turns
         WHERE list_contains(getvariable('cities'), division)
     )
SELECT CAST(ceil({facts} * pow(number / {firms}, 1 / 1.6) - 0.5) AS BIGINT)
           + row_number() OVER (PARTITION BY number ORDER BY turn, market, is_signed, is_onshore) AS i,
       turn, is_signed, is_onshore, market
FROM asked
"""

# `u` is between 0 and 1; squared or cubed, what stands first in a list comes often.
LINES = """
SELECT firms.code AS firm, firms.controller, format('HT-{{:06d}}', i // 12) AS contract,
       line, CAST(1 + a % 20 // 19 AS INTEGER) AS version, firms.consented,
       getvariable('periods')[1 + turn] AS period,
       getvariable('quarters')[
           1 + turn + {before} - CASE WHEN a // 20 % 100 < 90 THEN 0 WHEN a // 20 % 100 < 97 THEN 1 ELSE 2 END
       ] AS occurred,
       CASE WHEN is_signed THEN 'contract' WHEN is_free AND a // 2003 % 200 = 0 THEN 'subcontracted'
            ELSE 'execution' END AS measure,
       firms.division, firms.size,
       CASE WHEN is_onshore THEN 'CHN'
            ELSE coalesce(
                market, getvariable('markets')[1 + CAST(floor(pow(u, 2.5) * len(getvariable('markets'))) AS INTEGER)]
            )
       END AS market,
       getvariable('categories')[1 + CAST(floor(w * w * len(getvariable('categories'))) AS INTEGER)] AS category,
       CASE WHEN is_onshore OR a // 7 % 4 > 0 THEN '' ELSE
           ['cross_border', 'consumption_abroad', 'commercial_presence', 'presence_of_persons'][1 + a // 31 % 4] END
           AS supply,
       CASE WHEN b % 50 < 47 THEN '' ELSE ['crowdsourcing', 'cloud', 'platform'][b % 50 - 46] END AS new_mode,
       CASE WHEN is_onshore THEN 'onshore' WHEN is_free AND a // 100003 % 40 = 0 THEN 'overseas'
            ELSE 'offshore' END AS mode,
       CAST(is_signed AS INTEGER) AS count, CASE WHEN is_onshore THEN 'CNY' ELSE 'USD' END AS currency,
       CASE WHEN is_onshore THEN 7 * usd ELSE usd END AS cents, usd AS usd_cents, 7 * usd + a % 100 AS cny_cents,
       usd - b % 1000 AS usd_then_cents, 7 * usd - b % 3000 AS cny_then_cents
FROM (
    SELECT drawn.*, market, u_bits / 1048576.0 AS u, w_bits / 1048576.0 AS w,
           coalesce(always.is_signed, a // 5 % 5 = 0) AS is_signed,
           coalesce(always.is_onshore, a // 1009 % 100 < 55) AS is_onshore,
           coalesce(always.turn, a // 30011 % {quarters}) AS turn, always.turn IS NULL AS is_free,
           CAST(100 + exp(6 + 9 * (b // 1048576 % 1000) / 1000.0) * (50 + b % 97) AS BIGINT) AS usd
    FROM (
        SELECT i, CAST(floor(pow((i + 0.5) / {facts}, 1.6) * {firms}) AS BIGINT) AS number,
               CAST(hash(i + {seed}) % 4611686018427387903 AS BIGINT) AS a,
               CAST(hash(i * 3 + {seed} + 1) % 4611686018427387903 AS BIGINT) AS b,
               CAST(hash(i * 5 + {seed} + 2) % 1048576 AS BIGINT) AS u_bits,
               CAST(hash(i * 7 + {seed} + 3) % 1048576 AS BIGINT) AS w_bits,
               format('{{:016x}}{{:016x}}', hash(i + {seed}), hash(i - {seed})) AS line
        FROM range({facts}) lines(i)
    ) drawn LEFT JOIN always USING (i)
) lines JOIN firms ON firms.number = lines.number
"""


@dataclass(frozen=True)
class Synthetic:
    """So many facts, spread evenly over the quarters up to and with `quarter`."""

    facts: int
    quarter: Quarter = Quarter(2020, 4)
    quarters: int = 8
    seed: int = SEED

    @property
    def firms(self) -> int:
        return max(self.facts // LINES_OF_A_FIRM, 40)

    @property
    def periods(self) -> list[str]:
        return [str(self.quarter.shift(-back)) for back in reversed(range(self.quarters))]

    def write(self, path: Path) -> Path:
        """The facts as Parquet, ordered by firm as those of a release are, but for a few neighbours."""
        with self._prepared() as db:
            lines = LINES.format(facts=self.facts, firms=self.firms, seed=self.seed, quarters=self.quarters, before=2)
            db.execute(f"COPY ({lines}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path

    def filings(self) -> Iterator[CubeFiling]:
        """Every firm files for nine periods of ten."""
        with self._prepared() as db:
            rows = db.execute(
                "SELECT code, period, division FROM firms, (SELECT unnest(getvariable('periods')) AS period) "
                "WHERE hash(code || period) % 10 > 0 ORDER BY ALL"
            )
            while some := rows.fetchmany(10_000):
                yield from (CubeFiling(*row) for row in some)

    def _prepared(self) -> duckdb.DuckDBPyConnection:
        db = duckdb.connect(":memory:", config={"memory_limit": "1GB"})
        # Else it would hold all lines in memory and look up the few.
        db.execute("SET disabled_optimizers = 'build_side_probe_side'")
        quarters = [str(self.quarter.shift(-back)) for back in reversed(range(self.quarters + 2))]
        cities, elsewhere = divisions()
        lists = {"periods": self.periods, "quarters": quarters, "cities": cities, "elsewhere": elsewhere}
        for name, values in (lists | {"markets": markets(), "categories": categories()}).items():
            db.execute(f"SET VARIABLE {name} = ?", [values])
        draw = f"(CAST(hash(i + {self.seed}) % 4611686018427387903 AS BIGINT))"
        sizes = {"facts": self.facts, "firms": self.firms, "quarters": self.quarters, "enough": ENOUGH}
        db.execute(FIRMS.format(draw=draw, share=IN_DEMONSTRATION_CITIES, **sizes))
        db.execute(ALWAYS.format(**sizes))
        return db


def demonstration_cities() -> list[str]:
    rows = RegionMember.objects.filter(region__scheme="so_demo_city").order_by("division")
    return list(rows.values_list("division", flat=True).distinct())


def divisions() -> tuple[list[str], list[str]]:
    """The demonstration cities, and the other prefectures."""
    cities = demonstration_cities()
    others = Division.objects.filter(level="prefecture").exclude(code__in=cities).order_by("code")
    return cities, list(others.values_list("code", flat=True))


def markets() -> list[str]:
    return list(Market.objects.exclude(pk="CHN").order_by("pk").values_list("pk", flat=True)[:MARKETS])


def categories() -> Sequence[str]:
    """Those that lines are filed under: the third level."""
    rows = ServiceCategory.objects.order_by("code").values_list("code", flat=True)
    parents = set(ServiceCategory.objects.values_list("parent", flat=True))
    return [code for code in rows if code not in parents]
