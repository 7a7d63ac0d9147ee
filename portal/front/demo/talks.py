"""What is asked and answered about the newest quarter, which papers came with it, and what the calendar brings."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from portal.front.demo.moments import moment
from portal.front.demo.plans import NEWEST, FilingPlan
from portal.front.demo.rows import EXECUTED, SIGNED, Row, in_cents, in_units
from portal.front.demo.steps import Act, Answer, ContractChange, Extension, Question, Said, Step

# Whose filing has receipts and a contract beside its rows.
WITH_PAPERS = {"gy07", "gy52", "gy57", "sh04", "sh19", "sh22", "xa06"}
# In whose filing a receipt's number was left open: asked about, and answered with the number.
LEFT_OPEN = "hz05"
# Whose newest contract is a part of a larger one, and whose older one runs a year longer.
FRAMED = PROLONGED = "gy07"
EXTENDED, NOT_REMINDED = "hz02", "hz15"


def january(day: int, hour: int, minute: int = 0) -> datetime:
    return moment(date(2021, 1, day), hour, minute)


def talk(plan: FilingPlan) -> list[Step]:
    """Questions and answers about a filing, where there are any."""
    return list(_TALKS[plan.firm.key](plan)) if plan.firm.key in _TALKS else []


def _step(plan: FilingPlan, act: Act, at: datetime, said: Said) -> Step:
    return Step(at=at, act=act, firm=plan.firm.key, quarter=plan.quarter, said=said)


def _two_open(plan: FilingPlan) -> Iterator[Step]:
    """Both wait for the firm; the answer to the first is late."""
    first = Question("amount", "请说明本笔执行额对应的验收批次，并与银行回单核对金额。", date(2021, 1, 8))
    text = "回单日期与执行日期是否为同一天？如不是，请以验收单日期为准改正。"
    second = Question("on", text, date(2021, 1, 18), execution=1)
    yield _step(plan, Act.ASK, january(5, 10, 20), first)
    yield _step(plan, Act.ASK, january(11, 14, 5), second)


def _open(plan: FilingPlan) -> Iterator[Step]:
    text = "该合同的执行进度快于约定，是否签有补充协议？如有请上传。"
    yield _step(plan, Act.ASK, january(8, 9, 40), Question("number", text, date(2021, 1, 15)))


def _answered(plan: FilingPlan) -> Iterator[Step]:
    question = Question("amount", "本笔是结算额还是预付款？预付款不计入执行额。", date(2021, 1, 13))
    yield _step(plan, Act.ASK, january(6, 11, 15), question)
    answer = Answer("为结算额：客户按月验收后付款，银行回单已随本行上传，无预付款。")
    yield _step(plan, Act.ANSWER, january(8, 16, 30), answer)


def _mended(plan: FilingPlan) -> Iterator[Step]:
    """The answer brings the number that was missing, and with it the next version."""
    question = Question("receipt_number", "收汇凭证号写作“待补”，请填银行回单上的号码。", date(2021, 1, 13))
    yield _step(plan, Act.ASK, january(6, 9, 30), question)
    number = next(row["receipt_number"] for row in plan.rows if row["kind"] == EXECUTED)
    yield _step(plan, Act.ANSWER, january(8, 10, 10), Answer("银行回单1月7日收到，号码已补上。", number))


def _asked_further(plan: FilingPlan) -> Iterator[Step]:
    question = Question("amount", "本季度执行额与合同进度不一致，请说明。", date(2021, 1, 13), execution=1)
    yield _step(plan, Act.ASK, january(6, 15, 20), question)
    yield _step(plan, Act.ANSWER, january(7, 14, 45), Answer("客户四季度集中验收了两期成果，故高于进度。"))
    text = "请补充两期验收单的日期；如有一期在12月31日之后验收，应计入下一季度。"
    further = Question("amount", text, date(2021, 1, 15))
    yield _step(plan, Act.ASK_FURTHER, january(8, 11, 30), further)


def _settled(plan: FilingPlan) -> Iterator[Step]:
    """Settled by the approval, which comes in the afternoon."""
    question = Question("receipt_on", "凭证日期与执行日期为同一天，是否当日验收、当日收款？", date(2021, 1, 13))
    yield _step(plan, Act.ASK, january(7, 9, 15), question)
    yield _step(plan, Act.ANSWER, january(7, 13, 50), Answer("是。客户当日验收并付款，以银行回单为准。"))


_TALKS: dict[str, Callable[[FilingPlan], Iterator[Step]]] = {
    "sh22": _two_open,
    "gy52": _open,
    "gy57": _answered,
    LEFT_OPEN: _mended,
    "sh19": _asked_further,
    "xa06": _settled,
}


def papers(steps: list[Step]) -> list[Step]:
    """Papers are attached shortly before the first signature; to a draft that waits, some time after it was saved."""
    signed = next((step for step in steps if step.act in (Act.SUBMIT, Act.FILE)), None)
    if signed is None:
        return [_attached(steps[0], timedelta(minutes=20))]
    return [_attached(signed, -timedelta(minutes=2))]


def _attached(step: Step, after: timedelta) -> Step:
    return Step(at=step.at + after, act=Act.ATTACH, firm=step.firm, quarter=step.quarter)


def calendar() -> list[Step]:
    """What happens around the due day whatever the firms do: reminders on three working days, the first of them the
    day before; more time for one firm; one that is left in peace."""
    more_time = Extension(date(2021, 1, 29), None, "财务系统升级，2020年度结账延至1月下旬")
    why = "已电话联系：财务负责人住院，约定1月20日前报送，其间不再催报"
    return [
        Step(january(7, 15, 10), Act.EXTEND, EXTENDED, NEWEST, said=more_time),
        Step(january(8, 8, 15), Act.STOP_REMINDERS, NOT_REMINDED, NEWEST, text=why),
        *(Step(january(day, 8, 30), Act.REMIND) for day in (7, 8, 11)),
    ]


# ── Contracts ────────────────────────────────────────────────────────────────────────────────────


def framed(rows: tuple[Row, ...], key: str) -> tuple[Row, ...]:
    """The contract signed in the quarter as a quarter of a larger one, with the basis on which its part was found."""
    signed = next(row for row in rows if row["kind"] == SIGNED)
    frame = {
        "frame_number": f"{key.upper()}-2020-K01", "frame_amount": in_units(in_cents(signed["amount"]) * 4),
        "apportioned_by": "按总合同附件二所列工时占比分摊（四分之一）",
    }  # fmt: skip
    return tuple(row | frame if row is signed else row for row in rows)


def prolonged(plans: list[FilingPlan]) -> Step:
    """The contract that would have ended last runs a year longer."""
    of_firm = [row for plan in plans if plan.firm.key == PROLONGED and plan.quarter != NEWEST for row in plan.rows]
    ends = {row["number"]: date.fromisoformat(row["ends_on"]) for row in of_firm if row.get("ends_on")}
    number = max(ends, key=lambda number: (ends[number], number))
    change = ContractChange(
        number, ends[number] + timedelta(days=365), "客户增加施工图复核，双方签补充协议，服务期顺延一年"
    )
    return Step(moment(date(2020, 12, 8), 10, 25), Act.CHANGE_CONTRACT, PROLONGED, said=change)
