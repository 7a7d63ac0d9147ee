"""The newest quarter, two days after its due day: waiting, approved, returned, begun, or not yet begun."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from portal.front.demo import talks
from portal.front.demo.lives import filed, returned, reworked, spoilt, step
from portal.front.demo.moments import in_office_hours, moment, next_workday
from portal.front.demo.plans import FilingPlan
from portal.front.demo.rows import EXECUTED, SIGNED, Row
from portal.front.demo.steps import Act, Step

# Nothing happens after it: the demo's clock starts on the morning of the 12th.
LAST_DAY = date(2021, 1, 11)
FIRST_DAY = date(2021, 1, 2)


class State(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    DRAFT = "draft"
    RETURNED = "returned"
    REWORKED = "reworked"
    NOT_BEGUN = "not_begun"
    CHECKED = "checked"
    CERTIFYING = "certifying"
    LEFT_OPEN = "left_open"


CHANCES = {
    State.WAITING: 42, State.APPROVED: 22, State.DRAFT: 11, State.RETURNED: 7, State.REWORKED: 3, State.NOT_BEGUN: 15,
}  # fmt: skip
# What the people of `demo_accounts` find, and what is asked about.
FIXED = {
    "gy07": State.DRAFT, "gy11": State.NOT_BEGUN, "gy13": State.RETURNED, "gy01": State.WAITING,
    "cd06": State.CHECKED, "sh04": State.CERTIFYING, "hz05": State.LEFT_OPEN,
    "sh22": State.WAITING, "gy52": State.WAITING, "gy57": State.WAITING, "sh19": State.WAITING,
    "xa06": State.APPROVED, "hz02": State.NOT_BEGUN, "hz15": State.NOT_BEGUN,
}  # fmt: skip
# Whose uploaded workbook was refused.
REFUSED = "gy07"


def life(plan: FilingPlan) -> list[Step]:
    dice, key = Random(f"{plan.firm.key} newest"), plan.firm.key
    drawn = dice.choices(list(CHANCES), list(CHANCES.values()))[0]
    state = FIXED.get(key, drawn)
    if key == talks.FRAMED:
        plan = replace(plan, rows=talks.framed(plan.rows, key))
    steps = list(_STEPS[state if plan.rows else _without_business(state)](plan, dice))
    papers = talks.papers(steps) if key in talks.WITH_PAPERS else []
    return sorted([*steps, *papers, *talks.talk(plan)], key=lambda step: step.at)


def _without_business(state: State) -> State:
    """A nil return is never begun, returned or mended by halves."""
    return state if state in (State.APPROVED, State.NOT_BEGUN) else State.WAITING


def _filing_day(dice: Random, last: date) -> date:
    return FIRST_DAY + timedelta(days=min(dice.choice((2, 3, 4, 5, 6, 6, 7, 8, 9)), (last - FIRST_DAY).days))


def _waiting(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    yield from filed(plan, _filing_day(dice, LAST_DAY), dice)


def _approved(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    filed_on = _filing_day(dice, date(2021, 1, 6))
    yield from filed(plan, filed_on, dice)
    approved_on = next_workday(filed_on + timedelta(days=dice.randint(1, 2)))
    yield step(Act.APPROVE, plan, in_office_hours(approved_on, dice))


def _draft(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    begun = plan.rows[: max(1, len(plan.rows) - 1)]
    yield step(Act.SAVE, plan, in_office_hours(_filing_day(dice, LAST_DAY), dice), begun)
    if plan.firm.key == REFUSED:
        yield step(Act.TYPE, plan, moment(LAST_DAY, 15, 10), unfinished(plan.rows))
        yield step(Act.UPLOAD_REFUSED, plan, moment(LAST_DAY, 16, 40), refusable(plan.rows))


def _checked(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    """The workbook of the second try has the last row, too, and another amount in the first."""
    yield step(Act.SAVE, plan, in_office_hours(date(2021, 1, 8), dice), plan.rows[:-1])
    yield step(Act.UPLOAD_CHECKED, plan, moment(LAST_DAY, 17, 20), spoilt(plan.rows, "R02"))


def _certifying(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    *draft, submission = filed(plan, date(2021, 1, 8), dice)
    yield from (*draft, replace(submission, act=Act.FILE))


def _left_open(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    """Handed in with a number that had not come yet."""
    yield from filed(replace(plan, rows=spoilt(plan.rows, "R01")), date(2021, 1, 4), dice)


def _returned(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    reason = dice.choice(("R01", "R02"))
    filed_on = _filing_day(dice, date(2021, 1, 7))
    yield from filed(replace(plan, rows=spoilt(plan.rows, reason)), filed_on, dice)
    yield returned(plan, in_office_hours(next_workday(filed_on + timedelta(days=1)), dice), reason)


def _reworked(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    """Returned, mended and waiting again."""
    *steps, back = _returned(plan, dice)
    yield from (*steps, back)
    yield from reworked(plan, back.at.date() + timedelta(days=1), dice)


def _not_begun(plan: FilingPlan, dice: Random) -> Iterator[Step]:
    yield from ()


_STEPS = {
    State.WAITING: _waiting,
    State.APPROVED: _approved,
    State.DRAFT: _draft,
    State.RETURNED: _returned,
    State.REWORKED: _reworked,
    State.NOT_BEGUN: _not_begun,
    State.CHECKED: _checked,
    State.CERTIFYING: _certifying,
    State.LEFT_OPEN: _left_open,
}


def unfinished(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Typed into the grid and left: an execution without its amount, and one of a contract not registered yet."""
    executed = next(row for row in rows if row["kind"] == EXECUTED)
    begun = {"kind": EXECUTED, "number": executed["number"], "on": "2020-12-28", "receipt_number": "SW2012280071"}
    ahead = {"number": "GY07-2020-998", "on": "2020-12-30", "amount": "36500.00", "receipt_number": "SW2012300072"}
    return (begun, begun | ahead)


def refusable(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A hurried workbook: an amount that is only guessed, a day of the month before last year's window,
    an execution far above its contract, and a contract that nobody registered."""
    executed = next(row for row in rows if row["kind"] == EXECUTED)
    slips = (
        {"amount": "约12万"},
        {"on": "2019-11-28", "receipt_number": "SW1911280073"},
        {"on": "2020-12-21", "amount": "98000000.00", "receipt_number": "SW2012210078"},
        {"on": "2020-12-22", "number": "GY07-2020-999", "receipt_number": "SW2012220079"},
    )
    return (*(row for row in rows if row["kind"] == SIGNED), *(executed | slip for slip in slips))
