"""The people of the demo. The named accounts are for trying the portal; every other firm has a filer of its own."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password

from portal.front.demo.firms import FirmPlan
from portal.front.demo.moments import moment
from portal.members.actions import appoint
from portal.members.models import User
from portal.members.roles import FirmRole, StaffRole
from portal.reference.models import Division

BEGAN_ON = date(2019, 1, 1)


@dataclass(frozen=True)
class Account:
    """Somebody to sign in as. Staff may be limited to a `division`; others act for the `firms` of these keys."""

    email: str
    name: str
    role: StaffRole | FirmRole
    tries: str
    division: str = ""
    firms: tuple[str, ...] = ()


ADMINISTRATOR = "admin@demo.example"
STATISTICIAN = "statistician@demo.example"
REVIEWER = "reviewer@demo.example"
EDITOR = "editor@demo.example"
PUBLISHER = "publisher@demo.example"
REVIEWERS = {"520000": "reviewer.guizhou@demo.example"}
TEAM_FIRM = "gy07"
AGENT_FIRMS = ("gy11", "gy13")
# Where one person files and another certifies.
TWO_SIGN = "sh04"
_FILES_FIRST = (FirmRole.FILER, FirmRole.OWNER, FirmRole.CERTIFIER, FirmRole.VIEWER)

ACCOUNTS = (
    Account(ADMINISTRATOR, "示例管理员", StaffRole.ADMINISTRATOR, "periods, firms, people, applications, reminders"),
    Account(STATISTICIAN, "示例统计员", StaffRole.STATISTICIAN, "build a release, look at its checks, publish it"),
    Account(REVIEWER, "示例审核员", StaffRole.REVIEWER, "the queue of 2020Q4: ask, approve or return, many at once"),
    Account(
        REVIEWERS["520000"], "示例贵州审核员", StaffRole.REVIEWER, "the same, for Guizhou's firms alone",
        division="520000",
    ),
    Account(EDITOR, "示例编辑", StaffRole.EDITOR, "the editing desk: write, insert a figure, assemble an issue"),
    Account(PUBLISHER, "示例发布人", StaffRole.PUBLISHER, "the second pair of eyes: check, schedule, publish, send"),
    Account(
        "owner@demo.example", "示例负责人", FirmRole.OWNER, "the firm's state, past filings, contracts, team",
        firms=(TEAM_FIRM,),
    ),
    Account(
        "filer@demo.example", "示例填报人", FirmRole.FILER,
        "2020Q4 is begun, with rows not finished; an upload was refused: see why, mend it, submit",
        firms=(TEAM_FIRM,),
    ),
    Account("certifier@demo.example", "示例复核人", FirmRole.CERTIFIER, "submit, without editing", firms=(TEAM_FIRM,)),
    Account("viewer@demo.example", "示例查看人", FirmRole.VIEWER, "look, without touching", firms=(TEAM_FIRM,)),
    Account(
        "sh22@demo.example", "示例会计", FirmRole.OWNER,
        "two questions about 2020Q4 wait for an answer, one of them too long", firms=("sh22",),
    ),
    Account(
        "cd06@demo.example", "示例统计专员", FirmRole.OWNER,
        "an uploaded workbook was checked: see what it would change, take it over", firms=("cd06",),
    ),
    Account(
        "certifier.shanghai@demo.example", "示例总会计师", FirmRole.CERTIFIER,
        "2020Q4 was filed by a colleague and waits for the second signature", firms=(TWO_SIGN,),
    ),
    Account(
        "agent@demo.example", "示例代理人", FirmRole.FILER,
        "two firms: one has not begun 2020Q4, the other was returned", firms=AGENT_FIRMS,
    ),
)  # fmt: skip


class People:
    """Everybody in the demo, by e-mail address."""

    def __init__(self) -> None:
        # One salted hash for all: hashing is slow by intention, and there are some hundred and fifty people.
        self._password = make_password(settings.DEMO_PASSWORD)
        self._known: dict[str, User] = {}

    def __getitem__(self, email: str) -> User:
        return self._known[email]

    def arrive(self, email: str, name: str, *, at: datetime, **fields: bool) -> User:
        """Make the account; a second time it is the same one."""
        if email not in self._known:
            user = User.objects.create_user(email, name=name, is_demo=True, **fields)
            user.password, user.joined_at = self._password, at
            user.save(update_fields=["password", "joined_at"])
            self._known[email] = user
        return self._known[email]

    def team_of(self, plan: FirmPlan, *, at: datetime) -> list[tuple[User, FirmRole]]:
        """Who acts for a firm, in which role; the first of them files. Every firm has an owner."""
        named = [account for account in ACCOUNTS if plan.key in account.firms]
        team = [(self.arrive(account.email, account.name, at=at), account.role) for account in named]
        if FirmRole.OWNER not in {role for _user, role in team}:
            user = self.arrive(f"{plan.key}@demo.example", f"示例填报人{plan.ordinal:03d}", at=at)
            team.append((user, FirmRole.OWNER))
        return sorted(team, key=lambda member: _FILES_FIRST.index(member[1]))


def appoint_staff(people: People, divisions: dict[str, Division]) -> None:
    """The association's own people; the first of them appoints the others."""
    at = moment(BEGAN_ON, 7)
    first = people.arrive(ADMINISTRATOR, ACCOUNTS[0].name, at=at, is_staff=True, is_superuser=True)
    for account in ACCOUNTS:
        if isinstance(account.role, StaffRole):
            user = people.arrive(account.email, account.name, at=at)
            division = divisions.get(account.division)
            appoint(user=user, role=account.role, division=division, since_on=BEGAN_ON, by=first, at=at)


def reviewer_of(division: str) -> str:
    """The address of whoever reviews the firms of a place: its province's reviewer, if it has one."""
    return REVIEWERS.get(f"{division[:2]}0000", REVIEWER)
