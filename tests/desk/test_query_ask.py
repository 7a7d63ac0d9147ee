"""Questions at the desk: asked, followed up, settled and withdrawn from the filing's page."""

import pytest

from portal.filings.models.filing import Version
from portal.filings.models.query import Query
from portal.journal.models import Entry
from tests.desk.conftest import english, looked_at, text_of
from tests.filings.test_questions import answered, asked, executed
from tests.world import another_firm, file_quarter


@pytest.fixture
def waiting(world) -> Version:
    return file_quarter(world, until="submitted")


@pytest.fixture
def query(world, waiting) -> Query:
    return asked(world, waiting)


def typed(version: Version, **more: str) -> dict[str, str]:
    known = {"line": str(executed(version).key), "field": "on", "text": "Which receipt?", "due_on": "2020-04-10"}
    return looked_at(version, **(known | more))


def put(client, version: Version, **more: str):
    return client.post(english("query-ask", version.filing_id), typed(version, **more), follow=True)


def test_the_form_opens_under_its_row(waiting, dora):
    page = dora.get(english("filing-detail", waiting.filing_id), {"ask": f"{executed(waiting).key}.receipt_number"})
    html = page.content.decode()
    assert "Ask about one cell of this row" in html
    assert 'value="receipt_number" selected' in html
    # Five working days on, Qingming left out.
    assert 'value="2020-04-13"' in html


def test_it_is_asked_and_stands_under_the_row(world, waiting, dora):
    response = put(dora, waiting)
    query = Query.objects.get()
    assert response.redirect_chain[-1][0].endswith(f"#query-{query.pk}")
    words = text_of(response)
    assert "Which receipt?" in words
    assert "waiting for the firm, 0 days, due on 2020-04-10" in words
    assert (query.field, query.asked_by) == ("on", world.dora.key)
    assert Entry.objects.get(verb="query.asked").actor == world.dora.key


@pytest.mark.parametrize(
    "wrong", [{"text": " "}, {"field": "usd_cents"}, {"due_on": "2020-04-01"}, {"due_on": ""}, {"text": "x" * 2001}]
)
def test_what_is_missing_is_said_and_the_typing_kept(waiting, dora, wrong):
    response = put(dora, waiting, **wrong)
    assert response.status_code == 200
    assert "Ask about one cell of this row" in text_of(response)
    assert not Query.objects.exists()


def test_a_line_of_another_filing_does_not_exist(world, waiting, dora):
    other = file_quarter(world, firm=world.rival, by=world.charlie, until="submitted")
    assert put(dora, waiting, line=str(executed(other).key)).status_code == 404
    assert put(dora, waiting, line="nonsense").status_code == 404


def test_what_was_not_looked_at_is_not_asked_about(world, waiting, dora):
    assert "not what you had opened" in text_of(put(dora, waiting, submitted_at="2020-01-01T00:00:00+08:00"))
    assert not Query.objects.exists()


def press(client, act: str, query: Query, **more: str):
    return client.post(english(act, query.pk), more, follow=True)


def test_an_answer_is_read_with_before_and_after_and_settled(world, query, dora):
    answered(world, query, "800 it is.", "800")
    words = text_of(dora.get(english("filing-detail", query.filing_id)))
    assert "900.00 → 800.00" in words
    assert "an answer is to be read; approving settles it" in words
    assert "Before it can be approved" not in words
    assert "The question is settled" in text_of(press(dora, "query-settle", query))
    query.refresh_from_db()
    assert query.state == "settled"


def test_it_is_asked_further_and_withdrawn(world, query, dora):
    answered(world, query)
    assert "open again" in text_of(press(dora, "query-ask-further", query, text="Sure?", due_on="2020-04-10"))
    assert "was withdrawn" in text_of(press(dora, "query-withdraw", query))
    query.refresh_from_db()
    assert (query.state, query.remarks.count()) == ("withdrawn", 3)
    assert "has been closed" in text_of(press(dora, "query-withdraw", query))


def test_an_open_question_closes_the_approval_and_goes_into_the_letter(query, dora):
    words = text_of(dora.get(english("filing-detail", query.filing_id)))
    assert "1 question waits for the firm's answer" in words
    assert "(question still open): Does it hold a prepayment?" in words
    seen = looked_at(query.filing.versions.get())
    response = dora.post(english("filing-approve", query.filing_id), seen, follow=True)
    assert "1 question waits for the firm's answer" in text_of(response)
    assert query.filing.versions.get().status == "submitted"


ACTS = ("query-settle", "query-withdraw", "query-ask-further")


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_the_reviewer_s_alone(world, query, dora, erik, signed_in, grace, act):
    assert dora.get(english(act, query.pk)).status_code == 405
    assert press(erik, act, query, text="No", due_on="2020-04-10").status_code == 403
    assert press(signed_in(world.alice), act, query).status_code == 404
    assert press(dora, act, Query(pk=query.pk + 1)).status_code == 404
    # Grace reviews Guizhou; the rival is in Henan.
    theirs = asked(world, file_quarter(world, firm=world.rival, by=world.charlie, until="submitted"))
    assert press(signed_in(grace), act, theirs, text="No", due_on="2020-04-10").status_code == 404
    query.refresh_from_db()
    assert query.state == "open"


def test_asking_is_the_reviewer_s_alone(world, waiting, dora, erik, signed_in):
    assert dora.get(english("query-ask", waiting.filing_id)).status_code == 405
    assert put(erik, waiting).status_code == 403
    assert put(signed_in(world.alice), waiting).status_code == 404
    other = another_firm(9, by=world.frida)
    assert dora.post(english("query-ask", other.pk + 1000), typed(waiting)).status_code == 404


def test_the_thread_stands_with_the_figure_in_every_version(world, query, dora):
    answered(world, query, "800 it is.", "800")
    for number in (1, 2):
        page = dora.get(english("filing-detail", query.filing_id), {"version": number})
        assert "Does it hold a prepayment?" in text_of(page)


def test_more_questions_take_no_more_queries(world, dora, assert_constant_queries):
    version = file_quarter(world, until="submitted")
    fields = iter(("amount", "on", "receipt_number", "receipt_on", "payer_market", "reason"))

    def more() -> None:
        for _turn in range(3):
            asked(world, version, next(fields))

    assert_constant_queries(more, lambda: dora.get(english("filing-detail", version.filing_id)))
