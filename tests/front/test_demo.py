"""The demo association: alive, invented, and with Guiyang's report of the first quarter of 2020 in its ledger.

The report's figures are counted here from the lines themselves, in a way of its own, not by the portal's statistics.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Max
from django.test import override_settings
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
from portal.front.demo import story
from portal.front.demo.firms import credit_code, firm_plans
from portal.front.demo.people import ACCOUNTS, TWO_SIGN
from portal.front.demo.plans import filing_plans
from portal.journal.models import Entry
from portal.members.models import (
    Application,
    Consent,
    Firm,
    FirmEvent,
    Invitation,
    Profile,
    Representation,
    Term,
    User,
)
from portal.members.queries import dues_of_year
from portal.members.roles import FirmRole, StaffRole
from portal.reference.models import MarketGroupMember, ServiceCategory
from portal.reference.queries import code_lists
from portal.statistics.models import Audit, Cell, Release

GUIYANG = "520100"
COUNTED_AT = datetime.fromisoformat("2020-04-20T18:00:00+08:00")
TODAY = date(2021, 1, 12)
CONTRACT, EXECUTION = ("signed", "changed"), ("executed",)

demo = pytest.mark.demo


def at_decimals(value: Decimal, decimals: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def in_wan(cents: int) -> str:
    return at_decimals(Decimal(cents) / 1_000_000, 2)


def percent(part: int, whole: int, decimals: int = 2) -> str:
    return at_decimals(Decimal(100 * part) / whole, decimals)


def growth(now: int, base: int) -> str:
    return at_decimals((Decimal(now) / base - 1) * 100, 2)


def lines_of(period: str) -> list[Line]:
    """Guiyang's lines of a period, of the versions in force when its release was counted."""
    firms = Profile.objects.filter(division=GUIYANG).values("firm")
    rows = Line.objects.filter(version__in=Version.objects.known_at(COUNTED_AT), version__filing__period=period)
    return list(rows.filter(firm__in=firms).select_related("firm"))


def cents(lines: Iterable[Line], kinds: tuple[str, ...], wanted: Callable[[Line], bool] = lambda line: True) -> int:
    return sum(line.usd_cents for line in lines if line.kind in kinds and wanted(line))


def offshore(line: Line) -> bool:
    return line.mode == "offshore"


def onshore(line: Line) -> bool:
    return line.mode == "onshore"


def by(lines: Iterable[Line], kinds: tuple[str, ...], mode: str, name: str) -> list[tuple[object, int]]:
    """(firm or market, cents), largest first."""
    sums: Counter = Counter()
    for line in lines:
        if line.kind in kinds and line.mode == mode:
            sums[getattr(line, name)] += line.usd_cents
    return sums.most_common()


# ── The report of Guiyang ────────────────────────────────────────────────────────────────────────


@demo
class TestGuiyangInTheFirstQuarterOf2020:
    def test_it_has_sixty_firms_filing_nil_returns_included(self):
        firms = Profile.objects.filter(division=GUIYANG).values("firm")
        filed = Version.objects.known_at(COUNTED_AT).filter(filing__period="2020Q1", firm__in=firms)
        assert filed.count() == 60
        assert 3 <= filed.filter(is_nil=True).count() <= 6

    def test_it_has_the_reports_totals(self):
        lines = lines_of("2020Q1")
        assert in_wan(cents(lines, CONTRACT)) == "21631.47"
        assert in_wan(cents(lines, CONTRACT, offshore)) == "2964.95"
        assert in_wan(cents(lines, CONTRACT, onshore)) == "18666.52"
        assert in_wan(cents(lines, EXECUTION)) == "15536.93"
        assert in_wan(cents(lines, EXECUTION, offshore)) == "7941.44"
        assert in_wan(cents(lines, EXECUTION, onshore)) == "7595.49"

    def test_it_has_the_base_that_gives_the_reports_growth(self):
        now, base = lines_of("2020Q1"), lines_of("2019Q1")
        assert cents(base, CONTRACT, offshore) == 477_318_500
        assert cents(base, CONTRACT, onshore) == 19_100_802
        assert cents(base, EXECUTION, offshore) == 571_433_500
        assert cents(base, EXECUTION, onshore) == 41_939_290
        rates = [
            growth(cents(now, kinds, mode), cents(base, kinds, mode))
            for kinds in (CONTRACT, EXECUTION)
            for mode in (lambda line: True, offshore, onshore)
        ]
        assert rates == ["4257.50", "521.17", "97626.37", "2433.03", "1289.74", "18010.68"]

    def test_it_has_the_reports_belt_and_road_share(self):
        lines = lines_of("2020Q1")
        listed = set(MarketGroupMember.objects.filter(group="guiyang_report_2020").values_list("market", flat=True))

        def in_list(line: Line) -> bool:
            return offshore(line) and line.market_id in listed

        for kinds, wan, share in ((CONTRACT, "2955.40", "99.68"), (EXECUTION, "7931.89", "99.88")):
            assert in_wan(cents(lines, kinds, in_list)) == wan
            assert percent(cents(lines, kinds, in_list), cents(lines, kinds, offshore)) == share

    def test_one_firm_alone_is_outside_the_list_and_its_contract_is_used_up(self):
        outside = [line for line in lines_of("2020Q1") if offshore(line) and line.market_id == "USA"]
        assert len({line.firm_id for line in outside}) == 1
        assert in_wan(cents(outside, CONTRACT)) == in_wan(cents(outside, EXECUTION)) == "9.55"

    def test_its_top_markets_are_vietnam_zambia_and_india(self):
        markets = by(lines_of("2020Q1"), EXECUTION, "offshore", "market_id")
        assert [market for market, _cents in markets[:3]] == ["VNM", "ZMB", "IND"]

    def test_six_firms_hold_four_fifths_of_its_onshore_execution(self):
        lines = lines_of("2020Q1")
        firms = [amount for _firm, amount in by(lines, EXECUTION, "onshore", "firm_id")]
        whole = cents(lines, EXECUTION, onshore)
        assert sum(firms[:5]) * 5 < whole * 4 <= sum(firms[:6]) * 5
        assert percent(sum(firms[:6]), whole) == "83.07"
        assert percent(sum(firms[:6]), cents(lines, EXECUTION), 1) == "40.6"

    def test_three_firms_hold_nearly_all_of_its_offshore_business(self):
        lines = lines_of("2020Q1")
        firms = by(lines, EXECUTION, "offshore", "firm_id")
        whole = cents(lines, EXECUTION, offshore)
        leaders = {firm for firm, _cents in firms[:3]}
        assert sum(amount for _firm, amount in firms[:2]) * 5 < whole * 4
        assert percent(sum(amount for _firm, amount in firms[:3]), whole, 1) == "99.5"
        signed = cents(lines, CONTRACT, lambda line: offshore(line) and line.firm_id in leaders)
        assert percent(signed, cents(lines, CONTRACT, offshore)) == "97.05"

    def test_two_of_its_offshore_firms_are_new(self):
        before = {filing.firm_id for filing in Filing.objects.filter(period="2019Q1")}
        firms = [firm for firm, _cents in by(lines_of("2020Q1"), EXECUTION, "offshore", "firm_id")]
        assert len([firm for firm in firms if firm not in before]) == 2

    def test_half_of_its_execution_is_filed_back(self):
        back = [line for line in lines_of("2020Q1") if line.kind == "executed" and line.on < date(2020, 1, 1)]
        assert in_wan(cents(back, EXECUTION)) == "7995.67"
        assert len({line.firm_id for line in back}) >= 5
        assert {line.mode for line in back} == {"offshore", "onshore"}
        assert min(line.on for line in back) >= date(2019, 7, 1)
        assert max(line.first_submitted_on for line in back) <= date(2020, 3, 31)

    def test_no_cell_that_it_needs_is_withheld(self):
        cells = Cell.objects.filter(release__name="2020Q1-1", place=GUIYANG)
        needed = [
            cells.filter(span__in=("quarter", "quarter_base"), cut="", measure__in=("contract", "execution")),
            cells.filter(span="quarter", cut="market_group", member="guiyang_report_2020"),
            cells.filter(span="quarter", cut="market", member__in=("VNM", "ZMB", "IND"), measure="execution"),
            cells.filter(span="quarter", cut="leaders"),
        ]
        assert all(group.exists() for group in needed)
        assert {status for group in needed for status in group.values_list("status", flat=True)} == {"public"}

    def test_the_consents_were_there_before_the_releases(self):
        firms = {line.firm_id for line in lines_of("2019Q1")}
        assert firms <= set(Consent.objects.filter(given_at__lt="2019-04-20T00:00Z").values_list("firm", flat=True))
        leaders = {firm for firm, _cents in by(lines_of("2020Q1"), EXECUTION, "offshore", "firm_id")}
        leaders |= {firm for firm, _cents in by(lines_of("2020Q1"), EXECUTION, "onshore", "firm_id")[:6]}
        assert leaders <= set(Consent.objects.filter(given_at__lt=COUNTED_AT).values_list("firm", flat=True))


def test_its_amounts_live_in_filings_and_nowhere_else():
    """The gallery of components draws some of them as illustrations; nothing that counts knows them."""
    portal = Path(__file__).resolve().parents[2] / "portal"
    paths = [path for path in portal.rglob("*") if path.suffix in (".py", ".csv", ".json", ".html")]
    texts = {path: path.read_text("utf-8") for path in paths if path.name != "gallery_data.py"}
    figures = ("15536.93", "7595.49", "18666.52", "97626.37", "18010.68", "guiyang-2020q1")
    assert [str(path) for path, text in texts.items() for figure in figures if figure in text] == []


# ── The association around it ────────────────────────────────────────────────────────────────────


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


# ── Making it, and its accounts ──────────────────────────────────────────────────────────────────


@demo
def test_a_second_time_it_is_found_there():
    before = Entry.objects.count()
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "there already" in out.getvalue()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("mode", ["development", "production"])
def test_it_is_only_made_in_demo_and_test(mode: str):
    with override_settings(MODE=mode), pytest.raises(CommandError, match=mode):
        call_command("load_demo")


@pytest.mark.django_db
def test_it_is_planned_the_same_every_time():
    lists = code_lists()
    first, second = (story.story(firm_plans(), lists) for _time in range(2))
    assert first == second
    assert filing_plans(firm_plans(), lists)[0].rows


def test_credit_codes_have_both_check_characters():
    # 91520100MA00000156 is worked out by hand from GB 32100 and GB 11714.
    assert credit_code("520100", 1) == "91520100MA00000156"


@demo
class TestItsAccounts:
    def test_each_signs_in_with_the_demos_password(self):
        for account in ACCOUNTS:
            user = User.objects.get(email=account.email)
            assert user.check_password(settings.DEMO_PASSWORD)
            assert user.is_superuser == (account.role == StaffRole.ADMINISTRATOR)

    def test_they_have_the_roles_that_the_table_says(self):
        for account in ACCOUNTS:
            user = User.objects.get(email=account.email)
            held = user.appointments if isinstance(account.role, StaffRole) else user.representations
            assert set(held.values_list("role", flat=True)) == {account.role}
            assert user.representations.count() == len(account.firms)

    def test_one_firm_has_all_four_roles_and_one_person_acts_for_two(self):
        teams = Counter(firm for account in ACCOUNTS for firm in account.firms)
        assert max(teams.values()) == len(FirmRole)
        assert any(len(account.firms) == 2 for account in ACCOUNTS)

    def test_their_firms_are_in_the_state_that_the_table_says(self):
        def newest(email: str) -> list[list[str]]:
            firms = User.objects.get(email=email).representations.order_by("firm").values_list("firm", flat=True)
            versions = Version.objects.newest_of_each().filter(filing__period="2020Q4")
            return [list(versions.filter(firm=firm).values_list("status", flat=True)) for firm in firms]

        assert newest("filer@demo.example") == [["draft"]]
        assert newest("agent@demo.example") == [[], ["returned"]]

    def test_the_command_lists_them(self):
        out = StringIO()
        call_command("demo_accounts", stdout=out)
        assert all(account.email in out.getvalue() for account in ACCOUNTS)
        assert settings.DEMO_PASSWORD in out.getvalue()

    def test_the_command_lists_them_as_json(self):
        out = StringIO()
        call_command("demo_accounts", "--format", "json", stdout=out)
        rows = json.loads(out.getvalue())
        assert {row["email"] for row in rows} == {account.email for account in ACCOUNTS}
        assert all(row["password"] and row["role"] and row["tries"] for row in rows)


@pytest.mark.django_db
def test_without_a_demo_the_accounts_are_not_listed():
    with pytest.raises(CommandError, match="load_demo"):
        call_command("demo_accounts")
