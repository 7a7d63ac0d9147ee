"""When each quarter is published, and once more after a correction."""

from datetime import date, timedelta

from portal.front.demo.lives import CORRECTIONS
from portal.front.demo.moments import moment, next_workday
from portal.front.demo.plans import NEWEST, QUARTERS
from portal.front.demo.steps import Act, Comment, ReleaseDate, Step
from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Standing

# From a quarter's last day to the counting, and from the counting to the publication.
BUILT_AFTER = timedelta(days=20)
PUBLISHED_AFTER = timedelta(days=3)
# From the mending of a correction to the counting.
COUNTED_AFTER = timedelta(days=7)


# What the calendar says of the quarter that is being filed.
NEWEST_AT, PUT_OFF_TO, FINAL_AT = date(2021, 1, 22), date(2021, 1, 25), date(2021, 4, 20)
WHY = ("三家企业的补报材料仍在核实", "Late filings of three firms are still being verified")


# Why Guiyang grew as it did: what no arithmetic says.
COMMENTED = Quarter(2020, 1)
COMMENT = Comment(
    "520100",
    "增长主要来自两方面：一是年初逐户走访，一批此前没有填报的企业首次入统；二是企业补报了2019年7月以后发生、"
    "当时没有申报的执行额。剔除这两项，持续填报企业的业务也在增长。",
    "Two things stand behind the growth: visits to every firm early in the year brought in a number that had never "
    "filed; and firms reported executions since July 2019 that they had not filed at the time. Without either, the "
    "business of firms that went on filing grew as well.",
)


def release_steps() -> list[Step]:
    first = [(quarter, next_workday(quarter.last_day + BUILT_AFTER)) for quarter in QUARTERS if quarter != NEWEST]
    again = [(quarter, next_workday(mended_on + COUNTED_AFTER)) for (_firm, quarter), mended_on in CORRECTIONS.items()]
    releases = [step for quarter, day in [*first, *again] for step in _release(quarter, day)]
    return [*releases, *(_announced(quarter, day) for quarter, day in first), *_still_to_come()]


def _announced(quarter: Quarter, day: date) -> Step:
    """Said in the first days after the quarter."""
    comes_at = moment(next_workday(day + PUBLISHED_AFTER), 10)
    return Step(
        moment(next_workday(quarter.last_day + timedelta(days=5)), 11), Act.ANNOUNCE, quarter=quarter,
        said=ReleaseDate(Standing.PROVISIONAL, comes_at),
    )  # fmt: skip


def _still_to_come() -> list[Step]:
    first = ReleaseDate(Standing.PROVISIONAL, moment(NEWEST_AT, 10), is_confirmed=False)
    later = ReleaseDate(Standing.PROVISIONAL, moment(PUT_OFF_TO, 10), reasons=WHY)
    final = ReleaseDate(Standing.FINAL, moment(FINAL_AT, 10), is_confirmed=False)
    return [
        Step(moment(date(2021, 1, 4), 11), Act.ANNOUNCE, quarter=NEWEST, said=first),
        Step(moment(date(2021, 1, 11), 16), Act.POSTPONE, quarter=NEWEST, said=later),
        Step(moment(date(2021, 1, 11), 17), Act.ANNOUNCE, quarter=NEWEST, said=final),
    ]


def _release(quarter: Quarter, day: date) -> list[Step]:
    published_on = next_workday(day + PUBLISHED_AFTER)
    steps = [
        Step(moment(day, 18), Act.BUILD, quarter=quarter),
        Step(moment(published_on, 10), Act.PUBLISH, quarter=quarter),
    ]
    if quarter == COMMENTED:
        steps.insert(1, Step(moment(published_on, 9), Act.COMMENT, quarter=quarter, said=COMMENT))
    return steps
