"""How each filing came to be what it is: filed, withdrawn, returned, mended, approved, corrected."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from portal.front.demo.moments import day_between, in_office_hours, moment, next_workday, workday
from portal.front.demo.plans import FilingPlan
from portal.front.demo.rows import EXECUTED, Row, in_cents, in_units
from portal.front.demo.steps import Act, Extension, Letter, Step
from portal.lib.quarters import Quarter

DUE_DAYS = 10
# The last day on which an approval still comes in time for the first release of a quarter.
IN_TIME_DAYS = 17

# Filed as workbooks: the leading firms of Guiyang's report, and a few elsewhere.
WORKBOOKS = {(f"gy{number:02d}", Quarter(2020, 1)) for number in range(1, 10)} | {
    ("sh05", Quarter(2019, 2)), ("hz12", Quarter(2019, 3)), ("cd01", Quarter(2019, 4)), ("dl06", Quarter(2020, 2)),
    ("xa04", Quarter(2020, 3)), ("gy07", Quarter(2020, 3)),
}  # fmt: skip
# Approved first with a figure too low; put right months later, which makes the next release of the quarter.
CORRECTIONS = {("cd05", Quarter(2019, 3)): date(2019, 12, 3), ("sh20", Quarter(2020, 2)): date(2020, 9, 7)}
# A quarter filed long after its lock, with the association's leave; what follows it waits for it.
EXTENDED = ("zz07", Quarter(2019, 4))
EXTENSION = Extension(
    until_on=date(2020, 5, 31),
    accepts_from_on=date(2019, 10, 1),
    reason="与客户的合同争议2020年4月方经仲裁裁决，此前无法确认执行额",
)
EXTENDED_ON = date(2020, 4, 27)
LETTERS = {
    "R01": "第1笔执行的收汇凭证号写作“待补”。请填银行回单上的号码，并保留回单备查。",
    "R02": "第1笔执行的金额与凭证不符。请按银行回单核对后改正，再行报送。",
}


def life(plan: FilingPlan) -> list[Step]:
    """The steps of one filing of a quarter that is over, in order."""
    dice = Random(f"{plan.firm.key} {plan.quarter}")
    key = (plan.firm.key, plan.quarter)
    if key == EXTENDED:
        return _extended(plan, dice)
    if key in CORRECTIONS:
        return [*_corrected(plan, CORRECTIONS[key], dice)]
    filed_on, is_late = _filing_day(plan, dice)
    fate = dice.random()
    if fate < 0.05 and plan.rows and not is_late:
        return [*_returned(plan, filed_on, dice)]
    if fate < 0.08 and plan.rows and not is_late:
        return [*_withdrawn(plan, filed_on, dice)]
    approved_on = approval_day(plan, filed_on, dice)
    return [*filed(plan, filed_on, dice), step(Act.APPROVE, plan, in_office_hours(approved_on, dice))]


def _filing_day(plan: FilingPlan, dice: Random) -> tuple[date, bool]:
    """The day of filing, and whether it is after the due day."""
    end = plan.quarter.last_day
    if plan.has_back_filings:
        # Until the last day of March the window reaches back to July: so it is used.
        newest = max(date.fromisoformat(row["on"]) for row in plan.rows if row["kind"] == EXECUTED)
        return day_between(max(newest, end - timedelta(days=6)), end, dice), False
    if (plan.firm.key, plan.quarter.shift(-1)) == EXTENDED:
        return EXTENDED_ON + timedelta(days=9), True
    if not plan.is_given and dice.random() < 0.03:
        return end + timedelta(days=DUE_DAYS + dice.randint(2, 12)), True
    return end + timedelta(days=dice.choice((2, 3, 5, 6, 7, 7, 8, 8, 9, 9, 10))), False


def approval_day(plan: FilingPlan, filed_on: date, dice: Random) -> date:
    latest = max(plan.quarter.last_day + timedelta(days=IN_TIME_DAYS), filed_on + timedelta(days=7))
    return min(next_workday(filed_on + timedelta(days=dice.randint(1, 8))), workday(latest))


def filed(plan: FilingPlan, day: date, dice: Random) -> Iterator[Step]:
    """The draft and its submission on one day."""
    at = moment(day, dice.randint(9, 15), dice.randint(0, 59))
    if not plan.rows:
        yield step(Act.NIL, plan, at)
    else:
        act = Act.UPLOAD if (plan.firm.key, plan.quarter) in WORKBOOKS else Act.SAVE
        yield step(act, plan, at, plan.rows)
    yield step(Act.SUBMIT, plan, at + timedelta(minutes=dice.randint(4, 90)))


def _returned(plan: FilingPlan, filed_on: date, dice: Random) -> Iterator[Step]:
    reason = dice.choice(sorted(LETTERS))
    wrong = replace(plan, rows=spoilt(plan.rows, reason))
    filed_on = min(filed_on, plan.quarter.last_day + timedelta(days=8))
    back_on = next_workday(filed_on + timedelta(days=dice.randint(1, 2)))
    yield from filed(wrong, filed_on, dice)
    yield returned(plan, in_office_hours(back_on, dice), reason)
    mended_on = back_on + timedelta(days=1)
    yield from reworked(plan, mended_on, dice)
    yield step(Act.APPROVE, plan, in_office_hours(next_workday(mended_on + timedelta(days=1)), dice))


def returned(plan: FilingPlan, at: datetime, reason: str) -> Step:
    return replace(step(Act.RETURN, plan, at), said=Letter(reason, LETTERS[reason]))


def reworked(plan: FilingPlan, day: date, dice: Random) -> Iterator[Step]:
    """The next version, with everything as it should be, submitted."""
    at = in_office_hours(day, dice)
    yield step(Act.REOPEN, plan, at)
    yield step(Act.SAVE, plan, at + timedelta(minutes=6), plan.rows)
    yield step(Act.SUBMIT, plan, at + timedelta(minutes=9))


def _withdrawn(plan: FilingPlan, filed_on: date, dice: Random) -> Iterator[Step]:
    *draft, submission = filed(replace(plan, rows=spoilt(plan.rows, "R02")), filed_on, dice)
    yield from (*draft, submission)
    again = submission.at + timedelta(minutes=dice.randint(10, 40))
    yield step(Act.WITHDRAW, plan, again)
    yield step(Act.SAVE, plan, again + timedelta(minutes=5), plan.rows)
    yield step(Act.SUBMIT, plan, again + timedelta(minutes=8))
    yield step(Act.APPROVE, plan, in_office_hours(approval_day(plan, filed_on, dice), dice))


def _corrected(plan: FilingPlan, corrected_on: date, dice: Random) -> Iterator[Step]:
    wrong = replace(plan, rows=spoilt(plan.rows, "R02"))
    filed_on = plan.quarter.last_day + timedelta(days=7)
    yield from filed(wrong, filed_on, dice)
    yield step(Act.APPROVE, plan, in_office_hours(approval_day(plan, filed_on, dice), dice))
    yield from reworked(plan, corrected_on, dice)
    yield step(Act.APPROVE, plan, in_office_hours(next_workday(corrected_on + timedelta(days=2)), dice))


def _extended(plan: FilingPlan, dice: Random) -> list[Step]:
    granted = replace(step(Act.EXTEND, plan, moment(EXTENDED_ON, 10)), said=EXTENSION)
    filed_on = EXTENDED_ON + timedelta(days=2)
    approved = step(Act.APPROVE, plan, moment(filed_on + timedelta(days=6), 11))
    return [granted, *filed(plan, filed_on, dice), approved]


def spoilt(rows: tuple[Row, ...], reason: str) -> tuple[Row, ...]:
    """The rows with the slip that a letter is about, in the first execution. Every rule still passes."""
    first = next((index for index, row in enumerate(rows) if row["kind"] == EXECUTED), None)
    if first is None:
        return rows
    row = rows[first]
    if reason == "R01":
        slip = {"receipt_number": "待补"}
    else:
        slip = {"amount": in_units(int(Decimal(in_cents(row["amount"])) * Decimal("0.9")))}
    return (*rows[:first], row | slip, *rows[first + 1 :])


def step(act: Act, plan: FilingPlan, at: datetime, rows: tuple[Row, ...] = ()) -> Step:
    return Step(at=at, act=act, firm=plan.firm.key, quarter=plan.quarter, rows=rows)
