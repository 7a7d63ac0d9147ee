"""The clean and small, approved together: each by itself, each reported, once."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest

from portal.filings.actions.submission import submit, withdraw
from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.models.query import Query
from portal.filings.models.rule import Hit
from portal.filings.sheet import Kind
from portal.journal.models import Entry
from portal.members.roles import FirmRole
from tests.desk.conftest import english, text_of
from tests.desk.test_queue import asked, executed
from tests.world import NOW, acting, another_firm, entry, file_quarter


def seen(*versions: Version) -> list[str]:
    return [f"{version.pk}|{version.submitted_at.isoformat()}" for version in versions]


def form(*versions: Version, **typed: str) -> dict[str, object]:
    return {"period": "2020Q1", "below": "100", "batch": str(uuid4()), "seen": seen(*versions)} | typed


def two(world) -> tuple[Version, Version]:
    """Alike a year before and now, so that neither is unusual."""
    return (
        executed(world, "500000.00", before="500000.00"),
        executed(world, "500000.00", firm=world.rival, before="500000.00"),
    )


def status_of(version: Version) -> str:
    return Version.objects.get(pk=version.pk).status


def test_each_is_approved_and_reported_and_the_batch_is_journalled(world, dora):
    versions = two(world)
    batch = form(*versions)
    words = text_of(dora.post(english("bulk-approve"), batch, follow=True))
    assert "Approved: 2. Not approved: 0." in words
    assert [status_of(version) for version in versions] == [Status.APPROVED, Status.APPROVED]
    filings = [str(version.filing_id) for version in versions]
    assert Entry.objects.filter(verb="filing.approved", target_key__in=filings).count() == 2
    entry_ = Entry.objects.get(verb="filing.bulk_approved")
    assert (entry_.target_key, entry_.after["approved"], entry_.actor) == (batch["batch"], 2, world.dora.key)


def test_sent_twice_it_happens_once(world, dora):
    batch = form(*two(world))
    for _ in range(2):
        words = text_of(dora.post(english("bulk-approve"), batch, follow=True))
    assert "Approved: 2. Not approved: 0." in words
    assert Entry.objects.filter(verb="filing.bulk_approved").count() == 1


def test_it_offers_what_is_clean_and_small(world, dora):
    clean, questioned = two(world)
    asked(world, questioned, Query.State.OPEN)
    words = text_of(dora.get(english("bulk-approve") + "?below=100"))
    assert "Example 1" in words
    assert "Example 2" not in words
    assert "1 have questions or answers" in words
    words = text_of(dora.get(english("bulk-approve") + "?below=0.1"))
    assert "Nothing here is clean and small" in words
    assert "2 matter more to the totals" in words
    assert seen(clean)[0] in dora.get(english("bulk-approve") + "?below=100").content.decode()


def test_what_has_changed_since_is_refused_with_the_reason_and_the_rest_goes_on(world, dora):
    good, other = two(world)
    old = form(good, other)
    asked(world, other, Query.State.ANSWERED)
    words = text_of(dora.post(english("bulk-approve"), old, follow=True))
    assert "Approved: 1. Not approved: 1." in words
    assert "not among the clean and small" in words
    assert (status_of(good), status_of(other)) == (Status.APPROVED, Status.SUBMITTED)


def repeated(world) -> Version:
    """Two executions alike, each with its reason."""
    alike = [
        entry(Kind.EXECUTED, world.lists, row=row, number="B-1", amount="10", reason="Two parts") for row in (2, 3)
    ]
    entries = [entry(Kind.SIGNED, world.lists, number="B-1"), *alike]
    return file_quarter(world, firm=world.rival, entries=entries, until="submitted")


def test_explanations_are_weighed_one_by_one(world, dora):
    version = repeated(world)
    response = dora.get(english("bulk-approve") + "?below=100")
    assert "1 carry explanations to be weighed" in text_of(response)
    assert seen(version)[0] not in response.content.decode()


def test_the_rules_are_asked_once_more(world, dora):
    """As if the rule had come into force after the filing was submitted."""
    version = repeated(world)
    Hit.objects.all().delete()
    assert seen(version)[0] in dora.get(english("bulk-approve") + "?below=100").content.decode()
    words = text_of(dora.post(english("bulk-approve"), form(version), follow=True))
    assert "Points to be weighed: 1" in words
    assert status_of(version) == Status.SUBMITTED


def test_back_filed_lines_are_not_offered(world, dora):
    entries = [entry(Kind.SIGNED, world.lists, number="B-1", on="2019-11-02")]
    at = NOW - timedelta(days=14)
    version = file_quarter(world, entries=entries, until="submitted", at=at)
    response = dora.get(english("bulk-approve") + "?below=100")
    assert "1 have back-filed lines" in text_of(response)
    assert seen(version)[0] not in response.content.decode()


def test_what_was_submitted_anew_since_is_not_approved(world, dora):
    good, other = two(world)
    old = form(good, other)
    draft = withdraw(version=Version.objects.get(pk=other.pk), by=world.alice, at=NOW)
    submit(version=draft, lists=world.lists, by=world.alice, at=NOW + timedelta(hours=1))
    words = text_of(dora.post(english("bulk-approve"), old, follow=True))
    assert "Approved: 1. Not approved: 1." in words
    assert "submitted this version anew" in words


def test_the_limit_holds_when_it_is_sent_too(world, dora):
    versions = two(world)
    dora.post(english("bulk-approve"), form(*versions, below="0.1"))
    assert {status_of(version) for version in versions} == {Status.SUBMITTED}


def test_divisions_outside_the_scope_are_untouched(world, grace, signed_in):
    own, other = two(world)
    client = signed_in(grace)
    assert "Example 2" not in text_of(client.get(english("bulk-approve") + "?below=100"))
    words = text_of(client.post(english("bulk-approve"), form(own, other), follow=True))
    assert "Approved: 1. Not approved: 0." in words
    assert (status_of(own), status_of(other)) == (Status.APPROVED, Status.SUBMITTED)


def test_nobody_reads_another_s_result(world, dora, grace, signed_in):
    batch = form(*two(world))
    dora.post(english("bulk-approve"), batch)
    assert signed_in(grace).get(english("bulk-result", batch["batch"])).status_code == 404
    assert "still under way" in text_of(dora.get(english("bulk-result", uuid4())))


@pytest.mark.parametrize(
    "odd", [{"seen": []}, {"seen": ["x|y", "|", "9" * 40]}, {"batch": "none"}, {"batch": "", "below": "NaN"}]
)
def test_odd_forms_approve_nothing(world, dora, odd):
    versions = two(world)
    words = text_of(dora.post(english("bulk-approve"), form(*versions) | odd, follow=True))
    assert "Nothing was approved" in words
    assert {status_of(version) for version in versions} == {Status.SUBMITTED}


def test_who_may(world, dora, erik, signed_in):
    assert erik.get(english("bulk-approve")).status_code == 403
    assert signed_in(world.alice).post(english("bulk-approve"), {}).status_code == 404
    assert dora.post(english("bulk-result", uuid4())).status_code == 405
    assert dora.get(english("bulk-approve") + "?period=1999Q9").status_code == 404


def test_more_filings_take_no_more_queries(world, dora, assert_constant_queries):
    numbers = count(10)

    def add() -> None:
        for number in [next(numbers) for _ in range(3)]:
            firm = another_firm(number)
            acting(f"Owner{number}", firm, FirmRole.OWNER)
            executed(world, "50.00", firm=firm)

    assert_constant_queries(add, lambda: dora.get(english("bulk-approve") + "?below=100"))
