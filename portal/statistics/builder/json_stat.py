"""A table as JSON-stat 2.0: every key with its status, and where it came from."""

import json

from django.conf import settings
from django.utils import translation

from portal.statistics.builder import asking, wording
from portal.statistics.builder.counting import Answer
from portal.statistics.builder.grid import title
from portal.statistics.builder.marks import Mark, Value
from portal.statistics.builder.page import notes
from portal.statistics.builder.selecting import Dimension
from portal.statistics.exports import citation, licence
from portal.ui.rendering import in_chinese

Json = dict[str, object]
# The standard marks of confidentiality (SDMX CL_CONF_STATUS): free, confidential, withheld to protect another.
CONF_STATUS = {Mark.CONFIDENTIAL: "C", Mark.SECONDARY: "D"}


def conf_status(mark: Mark) -> str:
    return CONF_STATUS.get(mark, "F")


def dataset(answer: Answer) -> Json:
    """A dataset of version 2.0. Values are as shown; a key without a number is null and has its mark as status."""
    values = list(answer.values.values())
    newest = max((row.published_at for row in answer.releases if row.published_at), default=None)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": title(answer, answer.dimensions),
        "source": settings.SITE["name_zh" if in_chinese() else "name_en"],
        **({"updated": newest.isoformat()} if newest else {}),
        "note": notes(answer),
        "id": [row.name for row in answer.dimensions],
        "size": [len(row.members) for row in answer.dimensions],
        "role": _roles(answer),
        "dimension": {row.name: _dimension(row, answer) for row in answer.dimensions},
        "value": [_number(value) for value in values],
        "status": {str(number): value.mark.value for number, value in enumerate(values) if value.mark},
        "extension": _extension(answer, values),
    }


def as_json(answer: Answer) -> bytes:
    return json.dumps(dataset(answer), ensure_ascii=False, separators=(",", ":")).encode()


def _number(value: Value) -> int | float | None:
    """JSON knows one kind of number; two decimals of anything shown fit into it exactly as written."""
    if value.number is None:
        return None
    return int(value.number) if value.decimals == 0 else float(value.number)


def _roles(answer: Answer) -> Json:
    times = [asking.PERIOD, *(["occurred"] if answer.question.cut == "occurred" else [])]
    return {"time": times, "geo": [asking.PLACE], "metric": [asking.FIGURE]}


def _dimension(row: Dimension, answer: Answer) -> Json:
    category: Json = {
        "index": [member.code for member in row.members],
        "label": {member.code: member.label for member in row.members},
    }
    if row.name == asking.FIGURE:
        category["unit"] = {member.code: _unit(member.code, answer) for member in row.members}
    return {"label": row.label, "category": category}


def _unit(figure: str, answer: Answer) -> Json:
    asked, show = asking.figure_of(figure)
    is_count = asked in asking.COUNTS and show in (asking.Show.LEVEL, asking.Show.BEFORE)
    return {"decimals": 0 if is_count else 2, "label": wording.figure_unit(figure, answer.question.currency)}


def _extension(answer: Answer, values: list[Value]) -> Json:
    return {
        "language": translation.get_language(),
        "query": answer.frozen.query,
        "releases": [
            {
                "name": row.name, "period": row.period, "digest": row.digest, "as_of": row.as_of.isoformat(),
                "published_at": row.published_at.isoformat() if row.published_at else None,
                "editions": {name: edition["number"] for name, edition in sorted(row.editions.items())},
            }
            for row in answer.releases
        ],
        "citation": [citation(row) for row in answer.releases],
        "licence": licence(),
        "status": {"label": {mark.value: str(wording.MARK_MEANINGS[mark]) for mark in answer.marks}},
        "confidentiality": {
            str(number): conf_status(value.mark) for number, value in enumerate(values) if value.mark in CONF_STATUS
        },
        "low_base": [number for number, value in enumerate(values) if value.is_low_base],
    }  # fmt: skip
