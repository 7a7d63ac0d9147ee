"""The original of a file, as the firm sent it: only once its lines have been handed in, only in scope."""

import pytest

from portal.filings.actions.drafts import open_filing
from portal.filings.actions.submission import submit
from portal.filings.actions.uploads import confirm, receive
from portal.filings.exports import workbook
from portal.filings.models.upload import Upload
from tests.desk.conftest import english, text_of
from tests.world import NOW, file_quarter


@pytest.fixture
def upload(world) -> Upload:
    """A confirmed workbook in a draft."""
    version = file_quarter(world, until="draft")
    content = workbook(version.filing, version, world.lists)
    received = receive(
        version=version, content=content, file_name="一季度.xlsx", lists=world.lists, by=world.alice, at=NOW
    )
    confirm(upload=received, lists=world.lists, by=world.alice, at=NOW)
    return Upload.objects.get(pk=received.pk)


def hand_in(world) -> None:
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    submit(version=version, lists=world.lists, by=world.alice, at=NOW)


def test_it_gives_the_file_back_as_it_came(world, upload, dora):
    hand_in(world)
    response = dora.get(english("upload-file", upload.pk))
    with upload.file.open() as original:
        assert b"".join(response.streaming_content) == original.read()
    assert response["Content-Type"] == "application/octet-stream"
    assert "attachment" in response["Content-Disposition"]


def test_the_filing_leads_to_it(world, upload, dora):
    hand_in(world)
    page = dora.get(english("filing-detail", upload.filing_id))
    assert english("upload-file", upload.pk) in page.content.decode()
    assert "一季度.xlsx" in text_of(page)


def test_before_it_is_handed_in_it_is_the_firm_s_own(world, upload, dora):
    assert dora.get(english("upload-file", upload.pk)).status_code == 404
    assert "一季度.xlsx" not in text_of(dora.get(english("filing-detail", upload.filing_id)))


def test_a_refused_file_is_the_firm_s_own(world, upload, dora):
    hand_in(world)
    Upload.objects.filter(pk=upload.pk).update(outcome=Upload.Outcome.REFUSED)
    assert dora.get(english("upload-file", upload.pk)).status_code == 404


def test_out_of_scope_it_does_not_exist(world, upload, signed_in, grace):
    hand_in(world)
    response = signed_in(grace).get(english("upload-file", upload.pk))
    assert response.status_code == 200
    assert list(response.streaming_content)
    Upload.objects.filter(pk=upload.pk).update(firm=world.rival)
    assert signed_in(grace).get(english("upload-file", upload.pk)).status_code == 404


def test_it_rejects_post(world, upload, dora):
    assert dora.post(english("upload-file", upload.pk)).status_code == 405


def test_it_is_closed_to_who_administers(upload, frida):
    assert frida.get(english("upload-file", upload.pk)).status_code == 403
