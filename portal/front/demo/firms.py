"""The demo's firms: all invented, each with a credit code whose characters check."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from stdnum.cn import uscc

from portal.lib.quarters import Quarter
from portal.members.actions import admit_firm
from portal.members.models import Firm, User
from portal.reference.models import Division

DATA = Path(__file__).resolve().parent / "data"

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class FirmPlan:
    """A firm as data/firms.csv has it, with what it does for a living.

    `scale` is what it executes in an ordinary quarter of a year, in US dollars; `offshore` the share of
    its contracts with clients abroad. `upstream` names another firm's contract (`key/number`) from which
    it takes work over; `branch_share` is held in a branch abroad.
    """

    key: str
    ordinal: int
    division: str
    name_zh: str
    name_en: str
    size_band: str
    grade: str
    controller: str
    joined_on: date
    files_from: Quarter
    files_until: Quarter | None
    scale: dict[int, Decimal]
    offshore: float
    categories: tuple[str, ...]
    markets: tuple[str, ...]
    consented_on: date | None
    upstream: str
    branch_share: str

    @cached_property
    def credit_code(self) -> str:
        return credit_code(self.division, self.ordinal)

    def files(self, quarter: Quarter) -> bool:
        return self.files_from <= quarter and (self.files_until is None or quarter <= self.files_until)


def credit_code(division: str, ordinal: int) -> str:
    """An enterprise's code (GB 32100) registered in a division, around an organisation code (GB 11714)."""
    organisation = f"MA{ordinal:06d}"
    total = sum(int(char, 36) * weight for char, weight in zip(organisation, _ORGANISATION_WEIGHTS))
    check = "0123456789X0"[11 - total % 11]
    body = f"91{division}{organisation}{check}"
    return body + uscc.calc_check_digit(body)


def firm_plans() -> list[FirmPlan]:
    with (DATA / "firms.csv").open(encoding="utf-8", newline="") as file:
        return [_plan(row, ordinal) for ordinal, row in enumerate(csv.DictReader(file), start=1)]


def _plan(row: dict[str, str], ordinal: int) -> FirmPlan:
    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    scale = {year: Decimal(row.pop(f"scale_{year}")) * 10_000 for year in (2019, 2020)}
    until = row["files_until"]
    return FirmPlan(
        **row
        | {
            "ordinal": ordinal,
            "joined_on": day(row["joined_on"]),
            "files_from": Quarter.parse(row["files_from"]),
            "files_until": Quarter.parse(until) if until else None,
            "scale": scale,
            "offshore": float(row["offshore"]),
            "categories": tuple(row["categories"].split()),
            "markets": tuple(row["markets"].split()),
            "consented_on": day(row["consented_on"]),
        }
    )


def admit(plan: FirmPlan, *, divisions: dict[str, Division], by: User, at: datetime) -> Firm:
    return admit_firm(
        credit_code=plan.credit_code,
        name_zh=plan.name_zh,
        name_en=plan.name_en,
        division=divisions[plan.division],
        joined_on=plan.joined_on,
        size_band=plan.size_band,
        grade=plan.grade,
        controller=plan.controller,
        by=by,
        at=at,
    )
