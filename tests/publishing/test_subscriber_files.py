"""Subscribers come in by a file only with their consent, and go out as one, which is journalled."""

import pytest

from portal.journal.models import Entry
from portal.lib.workbooks import csv_rows
from portal.publishing.models import Subscriber
from tests.members.test_exchange import confirm, upload
from tests.publishing.conftest import signed_in
from tests.publishing.letters import subscribers

ADDRESS = "/en/admin/publishing/subscriber/"
HEAD = ["email", "name", "topics", "consented_on", "consent"]
WHOLE_HEAD = ["email", "name", "language", "topics", "consented_on", "consent"]
ROW = ["Li@Example.org", "李", "newsletter, policies", "2020-01-15", "membership form, folder 3"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_addresses_come_in_with_the_paper_by_which_they_agreed(publisher, kind):
    client = signed_in(publisher)
    preview = upload(client, ADDRESS, HEAD, ROW, kind=kind)
    assert preview.status_code == 200
    assert not Subscriber.objects.exists()
    confirm(client, ADDRESS, preview)
    row = Subscriber.objects.get()
    assert (row.email, row.name, row.topics, row.state) == (
        "li@example.org",
        "李",
        ["newsletter", "policies"],
        "active",
    )
    assert row.consented_at.isoformat().startswith("2020-01-14T16:00")
    assert row.consent == "membership form, folder 3"
    assert Entry.objects.get(verb="subscriber.taken_over").after["consent"] == row.consent
    assert Entry.objects.get(verb="subscriber.imported").actor == publisher.key


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [(3, "", "D2 (consented_on)"), (4, " ", "E2 (consent)"), (2, "gossip", "gossip"), (0, "nobody", "valid email"),
     (3, "2021-01-01", "future")],
)  # fmt: skip
def test_a_row_without_consent_is_refused_by_its_cell(publisher, column, cell, told):
    row = [cell if number == column else value for number, value in enumerate(ROW)]
    page = upload(signed_in(publisher), ADDRESS, HEAD, row)
    assert told in page.content.decode()
    assert "confirm_form" not in page.context or page.context["confirm_form"] is None
    assert not Subscriber.objects.exists()


def test_a_file_brings_nobody_back_who_has_left(publisher):
    subscribers(1, email="li@example.org", state="ended")
    page = upload(signed_in(publisher), ADDRESS, HEAD, ROW)
    assert "can only come back by itself" in page.content.decode()
    assert Subscriber.objects.get().state == "ended"


def test_only_publishers_take_in_and_give_out(publisher, editor):
    subscribers(2)
    subscribers(1, email="", state="erased")
    assert signed_in(editor).get(f"{ADDRESS}import/").status_code == 403
    assert signed_in(editor).get(f"{ADDRESS}export/").status_code == 403
    client = signed_in(publisher)
    assert client.get(f"{ADDRESS}export/").status_code == 200
    columns = {f"subscriberresource_{name}": "on" for name in WHOLE_HEAD}
    response = client.post(f"{ADDRESS}export/", {"format": "1", "resource": "0"} | columns)
    rows = csv_rows(response.content)
    assert rows[0] == WHOLE_HEAD
    assert {row[0] for row in rows[1:]} == {"reader0@example.org", "reader1@example.org"}
    assert Entry.objects.get(verb="subscriber.exported").after["people"] == 2
