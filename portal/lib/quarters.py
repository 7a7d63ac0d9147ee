"""Quarters of the calendar: 2020Q1 is January to March 2020."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_CODE = re.compile(r"(\d{4})Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def parse(cls, code: str) -> "Quarter":
        """`2020Q1` as a quarter; raises ValueError on anything else."""
        match = _CODE.fullmatch(code)
        if match is None:
            raise ValueError(f"{code!r} is not a quarter such as 2020Q1")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        month = 3 * self.number
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def last_month(self) -> int:
        return 3 * self.number

    def shift(self, quarters: int) -> "Quarter":
        year, index = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, index + 1)

    @property
    def year_before(self) -> "Quarter":
        return Quarter(self.year - 1, self.number)

    @property
    def year_to_date(self) -> list["Quarter"]:
        """The quarters of this year up to and including this one (1至N月)."""
        return [Quarter(self.year, number) for number in range(1, self.number + 1)]

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
