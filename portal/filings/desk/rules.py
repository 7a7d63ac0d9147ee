"""How each rule fares: what it hits, and what becomes of it. Counts over whole periods, in a few queries each."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.models.rule import Hit, RuleSetting
from portal.filings.models.upload import Upload
from portal.filings.past import settings_in
from portal.filings.rules import RULES
from portal.filings.sheet import Level, Rule, Setting
from portal.lib.money import rounded
from portal.members.models import Firm


@dataclass(frozen=True)
class Rate:
    """What became of a rule's hits in one period. A hit is one finding of one filing, whatever the versions.

    `explained` came with a reason of the firm's, `remembered` with one accepted before; `accepted` is what reviewers
    took as good of both, `mended` what the firm put right instead, `rejected` what was sent back.
    """

    filings: int = 0
    hit_filings: int = 0
    hits: int = 0
    explained: int = 0
    remembered: int = 0
    accepted: int = 0
    mended: int = 0
    rejected: int = 0

    @property
    def of_filings(self) -> Decimal | None:
        return percent(self.hit_filings, self.filings)

    @property
    def explain_rate(self) -> Decimal | None:
        return percent(self.explained + self.remembered, self.hits)

    @property
    def accept_rate(self) -> Decimal | None:
        """Of the hits that came with a reason."""
        return percent(self.accepted, self.explained + self.remembered)

    @property
    def mend_rate(self) -> Decimal | None:
        return percent(self.mended, self.hits)


def percent(part: int, whole: int) -> Decimal | None:
    """With one decimal; none of nothing."""
    return rounded(Decimal(100 * part) / whole, 1) if whole else None


def rates(periods: Iterable[Period], firms: QuerySet[Firm], code: str = "") -> dict[tuple[str, str], Rate]:
    """By (rule, period), of the rules that hit something; two queries."""
    periods = list(periods)
    filings = filings_in(periods, firms)
    hits = Hit.objects.filter(filing__period__in=periods, firm__in=firms)
    hits = (hits.filter(code=code) if code else hits).order_by("version_number", "pk")
    # The newest version has the last word on what became of a finding.
    last: dict[tuple[str, str, int, str], tuple[str, bool]] = {}
    for rule, period, filing, subject, outcome, is_remembered in hits.values_list(
        "code", "filing__period", "filing", "subject", "outcome", "is_remembered"
    ):
        last[rule, period, filing, subject] = (outcome, is_remembered)
    found: dict[tuple[str, str], list[tuple[int, str, bool]]] = defaultdict(list)
    for (rule, period, filing, _subject), what in last.items():
        found[rule, period].append((filing, *what))
    return {key: _rate(rows, filings.get(key[1], 0)) for key, rows in found.items()}


def _rate(rows: list[tuple[int, str, bool]], filings: int) -> Rate:
    outcomes = Counter(outcome for _filing, outcome, _remembered in rows)
    remembered = sum(is_remembered and outcome != Hit.Outcome.MENDED for _filing, outcome, is_remembered in rows)
    mended = outcomes[Hit.Outcome.MENDED]
    return Rate(
        filings=filings, hit_filings=len({filing for filing, *_rest in rows}), hits=len(rows),
        explained=len(rows) - mended - remembered, remembered=remembered, accepted=outcomes[Hit.Outcome.ACCEPTED],
        mended=mended, rejected=outcomes[Hit.Outcome.REJECTED],
    )  # fmt: skip


def filings_in(periods: Iterable[Period], firms: QuerySet[Firm]) -> dict[str, int]:
    """How many filings of some firms were handed in, by period."""
    versions = Version.objects.filter(filing__period__in=list(periods), firm__in=firms).exclude(status=Status.DRAFT)
    counted = versions.order_by().values_list("filing__period").annotate(count=Count("filing", distinct=True))
    return dict(counted)


@dataclass(frozen=True)
class InFiles:
    """Errors and notes are not kept as hits; what uploaded files brought says how often a rule speaks."""

    files: int
    by_code: Counter[str]

    def share(self, code: str) -> Decimal | None:
        return percent(self.by_code[code], self.files)


def in_files(period: Period, firms: QuerySet[Firm]) -> InFiles:
    """Of the files uploaded for a period, how many each rule had something to say of. One query."""
    rows = Upload.objects.filter(filing__period=period, firm__in=firms).order_by().values_list("findings", flat=True)
    by_code: Counter[str] = Counter()
    files = 0
    for findings in rows.iterator(chunk_size=100):
        files += 1
        by_code.update({item["code"] for item in findings})
    return InFiles(files, by_code)


@dataclass(frozen=True)
class Standing:
    """A rule as it is set in a period, with its rates there."""

    rule: Rule
    setting: Setting
    rate: Rate
    file_share: Decimal | None

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def statement(self) -> str:
        return _(self.rule.statement)

    @property
    def is_adjustable(self) -> bool:
        return self.rule.is_adjustable

    @property
    def is_set(self) -> bool:
        """Otherwise than the rule brings it."""
        return not self.setting.is_on or any(
            self.setting.thresholds.get(one.name, one.default) != one.default for one in self.rule.thresholds
        )


def standings(period: Period, firms: QuerySet[Firm]) -> dict[Level, list[Standing]]:
    """Every rule, by level, in the order of the list."""
    found, files, settings = rates([period], firms), in_files(period, firms), settings_in(period)
    nothing = Rate(filings=filings_in([period], firms).get(period.code, 0))
    rows: dict[Level, list[Standing]] = {level: [] for level in Level}
    for rule in RULES:
        rate = found.get((rule.code, period.code), nothing)
        setting = settings.get(rule.code, Setting())
        rows[rule.level].append(Standing(rule, setting, rate, files.share(rule.code)))
    return rows


def editions(rule: Rule) -> list[RuleSetting]:
    """How a rule was set, the newest first."""
    rows = RuleSetting.objects.filter(code=rule.code).select_related("since")
    return list(rows.order_by("-since__first_on", "-recorded_at", "-pk"))
