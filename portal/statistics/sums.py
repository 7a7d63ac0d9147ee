"""The SQL of the cube: from facts to what each controller has in each figure of its division, and from there to cells.

Standard SQL (GROUPING SETS, window functions) that DuckDB and Spark both run. Tables that it reads:

    facts       one counted line each, as `CubeFact`
    filings     firm, period, division
    spans       period, span, side (now | base), target (quarter | to_date)
    places      division, place, side ('' for both)
    members     leaf_of, leaf, cut, member, side ('' for both)
    tabulated   cut, mode, span: which cells there are

Texts are given numbers first, since grouping by numbers is what makes millions of facts quick. Then a controller that
sits in one division is counted there once, whatever places hold the division: each figure of a division becomes a
*state* (sums, how many, the largest two) and states are merged for every place. Only controllers with firms in several
divisions are counted for each place anew.
"""

# A controller in a division. `spread` is 1 when it is in several.
SEATS = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY controller, division) AS INTEGER) AS seat, controller, division,
       CASE WHEN COUNT(*) OVER (PARTITION BY controller) > 1 THEN 1 ELSE 0 END AS spread
FROM ({}) known
"""
SEATED = "SELECT controller, division FROM {} GROUP BY controller, division"

KINDS = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY period, measure, mode) AS INTEGER) AS kind, period, measure, mode
FROM (SELECT DISTINCT period, measure, mode FROM facts) known
"""

# Every leaf of every dimension, numbered through; the whole is leaf 0.
LEAVES = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY leaf_of, leaf) AS INTEGER) - 1 AS number, leaf_of, leaf
FROM (
    SELECT '' AS leaf_of, '' AS leaf
    UNION ALL SELECT DISTINCT 'market', market FROM facts
    UNION ALL SELECT DISTINCT 'category', category FROM facts
    UNION ALL SELECT DISTINCT 'size', size FROM facts
    UNION ALL SELECT DISTINCT 'occurred', occurred FROM facts
    UNION ALL SELECT DISTINCT 'supply', supply FROM facts
    UNION ALL SELECT DISTINCT 'new_mode', new_mode FROM facts
) known
"""

# What each controller has in a division, whole and by each leaf: the pass over all facts.
COUNTED = """
SELECT kind, seat, COALESCE(market, category, size, occurred, supply, new_mode, 0) AS leaf,
       MIN(consented) AS consented, CAST(SUM(usd_cents) AS BIGINT) AS usd, CAST(SUM(cny_cents) AS BIGINT) AS cny,
       CAST(SUM(count) AS BIGINT) AS number
FROM (
    SELECT kinds.kind, seats.seat, market.number AS market, category.number AS category, size.number AS size,
           occurred.number AS occurred, supply.number AS supply, new_mode.number AS new_mode,
           facts.consented, facts.usd_cents, facts.cny_cents, facts.count
    FROM facts
    JOIN seats ON seats.controller = facts.controller AND seats.division = facts.division
    JOIN kinds ON kinds.period = facts.period AND kinds.measure = facts.measure AND kinds.mode = facts.mode
    JOIN leaves market ON market.leaf_of = 'market' AND market.leaf = facts.market
    JOIN leaves category ON category.leaf_of = 'category' AND category.leaf = facts.category
    JOIN leaves size ON size.leaf_of = 'size' AND size.leaf = facts.size
    JOIN leaves occurred ON occurred.leaf_of = 'occurred' AND occurred.leaf = facts.occurred
    JOIN leaves supply ON supply.leaf_of = 'supply' AND supply.leaf = facts.supply
    JOIN leaves new_mode ON new_mode.leaf_of = 'new_mode' AND new_mode.leaf = facts.new_mode
) numbered
GROUP BY GROUPING SETS (
    (kind, seat), (kind, seat, market), (kind, seat, category), (kind, seat, size), (kind, seat, occurred),
    (kind, seat, supply), (kind, seat, new_mode)
)
"""

# Leaves that are their own member: a market, a size, the whole. The others are named in `members`.
OWN_MEMBERS = """
SELECT leaf_of, leaf, cut, member, side FROM members
UNION ALL
SELECT leaf_of, leaf, leaf_of AS cut, leaf AS member, '' AS side FROM leaves
WHERE leaf_of IN ('', 'market', 'size', 'occurred', 'supply') OR (leaf_of = 'new_mode' AND leaf <> '')
"""

# Onshore and offshore also count in the total.
IN_MODES = """
SELECT * FROM {table}
UNION ALL
SELECT {columns} FROM {table} WHERE mode <> 'overseas'
"""

# The figures that a leaf of a kind of line counts in.
WAYS = """
SELECT kinds.kind, leaves.number AS leaf, spans.span, kinds.measure, kinds.mode, known.cut, known.member
FROM kinds_in_modes kinds
JOIN spans ON spans.period = kinds.period
JOIN tabulated ON tabulated.mode = kinds.mode AND tabulated.span = spans.span
JOIN known_members known ON known.cut = tabulated.cut
JOIN leaves ON leaves.leaf_of = known.leaf_of AND leaves.leaf = known.leaf
WHERE (known.side = '' OR known.side = spans.side) AND (kinds.measure <> 'subcontracted' OR known.cut = '')
"""

# All figures that a place can have, numbered. Their side decides which of a place's lists of divisions they follow.
FIGURES = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY known.span, measure, mode, cut, member) AS INTEGER) AS figure, known.span,
       measure, mode, cut, member, CASE WHEN cut = '' THEN sides.side ELSE '' END AS side
FROM (
    SELECT span, measure, mode, cut, member FROM ways
    UNION
    SELECT span, measure, mode, cut, member FROM parts_in_modes
) known
JOIN (SELECT DISTINCT span, side FROM spans) sides ON sides.span = known.span
"""

# What each controller has in each figure of its division.
HELD = """
SELECT ways.figure, counted.seat, MIN(counted.consented) AS consented, CAST(SUM(counted.usd) AS BIGINT) AS usd,
       CAST(SUM(counted.cny) AS BIGINT) AS cny, CAST(SUM(counted.number) AS BIGINT) AS number
FROM counted
JOIN (
    SELECT ways.kind, ways.leaf, figures.figure FROM ways JOIN figures
    ON figures.span = ways.span AND figures.measure = ways.measure AND figures.mode = ways.mode
       AND figures.cut = ways.cut AND figures.member = ways.member
) ways ON ways.kind = counted.kind AND ways.leaf = counted.leaf
GROUP BY ways.figure, counted.seat
UNION ALL
SELECT figures.figure, seats.seat, MIN(parts.consented), CAST(SUM(parts.usd) AS BIGINT), CAST(SUM(parts.cny) AS BIGINT),
       CAST(0 AS BIGINT)
FROM parts_in_modes parts
JOIN figures ON figures.span = parts.span AND figures.measure = parts.measure AND figures.mode = parts.mode
     AND figures.cut = parts.cut AND figures.member = parts.member
JOIN seats ON seats.controller = parts.controller AND seats.division = parts.division
GROUP BY figures.figure, seats.seat
"""

# Each line by what happened to it between the base and now: the first that fits.
MOTIONS = """
SELECT spans.target, spans.side, facts.division, facts.measure, facts.mode, facts.firm, facts.controller,
       MIN(facts.consented) AS consented,
       CASE WHEN facts.occurred < facts.period THEN 'back_filed'
            WHEN spans.side = 'now' AND other.firm IS NULL THEN 'new'
            WHEN spans.side = 'base' AND other.firm IS NULL THEN 'gone'
            ELSE 'continuing' END AS kind,
       CAST(SUM(facts.usd_cents) AS BIGINT) AS usd, CAST(SUM(facts.cny_cents) AS BIGINT) AS cny,
       CAST(SUM(facts.usd_then_cents) AS BIGINT) AS usd_then, CAST(SUM(facts.cny_then_cents) AS BIGINT) AS cny_then
FROM facts
JOIN spans ON spans.period = facts.period
LEFT JOIN (SELECT DISTINCT spans.target, spans.side, filings.firm FROM filings JOIN spans USING (period)) other
       ON other.target = spans.target AND other.side <> spans.side AND other.firm = facts.firm
WHERE facts.measure IN ('contract', 'execution') AND facts.mode <> 'overseas'
GROUP BY spans.target, spans.side, facts.division, facts.measure, facts.mode, facts.firm, facts.controller,
         CASE WHEN facts.occurred < facts.period THEN 'back_filed'
              WHEN spans.side = 'now' AND other.firm IS NULL THEN 'new'
              WHEN spans.side = 'base' AND other.firm IS NULL THEN 'gone'
              ELSE 'continuing' END
"""

# Each motion as parts of the bridge, and the continuing firms' sums.
PARTS = """
SELECT target AS span, division, measure, mode, 'bridge' AS cut, kind AS member, controller, consented, '' AS firm,
       CASE WHEN side = 'now' THEN usd ELSE -usd END AS usd, CASE WHEN side = 'now' THEN cny ELSE -cny END AS cny
FROM motions WHERE kind <> 'continuing'
UNION ALL
SELECT target, division, measure, mode, 'bridge', 'exchange', controller, consented, '', usd - usd_then, cny - cny_then
FROM motions WHERE kind = 'continuing' AND side = 'now' AND (usd <> usd_then OR cny <> cny_then)
UNION ALL
SELECT target, division, measure, mode, 'bridge', 'real', controller, consented, '',
       CASE WHEN side = 'now' THEN usd_then ELSE -usd END, CASE WHEN side = 'now' THEN cny_then ELSE -cny END
FROM motions WHERE kind = 'continuing'
UNION ALL
SELECT CASE WHEN side = 'now' THEN target ELSE CONCAT(target, '_base') END, division, measure, mode, 'same_firm', '',
       controller, consented, firm, usd, cny
FROM motions WHERE kind = 'continuing'
"""

# What the base is now known to be, less what was published of it.
REVISIONS = """
SELECT spans.target AS span, either.division, either.measure, either.mode, 'bridge' AS cut, 'revision' AS member,
       either.controller, MIN(either.consented) AS consented, '' AS firm, CAST(SUM(either.usd) AS BIGINT) AS usd,
       CAST(SUM(either.cny) AS BIGINT) AS cny
FROM (
    SELECT period, division, measure, mode, controller, consented, usd_cents AS usd, cny_cents AS cny FROM facts
    UNION ALL
    SELECT period, division, measure, mode, controller, consented, -usd_cents, -cny_cents FROM published
) either
JOIN spans ON spans.period = either.period AND spans.side = 'base'
WHERE either.measure IN ('contract', 'execution') AND either.mode <> 'overseas'
GROUP BY spans.target, either.division, either.measure, either.mode, either.controller
HAVING SUM(either.usd) <> 0 OR SUM(either.cny) <> 0
"""

# A figure of a division, of the controllers that sit nowhere else. What is *open* is of those that have not consented;
# the largest two among these are what the disclosure rules look at.
STATES = """
SELECT figure, division, CAST(SUM(usd) AS BIGINT) AS usd, CAST(SUM(cny) AS BIGINT) AS cny,
       CAST(SUM(number) AS BIGINT) AS number, COUNT(*) AS controllers,
       CAST(SUM(1 - consented) AS BIGINT) AS open_controllers, CAST(SUM(open_usd) AS BIGINT) AS open_usd,
       MAX(CASE WHEN place_in_line = 1 THEN open_usd ELSE 0 END) AS first,
       MAX(CASE WHEN place_in_line = 2 THEN open_usd ELSE 0 END) AS second,
       MAX((1 - consented) * ABS(cny)) AS first_cny
FROM (
    SELECT held.*, seats.division, (1 - held.consented) * ABS(held.usd) AS open_usd, ROW_NUMBER() OVER (
        PARTITION BY held.figure, seats.division ORDER BY (1 - held.consented) * ABS(held.usd) DESC
    ) AS place_in_line
    FROM held JOIN seats ON seats.seat = held.seat
    WHERE seats.spread = 0
) ranked
GROUP BY figure, division
"""

# A controller that sits in several divisions is a state of its own in every place.
SPREAD = """
SELECT figure, place, usd, cny, number, CAST(1 AS BIGINT) AS controllers, 1 - consented AS open_controllers,
       (1 - consented) * ABS(usd) AS open_usd, (1 - consented) * ABS(usd) AS first, 0 AS second,
       (1 - consented) * ABS(cny) AS first_cny
FROM (
    SELECT held.figure, places.place, seats.controller, MIN(held.consented) AS consented,
           CAST(SUM(held.usd) AS BIGINT) AS usd, CAST(SUM(held.cny) AS BIGINT) AS cny,
           CAST(SUM(held.number) AS BIGINT) AS number
    FROM held
    JOIN seats ON seats.seat = held.seat
    JOIN figures ON figures.figure = held.figure
    JOIN places ON places.division = seats.division AND (places.side = '' OR places.side = figures.side)
    WHERE seats.spread = 1
    GROUP BY held.figure, places.place, seats.controller
) spread
"""

# The states of a place's divisions and of those controllers. Read twice instead of kept: there are many.
PLACED = """
SELECT states.figure, places.place, usd, cny, number, controllers, open_controllers, open_usd, first, second, first_cny
FROM states
JOIN figures ON figures.figure = states.figure
JOIN places ON places.division = states.division AND (places.side = '' OR places.side = figures.side)
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

CELLS = """
SELECT figures.span, merged.place, figures.measure, figures.mode, figures.cut, figures.member, merged.usd, merged.cny,
       merged.number, merged.controllers, merged.open_controllers, merged.open_usd, merged.first,
       COALESCE(seconds.second, 0), merged.first_cny
FROM merged
JOIN figures ON figures.figure = merged.figure
LEFT JOIN seconds ON seconds.figure = merged.figure AND seconds.place = merged.place
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
SELECT 'quarter' AS span, places.place, facts.measure, facts.mode, facts.firm, MIN(facts.consented) AS consented,
       CAST(SUM(facts.usd_cents) AS BIGINT) AS usd, CAST(SUM(facts.cny_cents) AS BIGINT) AS cny
FROM facts
JOIN spans ON spans.period = facts.period AND spans.span = 'quarter'
JOIN places ON places.division = facts.division AND places.side = ''
WHERE facts.mode IN ('offshore', 'onshore') AND facts.measure IN ('contract', 'execution')
GROUP BY places.place, facts.measure, facts.mode, facts.firm
"""
