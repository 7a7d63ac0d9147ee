"""The firms as members: admitted, elected, asked for dues; one renamed, one merged; two that want to join."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from portal.front.demo.firms import FirmPlan, credit_code
from portal.front.demo.moments import moment, workday
from portal.front.demo.people import BEGAN_ON, TEAM_FIRM, TWO_SIGN
from portal.front.demo.steps import Act, Applicant, Dues, Invitation, Merger, Rename, Step, Term

COUNCIL_FROM, COUNCIL_UNTIL = date(2020, 1, 1), date(2024, 12, 31)
ELECTED_ON = date(2020, 1, 8)
# Elected into the council in the middle of its term.
ADDED, ADDED_FROM = "cd12", date(2020, 7, 1)
# What the site told of earlier quarters has been read: the newest quarter's notices are what is new.
TIDIED_ON = date(2020, 12, 21)
# A year's dues in fen, by grade.
DUES = {"president": 10_000_000, "vice_president": 5_000_000, "director": 2_000_000, "member": 500_000}
RENAMED = "hz08"
MERGED, MERGED_INTO, MERGED_ON = "gy64", "gy14", date(2019, 8, 30)
APPLICANTS = (
    (moment(date(2021, 1, 6), 11, 5), Applicant(
        credit_code("370200", 901), "示例海帆信息技术有限公司", "Example Haifan Information Technology Co., Ltd.",
        "370200", "medium", "面向日韩客户的软件开发与测试外包，员工一百二十人，2017年起有离岸业务。",
        ("示例联系人甲", "apply.haifan@demo.example", "000-0000001"),
    )),
    (moment(date(2021, 1, 11), 9, 48), Applicant(
        credit_code("520100", 902), "示例云栈数据标注有限公司", "Example Yunzhan Data Labelling Co., Ltd.",
        "520100", "small", "为自动驾驶和医学影像客户做数据标注，主要为在岸业务。",
        ("示例联系人乙", "apply.yunzhan@demo.example", "000-0000002"),
    )),
)  # fmt: skip


def membership(plans: list[FirmPlan]) -> Iterator[Step]:
    for plan in plans:
        yield from _of_firm(plan)
    for at, applicant in APPLICANTS:
        yield Step(at, Act.APPLY, said=applicant)
    guest = Invitation("newcomer@demo.example", "示例新同事", "viewer")
    yield Step(moment(date(2021, 1, 8), 10, 20), Act.INVITE, TEAM_FIRM, said=guest)
    yield Step(moment(date(2020, 12, 16), 11), Act.NEED_TWO, TWO_SIGN)
    why = "业务转型，工商变更登记完成"
    name = Rename("示例权衡数智科技有限公司", "Example Quanheng Digital Technology Co., Ltd.", why)
    yield Step(moment(date(2020, 6, 18), 15, 30), Act.RENAME, RENAMED, said=name)
    merger = Merger(MERGED_INTO, MERGED_ON, "吸收合并，已办理注销登记")
    yield Step(moment(date(2019, 9, 5), 10, 40), Act.MERGE, MERGED, said=merger)


def _of_firm(plan: FirmPlan) -> Iterator[Step]:
    yield Step(moment(max(plan.joined_on, BEGAN_ON), 9, plan.ordinal % 60), Act.ADMIT, plan.key)
    if plan.consented_on:
        yield Step(moment(plan.consented_on, 14, plan.ordinal % 60), Act.CONSENT, plan.key)
    if plan.grade != "member" and plan.joined_on < COUNCIL_FROM:
        term = Term(plan.grade, COUNCIL_FROM, COUNCIL_UNTIL)
        yield Step(moment(ELECTED_ON, 16, plan.ordinal % 60), Act.ELECT, plan.key, said=term)
    if plan.key == ADDED:
        yield Step(moment(ADDED_FROM, 16), Act.ELECT, ADDED, said=Term("director", ADDED_FROM, COUNCIL_UNTIL))
    if plan.key != MERGED:
        yield from _dues(plan)
        yield Step(moment(TIDIED_ON, 16, plan.ordinal % 60), Act.READ, plan.key)


def _dues(plan: FirmPlan) -> Iterator[Step]:
    """Most have paid for 2020, a third for 2021 already; of the others most are asked, some not yet."""
    dice = Random(f"{plan.key} dues")
    paid_on = workday(max(date(2020, 3, 2), plan.joined_on) + timedelta(days=dice.randint(3, 90)))
    yield from _year(plan, 2020, paid_on, dice.random(), (0.88, 0.95))
    yield from _year(plan, 2021, date(2021, 1, dice.choice((4, 5, 6, 7, 8))), dice.random(), (0.33, 0.9))


def _year(plan: FirmPlan, year: int, paid_on: date, drawn: float, bounds: tuple[float, float]) -> Iterator[Step]:
    paid, asked = bounds
    amount, minute = DUES[plan.grade], plan.ordinal % 60
    if drawn < paid:
        dues = Dues(year, amount, paid_on, f"HF{year}{plan.ordinal:04d}")
        yield Step(moment(paid_on, 17, minute), Act.DUES, plan.key, said=dues)
    elif drawn < asked:
        asked_on = max(date(year, 1, 6), plan.joined_on)
        yield Step(moment(asked_on, 18, minute), Act.DUES, plan.key, said=Dues(year, amount))
