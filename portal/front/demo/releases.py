"""When each quarter is published, and once more after a correction."""

from datetime import date, timedelta

from portal.front.demo.lives import CORRECTIONS
from portal.front.demo.moments import moment, next_workday
from portal.front.demo.plans import NEWEST, QUARTERS
from portal.front.demo.steps import Act, Step
from portal.lib.quarters import Quarter

# From a quarter's last day to the counting, and from the counting to the publication.
BUILT_AFTER = timedelta(days=20)
PUBLISHED_AFTER = timedelta(days=3)
# From the mending of a correction to the counting.
COUNTED_AFTER = timedelta(days=7)


def release_steps() -> list[Step]:
    first = [(quarter, next_workday(quarter.last_day + BUILT_AFTER)) for quarter in QUARTERS if quarter != NEWEST]
    again = [(quarter, next_workday(mended_on + COUNTED_AFTER)) for (_firm, quarter), mended_on in CORRECTIONS.items()]
    return [step for quarter, day in [*first, *again] for step in _release(quarter, day)]


def _release(quarter: Quarter, day: date) -> tuple[Step, Step]:
    published_on = next_workday(day + PUBLISHED_AFTER)
    return (
        Step(moment(day, 18), Act.BUILD, quarter=quarter),
        Step(moment(published_on, 10), Act.PUBLISH, quarter=quarter),
    )
