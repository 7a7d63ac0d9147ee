"""Opening, saving, submitting, withdrawing, deciding, reopening: the acts themselves, without pages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.filings.actions import NotSaved
from portal.filings.actions.drafts import open_filing, reopen, save_draft
from portal.filings.actions.periods import change_period, grant_extension
from portal.filings.actions.review import approve, return_to_firm
from portal.filings.actions.submission import declare_nil, submit, withdraw
from portal.filings.lifecycle import Status
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line, Version
from portal.filings.queries import facts_known_at, stored_entries
from portal.filings.sheet import Kind
from portal.journal.models import Entry as JournalEntry
from portal.lib.acts import Refused
from tests.world import NOW, entry, simple_entries

pytestmark = pytest.mark.usefixtures("in_english")


def opened(world) -> Version:
    return open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)


def saved(world, *entries) -> Version:
    version = opened(world)
    save_draft(
        version=version, entries=entries or simple_entries(world.lists), lists=world.lists, by=world.alice, at=NOW
    )
    return version


def submitted(world) -> Version:
    return submit(version=saved(world), lists=world.lists, by=world.alice, at=NOW)


def approved(world, at=NOW) -> Version:
    return approve(version=submitted(world), by=world.dora, at=at)


def verbs() -> list[str]:
    return list(JournalEntry.objects.filter(target_kind="filing").order_by("pk").values_list("verb", flat=True))


class TestSaving:
    def test_it_opens_one_filing_however_often_it_is_opened(self, world):
        assert opened(world) == opened(world)
        assert Version.objects.count() == 1

    def test_an_execution_of_a_new_standing_contract_without_a_rate_is_refused(self, world):
        lists = replace(world.lists, rates={"USD": world.lists.rates["USD"]})
        standing = entry(Kind.STANDING, lists, on="2018-05-05", currency="EUR")
        entries = [standing, entry(Kind.EXECUTED, lists)]
        with pytest.raises(NotSaved) as refusal:
            save_draft(version=opened(world), entries=entries, lists=lists, by=world.alice, at=NOW)
        assert [item.code for item in refusal.value.because] == ["K4"]

    def test_it_registers_the_contract_and_converts_each_line_once(self, world):
        euros = entry(Kind.SIGNED, world.lists, currency="EUR", amount="1000.03")
        version = saved(world, euros)
        line = version.lines.get()
        rate, _provisional = world.lists.rate("EUR", line.on)
        assert line.amount_cents == 100_003
        assert line.usd_rate == rate.usd_per_unit
        assert line.usd_cents == round(100_003 * rate.usd_per_unit)
        assert line.rate_source == rate.source
        assert Contract.objects.get().amount_cents == 100_003

    def test_it_saves_nothing_when_one_entry_is_wrong(self, world):
        good, bad = simple_entries(world.lists)[0], entry(Kind.EXECUTED, world.lists, amount="5000")
        with pytest.raises(NotSaved) as refusal:
            saved(world, good, bad)
        assert [finding.code for finding in refusal.value.findings] == ["A5"]
        assert not Line.objects.exists()
        assert not Contract.objects.exists()

    def test_it_keeps_the_key_of_a_line_that_changed_and_drops_what_was_left_out(self, world):
        version = saved(world)
        executed = version.lines.get(kind=Kind.EXECUTED)
        first, _second = simple_entries(world.lists)
        changed = entry(Kind.EXECUTED, world.lists, on="2020-02-11", amount="700")
        save_draft(version=version, entries=[first, changed], lists=world.lists, by=world.alice, at=NOW)
        again = version.lines.get(kind=Kind.EXECUTED)
        assert (again.key, again.amount_cents) == (executed.key, 70_000)
        save_draft(version=version, entries=[first], lists=world.lists, by=world.alice, at=NOW)
        assert [line.kind for line in version.lines.all()] == [Kind.SIGNED]

    def test_it_forgets_a_contract_that_only_the_draft_had_named(self, world):
        version = saved(world)
        other = simple_entries(world.lists, number="B-2")
        save_draft(version=version, entries=other, lists=world.lists, by=world.alice, at=NOW)
        assert [contract.number for contract in Contract.objects.all()] == ["B-2"]

    def test_it_keeps_a_standing_contract_without_counting_it(self, world):
        standing = entry(Kind.STANDING, world.lists, on="2015-05-05", amount="2000")
        executed = entry(Kind.EXECUTED, world.lists)
        version = saved(world, standing, executed)
        assert [line.kind for line in version.lines.all()] == [Kind.EXECUTED]
        assert [stored.entry.kind for stored in stored_entries(version)] == [Kind.STANDING, Kind.EXECUTED]

    def test_it_journals_what_was_added_and_removed(self, world):
        version = saved(world)
        save_draft(version=version, entries=simple_entries(world.lists)[:1], lists=world.lists, by=world.alice, at=NOW)
        last = JournalEntry.objects.filter(verb="filing.saved").order_by("-pk").first()
        assert last.actor == world.alice.key
        assert last.after["removed"] == [["executed", "A-1", "2020-02-11", 90_000]]


class TestPeriods:
    def test_it_refuses_a_first_filing_after_the_lock(self, world):
        late = NOW + timedelta(days=400)
        with pytest.raises(Refused, match="locked"):
            open_filing(firm=world.firm, period=world.period, by=world.alice, at=late)

    def test_an_extension_opens_the_lock_and_older_dates(self, world):
        late = NOW + timedelta(days=400)
        grant_extension(
            firm=world.firm, period=world.period, until_on=late.date(), accepts_from_on=world.period.first_on,
            reason="Office flooded", by=world.frida, at=late,
        )  # fmt: skip
        version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=late)
        save_draft(version=version, entries=simple_entries(world.lists), lists=world.lists, by=world.alice, at=late)
        assert submit(version=version, lists=world.lists, by=world.alice, at=late).status == Status.SUBMITTED

    def test_it_refuses_dates_in_the_wrong_order(self, world):
        period = world.period
        with pytest.raises(Refused):
            change_period(
                period=period, opens_on=period.due_on, due_on=period.opens_on, locks_on=period.locks_on,
                by=world.frida, at=NOW,
            )  # fmt: skip


class TestSubmitting:
    def test_it_hands_the_filing_over_and_journals_it(self, world):
        version = submitted(world)
        assert version.status == Status.SUBMITTED
        assert version.submitted_by == world.alice.key
        assert set(version.lines.values_list("first_submitted_on", flat=True)) == {NOW.date()}
        assert verbs() == ["filing.opened", "filing.saved", "filing.submitted"]

    def test_it_happens_once(self, world):
        version = submitted(world)
        with pytest.raises(Refused, match="already"):
            submit(version=version, lists=world.lists, by=world.alice, at=NOW)
        assert verbs().count("filing.submitted") == 1

    def test_it_refuses_an_empty_filing_that_is_not_nil(self, world):
        with pytest.raises(Refused, match="nil return"):
            submit(version=opened(world), lists=world.lists, by=world.alice, at=NOW)

    def test_a_nil_return_is_submitted_without_lines(self, world):
        version = declare_nil(version=opened(world), by=world.alice, at=NOW)
        assert submit(version=version, lists=world.lists, by=world.alice, at=NOW).is_nil

    def test_a_nil_return_is_refused_while_there_are_lines(self, world):
        with pytest.raises(Refused, match="lines"):
            declare_nil(version=saved(world), by=world.alice, at=NOW)

    def test_it_asks_for_a_reason_before_it_submits(self, world):
        signed, executed = simple_entries(world.lists)
        at_home = entry(Kind.EXECUTED, world.lists, payer_market="CHN")
        version = saved(world, signed, at_home)
        with pytest.raises(NotSaved) as refusal:
            submit(version=version, lists=world.lists, by=world.alice, at=NOW)
        assert [finding.code for finding in refusal.value.findings] == ["E1"]

    def test_what_was_submitted_cannot_be_saved_over(self, world):
        version = submitted(world)
        with pytest.raises(Refused, match="Withdraw"):
            save_draft(version=version, entries=[], lists=world.lists, by=world.alice, at=NOW)

    def test_it_comes_back_when_withdrawn(self, world):
        version = withdraw(version=submitted(world), by=world.alice, at=NOW)
        assert version.status == Status.DRAFT
        assert version.submitted_at is None


class TestDeciding:
    def test_approval_freezes_the_version(self, world):
        version = approved(world)
        assert (version.status, version.approved_by) == (Status.APPROVED, world.dora.key)
        for act in (
            lambda: save_draft(version=version, entries=[], lists=world.lists, by=world.alice, at=NOW),
            lambda: withdraw(version=version, by=world.alice, at=NOW),
            lambda: approve(version=version, by=world.dora, at=NOW),
            lambda: return_to_firm(version=version, reason="R01", letter="x", by=world.dora, at=NOW),
        ):
            with pytest.raises(Refused):
                act()

    def test_a_return_keeps_the_version_and_the_rework_is_the_next_one(self, world):
        version = return_to_firm(version=submitted(world), reason="R02", letter="See row 2", by=world.dora, at=NOW)
        assert (version.status, version.return_letter) == (Status.RETURNED, "See row 2")
        second = reopen(filing=version.filing, by=world.alice, at=NOW)
        assert (second.number, second.status) == (2, Status.DRAFT)
        assert {line.key for line in second.lines.all()} == {line.key for line in version.lines.all()}

    @pytest.mark.parametrize(("reason", "letter"), [("R98", "x"), ("R01", "  ")])
    def test_a_return_needs_a_reason_from_the_list_and_a_letter(self, world, reason, letter):
        version = submitted(world)
        with pytest.raises(Refused):
            return_to_firm(version=version, reason=reason, letter=letter, by=world.dora, at=NOW)

    def test_a_correction_supersedes_only_when_it_is_approved(self, world):
        first = approved(world, at=NOW)
        before, after = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
        second = reopen(filing=first.filing, by=world.alice, at=before)
        entries = [stored.entry for stored in stored_entries(second)]
        less = [entries[0], entry(Kind.EXECUTED, world.lists, on="2020-02-11", amount="500")]
        save_draft(version=second, entries=less, lists=world.lists, by=world.alice, at=before)
        submit(version=second, lists=world.lists, by=world.alice, at=before)
        assert executed_at(before) == [90_000]
        approve(version=second, by=world.dora, at=after)
        assert (executed_at(before), executed_at(after)) == ([90_000], [50_000])
        first.refresh_from_db()
        assert (first.status, first.superseded_at) == (Status.SUPERSEDED, after)

    def test_a_date_judged_at_the_first_submission_stays_judged(self, world):
        first = approved(world)
        a_year_later = NOW + timedelta(days=365)
        second = reopen(filing=first.filing, by=world.alice, at=a_year_later)
        entries = [stored.entry for stored in stored_entries(second)]
        save_draft(version=second, entries=entries, lists=world.lists, by=world.alice, at=a_year_later)
        moved = [entries[0], entry(Kind.EXECUTED, world.lists, on="2020-02-12", amount="900")]
        with pytest.raises(NotSaved) as refusal:
            save_draft(version=second, entries=moved, lists=world.lists, by=world.alice, at=a_year_later)
        assert [finding.code for finding in refusal.value.findings] == ["D2"]


def executed_at(moment) -> list[int]:
    return [fact.usd_cents for fact in facts_known_at(moment, ["2020Q1"]) if fact.kind == Kind.EXECUTED]
