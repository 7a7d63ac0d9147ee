"""What every firm files in every quarter, as it finally stands."""

from dataclasses import dataclass
from random import Random

from portal.front.demo import guiyang
from portal.front.demo.business import Business, topics
from portal.front.demo.firms import FirmPlan
from portal.front.demo.rows import Row
from portal.lib.quarters import Quarter
from portal.reference.queries import CodeLists

QUARTERS = tuple(Quarter(2019, 1).shift(number) for number in range(8))
NEWEST = QUARTERS[-1]


@dataclass(frozen=True)
class FilingPlan:
    """One firm's return for one quarter; without rows it is a nil return."""

    firm: FirmPlan
    quarter: Quarter
    rows: tuple[Row, ...]

    @property
    def is_given(self) -> bool:
        """Part of Guiyang's two quarters that are written down row by row."""
        return self.firm.division == guiyang.DIVISION and self.quarter in guiyang.GIVEN_QUARTERS

    @property
    def has_back_filings(self) -> bool:
        return guiyang.back_filed(self.rows, self.quarter)


def filing_plans(firms: list[FirmPlan], lists: CodeLists) -> list[FilingPlan]:
    given = guiyang.given_rows()
    works = topics()
    codes = {firm.key: firm.credit_code for firm in firms}
    plans = []
    for firm in firms:
        upstream = codes.get(firm.upstream.partition("/")[0], "")
        plans += _of_firm(firm, Business(firm, lists, works, upstream), given)
    return plans


def _of_firm(firm: FirmPlan, business: Business, given: guiyang.Given) -> list[FilingPlan]:
    used = guiyang.used_up(given, firm.key)
    forgetful = Random(f"{firm.key} forgets")
    plans = []
    for quarter in QUARTERS:
        if not firm.files(quarter):
            continue
        if firm.division == guiyang.DIVISION and quarter in guiyang.GIVEN_QUARTERS:
            rows = given[firm.key, quarter]
            business.take_over(rows, used)
        elif forgetful.random() < 0.015:
            continue
        else:
            rows = business.quarter(quarter)
        plans.append(FilingPlan(firm, quarter, rows))
    return plans
