"""A return is taken back by the reviewer, as long as nobody of the firm has opened the letter."""

from datetime import date

import pytest

from portal.filings.actions.review import return_to_firm
from portal.filings.models.filing import Version
from portal.journal.models import Entry
from tests.desk.conftest import english, text_of
from tests.filings.conftest import english as firm_page
from tests.world import NOW, file_quarter


@pytest.fixture
def returned(world) -> Version:
    version = file_quarter(world, until="submitted")
    return return_to_firm(
        version=version, reason="R01", letter="Receipts.", mend_by_on=date(2020, 4, 13), by=world.dora, at=NOW
    )


def take_back(client, version: Version):
    return client.post(english("filing-recall", version.filing_id), follow=True)


def test_it_waits_for_review_again_and_is_journalled(world, returned, dora):
    words = text_of(dora.get(english("filing-detail", returned.filing_id)))
    assert "to be mended by 2020-04-13" in words
    assert "not opened by the firm yet" in words
    assert "The return was taken back" in text_of(take_back(dora, returned))
    returned.refresh_from_db()
    assert (returned.status, returned.return_letter) == ("submitted", "")
    assert Entry.objects.get(verb="filing.recalled").actor == world.dora.key


def test_it_stands_once_the_firm_has_read_it(world, returned, dora, signed_in):
    assert "Receipts." in text_of(signed_in(world.bob).get(firm_page("home")))
    assert "The firm has opened the letter" in text_of(take_back(dora, returned))
    returned.refresh_from_db()
    assert returned.status == "returned"


def test_it_is_closed_to_others(world, returned, dora, erik, signed_in):
    assert dora.get(english("filing-recall", returned.filing_id)).status_code == 405
    assert take_back(erik, returned).status_code == 403
    assert take_back(signed_in(world.alice), returned).status_code == 404
    returned.refresh_from_db()
    assert returned.status == "returned"
