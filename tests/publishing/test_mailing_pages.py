"""Letters at the desk, and the command that sends them."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import override_settings

from portal.publishing.freezing import document_of
from portal.publishing.models import Article, Mailing, Policy, PolicyTopic
from tests.publishing.conftest import signed_in
from tests.publishing.letters import TEXT, subscribers
from tests.world import NOW


def test_the_pages_of_letters_are_a_publisher_s_and_tell_how_far_it_is(mailing, publisher, editor, world):
    subscribers(3)
    with override_settings(LETTERS_BATCH=2):
        client = signed_in(publisher)
        assert client.post(f"/editing/letters/{mailing.pk}/batch/").status_code == 302
    for address in ("/editing/letters/", f"/editing/letters/{mailing.pk}/", f"/editing/letters/{mailing.pk}/proof/"):
        assert client.get(address).status_code == 200
        assert signed_in(editor).get(address).status_code == 403
        assert signed_in(world.alice).get(address).status_code == 404
    page = client.get(f"/editing/letters/{mailing.pk}/").content.decode()
    assert 'value="2"' in page
    assert 'max="3"' in page
    assert client.get(f"/editing/letters/{mailing.pk}/stop/").status_code == 405
    assert client.post(f"/editing/letters/{mailing.pk}/stop/").status_code == 302
    assert Mailing.objects.get().state == "stopped"


def test_a_letter_is_prepared_at_the_desk(published, publisher):
    edition = published(*TEXT)
    address = f"/editing/letters/of/{edition.pk}/"
    client = signed_in(publisher)
    assert client.get(address).status_code == 200
    response = client.post(address, {"topic": "policies", "subject": "新政策"})
    row = Mailing.objects.get()
    assert response.headers["Location"] == f"/editing/letters/{row.pk}/"
    assert (row.topic, row.subject, row.state, row.prepared_by) == ("policies", "新政策", "prepared", publisher.key)
    client.post(f"/editing/letters/{row.pk}/test/")
    assert mail.outbox[-1].to == [publisher.email]


def test_the_command_sends_what_is_due(mailing, capsys):
    subscribers(1)
    call_command("send_letters")
    assert f"Mailing {mailing.pk}: sent 1" in capsys.readouterr().out
    call_command("send_letters")
    assert "No letters are due." in capsys.readouterr().out


@pytest.mark.usefixtures("in_english")
def test_a_notice_of_new_policies_is_begun_from_their_list_and_sent_as_any_other_text(publisher, editor):
    client, address = signed_in(publisher), "/editing/letters/notices/policies/"
    assert signed_in(editor).post(address).status_code == 403
    assert client.post("/editing/letters/notices/newsletter/").status_code == 404
    client.post(address)
    assert not Article.objects.exists()
    topic = PolicyTopic.objects.create(code="trade", name_zh="贸易")
    Policy.objects.create(slug="p", topic=topic, title_zh="示例办法", issuer_zh="示例部门", published_on=NOW.date())
    response = client.post(address)
    text = Article.objects.get()
    assert response.headers["Location"] == f"/editing/texts/article/{text.pk}/"
    assert (text.kind, text.standing) == ("notice", "draft")
    document, _files = document_of(text)
    assert [block.title for block in document.blocks] == ["示例办法"]
