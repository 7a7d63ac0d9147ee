"""A firm's papers at the desk: what was handed in, to whoever reviews that firm, each look journalled."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.filings.actions.drafts import reopen
from portal.filings.actions.evidence import attach, take_away
from portal.filings.actions.review import return_to_firm
from portal.filings.actions.submission import submit
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Version
from portal.filings.workspace.evidence import was_handed_in
from portal.journal.models import Entry
from portal.lib.acts import Refused
from tests.desk.conftest import english, text_of
from tests.filings.test_evidence_list import PDF, PNG, kept
from tests.filings.test_questions import executed
from tests.world import NOW, file_quarter

pytestmark = pytest.mark.usefixtures("in_english")

HOUR = timedelta(hours=1)


def status(client: Client, paper: Attachment) -> int:
    response = client.get(english("evidence-file", paper.pk))
    response.close()
    return response.status_code


@pytest.fixture
def draft(world) -> Version:
    return file_quarter(world, until="draft")


def test_what_was_handed_in_stays(world, draft, dora):
    paper = kept(world, draft)
    version = submit(version=draft, lists=world.lists, by=world.alice, at=NOW + HOUR)
    with pytest.raises(Refused, match="stays"):
        take_away(paper=paper, by=world.alice, at=NOW + HOUR)
    return_to_firm(version=version, reason="R01", letter="Mend it.", by=world.dora, at=NOW + HOUR)
    newer = reopen(filing=version.filing, by=world.alice, at=NOW + HOUR)
    later = kept(world, newer, PNG, at=NOW + 2 * HOUR)
    assert (was_handed_in(paper), was_handed_in(later)) == (True, False)
    take_away(paper=paper, by=world.alice, at=NOW + 2 * HOUR)
    paper.refresh_from_db()
    assert was_handed_in(paper)
    assert status(dora, paper) == 200
    assert status(dora, later) == 404


def test_the_desk_sees_what_was_handed_in_within_its_divisions_and_each_look_is_journalled(
    world, draft, dora, frida, signed_in, grace
):
    paper = kept(world, draft)
    assert status(dora, paper) == 404
    version = submit(version=draft, lists=world.lists, by=world.alice, at=NOW)
    assert status(signed_in(grace), paper) == 200
    assert Entry.objects.get(verb="evidence.viewed").actor == grace.key
    assert status(frida, paper) == 403
    assert status(signed_in(world.charlie), paper) == 404
    assert "回单.pdf" in text_of(dora.get(english("filing-detail", version.filing_id)))
    theirs = file_quarter(world, firm=world.rival, by=world.charlie, until="draft")
    outside = attach(
        filing=theirs.filing, kind="other", content=PDF, file_name="a.pdf", by=world.charlie, at=NOW,
        line_key=executed(theirs).key,
    )  # fmt: skip
    submit(version=theirs, lists=world.lists, by=world.charlie, at=NOW)
    assert status(signed_in(grace), outside) == 404
