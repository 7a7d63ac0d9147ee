"""The demo association: alive, invented, and with work of every kind under way."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Max
from stdnum.cn import uscc

from portal.filings.actions.uploads import confirm
from portal.filings.models.calling import Reminder, ReminderStop
from portal.filings.models.contract import Contract
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.grid import TypedRow
from portal.filings.models.ledger import ContractEvent
from portal.filings.models.period import Extension
from portal.filings.models.query import Query, Remark
from portal.filings.models.rule import Hit
from portal.filings.models.upload import Upload
from portal.filings.signing import why_not_certify
from portal.front.demo.people import ACCOUNTS, TWO_SIGN
from portal.journal.models import Entry
from portal.members.models import (
    Application,
    Firm,
    FirmEvent,
    Invitation,
    Profile,
    Representation,
    Term,
    User,
)
from portal.members.queries import dues_of_year
from portal.members.roles import FirmRole
from portal.reference.models import ServiceCategory
from portal.reference.queries import code_lists
from portal.statistics.models import Audit, Cell, Release

TODAY = date(2021, 1, 12)

demo = pytest.mark.demo


@demo
class TestTheAssociation:
    def test_its_firms_are_invented_and_have_credit_codes_of_their_places(self):
        firms = Firm.objects.all()
        assert 145 <= len(firms) <= 165
        assert all(firm.name_zh.startswith("示例") and firm.name_en.startswith("Example ") for firm in firms)
        assert all(uscc.is_valid(firm.credit_code) for firm in firms)
        places = Profile.objects.values_list("firm__credit_code", "division")
        assert all(code[2:8] == division for code, division in places)

    def test_its_people_are_marked_and_have_addresses_that_reach_nobody(self):
        assert not User.objects.filter(is_demo=False).exists()
        assert not User.objects.exclude(email__endswith="@demo.example").exists()

    def test_it_is_in_at_least_six_cities_of_four_regions(self):
        places = Counter(Profile.objects.values_list("division", flat=True))
        assert len(places) >= 6
        assert {"310000", "410100", "510100", "210200"} <= set(places)

    def test_little_is_withheld_in_the_standing_example_and_no_headline(self):
        """At most a tenth of the value below the cities; and what is withheld needs others withheld beside it."""
        audit = Audit.objects.get(release__name="2020Q1-1")
        assert audit.is_safe
        assert 0 < audit.summary["suppressed_value_share"] <= 0.10
        withheld = Cell.objects.filter(release__name="2020Q1-1").exclude(status="public")
        assert set(withheld.values_list("status", flat=True)) == {"confidential", "secondary"}
        headlines = withheld.filter(cut="", mode__in=["total", "offshore", "onshore"])
        assert not headlines.filter(place__in=["CN", "520100"]).exists()

    def test_it_does_every_kind_of_work_for_many_markets_in_many_currencies(self):
        leaves = set(ServiceCategory.objects.filter(level=3).values_list("pk", flat=True))
        assert set(Contract.objects.values_list("category", flat=True)) == leaves
        markets = set(Contract.objects.values_list("market", flat=True))
        assert {"CHN", "HKG", "TWN", "JPN", "USA", "DEU", "SGP", "VNM"} <= markets
        assert len(set(Contract.objects.values_list("currency", flat=True))) >= 10

    def test_it_has_what_is_rare(self):
        assert Line.objects.filter(mode="overseas").exists()
        assert Line.objects.filter(kind="changed", amount_cents__lt=0).exists()
        assert Line.objects.filter(kind="changed", amount_cents__gt=0).exists()
        assert Contract.objects.exclude(new_mode="").exists()
        assert Contract.objects.exclude(supply="").exists()
        assert Line.objects.filter(mode="offshore", payer_market="CHN").exclude(reason="").exists()
        assert Version.objects.filter(is_nil=True).exists()
        assert Extension.objects.filter(accepts_from_on__isnull=False).count() == 1
        assert Profile.objects.exclude(controller="").exists()

    def test_work_taken_over_from_a_member_is_counted_once(self):
        assert Cell.objects.filter(release__name="2020Q3-1", place="CN", measure="subcontracted").exists()

    def test_it_files_late_and_mends_what_is_returned_and_withdrawn(self):
        verbs = Counter(Entry.objects.values_list("verb", flat=True))
        for verb in ("filing.returned", "filing.withdrawn", "filing.reopened", "upload.confirmed"):
            assert verbs[verb] >= 10, verb
        submissions = Version.objects.filter(number=1, submitted_at__isnull=False).select_related("filing__period")
        late = [row for row in submissions if row.submitted_at.date() > row.filing.period.due_on]
        assert len(late) >= 10

    def test_letters_say_why_a_filing_went_back(self):
        returned = Version.objects.filter(status="returned")
        assert returned.exclude(return_letter="").exclude(return_reason="").count() == returned.count()

    def test_nothing_has_happened_after_its_clock(self):
        now = datetime.fromisoformat(settings.DEMO_CLOCK)
        assert Entry.objects.aggregate(last=Max("at"))["last"] < now
        assert Line.objects.aggregate(last=Max("on"))["last"] <= now.date()


@demo
class TestItsReleases:
    def test_each_quarter_but_the_newest_is_published_and_two_were_corrected(self):
        published = set(Release.objects.published().values_list("name", flat=True))
        quarters = [f"{year}Q{number}" for year in (2019, 2020) for number in (1, 2, 3, 4)][:-1]
        assert published == {f"{quarter}-1" for quarter in quarters} | {"2019Q3-2", "2020Q2-2"}

    def test_a_correction_changed_figures_and_left_the_first_release_as_it_was(self):
        nation = {"place": "CN", "span": "quarter", "measure": "execution", "mode": "total", "cut": ""}
        first, second = (Cell.objects.get(release__name=f"2019Q3-{number}", **nation) for number in (1, 2))
        assert first.usd_cents < second.usd_cents

    def test_all_passed_their_checks(self):
        levels = {(row.name, check["level"]) for row in Release.objects.all() for check in row.checks}
        assert [name for name, level in levels if level == "error"] == []


@demo
class TestTheNewestQuarter:
    def test_it_has_filings_of_every_kind(self):
        newest = Version.objects.newest_of_each().filter(filing__period="2020Q4")
        states = Counter(newest.values_list("status", flat=True))
        assert states["submitted"] >= 50
        assert states["approved"] >= 15
        assert states["draft"] >= 8
        assert states["returned"] >= 3
        assert newest.filter(number=2).exists()

    def test_some_firms_have_not_begun(self):
        begun = Filing.objects.filter(period="2020Q4").values("firm")
        assert Firm.objects.exclude(pk__in=begun).count() >= 10

    def test_one_workbook_was_refused_with_its_findings(self):
        upload = Upload.objects.get(outcome="refused")
        assert {finding["code"] for finding in upload.findings} == {"A1", "A5", "C2", "D2"}
        assert all(finding["cell"] for finding in upload.findings)


@demo
class TestWhatIsUnderWay:
    def test_questions_are_open_late_answered_and_settled(self):
        states = Counter(Query.objects.values_list("state", flat=True))
        assert states["open"] >= 4
        assert states["answered"] >= 2
        assert states["settled"] >= 1
        assert Query.objects.filter(state="open", due_on__lt=TODAY).count() == 1
        settled = Query.objects.filter(state="settled").values("filing")
        assert set(Version.objects.filter(filing__in=settled).values_list("status", flat=True)) == {"approved"}

    def test_one_answer_brought_the_missing_number_and_the_next_version(self):
        remark = Remark.objects.exclude(after="").get()
        assert remark.before == "待补"
        newest = Version.objects.newest_of_each().get(filing=remark.query.filing)
        assert (newest.number, newest.status) == (2, "submitted")
        assert newest.lines.get(key=remark.query.line_key).receipt_number == remark.after

    def test_papers_lie_beside_figures_and_are_kept(self):
        papers = list(Attachment.objects.all())
        assert {paper.media_type for paper in papers} == {"application/pdf", "image/png"}
        assert len({paper.firm_id for paper in papers}) >= 5
        assert all(default_storage.exists(paper.file.name) for paper in papers)

    def test_one_filing_waits_for_its_certifier_who_may_sign_it(self):
        waiting = Version.objects.get(status="draft", filed_at__isnull=False)
        assert waiting.firm.needs_certifier
        account = next(account for account in ACCOUNTS if account.firms == (TWO_SIGN,))
        assert why_not_certify(waiting, User.objects.get(email=account.email)) is None

    def test_the_filers_sheet_has_rows_that_are_not_finished(self):
        firm = User.objects.get(email="filer@demo.example").representations.get().firm
        assert TypedRow.objects.filter(firm=firm, version__filing__period="2020Q4").count() == 2

    def test_an_upload_waits_for_confirmation_and_can_be_taken_over(self):
        upload = Upload.objects.get(outcome="checked")
        filer = User.objects.get(key=upload.uploaded_by)
        changes = confirm(upload=upload, lists=code_lists(), by=filer, at=upload.uploaded_at + timedelta(hours=1))
        assert (len(changes.added), len(changes.changed), len(changes.removed)) == (1, 1, 0)

    def test_reasons_accepted_before_are_remembered(self):
        newest = Hit.objects.filter(filing__period="2020Q4")
        assert newest.filter(is_remembered=True).exists()
        assert newest.filter(is_remembered=False).exists()

    def test_the_late_are_reminded_but_for_one(self):
        stop = ReminderStop.objects.get()
        reminded = Reminder.objects.filter(period="2020Q4", outcome="sent")
        assert set(reminded.values_list("step", flat=True)) == {"before", "due", "after"}
        assert not reminded.filter(firm=stop.firm, sent_at__gt=stop.stopped_at).exists()
        extension = Extension.objects.get(period="2020Q4")
        assert extension.until_on > TODAY
        assert not reminded.filter(firm=extension.firm, step="due").exists()

    def test_a_contract_was_prolonged_and_another_is_a_part_of_a_larger_one(self):
        event = ContractEvent.objects.get()
        assert event.after["ends_on"] > event.before["ends_on"]
        assert event.reason
        part = Contract.objects.exclude(frame_number="").get()
        assert part.frame_cents == 4 * part.amount_cents


@demo
class TestItsMembers:
    def test_two_firms_ask_to_join_and_show_papers(self):
        applications = Application.objects.filter(state="received")
        assert [len(application.papers.all()) for application in applications] == [2, 2]

    def test_most_have_paid_their_dues_and_some_owe_them(self):
        for year, paid in ((2020, 0.8), (2021, 0.2)):
            states = Counter(account.state for account in dues_of_year(Firm.objects.all(), year))
            assert states["paid"] >= paid * states.total()
            assert states["owes"] >= 3

    def test_it_has_one_president_and_a_council_for_some_years(self):
        terms = Term.objects.filter(replaced_by__isnull=True, from_on__lte=TODAY, until_on__gte=TODAY)
        grades = Counter(terms.values_list("grade", flat=True))
        assert grades["president"] == 1
        assert grades["vice_president"] >= 5
        assert grades["director"] >= 10

    def test_one_was_renamed_one_was_merged_and_somebody_is_invited(self):
        assert sorted(FirmEvent.objects.values_list("kind", flat=True)) == ["merged", "renamed"]
        assert Firm.objects.get(left_on__isnull=False).events.get().kind == "merged"
        invitation = Invitation.objects.get()
        assert invitation.accepted_at is None
        assert invitation.expires_at.date() > TODAY

    def test_each_has_an_owner(self):
        owned = Representation.objects.filter(role=FirmRole.OWNER).values("firm")
        assert not Firm.objects.exclude(pk__in=owned).exists()


@demo
def test_many_filings_came_as_workbooks_which_are_kept():
    uploads = Upload.objects.filter(outcome="confirmed")
    assert uploads.count() >= 10
    assert all(default_storage.exists(upload.file.name) for upload in uploads)
