"""The rules at the desk: rates counted, settings made, a rule tried on past quarters, reasons taken one by one."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.filings.desk.rules import Rate, in_files, rates
from portal.filings.desk.trials import tried
from portal.filings.models.rule import Hit, RuleSetting
from portal.filings.past import Depth
from portal.filings.queries import context_of, stored_entries
from portal.filings.rules import BY_CODE, check_with
from portal.filings.sheet import Kind
from portal.journal.models import Entry
from portal.members.models import Firm
from tests.desk.conftest import english, text_of
from tests.world import NOW, World, entry, file_quarter

SETTING = {"state": "on", "since": "2020Q1", "times": "5", "reason": "Tenfold hid slips of the unit"}


def year(world: World, then: str, now: str, until: str = "submitted", reason: str = "") -> None:
    """The firm's first quarters of two years, with one contract and one execution in each."""
    for period, on, amount in (("2019Q1", "2019-02-20", then), ("2020Q1", "2020-02-20", now)):
        entries = [
            entry(Kind.SIGNED, world.lists, number=period, on=on, amount="900000.00"),
            entry(Kind.EXECUTED, world.lists, number=period, on=on, amount=amount, reason=reason),
        ]
        file_quarter(world, period=period, entries=entries, until=until if period == "2020Q1" else "approved")


def hits(world: World, outcomes: dict[str, int], *, remembered: int = 0) -> None:
    """Hits of E1 in the quarter's filing, so many of each outcome."""
    version = file_quarter(world, until="submitted")
    for outcome, count in outcomes.items():
        for number in range(count):
            Hit.objects.create(
                firm=world.firm, filing=version.filing, version_number=1, code="E1", subject=f"{outcome}{number}",
                field="amount", outcome=outcome, recorded_at=NOW, is_remembered=number < remembered,
            )  # fmt: skip


# ── Every rule ───────────────────────────────────────────────────────────────────────────────────


def test_it_lists_every_rule_with_its_rates(world, dora):
    hits(world, {"accepted": 2, "mended": 1, "rejected": 1})
    words = text_of(dora.get(english("rule-list")))
    assert "1 filing handed in" in words
    for rule in BY_CODE.values():
        assert f"{rule.code} {rule.statement}" in words
    assert "always on" in words
    row = words.partition("E1 ")[2].partition("E2 ")[0]
    assert row.split()[-6:] == ["on", "4", "100.0", "75.0", "66.7", "25.0"]


def test_rates_are_counted_once_for_a_finding_whatever_its_versions(world):
    hits(world, {"accepted": 2, "mended": 1, "rejected": 1}, remembered=1)
    first = Hit.objects.filter(outcome="rejected").get()
    Hit.objects.create(
        firm=world.firm, filing=first.filing, version_number=2, code="E1", subject=first.subject, field="amount",
        outcome="accepted", recorded_at=NOW,
    )  # fmt: skip
    rate = rates([world.period], Firm.objects.all())["E1", "2020Q1"]
    # A mended finding was quieted by nothing; the rejected one became an accepted one.
    assert rate == Rate(filings=1, hit_filings=1, hits=4, explained=2, remembered=1, accepted=3, mended=1)
    assert (rate.of_filings, rate.explain_rate, rate.accept_rate, rate.mend_rate) == (
        Decimal("100.0"), Decimal("75.0"), Decimal("100.0"), Decimal("25.0"),
    )  # fmt: skip


def test_a_reviewer_s_rates_are_those_of_the_reviewer_s_places(world, grace, signed_in):
    file_quarter(world, firm=world.rival, by=world.charlie)
    assert "0 filings handed in" in text_of(signed_in(grace).get(english("rule-list")))


def test_it_says_how_often_uploaded_files_break_a_rule(world):
    assert in_files(world.period, Firm.objects.all()).share("A5") is None


def test_more_filings_take_no_more_queries(world, dora, assert_constant_queries):
    periods = iter(["2019Q1", "2019Q2", "2019Q3", "2019Q4", "2020Q1"])

    def add() -> None:
        for _row in range(2):
            file_quarter(world, period=next(periods))

    assert_constant_queries(add, lambda: dora.get(english("rule-list")))


def test_it_says_when_no_period_is_open(world, dora):
    for period in world.periods.values():
        period.delete()
    assert "No period has been opened yet" in text_of(dora.get(english("rule-list")))


# ── Setting one ──────────────────────────────────────────────────────────────────────────────────


def test_a_rule_is_set_from_a_period_on(world, erik):
    response = erik.post(english("rule-set", "E4"), SETTING, follow=True)
    words = text_of(response)
    assert "E4 is set from 2020Q1 on." in words
    assert "Tenfold hid slips of the unit" in words
    setting = RuleSetting.objects.get()
    assert (setting.code, setting.since_id, setting.is_on, setting.thresholds) == ("E4", "2020Q1", True, {"times": 5})
    assert Entry.objects.get(verb="rule.set", target_key="E4").actor == world.erik.key


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"times": "1"}, "greater than or equal to 2"), ({"times": "lots"}, "whole number"), ({"reason": ""}, "required"),
     ({"since": "1999Q1"}, "valid choice"), ({"times": "10"}, "set so already")],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept(world, erik, typed, said):
    response = erik.post(english("rule-set", "E4"), SETTING | typed)
    assert response.status_code == 200
    assert said in text_of(response)
    assert not RuleSetting.objects.exists()


def test_who_may_only_read_sets_nothing(world, dora, signed_in):
    alice = signed_in(world.alice)
    words = text_of(dora.get(english("rule-detail", "E4")))
    assert "The rule is on" in words
    assert "Set the rule" not in words
    assert dora.post(english("rule-set", "E4"), SETTING).status_code == 403
    assert alice.get(english("rule-detail", "E4")).status_code == 404
    assert alice.post(english("rule-set", "E4"), SETTING).status_code == 404


def test_a_rule_that_guards_the_ledger_has_no_form(world, erik):
    words = text_of(erik.get(english("rule-detail", "A5")))
    assert "guards the ledger" in words
    assert "Set the rule" not in words
    assert erik.post(english("rule-set", "A5"), SETTING).status_code == 404


def test_a_rule_that_does_not_exist_is_not_found(world, erik):
    assert erik.get(english("rule-detail", "Z9")).status_code == 404
    assert erik.post(english("rule-set", "Z9"), SETTING).status_code == 404


def test_other_methods_are_rejected(world, erik, dora):
    assert erik.post(english("rule-list")).status_code == 405
    assert erik.post(english("rule-detail", "E4")).status_code == 405
    assert erik.get(english("rule-set", "E4")).status_code == 405
    assert dora.get(english("hit-accept", 1)).status_code == 405
    assert dora.get(english("hit-reject", 1)).status_code == 405


# ── Trying one ───────────────────────────────────────────────────────────────────────────────────


def test_a_rule_is_tried_on_past_quarters_and_writes_nothing(world, erik):
    year(world, "900.00", "4500.01")
    before = Entry.objects.count()
    words = text_of(erik.get(english("rule-detail", "E4"), {"times": "5", "quarters": "4"}))
    assert "Quarter 1 of 2020 1 1 1 0 0" in words
    assert world.firm.name_en in words
    assert "4,500.01" in words
    assert (Entry.objects.count(), RuleSetting.objects.count(), Hit.objects.count()) == (before, 0, 0)


def test_at_the_threshold_it_says_nothing(world):
    year(world, "900.00", "4500.00")
    (result,) = tried(BY_CODE["E4"], {"times": 5}, [world.period], Firm.objects.all(), world.lists)
    assert (result.filings, result.filings_then, result.filings_now) == (1, 0, 0)


def test_names_are_for_whoever_may_open_filings(world, frida):
    year(world, "900.00", "4500.01")
    words = text_of(frida.get(english("rule-detail", "E4"), {"times": "5", "quarters": "1"}))
    assert "Quarter 1 of 2020 1 1 1 0 0" in words
    assert world.firm.name_en not in words


@pytest.mark.parametrize("code", ["E1", "E2", "E3", "E4", "E5", "E6", "N1", "N2"])
def test_a_trial_says_what_the_check_says(world, code):
    """With the rules' own thresholds both are the same list."""
    year(world, "900.00", "9000.00", reason="A second phase")
    rivals = [
        entry(Kind.SIGNED, world.lists, number="R-1", client=world.firm.name_zh),
        entry(Kind.EXECUTED, world.lists, number="R-1", on="2020-02-20", amount="9000.00"),
    ]  # fmt: skip
    rivals[0].amount_cents = 900_000_00
    file_quarter(world, firm=world.rival, by=world.charlie, entries=rivals, until="submitted")
    rule = BY_CODE[code]
    usual = {one.name: one.default for one in rule.thresholds}
    (result,) = tried(rule, usual, [world.period], Firm.objects.all(), world.lists)
    for version in world.period.filings.order_by("firm").values_list("versions", flat=True):
        version = world.period.filings.model._meta.get_field("versions").related_model.objects.get(pk=version)
        context = context_of(version.filing, lists=world.lists, on=NOW.date(), depth=Depth.DESK)
        said = check_with([rule], [item.entry for item in stored_entries(version)], context)
        assert {(item.field, item.subject, item.number) for item in said} == {
            (row.finding.field, row.finding.subject, row.finding.number)
            for row in result.rows
            if row.filing == version.filing_id
        }


def test_more_filings_take_no_more_queries_to_try(world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            tried(BY_CODE["E3"], {"distance": 5, "quarters": 4, "spread": 10}, [world.period], Firm.objects.all(),
                  world.lists)  # fmt: skip
        return len(asked)

    file_quarter(world)
    few = queries()
    file_quarter(world, firm=world.rival, by=world.charlie)
    assert queries() == few


@pytest.mark.parametrize("asked", [{"times": "1", "quarters": "4"}, {"times": "", "quarters": "4"}, {"quarters": "99"}])
def test_a_trial_that_cannot_be_is_told(world, erik, asked):
    response = erik.get(english("rule-detail", "E4"), asked)
    assert response.status_code == 200
    assert response.context["trial"].errors


# ── Reasons, one by one ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def hit(world: World) -> Hit:
    hits(world, {"explained": 1})
    return Hit.objects.get()


@pytest.mark.parametrize(("act", "outcome"), [("hit-accept", "accepted"), ("hit-reject", "rejected")])
def test_a_reviewer_decides_on_one_reason(hit, dora, world, act, outcome):
    response = dora.post(english(act, hit.pk))
    assert response.headers["Location"].endswith(f"/desk/filings/{hit.filing_id}/?version=1")
    hit.refresh_from_db()
    assert hit.outcome == outcome
    assert Entry.objects.get(verb=f"hit.{outcome}").actor == world.dora.key


def test_only_who_approves_decides_on_reasons(hit, world, erik, grace, signed_in):
    """The firm is in Guiyang, so Grace may; who reads only, or acts for the firm, may not."""
    alice = signed_in(world.alice)
    assert erik.post(english("hit-accept", hit.pk)).status_code == 403
    assert alice.post(english("hit-accept", hit.pk)).status_code == 404
    assert signed_in(grace).post(english("hit-accept", hit.pk)).status_code == 302


def test_a_reason_outside_one_s_places_does_not_exist(world, grace, signed_in):
    version = file_quarter(world, firm=world.rival, by=world.charlie, until="submitted")
    row = Hit.objects.create(
        firm=world.rival, filing=version.filing, version_number=1, code="E1", subject="x", field="amount",
        outcome="explained", recorded_at=NOW,
    )  # fmt: skip
    assert signed_in(grace).post(english("hit-accept", row.pk)).status_code == 404
