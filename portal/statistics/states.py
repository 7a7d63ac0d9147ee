"""The SQL of the cube's second half: from what controllers have in figures of divisions to the cells of all places.

Read with `sums.py`, whose tables it goes on from, slice by slice as far as `states` and `spread`. How the largest two
of a group are had is the engine's own (`largest_two`): ranking them in standard SQL costs twice as much.
"""

# The places that hold each division, by number.
PLACE_NUMBERS = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY place) AS SMALLINT) AS number, place
FROM (SELECT DISTINCT place FROM places) known
"""
HOMES = """
SELECT homes.home, names.number AS place, places.side
FROM places
JOIN (SELECT DISTINCT division, home FROM seats) homes ON homes.division = places.division
JOIN place_numbers names ON names.place = places.place
"""

# A figure of a division, of the controllers that sit nowhere else. What is *open* is of those that have not consented;
# the largest two among these are what the disclosure rules look at.
STATES = """
SELECT figure, home, usd, cny, number, controllers, open_controllers, open_usd, {first} AS first,
       COALESCE({second}, 0) AS second, first_cny
FROM (
    SELECT figure, home, CAST(SUM(usd) AS BIGINT) AS usd, CAST(SUM(cny) AS BIGINT) AS cny,
           CAST(SUM(number) AS BIGINT) AS number, COUNT(*) AS controllers,
           CAST(SUM(1 - consented) AS BIGINT) AS open_controllers, CAST(SUM(open_usd) AS BIGINT) AS open_usd,
           {largest} AS largest, MAX((1 - consented) * ABS(cny)) AS first_cny
    FROM (
        SELECT held.*, seats.home, (1 - held.consented) * ABS(held.usd) AS open_usd
        FROM held JOIN seats ON seats.seat = held.seat
        WHERE seats.spread = 0
    ) seated
    GROUP BY figure, home
) known
"""

# A controller that sits in several divisions is counted in every place that holds one of them.
SPREAD = """
SELECT figure, place, usd, cny, number, controllers, open_controllers, open_usd, {first} AS first,
       COALESCE({second}, 0) AS second, first_cny
FROM (
    SELECT figure, place, CAST(SUM(usd) AS BIGINT) AS usd, CAST(SUM(cny) AS BIGINT) AS cny,
           CAST(SUM(number) AS BIGINT) AS number, COUNT(*) AS controllers,
           CAST(SUM(1 - consented) AS BIGINT) AS open_controllers, CAST(SUM(open_usd) AS BIGINT) AS open_usd,
           {largest} AS largest, MAX((1 - consented) * ABS(cny)) AS first_cny
    FROM (
        SELECT whole.*, (1 - consented) * ABS(usd) AS open_usd
        FROM (
            SELECT held.figure, homes.place, seats.holder, MIN(held.consented) AS consented,
                   CAST(SUM(held.usd) AS BIGINT) AS usd, CAST(SUM(held.cny) AS BIGINT) AS cny,
                   CAST(SUM(held.number) AS BIGINT) AS number
            FROM held
            JOIN seats ON seats.seat = held.seat
            JOIN figures ON figures.figure = held.figure
            JOIN homes ON homes.home = seats.home AND (homes.side = '' OR homes.side = figures.side)
            WHERE seats.spread = 1
            GROUP BY held.figure, homes.place, seats.holder
        ) whole
    ) placed
    GROUP BY figure, place
) known
"""

# The states of a place's divisions and of those controllers. Read twice instead of kept: there are many.
PLACED = """
SELECT states.figure, homes.place, usd, cny, number, controllers, open_controllers, open_usd, first, second, first_cny
FROM states
JOIN figures ON figures.figure = states.figure
JOIN homes ON homes.home = states.home AND (homes.side = '' OR homes.side = figures.side)
UNION ALL
SELECT figure, place, usd, cny, number, controllers, open_controllers, open_usd, first, second, first_cny FROM spread
"""

MERGED = f"""
SELECT figure, place, CAST(SUM(usd) AS BIGINT) AS usd, CAST(SUM(cny) AS BIGINT) AS cny,
       CAST(SUM(number) AS BIGINT) AS number, CAST(SUM(controllers) AS BIGINT) AS controllers,
       CAST(SUM(open_controllers) AS BIGINT) AS open_controllers, CAST(SUM(open_usd) AS BIGINT) AS open_usd,
       MAX(first) AS first, MAX(first_cny) AS first_cny
FROM ({PLACED}) placed
GROUP BY figure, place
"""

# Of a place's two largest, one heads a state. The other heads another, or comes second in the same: where two are as
# large as the first, the first again.
SECONDS = f"""
SELECT placed.figure, placed.place,
       CASE WHEN SUM(CASE WHEN placed.first = merged.first THEN 1 ELSE 0 END) > 1 THEN merged.first
            ELSE MAX(CASE WHEN placed.first = merged.first THEN placed.second ELSE placed.first END) END AS second
FROM ({PLACED}) placed
JOIN merged ON merged.figure = placed.figure AND merged.place = placed.place
WHERE merged.open_controllers > 1
GROUP BY placed.figure, placed.place, merged.first
"""

# In canonical order.
CELLS = """
SELECT merged.figure, merged.place, merged.usd, merged.cny, merged.number, merged.controllers, merged.open_controllers,
       merged.open_usd, merged.first, COALESCE(seconds.second, 0), merged.first_cny
FROM merged
JOIN figures ON figures.figure = merged.figure
LEFT JOIN seconds ON seconds.figure = merged.figure AND seconds.place = merged.place
ORDER BY figures.span, merged.place, merged.figure
"""

FIRMS = """
SELECT spans.span, places.place, COUNT(DISTINCT filings.firm)
FROM filings JOIN spans ON spans.period = filings.period JOIN places ON places.division = filings.division
WHERE places.side = '' OR places.side = spans.side
GROUP BY spans.span, places.place
"""

# Firms that filed on both sides, nil returns included, where they are now.
MATCHED = """
SELECT now.target, places.place, COUNT(DISTINCT now.firm)
FROM (SELECT DISTINCT spans.target, filings.firm, filings.division
      FROM filings JOIN spans ON spans.period = filings.period AND spans.side = 'now') now
JOIN (SELECT DISTINCT spans.target, filings.firm
      FROM filings JOIN spans ON spans.period = filings.period AND spans.side = 'base') base
  ON base.target = now.target AND base.firm = now.firm
JOIN places ON places.division = now.division AND places.side = ''
GROUP BY now.target, places.place
"""

# Each firm of a place in the quarter: for the leading ones and for concentration.
BY_FIRM = """
SELECT 'quarter' AS span, places.place, known.measure, known.mode, firms.firm, MIN(known.consented) AS consented,
       CAST(SUM(known.usd) AS BIGINT) AS usd, CAST(SUM(known.cny) AS BIGINT) AS cny
FROM (
    SELECT seats.division, kinds.measure, kinds.mode, lines.firm, MIN(lines.consented) AS consented,
           SUM(lines.usd) AS usd, SUM(lines.cny) AS cny
    FROM lines
    JOIN kinds ON kinds.kind = lines.kind
    JOIN spans ON spans.period = kinds.period AND spans.span = 'quarter'
    JOIN seats ON seats.seat = lines.seat
    WHERE kinds.mode IN ('offshore', 'onshore') AND kinds.measure IN ('contract', 'execution')
    GROUP BY seats.division, kinds.measure, kinds.mode, lines.firm
) known
JOIN firms ON firms.number = known.firm
JOIN places ON places.division = known.division AND places.side = ''
GROUP BY places.place, known.measure, known.mode, firms.firm
"""
BY_PLACE = " ORDER BY places.place, known.mode"
