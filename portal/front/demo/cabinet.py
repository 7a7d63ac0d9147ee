"""What the demo keeps while it is made: the rows that acts answered, so that the next act finds them."""

from typing import Any

from portal.filings.queries import ledger_of
from portal.front.demo.firms import FirmPlan
from portal.front.demo.people import People, reviewer_of
from portal.front.demo.steps import Step
from portal.lib.quarters import Quarter
from portal.members.models import Firm, User
from portal.reference.models import Division
from portal.reference.queries import CodeLists


class Cabinet:
    """Rows of the ledger are handed back to the actions as they came: only portal.filings may name their types."""

    def __init__(self, plans: list[FirmPlan], lists: CodeLists, people: People, divisions: dict[str, Division]):
        self.plans = {plan.key: plan for plan in plans}
        self.lists, self.people, self.divisions = lists, people, divisions
        self.firms: dict[str, Firm] = {}
        self.filers: dict[str, User] = {}
        self.owners: dict[str, User] = {}
        self.periods: dict[Quarter, Any] = {}
        self.versions: dict[tuple[str, Quarter], Any] = {}
        self.questions: dict[tuple[str, Quarter], list[Any]] = {}
        self.releases: dict[Quarter, Any] = {}

    def reviewer(self, step: Step) -> User:
        return self.people[reviewer_of(self.plans[step.firm].division)]

    def contract(self, step: Step, number: str) -> Any:
        ledger = ledger_of(self.firms[step.firm])
        return next(contract for contract in ledger.values() if contract.number == number)
