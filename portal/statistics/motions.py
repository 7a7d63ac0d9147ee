"""The SQL of the bridge: what each controller has in each part of a change on a year before. Read with `sums.py`."""

# Lines of one measure and mode on one side of a comparison.
STRANDS = """
SELECT CAST(DENSE_RANK() OVER (ORDER BY target, side, measure, mode) AS SMALLINT) AS strand, kind, target, side,
       measure, mode
FROM kinds JOIN spans ON spans.period = kinds.period
WHERE measure IN ('contract', 'execution') AND mode <> 'overseas'
"""

# The figures that a part counts in, of its own mode and of the total.
PARTS = """
SELECT known.strand, known.target, known.part, modes.mode, known.measure,
       CASE WHEN part = 'same_firm' AND side = 'base' THEN CONCAT(target, '_base') ELSE target END AS span,
       CASE WHEN part = 'same_firm' THEN 'same_firm' ELSE 'bridge' END AS cut,
       CASE WHEN part = 'same_firm' THEN '' ELSE part END AS member
FROM (SELECT DISTINCT strand, target, side, measure, strands.mode, part FROM strands CROSS JOIN part_names) known
JOIN (
    SELECT DISTINCT mode AS own, mode FROM strands UNION ALL SELECT DISTINCT mode, 'total' FROM strands
) modes ON modes.own = known.mode
"""
PARTS_NUMBERED = """
SELECT parts.strand, parts.part, figures.figure
FROM parts
JOIN figures ON figures.span = parts.span AND figures.measure = parts.measure AND figures.mode = parts.mode
     AND figures.cut = parts.cut AND figures.member = parts.member
"""

# Who filed for the other side of a comparison.
FILED_OPPOSITE = """
SELECT DISTINCT firms.number AS firm, spans.target, CASE WHEN spans.side = 'now' THEN 'base' ELSE 'now' END AS side
FROM filings JOIN spans ON spans.period = filings.period JOIN firms ON firms.firm = filings.firm
"""

# Each line by what happened to it between the base and now: the first that fits.
MOTIONS = """
SELECT strand, side, seat, firm, motion, MIN(consented) AS consented, CAST(SUM(usd) AS BIGINT) AS usd,
       CAST(SUM(cny) AS BIGINT) AS cny, CAST(SUM(usd_then) AS BIGINT) AS usd_then,
       CAST(SUM(cny_then) AS BIGINT) AS cny_then
FROM (
    SELECT strands.strand, strands.side, known.seat, known.firm,
           CASE WHEN known.is_late = 1 THEN 'back_filed' WHEN opposite.firm IS NOT NULL THEN 'continuing'
                WHEN strands.side = 'now' THEN 'new' ELSE 'gone' END AS motion,
           consented, usd, cny, usd_then, cny_then
    FROM (
        SELECT kind, seat, firm, is_late, MIN(consented) AS consented, SUM(usd) AS usd, SUM(cny) AS cny,
               SUM(usd_then) AS usd_then, SUM(cny_then) AS cny_then
        FROM lines WHERE seat BETWEEN {} AND {}
        GROUP BY kind, seat, firm, is_late
    ) known
    JOIN strands ON strands.kind = known.kind
    LEFT JOIN filed_opposite opposite ON opposite.firm = known.firm AND opposite.target = strands.target
         AND opposite.side = strands.side
) moved
GROUP BY strand, side, seat, firm, motion
"""

# Each motion as parts of the bridge, and the continuing firms' sums.
PARTED = """
SELECT parts.figure, moved.seat, MIN(moved.consented) AS consented, CAST(SUM(moved.usd) AS BIGINT) AS usd,
       CAST(SUM(moved.cny) AS BIGINT) AS cny
FROM (
    SELECT strand, motion AS part, seat, consented, CASE WHEN side = 'now' THEN usd ELSE -usd END AS usd,
           CASE WHEN side = 'now' THEN cny ELSE -cny END AS cny
    FROM motions WHERE motion <> 'continuing'
    UNION ALL
    SELECT strand, 'exchange', seat, consented, usd - usd_then, cny - cny_then
    FROM motions WHERE motion = 'continuing' AND side = 'now' AND (usd <> usd_then OR cny <> cny_then)
    UNION ALL
    SELECT strand, 'real', seat, consented, CASE WHEN side = 'now' THEN usd_then ELSE -usd END,
           CASE WHEN side = 'now' THEN cny_then ELSE -cny END
    FROM motions WHERE motion = 'continuing'
    UNION ALL
    SELECT strand, 'same_firm', seat, consented, usd, cny FROM motions WHERE motion = 'continuing'
) moved
JOIN parts_numbered parts ON parts.strand = moved.strand AND parts.part = moved.part
GROUP BY parts.figure, moved.seat
"""

# What the base is now known to be, less what was published of it.
REVISIONS = """
SELECT figures.figure, seats.seat, MIN(revised.consented) AS consented, CAST(SUM(revised.usd) AS BIGINT) AS usd,
       CAST(SUM(revised.cny) AS BIGINT) AS cny
FROM (
    SELECT spans.target, either.division, either.measure, either.mode, either.controller,
           MIN(either.consented) AS consented, CAST(SUM(either.usd) AS BIGINT) AS usd,
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
) revised
JOIN figures ON figures.span = revised.target AND figures.measure = revised.measure
     AND figures.mode IN (revised.mode, 'total') AND figures.cut = 'bridge' AND figures.member = 'revision'
JOIN seats ON seats.controller = revised.controller AND seats.division = revised.division
GROUP BY figures.figure, seats.seat
"""
REVISED = """
UNION ALL SELECT figure, seat, consented, usd, cny, CAST(0 AS BIGINT) FROM revisions WHERE seat BETWEEN {} AND {}
"""
