"""A table as a long CSV: one row for each key, public or not, with its codes, labels and status."""

from collections.abc import Iterator

from portal.lib.workbooks import csv_bytes
from portal.statistics.builder import asking, wording
from portal.statistics.builder.counting import Answer
from portal.statistics.builder.json_stat import conf_status
from portal.statistics.builder.marks import Mark

# What the status of a row is called, beside the standard mark of confidentiality.
STATUS_WORDS = {
    Mark.PUBLIC: "public", Mark.CONFIDENTIAL: "confidential", Mark.SECONDARY: "secondary", Mark.ABSENT: "no_data",
    Mark.NOT_COUNTED: "not_counted", Mark.NO_RATE: "no_rate",
}  # fmt: skip


def as_csv(answer: Answer) -> bytes:
    """In UTF-8 with a mark; a number has no grouping, and is empty where there is none."""
    head = ["release"]
    for row in answer.dimensions:
        head += [row.name, f"{row.name}_label"]
    return csv_bytes([*head, "unit", "value", "status", "conf_status", "low_base"], _rows(answer))


def _rows(answer: Answer) -> Iterator[list[object]]:
    labels = [{member.code: member.label for member in row.members} for row in answer.dimensions]
    units = {
        member.code: wording.figure_unit(member.code, answer.question.currency)
        for member in answer.dimension(asking.FIGURE).members
    }
    releases = answer.selection.releases
    for key, value in answer.values.items():
        release = releases[key[1]]
        row: list[object] = [release.name if release else ""]
        for code, called in zip(key, labels, strict=True):
            row += [code, called[code]]
        number = "" if value.number is None else f"{value.number:f}"
        yield [*row, units[key[0]], number, STATUS_WORDS[value.mark], conf_status(value.mark), int(value.is_low_base)]
