"""Reasons that are remembered, and what becomes of each finding that asked for one."""

from datetime import timedelta

import pytest
from django.utils import translation

from portal.filings.actions import NotSaved
from portal.filings.actions.drafts import reopen, save_draft
from portal.filings.actions.hits import accept_reason, reject_reason
from portal.filings.actions.review import approve, recall, return_to_firm
from portal.filings.actions.rules import set_rule
from portal.filings.actions.submission import blocking, submit, withdraw
from portal.filings.desk.points import points_of
from portal.filings.models.contract import Contract
from portal.filings.models.rule import Hit, RuleSetting
from portal.filings.past import Depth, settings_in
from portal.filings.queries import context_of, stored_entries
from portal.filings.rules import check
from portal.filings.sheet import Kind, Setting
from portal.filings.workspace.sheets import sheet_of
from portal.journal.models import Entry as JournalEntry
from portal.lib.acts import Refused
from tests.world import NOW, World, entry, file_quarter

REASON = "The client's branch in Shanghai pays"
Outcome = Hit.Outcome
NUMBER = "HN-1"
# Before the last quarter of 2019 was locked.
IN_TIME = NOW - timedelta(days=60)


def signed(world: World):
    return entry(Kind.SIGNED, world.lists, number=NUMBER, on="2019-11-01", amount="90000.00")


def executed(world: World, on: str, reason: str = "", **typed: object):
    return entry(Kind.EXECUTED, world.lists, number=NUMBER, on=on, payer_market="CHN", reason=reason, **typed)


def last_year(world: World, until: str = "approved"):
    """An execution paid from the mainland, with its reason."""
    entries = [signed(world), executed(world, "2019-12-02", REASON)]
    return file_quarter(world, period="2019Q4", entries=entries, until=until)


def this_year(world: World, until: str = "submitted", **typed: object):
    return file_quarter(world, entries=[executed(world, "2020-03-18", **typed)], until=until)


def hit_of(version) -> Hit:
    return Hit.objects.get(filing=version.filing, version_number=version.number)


# ── Remembered ───────────────────────────────────────────────────────────────────────────────────


def test_an_accepted_reason_quiets_the_same_finding_next_quarter(world):
    assert hit_of(last_year(world)).outcome == Outcome.ACCEPTED
    hit = hit_of(this_year(world))
    assert (hit.code, hit.subject, hit.reason, hit.is_remembered) == ("E1", NUMBER, REASON, True)
    assert hit.outcome == Outcome.EXPLAINED


def test_one_that_nobody_has_accepted_yet_is_asked_for_again(world):
    last_year(world, until="submitted")
    version = this_year(world, until="draft")
    with pytest.raises(NotSaved) as refusal:
        submit(version=version, lists=world.lists, by=world.alice, at=NOW)
    assert [item.code for item in refusal.value.findings] == ["E1"]
    assert not Hit.objects.filter(filing=version.filing).exists()


def test_it_is_shown_folded_on_the_sheet_and_blocks_nothing(world):
    last_year(world)
    version = this_year(world, until="draft")
    sheet = sheet_of(version.filing, version, lists=world.lists, on=NOW.date())
    (row,) = [row for row in sheet.executions if row.stored]
    assert [item.code for item in row.findings] == ["E1"]
    assert (row.open_findings, row.blocks, sheet.blocking) == ([], False, [])


def test_a_reason_rejected_later_is_forgotten(world):
    hit = hit_of(last_year(world))
    reject_reason(hit=hit, by=world.dora, at=NOW)
    version = this_year(world, until="draft")
    assert [item.code for item in blocking(version, world.lists, NOW)] == ["E1"]
    assert JournalEntry.objects.get(verb="hit.rejected").actor == world.dora.key


def test_another_firm_s_reason_answers_nothing(world):
    last_year(world)
    entries = [entry(Kind.SIGNED, world.lists, number=NUMBER), executed(world, "2020-03-18")]
    version = file_quarter(world, firm=world.rival, by=world.charlie, entries=entries, until="draft")
    assert [item.code for item in blocking(version, world.lists, NOW)] == ["E1"]


# ── Settled ──────────────────────────────────────────────────────────────────────────────────────


def test_with_a_return_reasons_are_rejected_and_with_its_recall_they_wait_again(world):
    version = last_year(world, until="submitted")
    return_to_firm(version=version, reason="R05", letter="Say more.", by=world.dora, at=NOW)
    assert hit_of(version).outcome == Outcome.REJECTED
    recall(version=version, by=world.dora, at=NOW + timedelta(minutes=1))
    assert (hit_of(version).outcome, hit_of(version).settled_at) == (Outcome.EXPLAINED, None)


def test_a_reason_accepted_by_itself_survives_the_return(world):
    version = last_year(world, until="submitted")
    accept_reason(hit=hit_of(version), by=world.dora, at=NOW)
    return_to_firm(version=version, reason="R01", letter="The receipt, please.", by=world.dora, at=NOW)
    assert hit_of(version).outcome == Outcome.ACCEPTED
    with pytest.raises(Refused):
        accept_reason(hit=hit_of(version), by=world.dora, at=NOW)
    second = reopen(filing=version.filing, by=world.alice, at=NOW)
    second = submit(version=second, lists=world.lists, by=world.alice, at=NOW)
    assert hit_of(second).outcome == Outcome.ACCEPTED
    assert [point.is_to_be_weighed for point in points_of(second, world.lists) if point.code == "E1"] == [False]


def test_what_the_firm_mended_is_no_explanation(world):
    version = last_year(world, until="returned")
    second = reopen(filing=version.filing, by=world.alice, at=NOW)
    mended = [signed(world), entry(Kind.EXECUTED, world.lists, number=NUMBER, on="2019-12-02", payer_market="HKG")]
    save_draft(version=second, entries=mended, lists=world.lists, by=world.alice, at=NOW)
    second = submit(version=second, lists=world.lists, by=world.alice, at=NOW)
    assert hit_of(version).outcome == Outcome.MENDED
    approve(version=second, by=world.dora, at=NOW)
    assert [hit.outcome for hit in Hit.objects.all()] == [Outcome.MENDED]


def test_submitting_anew_writes_each_finding_once(world):
    version = last_year(world, until="submitted")
    version = withdraw(version=version, by=world.alice, at=IN_TIME)
    entries = [signed(world), executed(world, "2019-12-02", "A better reason")]
    save_draft(version=version, entries=entries, lists=world.lists, by=world.alice, at=IN_TIME)
    version = submit(version=version, lists=world.lists, by=world.alice, at=IN_TIME)
    assert hit_of(version).reason == "A better reason"
    assert hit_of(version).line_key == version.lines.get(kind=Kind.EXECUTED).key


def test_the_reviewer_sees_the_reason_and_where_it_comes_from(world):
    first = last_year(world)
    assert [(p.explanation, p.is_remembered) for p in points_of(first, world.lists) if p.code == "E1"] == [
        (REASON, False)
    ]
    (point,) = [point for point in points_of(this_year(world), world.lists) if point.code == "E1"]
    assert (point.explanation, point.is_remembered, point.is_to_be_weighed) == (REASON, True, False)


# ── Work that two members report ─────────────────────────────────────────────────────────────────


def mirrored(world: World, depth: Depth) -> list[str]:
    version = this_year(world, until="draft", reason=REASON)
    context = context_of(version.filing, lists=world.lists, on=NOW.date(), depth=depth)
    entries = [item.entry for item in stored_entries(version)]
    return [item.code for item in check(entries, context) if item.code == "E6"]


def rival_files(world: World, client: str) -> None:
    entries = [
        entry(Kind.SIGNED, world.lists, number="R-1", client=client),
        entry(Kind.EXECUTED, world.lists, number="R-1", on="2020-03-18"),
    ]
    file_quarter(world, firm=world.rival, by=world.charlie, entries=entries, until="submitted")


def test_a_member_that_names_the_firm_as_its_client_is_told_to_both(world):
    last_year(world)
    rival_files(world, client=world.firm.name_zh)
    assert mirrored(world, Depth.FIRM) == mirrored(world, Depth.DESK) == ["E6"]


def test_what_the_firm_could_provoke_by_typing_is_told_to_reviewers_alone(world):
    """Otherwise amounts could be tried out until another member's figure is found."""
    last_year(world)
    Contract.objects.filter(number=NUMBER).update(client=world.rival.name_zh)
    rival_files(world, client="Hue Rail")
    assert mirrored(world, Depth.FIRM) == []
    assert mirrored(world, Depth.DESK) == ["E6"]


# ── Settings ─────────────────────────────────────────────────────────────────────────────────────


def set_e4(world: World, period: str, times: int, *, is_on: bool = True) -> RuleSetting:
    return set_rule(
        code="E4", since=world.periods[period], is_on=is_on, thresholds={"times": times}, reason="Tried on 2019",
        by=world.erik, at=IN_TIME,
    )  # fmt: skip


def test_a_setting_holds_from_its_period_on_and_not_before(world):
    set_e4(world, "2019Q4", 5)
    set_e4(world, "2020Q1", 5, is_on=False)
    assert settings_in(world.periods["2019Q3"]) == {}
    assert settings_in(world.periods["2019Q4"]) == {"E4": Setting(True, {"times": 5})}
    assert settings_in(world.periods["2020Q1"]) == {"E4": Setting(False, {"times": 5})}
    journalled = JournalEntry.objects.filter(verb="rule.set").order_by("pk").last()
    assert (journalled.before["times"], journalled.after["is_on"], journalled.actor) == (5, False, world.erik.key)


def test_a_filing_is_judged_by_the_setting_of_its_period(world):
    """900 dollars a year before, 3,000 now: more than three times as much."""
    file_quarter(world, period="2019Q1")
    entries = [
        entry(Kind.SIGNED, world.lists, amount="9000.00"), entry(Kind.EXECUTED, world.lists, amount="3000.00")
    ]  # fmt: skip
    version = file_quarter(world, entries=entries, until="draft")
    assert blocking(version, world.lists, NOW) == []
    set_e4(world, "2020Q1", 3)
    assert [item.code for item in blocking(version, world.lists, NOW)] == ["E4"]


@pytest.mark.parametrize(
    ("code", "thresholds", "said"),
    [
        ("A5", {}, "guards the ledger"), ("E9", {}, "no such rule"), ("E4", {"times": 1}, "between 2 and 1000"),
        ("E4", {}, "every threshold"), ("E4", {"times": 10}, "set so already"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(world, code, thresholds, said):
    with translation.override("en"), pytest.raises(Refused, match=said):
        set_rule(code=code, since=world.period, is_on=True, thresholds=thresholds, reason="x", by=world.erik, at=NOW)
    assert not RuleSetting.objects.exists()


def test_a_locked_period_keeps_its_rules(world):
    world.period.locks_on = world.period.due_on = world.period.opens_on
    world.period.save()
    with translation.override("en"), pytest.raises(Refused, match="stays judged"):
        set_e4(world, "2020Q1", 5)
