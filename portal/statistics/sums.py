"""The SQL of the cube: from facts to what each controller has in each figure of its division, and from there to cells.

Standard SQL (GROUPING SETS, window functions) that DuckDB and Spark both run. Tables that it reads:

    facts       one counted line each, as `CubeFact`
    filings     firm, period, division
    spans       period, span, side (now | base), target (quarter | to_date)
    places      division, place, side ('' for both)
    members     leaf_of, leaf, cut, member, side ('' for both)
    tabulated   cut, mode, span: which cells there are

Texts are given numbers first, since grouping by numbers is what makes millions of facts quick, and facts are put in the
order of their *seats*: a controller in a division. Then they are counted slice by slice, so that what is being grouped
stays small. A controller that sits in one division is counted there once, whatever places hold the division: each
figure of a division becomes a *state* (sums, how many, the largest two) and states are merged for every place. Only
controllers with firms in several divisions are counted for each place anew.
"""

# A controller in a division. `spread` is 1 when it is in several. Seats of a division, and those of a spread
# controller, stand beside one another.
SEATS = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY spread, CASE WHEN spread = 1 THEN '' ELSE division END, controller, division)
       AS INTEGER) AS seat, CAST(DENSE_RANK() OVER (ORDER BY controller) AS INTEGER) AS holder,
       CAST(DENSE_RANK() OVER (ORDER BY division) AS SMALLINT) AS home, controller, division, spread
FROM (
    SELECT controller, division, CASE WHEN COUNT(*) OVER (PARTITION BY controller) > 1 THEN 1 ELSE 0 END AS spread
    FROM ({}) known
) known
"""
SEATED = "SELECT controller, division FROM {} GROUP BY controller, division"

FIRMS = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY firm) AS INTEGER) AS number, firm FROM (SELECT DISTINCT firm FROM facts) known
"""

KINDS = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY period, measure, mode) AS SMALLINT) AS kind, period, measure, mode
FROM ({}) known
"""
OF_KIND = "SELECT period, measure, mode FROM {} GROUP BY period, measure, mode"

# Every leaf of every dimension, numbered through; the whole is leaf 0.
LEAVES = """
SELECT CAST(ROW_NUMBER() OVER (ORDER BY leaf_of, leaf) - 1 AS SMALLINT) AS number, leaf_of, leaf
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

# What lines have in common besides their seat, market and category, in numbers: some thousand combinations, so that a
# line is looked up once for all of these.
COMBINATIONS = """
SELECT known.*, kinds.kind, sizes.number AS of_size, quarters.number AS of_occurred, supplies.number AS of_supply,
       modes.number AS of_new_mode, CASE WHEN known.occurred < known.period THEN 1 ELSE 0 END AS is_late
FROM (
    SELECT period, measure, mode, size, occurred, supply, new_mode FROM facts
    GROUP BY period, measure, mode, size, occurred, supply, new_mode
) known
JOIN kinds ON kinds.period = known.period AND kinds.measure = known.measure AND kinds.mode = known.mode
JOIN leaves sizes ON sizes.leaf_of = 'size' AND sizes.leaf = known.size
JOIN leaves quarters ON quarters.leaf_of = 'occurred' AND quarters.leaf = known.occurred
JOIN leaves supplies ON supplies.leaf_of = 'supply' AND supplies.leaf = known.supply
JOIN leaves modes ON modes.leaf_of = 'new_mode' AND modes.leaf = known.new_mode
"""

# Facts in numbers, in the order of their seats: the only time that all of them are read.
LINES = """
SELECT seats.seat, known.kind, firms.number AS firm, market.number AS market, category.number AS category,
       known.of_size AS size, known.of_occurred AS occurred, known.of_supply AS supply, known.of_new_mode AS new_mode,
       known.is_late, facts.consented, facts.count AS number, facts.usd_cents AS usd, facts.cny_cents AS cny,
       facts.usd_then_cents AS usd_then, facts.cny_then_cents AS cny_then
FROM facts
JOIN seats ON seats.controller = facts.controller AND seats.division = facts.division
JOIN firms ON firms.firm = facts.firm
JOIN combinations known ON known.period = facts.period AND known.measure = facts.measure AND known.mode = facts.mode
     AND known.size = facts.size AND known.occurred = facts.occurred AND known.supply = facts.supply
     AND known.new_mode = facts.new_mode
JOIN leaves market ON market.leaf_of = 'market' AND market.leaf = facts.market
JOIN leaves category ON category.leaf_of = 'category' AND category.leaf = facts.category
ORDER BY seats.seat
"""

# How many lines there are where slices may begin: a division, or a spread controller, is never cut in two.
STRETCHES = """
SELECT MIN(seats.seat), MAX(seats.seat), CAST(SUM(COALESCE(known.lines, 0)) AS BIGINT)
FROM seats LEFT JOIN (SELECT seat, COUNT(*) AS lines FROM lines GROUP BY seat) known ON known.seat = seats.seat
GROUP BY CASE WHEN seats.spread = 1 THEN seats.holder ELSE -seats.home END
ORDER BY 1
"""

LAST_SEAT = 2**31 - 1

# What each controller has in a division, whole and by each leaf.
COUNTED = """
SELECT kind, seat, COALESCE(market, category, size, occurred, supply, new_mode, 0) AS leaf,
       MIN(consented) AS consented, CAST(SUM(usd) AS BIGINT) AS usd, CAST(SUM(cny) AS BIGINT) AS cny,
       CAST(SUM(number) AS BIGINT) AS number
FROM lines WHERE seat BETWEEN {} AND {}
GROUP BY GROUPING SETS (
    (kind, seat), (kind, seat, market), (kind, seat, category), (kind, seat, size), (kind, seat, occurred),
    (kind, seat, supply), (kind, seat, new_mode)
)
"""

# Leaves that are their own member: a market, a size, the whole. The others are named in `members`.
KNOWN_MEMBERS = """
SELECT leaf_of, leaf, cut, member, side FROM members
UNION ALL
SELECT leaf_of, leaf, leaf_of AS cut, leaf AS member, '' AS side FROM leaves
WHERE leaf_of IN ('', 'market', 'size', 'occurred', 'supply', 'new_mode')
"""

# Onshore and offshore also count in the total.
KINDS_IN_MODES = """
SELECT * FROM kinds UNION ALL SELECT kind, period, measure, 'total' FROM kinds WHERE mode <> 'overseas'
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
    SELECT span, measure, mode, cut, member FROM parts
) known
JOIN (SELECT DISTINCT span, side FROM spans) sides ON sides.span = known.span
"""

# The same, by the number of the figure.
WAYS_NUMBERED = """
SELECT ways.kind, ways.leaf, figures.figure
FROM ways
JOIN figures ON figures.span = ways.span AND figures.measure = ways.measure AND figures.mode = ways.mode
     AND figures.cut = ways.cut AND figures.member = ways.member
"""

# What each controller has in each figure of its division.
HELD = """
SELECT ways.figure, counted.seat, MIN(counted.consented) AS consented, CAST(SUM(counted.usd) AS BIGINT) AS usd,
       CAST(SUM(counted.cny) AS BIGINT) AS cny, CAST(SUM(counted.number) AS BIGINT) AS number
FROM counted JOIN ways_numbered ways ON ways.kind = counted.kind AND ways.leaf = counted.leaf
GROUP BY ways.figure, counted.seat
UNION ALL
SELECT figure, seat, consented, usd, cny, CAST(0 AS BIGINT) FROM parted
"""
