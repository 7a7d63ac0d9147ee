"""The whole story: from the association's first day to the morning on which the demo's clock starts."""

import time
from collections import Counter
from collections.abc import Callable
from itertools import groupby

from django.db import transaction
from django.test.utils import override_settings
from django.utils.translation import gettext as _

from portal.front.demo import lives, newest, shelf, talks
from portal.front.demo.firms import FirmPlan, firm_plans
from portal.front.demo.membership import membership
from portal.front.demo.moments import moment
from portal.front.demo.office import Office
from portal.front.demo.people import ADMINISTRATOR, People, appoint_staff
from portal.front.demo.plans import NEWEST, QUARTERS, filing_plans
from portal.front.demo.releases import release_steps
from portal.front.demo.steps import Act, Step
from portal.lib.acts import Refused
from portal.lib.collecting import uncollected
from portal.lib.quarters import Quarter
from portal.members.models import User
from portal.reference.models import Division
from portal.reference.queries import CodeLists, code_lists

Say = Callable[[str], None]


def is_loaded() -> bool:
    return User.objects.filter(email=ADMINISTRATOR).exists()


# The letters of the past have been read long ago: none of them leaves now.
SILENT = override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")


@SILENT
@uncollected()
@transaction.atomic
def load(say: Say) -> None:
    """Everything or nothing. Raises Refused when the code lists are not there yet."""
    divisions = Division.objects.in_bulk()
    if not divisions:
        raise Refused(_("The code lists come first: load_lists."))
    lists, people, plans = code_lists(), People(), firm_plans()
    appoint_staff(people, divisions)
    office = Office(plans, lists, people, divisions)
    for quarter, steps in groupby(story(plans, lists), key=lambda step: Quarter.of(step.at.date())):
        _perform(office, quarter, list(steps), say)
    began = time.perf_counter()
    shelf.fill(people)
    say(f"What the association has written is on the shelf ({time.perf_counter() - began:.1f} s)")


def _perform(office: Office, quarter: Quarter, steps: list[Step], say: Say) -> None:
    began = time.perf_counter()
    for step in steps:
        office.perform(step)
    acts = Counter(step.act for step in steps)
    months = f"{quarter.first_day:%b} to {quarter.last_day:%b %Y}"
    say(
        f"{months}: {acts[Act.ADMIT]:3} firms join, {acts[Act.SUBMIT]:3} filings come in, "
        f"{acts[Act.APPROVE]:3} are approved, {acts[Act.PUBLISH]} releases ({time.perf_counter() - began:.1f} s)"
    )


def story(plans: list[FirmPlan], lists: CodeLists) -> list[Step]:
    """All steps in the order of time."""
    steps = [Step(moment(quarter.first_day, 8), Act.OPEN_PERIOD, quarter=quarter) for quarter in QUARTERS]
    filings = filing_plans(plans, lists)
    for plan in filings:
        steps += newest.life(plan) if plan.quarter == NEWEST else lives.life(plan)
    around = (*membership(plans), talks.prolonged(filings), *talks.calendar(), *release_steps())
    return sorted([*steps, *around], key=lambda step: step.at)
