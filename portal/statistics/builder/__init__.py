"""The table builder: a question in an address, its answer, and the answer as a page and as files.

What other rooms may call:

    asking.parse(params) -> Question
        The question that an address asks. `params` maps each name to its texts (`dict(request.GET.lists())`). Pure;
        never raises: what it does not understand stands in `Question.doubts`, and the rest is kept.
        Names: release, period, measure, show, currency, span, place, mode, one cut (market, market_group, category,
        size, trade, digital, new_mode, supply, occurred, bridge, same_firm), rows, cols, sort. Several texts of one
        name may be repeated or parted by commas. A market group, or a region among the places, with @then behind its
        code is followed through its changes of members: a year before it has those that it had then.
    Question.query -> str
        The same question as the query string of an address: short, in canonical order, always the same.

    counting.answer(question, limit=PAGE_LIMIT) -> Answer
        The question answered from published cells, with the same few queries at any size. Raises `TooMany` (with
        `.cells` and `.limit`) above the limit. `counting.size(question) -> int` tells the number of cells beforehand.
    Answer.dimensions -> tuple[Dimension, ...]
        Always in this order: figure, period, span, place, mode, and the cut if one is asked. Each has `name`, `label`
        and `members` (code, label, is_known, depth).
    Answer.values -> Mapping[tuple[str, ...], Value]
        Every key of the product of the dimensions' codes, public or not. A Value has `number` (as shown: rounded, in
        the figure's unit; None where there is none), `mark` (`Mark`: "" public, "c" confidential, "d" withheld to
        protect another, "x" absent, "n" not counted in this combination, "z" no rate) and `is_low_base`.
    Answer.frozen, Answer.live -> Question
        The same question naming its releases, and asking for the newest.

    json_stat.dataset(answer) -> dict      JSON-stat 2.0, ready for json.dumps
    csv.as_csv(answer) -> bytes            one row for each key
    xlsx.as_xlsx(answer) -> bytes          the layout as on the page
"""
