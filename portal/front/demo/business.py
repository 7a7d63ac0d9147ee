"""Invents what a firm signs and executes, quarter after quarter: the same every time."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from portal.filings.columns import NEW_MODE_WORDS, SUPPLY_WORDS
from portal.filings.sheet import MAINLAND
from portal.front.demo.firms import DATA, FirmPlan
from portal.front.demo.moments import day_between, workday
from portal.front.demo.rows import CHANGED, EXECUTED, SIGNED, STANDING, Row, in_cents, in_units, ordered
from portal.lib.quarters import Quarter
from portal.reference.queries import CodeLists

SEASON = {1: Decimal("0.8"), 2: Decimal("1.0"), 3: Decimal("0.95"), 4: Decimal("1.3")}
# What clients of a market pay in; everybody else pays in US dollars.
CURRENCIES = {
    "CHN": "CNY", "JPN": "JPY", "HKG": "HKD", "DEU": "EUR", "FRA": "EUR", "NLD": "EUR", "GBR": "GBP", "SGP": "SGD",
    "KOR": "KRW", "AUS": "AUD", "IND": "INR", "THA": "THB", "MYS": "MYR", "RUS": "RUB", "LAO": "EUR",
}  # fmt: skip
WITHOUT_CENTS = {"JPY", "KRW"}
FIRST_INVENTED_NUMBER = 101
# A firm that executes more than this in a quarter, in US dollars, is paid more often.
LARGE_QUARTER = 6_000_000
# Work is taken over from another member from here on: the other's contract is known by then.
SUBCONTRACTS_FROM = Quarter(2019, 3)


@dataclass
class Running:
    """A contract and what is left of it, in hundredths of its currency's unit."""

    number: str
    market: str
    currency: str
    signed_on: date
    left_cents: int


class Business:
    """One firm's contracts, and the rows that each quarter brings."""

    def __init__(self, plan: FirmPlan, lists: CodeLists, topics: dict[str, dict[str, str]], upstream_code: str = ""):
        self.plan, self.lists, self.topics = plan, lists, topics
        self.upstream_code = upstream_code
        self.dice = Random(plan.key)
        self.contracts: list[Running] = []
        self.numbers: dict[int, int] = {}

    def take_over(self, rows: tuple[Row, ...], later: dict[str, int]) -> None:
        """Know the contracts of a quarter that is given. `later`: what given rows execute of each over its life."""
        for row in rows:
            if row["kind"] in (SIGNED, STANDING):
                left = in_cents(row["amount"]) - later.get(row["number"], 0)
                signed = date.fromisoformat(row["on"])
                self.contracts.append(Running(row["number"], row["market"], row["currency"], signed, left))

    def quarter(self, quarter: Quarter) -> tuple[Row, ...]:
        """The rows of one quarter; none when there was no business."""
        if self.dice.random() < 0.04 and self.contracts:
            return ()
        rows: list[Row] = []
        if not self.contracts:
            rows += [self._contract(STANDING, quarter) for _ in range(self.dice.randint(1, 2))]
        if self.dice.random() < 0.45:
            rows.append(self._contract(SIGNED, quarter))
        if self.dice.random() < 0.06:
            rows += self._change(quarter)
        return ordered([*rows, *self._executions(quarter)])

    # ── Contracts ────────────────────────────────────────────────────────────────────────────────

    def _contract(self, kind: str, quarter: Quarter, by: date | None = None, at_least: Decimal = Decimal(0)) -> Row:
        """A new contract, signed by a day, or one of the year before the firm's first quarter."""
        first = quarter.first_day
        if kind == STANDING:
            signed = day_between(date(first.year - 1, 2, 1), date(first.year - 1, 12, 20), self.dice)
        else:
            signed = day_between(first + timedelta(days=1), by or first + timedelta(days=50), self.dice)
        market = MAINLAND
        if self.dice.random() < self.plan.offshore:
            market = self.plan.markets[len(self.contracts) % len(self.plan.markets)]
        currency = CURRENCIES.get(market, "USD") if self.dice.random() < 0.8 or market == MAINLAND else "USD"
        usd = max(self._scale(quarter) * Decimal(str(round(self.dice.uniform(1.2, 3.6), 3))), at_least * 2)
        cents = self._in_currency(usd, currency, signed)
        running = Running(self._number(signed.year), market, currency, signed, cents)
        self.contracts.append(running)
        return self._contract_row(kind, running, quarter)

    def _contract_row(self, kind: str, contract: Running, quarter: Quarter) -> Row:
        category = self.plan.categories[len(self.contracts) % len(self.plan.categories)]
        topic = self.topics[category]
        name = self.lists.markets[contract.market].name_zh if contract.market != MAINLAND else ""
        row = {
            "kind": kind, "number": contract.number, "on": contract.signed_on.isoformat(),
            "currency": contract.currency, "amount": in_units(contract.left_cents), "name": topic["work"],
            "client": f"示例{name}{topic['client']}", "market": contract.market, "category": category,
        }  # fmt: skip
        if self.dice.random() < 0.5:
            row["ends_on"] = workday(contract.signed_on + timedelta(days=self.dice.choice((730, 1095)))).isoformat()
        return row | self._tags(contract) | self._taken_over(kind, contract, quarter)

    def _tags(self, contract: Running) -> Row:
        tags: Row = {}
        if self.dice.random() < 0.08:
            tags["supply"] = self.dice.choice(list(SUPPLY_WORDS.values()))[0]
        if self.dice.random() < 0.06:
            tags["new_mode"] = self.dice.choice(list(NEW_MODE_WORDS.values()))[0]
        if self.plan.branch_share and contract.market != MAINLAND and self.dice.random() < 0.5:
            tags |= {"is_abroad": "是", "branch_share": self.plan.branch_share, "contracts_back": "否"}
        return tags

    def _taken_over(self, kind: str, contract: Running, quarter: Quarter) -> Row:
        """Now and then a contract at home is work taken over from another member."""
        if not self.plan.upstream or contract.market != MAINLAND or kind == STANDING or quarter < SUBCONTRACTS_FROM:
            return {}
        return {"upstream_firm": self.upstream_code, "upstream_number": self.plan.upstream.partition("/")[2]}

    def _change(self, quarter: Quarter) -> list[Row]:
        """More or less work than was agreed, on a contract of which enough is left."""
        roomy = [contract for contract in self.contracts if contract.left_cents > 10_000_000]
        if not roomy:
            return []
        contract = self.dice.choice(roomy)
        share = self.dice.choice((-0.2, -0.1, 0.1, 0.15, 0.3))
        cents = self._rounded(Decimal(contract.left_cents) * Decimal(str(share)))
        contract.left_cents += cents
        on = day_between(quarter.first_day + timedelta(days=55), quarter.last_day - timedelta(days=4), self.dice)
        reason = "客户追加工作量" if cents > 0 else "部分工作取消，双方签补充协议"
        row = {"kind": CHANGED, "number": contract.number, "on": on.isoformat(), "amount": in_units(cents)}
        return [row | {"reason": reason}]

    # ── Executions ───────────────────────────────────────────────────────────────────────────────

    def _executions(self, quarter: Quarter) -> list[Row]:
        noise = Decimal(str(round(self.dice.lognormvariate(0, 0.18), 4)))
        total = self._scale(quarter) * SEASON[quarter.number] * noise
        count = self.dice.choice((1, 2, 2, 3, 4)) + (2 if total > LARGE_QUARTER else 0)
        rows: list[Row] = []
        for number in range(count):
            portion = total / count * Decimal(str(round(self.dice.uniform(0.6, 1.4), 3)))
            on = self._execution_day(quarter, number, count)
            contract = self._contract_for(portion, on, rows, quarter)
            cents = min(self._in_currency(portion, contract.currency, on), contract.left_cents)
            contract.left_cents -= cents
            rows.append(self._execution_row(contract, on, cents, number))
        return rows

    def _execution_day(self, quarter: Quarter, number: int, count: int) -> date:
        """Executions follow each other through the quarter, never two on a day."""
        days = (quarter.last_day - quarter.first_day).days - 2
        first = quarter.first_day + timedelta(days=days * number // count + 3)
        return day_between(first, first + timedelta(days=max(0, days // count - 4)), self.dice)

    def _contract_for(self, usd: Decimal, on: date, rows: list[Row], quarter: Quarter) -> Running:
        """A contract signed by then, with room for most of the amount; else a new one is signed."""
        signed = [contract for contract in self.contracts if contract.signed_on <= on]
        fitting = [contract for contract in signed if self._room(contract, on) > usd * Decimal("0.6")]
        if fitting:
            return self.dice.choice(fitting)
        rows.append(self._contract(SIGNED, quarter, by=on, at_least=usd))
        return self.contracts[-1]

    def _room(self, contract: Running, on: date) -> Decimal:
        return Decimal(contract.left_cents) * self._rate(contract.currency, on) / 100

    def _execution_row(self, contract: Running, on: date, cents: int, number: int) -> Row:
        word = "HD" if contract.market == MAINLAND else "SW"
        row = {
            "kind": EXECUTED, "number": contract.number, "on": on.isoformat(), "amount": in_units(cents),
            "receipt_number": f"{word}{on:%y%m%d}{self.plan.ordinal:03d}{number + 1}", "receipt_on": on.isoformat(),
        }  # fmt: skip
        if contract.market != MAINLAND and self.dice.random() < 0.03:
            row |= {"payer_market": MAINLAND, "reason": "境外客户委托其境内子公司付款，附委托书"}
        return row

    # ── Amounts ──────────────────────────────────────────────────────────────────────────────────

    def _scale(self, quarter: Quarter) -> Decimal:
        return self.plan.scale[quarter.year]

    def _rate(self, currency: str, on: date) -> Decimal:
        return self.lists.rate(currency, on)[0].usd_per_unit

    def _in_currency(self, usd: Decimal, currency: str, on: date) -> int:
        cents = self._rounded(usd / self._rate(currency, on) * 100)
        return max(cents // 100_000 * 100_000, 100_000) if currency in WITHOUT_CENTS else cents

    def _rounded(self, cents: Decimal) -> int:
        """Mostly three leading digits, as agreed amounts have; sometimes to the cent, as settled ones have."""
        if self.dice.random() < 0.3:
            return int(cents)
        step = 10 ** max(0, len(str(abs(int(cents)))) - 3)
        return round(int(cents) / step) * step

    def _number(self, year: int) -> str:
        self.numbers[year] = self.numbers.get(year, FIRST_INVENTED_NUMBER - 1) + 1
        return f"{self.plan.key.upper()}-{year}-{self.numbers[year]}"


def topics() -> dict[str, dict[str, str]]:
    """Category → the work and the kind of client that contracts of it are named after."""
    with (DATA / "topics.csv").open(encoding="utf-8", newline="") as file:
        return {row["category"]: row for row in csv.DictReader(file)}
