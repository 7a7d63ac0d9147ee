"""The cast: a small association in April 2020, made by the same acts as real work.

Take it as the fixture `world` (`from tests.world import world  # noqa: F401` in an area's conftest.py); the
clock stands at `NOW` then. `world.alice` owns `world.firm` in Guiyang, where Bob may only read and Gina only
certify; Charlie owns `world.rival` in Zhengzhou. Dora reviews, Erik makes statistics, Frida administers, all
three everywhere. 2019Q1 to 2020Q1 are open.

`file_quarter(...)` files a quarter as far as you like; `another_firm(n)` admits one more member.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.timezone import now as real_now
from stdnum.cn import uscc

from portal.filings.actions.drafts import open_filing, save_draft
from portal.filings.actions.periods import open_period
from portal.filings.actions.review import approve, return_to_firm
from portal.filings.actions.submission import submit
from portal.filings.intake.entries import read_entry
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.sheet import Entry, Kind
from portal.lib.quarters import Quarter
from portal.members.actions import admit_firm, appoint, represent
from portal.members.models import Firm, User
from portal.members.roles import FirmRole, StaffRole
from portal.reference.models import Division
from portal.reference.queries import CodeLists, code_lists

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2020, 4, 3, 9, 0, tzinfo=BEIJING)
EARLIER = datetime(2019, 1, 2, 9, 0, tzinfo=BEIJING)
JOINED = date(2019, 1, 1)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """The portal's clock reads this moment, and goes on from there."""
    with override_settings(CLOCK_OFFSET=moment - real_now()):
        yield


def not_before(moment: datetime) -> None:
    """Inside `clock_at`: the portal's clock goes on to this moment, if it has not come to it yet."""
    settings.CLOCK_OFFSET = max(settings.CLOCK_OFFSET, moment - real_now())


@dataclass
class World:
    firm: Firm
    rival: Firm
    alice: User
    bob: User
    gina: User
    charlie: User
    dora: User
    erik: User
    frida: User
    periods: dict[str, Period]
    lists: CodeLists = field(repr=False)

    @property
    def period(self) -> Period:
        """The quarter that is being filed."""
        return self.periods["2020Q1"]


def credit_code(number: int, division: str = "520100") -> str:
    """A valid code, different for each number."""
    body = f"91{division}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def person(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", name=name)


def another_firm(number: int, *, division: str = "520100", name: str = "", by: User | None = None) -> Firm:
    """One more member; nobody acts for it yet."""
    return admit_firm(
        credit_code=credit_code(number, division), name_zh=name or f"示例企业{number}", name_en=f"Example {number}",
        division=Division.objects.get(pk=division), joined_on=JOINED, by=by, at=EARLIER,
    )  # fmt: skip


def acting(name: str, firm: Firm, role: FirmRole, by: User | None = None) -> User:
    """A new person who acts for a firm."""
    user = person(name)
    represent(user=user, firm=firm, role=role, since_on=JOINED, by=by, at=EARLIER)
    return user


def appointed(name: str, role: StaffRole, division: str | None = None) -> User:
    """A new person who works for the association, everywhere or in one division."""
    user = person(name)
    place = Division.objects.get(pk=division) if division else None
    appoint(user=user, role=role, division=place, since_on=JOINED, by=None, at=EARLIER)
    return user


def build_world() -> World:
    frida = appointed("Frida", StaffRole.ADMINISTRATOR)
    firm = another_firm(1, name="示例云数据服务有限公司", by=frida)
    rival = another_firm(2, division="410100", name="示例软件有限公司", by=frida)
    quarters = [Quarter(2019, 1).shift(step) for step in range(5)]
    return World(
        firm=firm,
        rival=rival,
        alice=acting("Alice", firm, FirmRole.OWNER, frida),
        bob=acting("Bob", firm, FirmRole.VIEWER, frida),
        gina=acting("Gina", firm, FirmRole.CERTIFIER, frida),
        charlie=acting("Charlie", rival, FirmRole.OWNER, frida),
        dora=appointed("Dora", StaffRole.REVIEWER),
        erik=appointed("Erik", StaffRole.STATISTICIAN),
        frida=frida,
        periods={str(quarter): open_period(quarter=quarter, by=frida, at=EARLIER) for quarter in quarters},
        lists=code_lists(),
    )


def found_world() -> World:
    """The cast as it stands in the database that tests of the world start from."""
    people = {user.name.lower(): user for user in User.objects.all()}
    return World(
        firm=Firm.objects.get(credit_code=credit_code(1)),
        rival=Firm.objects.get(credit_code=credit_code(2, "410100")),
        **{name: people[name] for name in ("alice", "bob", "gina", "charlie", "dora", "erik", "frida")},
        periods={period.code: period for period in Period.objects.all()},
        lists=lists_once(),
    )


@cache
def lists_once() -> CodeLists:
    """The code lists, read once: every test starts from the same ones."""
    return code_lists()


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock_at(NOW):
        yield found_world()


# ── Entries, as somebody would type them ─────────────────────────────────────────────────────────

SIGNED = {
    "number": "A-1", "name": "Bridge design", "client": "Hanoi Rail", "market": "VNM", "category": "ITO-1-01",
    "on": "2020-02-01", "currency": "USD", "amount": "1000.00",
}  # fmt: skip
CHANGED = {"number": "A-1", "on": "2020-03-02", "amount": "200.00", "reason": "More drawings"}
EXECUTED = {"number": "A-1", "on": "2020-03-18", "amount": "900.00", "receipt_number": "SW20031801"}
TYPED = {Kind.SIGNED: SIGNED, Kind.STANDING: SIGNED, Kind.CHANGED: CHANGED, Kind.EXECUTED: EXECUTED}


def entry(kind: Kind, lists: CodeLists, row: int = 0, **typed: object) -> Entry:
    """An entry that is in order, but for what you type otherwise."""
    return read_entry(kind, TYPED[kind] | typed, lists=lists, row=row)


def simple_entries(lists: CodeLists, number: str = "A-1", on: date = date(2020, 2, 1)) -> list[Entry]:
    """A contract of 1,000 US dollars for Vietnam, signed on a day, and 900 of it executed ten days later."""
    return [
        entry(Kind.SIGNED, lists, number=number, on=on.isoformat()),
        entry(Kind.EXECUTED, lists, number=number, on=(on + timedelta(days=10)).isoformat()),
    ]


def file_quarter(
    world: World,
    *,
    firm: Firm | None = None,
    period: str = "2020Q1",
    entries: list[Entry] | None = None,
    until: str = "approved",
    by: User | None = None,
    at: datetime | None = None,
) -> Version:
    """File a quarter up to "draft", "submitted", "approved" or "returned", each step a minute after the one before.

    Without entries: a contract named after the period, with one execution. It is filed on the 3rd of the month
    after the quarter unless `at` says otherwise.
    """
    firm, by, chosen = firm or world.firm, by or world.alice, world.periods[period]
    at = at or datetime.combine(chosen.last_on + timedelta(days=3), NOW.timetz())
    if entries is None:
        entries = simple_entries(world.lists, f"{period}-1", chosen.first_on + timedelta(days=31))
    version = open_filing(firm=firm, period=chosen, by=by, at=at)
    save_draft(version=version, entries=entries, lists=world.lists, by=by, at=at + timedelta(minutes=1))
    if until != "draft":
        version = submit(version=version, lists=world.lists, by=by, at=at + timedelta(minutes=2))
    decided = at + timedelta(minutes=3)
    if until == "approved":
        version = approve(version=version, by=world.dora, at=decided)
    if until == "returned":
        version = return_to_firm(
            version=version, reason="R01", letter="Please send the bank receipt.", by=world.dora, at=decided
        )
    return Version.objects.select_related("filing__period", "filing__firm", "firm").get(pk=version.pk)
