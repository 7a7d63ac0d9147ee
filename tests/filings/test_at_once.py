"""Two people press at the same moment: one wins, the other is told, and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from portal.filings.actions.answering import Answer, answer
from portal.filings.actions.asking import ask
from portal.filings.actions.drafts import open_filing, save_draft
from portal.filings.actions.review import approve
from portal.filings.actions.submission import submit
from portal.filings.actions.uploads import confirm, receive
from portal.filings.models.filing import Version
from portal.filings.models.upload import Upload
from portal.journal.models import Entry
from portal.lib.acts import Refused
from tests.world import NOW, build_world, clock_at, simple_entries

LATER = NOW + timedelta(minutes=1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed():
    """The cast, really written: both threads see it."""
    with clock_at(NOW):
        yield build_world()


def both(act: Callable[[], object], other: Callable[[], object] | None = None) -> list[object]:
    """What two threads that begin together are answered, by the same act or by two: its result, or the refusal."""
    gate = Barrier(2)

    def run(act: Callable[[], object]) -> object:
        gate.wait(timeout=10)
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act), pool.submit(run, other or act)]]


def draft(world) -> Version:
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    save_draft(version=version, entries=simple_entries(world.lists), lists=world.lists, by=world.alice, at=NOW)
    return version


def refusals(answers: list[object]) -> int:
    return sum(isinstance(answer, Refused) for answer in answers)


def journalled(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_two_who_open_get_the_same_version(committed):
    world = committed
    answers = both(lambda: open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW))
    assert answers[0] == answers[1]
    assert journalled("filing.opened") == 1


def test_two_who_submit_submit_once(committed):
    world = committed
    version = draft(world)
    answers = both(lambda: submit(version=version, lists=world.lists, by=world.alice, at=NOW))
    assert (refusals(answers), journalled("filing.submitted")) == (1, 1)


def test_two_who_approve_approve_once(committed):
    world = committed
    version = submit(version=draft(world), lists=world.lists, by=world.alice, at=NOW)
    answers = both(lambda: approve(version=version, by=world.dora, at=NOW))
    assert (refusals(answers), journalled("filing.approved")) == (1, 1)


def test_two_who_save_leave_one_whole_draft(committed):
    world = committed
    version = draft(world)
    entries = simple_entries(world.lists, number="B-2")
    answers = both(lambda: save_draft(version=version, entries=entries, lists=world.lists, by=world.alice, at=NOW))
    assert refusals(answers) == 0
    assert sorted(version.lines.values_list("contract__number", "kind")) == [("B-2", "executed"), ("B-2", "signed")]


# ── Files ────────────────────────────────────────────────────────────────────────────────────────

HEAD = "种类,合同号,日期,金额,合同名称,发包方,发包方市场,服务类别,币种"


def uploaded(world, version: Version, number: str) -> Upload:
    row = f"新签,{number},2020-02-01,1000.00,Bridge design,Hanoi Rail,VNM,ITO-1-01,USD"
    content = f"{HEAD}\n{row}".encode("utf-8-sig")
    return receive(
        version=version, content=content, file_name="q.csv", lists=world.lists, by=world.alice, at=NOW
    )  # fmt: skip


def taken_over(world, upload: Upload) -> object:
    """By a request of its own, which has read the row for itself."""
    return confirm(upload=Upload.objects.get(pk=upload.pk), lists=world.lists, by=world.alice, at=LATER)


def numbers(version: Version) -> list[str]:
    return sorted(version.lines.values_list("contract__number", flat=True))


def test_two_who_confirm_one_upload_take_it_over_once(committed):
    world = committed
    version = draft(world)
    version.refresh_from_db()
    upload = uploaded(world, version, "C-3")
    answers = both(lambda: taken_over(world, upload))
    assert (refusals(answers), journalled("upload.confirmed"), journalled("filing.saved")) == (1, 1, 2)
    assert numbers(version) == ["C-3"]


def test_of_two_uploads_of_one_filing_one_is_taken_over_and_the_other_told(committed):
    world = committed
    version = draft(world)
    version.refresh_from_db()
    first, second = both(lambda: uploaded(world, version, "C-3"), lambda: uploaded(world, version, "C-4"))
    answers = both(lambda: taken_over(world, first), lambda: taken_over(world, second))
    assert (refusals(answers), journalled("upload.confirmed")) == (1, 1)
    assert sorted(Upload.objects.values_list("outcome", flat=True)) == ["confirmed", "outdated"]
    assert numbers(version) == ["C-4" if isinstance(answers[0], Refused) else "C-3"]


def test_a_file_and_a_submission_at_once_leave_one_of_them(committed):
    world = committed
    version = draft(world)
    version.refresh_from_db()
    upload = uploaded(world, version, "C-3")
    file, submission = both(
        lambda: taken_over(world, upload), lambda: submit(version=version, lists=world.lists, by=world.alice, at=LATER)
    )
    assert not isinstance(submission, Refused), "whichever came first, a filing in order can be submitted"
    assert numbers(version) == (["A-1", "A-1"] if isinstance(file, Refused) else ["C-3"])


def test_two_who_answer_answer_once(committed):
    world = committed
    version = submit(version=draft(world), lists=world.lists, by=world.alice, at=NOW)
    key = version.lines.get(kind="executed").key
    due = NOW.date()
    query = ask(version=version, line_key=key, field="amount", text="Why?", due_on=due, by=world.dora, at=NOW)
    said = [Answer(query.pk, "800 it is.", "800")]
    answers = both(
        lambda: answer(filing=version.filing, answers=said, lists=world.lists, by=world.alice, at=NOW)
    )  # fmt: skip
    assert (refusals(answers), journalled("query.answered"), Version.objects.count()) == (1, 1, 2)
