"""What goes back and forth over a filing: papers, cells being typed, questions and answers, reminders."""

from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from portal.filings.actions import answering, asking, contracts, evidence, reminders, typing
from portal.filings.actions.notices import mark_read
from portal.filings.sheet import CONTRACT_KINDS, Kind
from portal.filings.workspace.typed import Cells
from portal.front.demo import papers
from portal.front.demo.cabinet import Cabinet
from portal.front.demo.rows import Row, kind_of
from portal.front.demo.steps import Act, Step
from portal.members.models import Firm

# One receipt for each of the first executions, and one copy of a contract that was signed.
RECEIPTS = 2


def _executions(version: Any) -> list[Any]:
    return list(version.lines.filter(kind=Kind.EXECUTED).select_related("contract").order_by("position"))


def _attach(cabinet: Cabinet, step: Step) -> None:
    version, by = cabinet.versions[step.firm, step.quarter], cabinet.filers[step.firm]
    firm = cabinet.firms[step.firm]
    of = {"filing": version.filing, "by": by, "at": step.at}
    for line in _executions(version)[:RECEIPTS]:
        content, name = papers.receipt(firm.name_zh, line), f"银行回单 {line.receipt_number}.pdf"
        evidence.attach(kind="receipt", content=content, file_name=name, line_key=line.key, **of)
    for line in version.lines.filter(kind=Kind.SIGNED).select_related("contract")[:1]:
        name = f"合同扫描件 {line.contract.number}.png"
        content = papers.scan(line.contract.number)
        evidence.attach(kind="contract", content=content, file_name=name, line_key=line.key, **of)


def _type(cabinet: Cabinet, step: Step) -> None:
    version, by = cabinet.versions[step.firm, step.quarter], cabinet.filers[step.firm]
    tab = uuid5(NAMESPACE_URL, f"{step.firm} {step.quarter}")
    rows = [_cells(number, row) for number, row in enumerate(step.rows, start=1)]
    typing.save_cells(
        version=version.pk, firm=cabinet.firms[step.firm], period=str(step.quarter), rows=rows, token=tab, by=by,
        at=step.at,
    )  # fmt: skip


def _cells(number: int, row: Row) -> Cells:
    kind = kind_of(row)
    values = {name: text for name, text in row.items() if name != "kind" or kind in CONTRACT_KINDS}
    return Cells(f"new-{number}", kind, values, number=row.get("number", ""))


# ── Questions ────────────────────────────────────────────────────────────────────────────────────


def _ask(cabinet: Cabinet, step: Step) -> None:
    key, asked = (step.firm, step.quarter), step.said
    version = cabinet.versions[key]
    line = _executions(version)[asked.execution]
    question = asking.ask(
        version=version, line_key=line.key, field=asked.field, text=asked.text, due_on=asked.due_on,
        by=cabinet.reviewer(step), at=step.at,
    )  # fmt: skip
    cabinet.questions.setdefault(key, []).append(question)


def _ask_further(cabinet: Cabinet, step: Step) -> None:
    question, asked = cabinet.questions[step.firm, step.quarter][-1], step.said
    asking.ask_further(query=question, text=asked.text, due_on=asked.due_on, by=cabinet.reviewer(step), at=step.at)


def _answer(cabinet: Cabinet, step: Step) -> None:
    key, said = (step.firm, step.quarter), step.said
    answers = [answering.Answer(question.pk, said.text, said.value) for question in cabinet.questions[key]]
    by, filing = cabinet.filers[step.firm], cabinet.versions[key].filing
    cabinet.versions[key] = answering.answer(
        filing=filing, answers=answers, lists=cabinet.lists, by=by, at=step.at
    )  # fmt: skip


# ── Contracts and reminders ──────────────────────────────────────────────────────────────────────


def _change_contract(cabinet: Cabinet, step: Step) -> None:
    change = step.said
    contracts.change_contract(
        contract=cabinet.contract(step, change.number), values={"ends_on": change.ends_on.isoformat()},
        happened_on=timezone.localdate(step.at), reason=change.reason, lists=cabinet.lists,
        by=cabinet.filers[step.firm], at=step.at,
    )  # fmt: skip


def _remind(cabinet: Cabinet, step: Step) -> None:
    reminders.remind_due(at=step.at)


def _stop_reminders(cabinet: Cabinet, step: Step) -> None:
    firm: Firm = cabinet.firms[step.firm]
    period, by = cabinet.periods[step.quarter], cabinet.reviewer(step)
    reminders.stop_reminders(firm=firm, period=period, reason=step.text, by=by, at=step.at)


def _read(cabinet: Cabinet, step: Step) -> None:
    mark_read(firm=cabinet.firms[step.firm], by=cabinet.owners[step.firm], at=step.at)


ACTS: dict[Act, Callable[[Cabinet, Step], None]] = {
    Act.ATTACH: _attach,
    Act.TYPE: _type,
    Act.ASK: _ask,
    Act.ASK_FURTHER: _ask_further,
    Act.ANSWER: _answer,
    Act.CHANGE_CONTRACT: _change_contract,
    Act.READ: _read,
    Act.REMIND: _remind,
    Act.STOP_REMINDERS: _stop_reminders,
}
