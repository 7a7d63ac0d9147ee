"""The lifecycle is a table, and the table is whole."""

from pathlib import Path

from portal.filings.lifecycle import JOURNALLED, OWNER, REOPENS, TRANSITIONS, Side, Status, as_mermaid
from portal.filings.models.filing import STATUS_LABELS

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def test_every_status_has_an_owner_and_a_label():
    assert set(OWNER) == set(Status) == set(STATUS_LABELS)


def test_every_verb_is_journalled_under_its_own_name():
    assert set(TRANSITIONS) <= set(JOURNALLED)
    assert len(set(JOURNALLED.values())) == len(JOURNALLED)


def test_a_version_leaves_only_statuses_that_belong_to_somebody_or_are_approved():
    left = {before for before, _after in TRANSITIONS.values()}
    assert all(OWNER[status] != Side.NOBODY or status == Status.APPROVED for status in left)


def test_what_reopens_is_what_no_act_moves_on_for_the_firm():
    assert set(REOPENS) == {Status.RETURNED, Status.APPROVED}


def test_the_picture_in_the_documentation_is_current():
    assert as_mermaid() in (DOCS / "lifecycle.md").read_text(encoding="utf-8")
