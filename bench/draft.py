"""What is done in the association that the benches measure in, by the same acts as on the portal's pages."""

from datetime import date, timedelta
from pathlib import Path

from bench.association import CONTRACTS, CURRENCIES, MARKETS, NOW, number_of
from portal.filings.actions.drafts import open_filing, save_draft
from portal.filings.actions.periods import open_period
from portal.filings.actions.uploads import confirm, receive
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.models.upload import Upload
from portal.filings.sheet import Entry, Kind
from portal.lib.quarters import Quarter
from portal.members.actions import admit_firm, represent
from portal.members.models import Firm, User
from portal.members.roles import FirmRole
from portal.reference.models import Division
from portal.reference.queries import code_lists

EARLIER = NOW - timedelta(days=400)


def register_contracts() -> None:
    """The firm, its owner, two quarters, and the contracts of the first of them."""
    firm = admit_firm(
        credit_code="91520100MA0000001Q", name_zh="示例云数据服务有限公司", name_en="Example",
        division=Division.objects.get(pk="520100"), joined_on=date(2019, 1, 1), by=None, at=EARLIER,
    )  # fmt: skip
    alice = User.objects.create_user("alice@example.org", name="Alice")
    represent(user=alice, firm=firm, role=FirmRole.OWNER, since_on=date(2019, 1, 1), by=None, at=EARLIER)
    before, _now = (open_period(quarter=Quarter(2019, 4).shift(step), by=None, at=EARLIER) for step in range(2))
    version = open_filing(firm=firm, period=before, by=alice, at=NOW)
    contracts = [contract_entry(number) for number in range(CONTRACTS)]
    save_draft(version=version, entries=contracts, lists=code_lists(), by=alice, at=NOW)
    open_draft()


def contract_entry(contract: int) -> Entry:
    return Entry(
        kind=Kind.STANDING, number=number_of(contract), on=date(2019, 5, 5), amount_cents=9 * 10**14,
        amount=9 * 10**12, name=f"示例项目 {contract}", client="示例客户", market=MARKETS[contract % 5],
        category="ITO-1-01", currency=CURRENCIES[contract % 5],
        raw=dict.fromkeys(("number", "name", "client", "market", "category", "on", "currency", "amount"), "x"),
    )  # fmt: skip


def open_draft() -> Version:
    """The draft of 2020Q1, which the first call makes."""
    period = Period.objects.get(code="2020Q1")
    return open_filing(firm=Firm.objects.get(), period=period, by=User.objects.get(), at=NOW)


def received(path: Path) -> Upload:
    """The file handed in: read, checked, compared, kept."""
    return receive(
        version=open_draft(), content=path.read_bytes(), file_name=path.name, lists=code_lists(),
        by=User.objects.get(), at=NOW,
    )  # fmt: skip


def taken_over(path: Path) -> Upload:
    """The whole way: the file handed in, and confirmed."""
    upload = received(path)
    if upload.outcome != Upload.Outcome.CHECKED:
        raise ValueError(f"The file was refused: {upload.findings[:3]}")
    confirm(upload=upload, lists=code_lists(), by=User.objects.get(), at=NOW + timedelta(minutes=1))
    return upload
