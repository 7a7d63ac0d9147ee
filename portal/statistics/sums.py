"""The SQL of the cube: from facts to what each controller contributes to each cell, and from there to cells.

Standard SQL (GROUPING SETS, window functions) that DuckDB and Spark both run. Tables that it reads:

    facts       one counted line each, as `CubeFact`
    filings     firm, period, division
    spans       period, span, side (now | base), target (quarter | to_date)
    places      division, place, side ('' for both)
    members     leaf_of, leaf, cut, member, side ('' for both)
    tabulated   cut, mode, span: which cells there are
"""

# The only pass over all facts: what each controller has, whole and by each leaf.
LEAVES = """
SELECT period, division, measure, mode, controller, MIN(consented) AS consented,
       CASE WHEN GROUPING(market) = 0 THEN 'market' WHEN GROUPING(category) = 0 THEN 'category'
            WHEN GROUPING(size) = 0 THEN 'size' WHEN GROUPING(occurred) = 0 THEN 'occurred'
            WHEN GROUPING(supply) = 0 THEN 'supply' WHEN GROUPING(new_mode) = 0 THEN 'new_mode'
            ELSE '' END AS leaf_of,
       COALESCE(market, category, size, occurred, supply, new_mode, '') AS leaf,
       CAST(SUM(usd_cents) AS BIGINT) AS usd, CAST(SUM(cny_cents) AS BIGINT) AS cny,
       CAST(SUM(count) AS BIGINT) AS number
FROM facts
GROUP BY GROUPING SETS (
    (period, division, measure, mode, controller),
    (period, division, measure, mode, controller, market),
    (period, division, measure, mode, controller, category),
    (period, division, measure, mode, controller, size),
    (period, division, measure, mode, controller, occurred),
    (period, division, measure, mode, controller, supply),
    (period, division, measure, mode, controller, new_mode)
)
"""

# Leaves that are their own member: a market, a size, the whole. The others are named in `members`.
OWN_MEMBERS = """
SELECT leaf_of, leaf, cut, member, side FROM members
UNION ALL
SELECT DISTINCT leaf_of, leaf, leaf_of AS cut, leaf AS member, '' AS side FROM leaves
WHERE leaf_of IN ('', 'market', 'size', 'occurred', 'supply') OR (leaf_of = 'new_mode' AND leaf <> '')
"""

# Onshore and offshore also count in the total.
IN_MODES = """
SELECT * FROM {table}
UNION ALL
SELECT {columns} FROM {table} WHERE mode <> 'overseas'
"""

CONTRIBUTIONS = """
SELECT spans.span, places.place, leaves.measure, leaves.mode, known.cut, known.member, leaves.controller,
       MIN(leaves.consented) AS consented, CAST(SUM(leaves.usd) AS BIGINT) AS usd,
       CAST(SUM(leaves.cny) AS BIGINT) AS cny, CAST(SUM(leaves.number) AS BIGINT) AS number
FROM leaves_in_modes leaves
JOIN known_members known ON known.leaf_of = leaves.leaf_of AND known.leaf = leaves.leaf
JOIN spans ON spans.period = leaves.period
JOIN tabulated ON tabulated.cut = known.cut AND tabulated.mode = leaves.mode AND tabulated.span = spans.span
JOIN places ON places.division = leaves.division
WHERE (known.side = '' OR (known.side = spans.side AND places.side = ''))
  AND (places.side = '' OR (places.side = spans.side AND known.cut = ''))
  AND (leaves.measure <> 'subcontracted' OR known.cut = '')
GROUP BY spans.span, places.place, leaves.measure, leaves.mode, known.cut, known.member, leaves.controller
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

BRIDGE_CONTRIBUTIONS = """
SELECT parts.span, places.place, parts.measure, parts.mode, parts.cut, parts.member, parts.controller,
       MIN(parts.consented) AS consented, CAST(SUM(parts.usd) AS BIGINT) AS usd,
       CAST(SUM(parts.cny) AS BIGINT) AS cny, CAST(0 AS BIGINT) AS number
FROM parts_in_modes parts
JOIN places ON places.division = parts.division AND places.side = ''
GROUP BY parts.span, places.place, parts.measure, parts.mode, parts.cut, parts.member, parts.controller
"""

# The largest two stand at the head of those that have not consented: what the disclosure rules look at.
CELLS = """
SELECT span, place, measure, mode, cut, member, CAST(SUM(usd) AS BIGINT), CAST(SUM(cny) AS BIGINT),
       CAST(SUM(number) AS BIGINT), COUNT(*), CAST(SUM(1 - consented) AS BIGINT),
       CAST(SUM((1 - consented) * ABS(usd)) AS BIGINT),
       CAST(SUM(CASE WHEN consented = 0 AND place_in_line = 1 THEN ABS(usd) ELSE 0 END) AS BIGINT),
       CAST(SUM(CASE WHEN consented = 0 AND place_in_line = 2 THEN ABS(usd) ELSE 0 END) AS BIGINT),
       CAST(MAX((1 - consented) * ABS(cny)) AS BIGINT)
FROM (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY span, place, measure, mode, cut, member ORDER BY consented, ABS(usd) DESC, controller
    ) AS place_in_line
    FROM contributions
) ranked
GROUP BY span, place, measure, mode, cut, member
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
