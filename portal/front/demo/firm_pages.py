"""What some thirty of the demo's firms tell of themselves in the directory: invented, and released by their owners."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from portal.front.demo.firms import FirmPlan, firm_plans
from portal.lib import clock
from portal.members.access import representations
from portal.members.models import Firm, Representation, User
from portal.members.roles import FirmRole
from portal.publishing.actions.members import release_member_page, save_member_page
from portal.reference.models import Division

EVERY = 5
FIRST_ON = date(2020, 9, 7)
# By the group of the first line of business: what the firm does, in a sentence or two of each language.
TOLD: dict[str, tuple[str, str]] = {
    "ITO-1": (
        "我们在{city}为金融、制造和流通企业开发软件，从需求梳理、编码到测试上线由同一支团队负责。源代码和文档随项目一并交付。",
        "From {city} we build software for finance, manufacturing and trade: one team goes from requirements to "
        "launch, and hands over source code and documents.",
    ),
    "ITO-2": (
        "我们在{city}值守客户的机房、网络和业务系统，全天候响应，故障处理过程对客户公开。",
        "In {city} we look after clients' data centres, networks and systems around the clock, and show them how each "
        "fault was mended.",
    ),
    "ITO-3": (
        "我们做云平台、数据和人工智能方面的开发，常见的工作是把客户的老系统搬上云，并把积累的数据用起来。",
        "We develop for cloud, data and artificial intelligence: mostly we move older systems to the cloud and put the "
        "data to use that has gathered in them.",
    ),
    "BPO-1": (
        "我们替客户办理人事、财务和文件处理等内部事务，流程写成手册，每月与客户核对一次质量指标。",
        "We run personnel, accounts and paperwork for our clients, by written procedures and with quality figures that "
        "both sides go through every month.",
    ),
    "BPO-2": (
        "我们在{city}设有客户服务和数据处理中心，提供普通话、英语和日语服务，能在两周内为新项目组好班组。",
        "Our centre in {city} answers customers and processes data in Mandarin, English and Japanese, and staffs a new "
        "project within two weeks.",
    ),
    "BPO-3": (
        "我们为设备厂家做安装、维护和售后管理，工程师驻在客户所在地，备件由{city}统一调配。",
        "We install, maintain and service equipment for its makers; engineers live near the clients, and spare parts "
        "come from {city}.",
    ),
    "KPO-1": (
        "我们做知识产权检索、管理咨询和检验检测，报告由两名有资质的专业人员签字后交付。",
        "We search patents, advise managers and test products; two qualified people sign every report.",
    ),
    "KPO-2": (
        "我们的设计师和工程师在{city}承接产品外观、结构和工程图设计，小批量打样可在本地完成。",
        "Designers and engineers in {city} draw products, structures and plants for clients; small series are made as "
        "samples here.",
    ),
    "KPO-3": (
        "我们接受委托开展研发，项目从小试做到中试，实验记录全部可以追溯，成果归委托方所有。",
        "We do research under contract, from bench to pilot scale, with records that can be traced; the results belong "
        "to the client.",
    ),
}
# What firms release differs: each of these in turn.
RELEASED = (
    ("intro", "categories", "website"), ("intro", "categories", "founded_year"),
    ("intro", "categories", "website", "email"), ("categories",), ("intro", "categories", "phone", "email"),
)  # fmt: skip


def fill() -> int:
    """Write and release the pages; returns how many."""
    rows = list(_owned())
    for number, (plan, firm, owner) in enumerate(rows):
        at = datetime.combine(FIRST_ON + timedelta(days=number), time(10), get_default_timezone())
        save_member_page(firm, _values(plan), by=owner, at=at)
        release_member_page(firm, RELEASED[number % len(RELEASED)], by=owner, at=at + timedelta(hours=1))
    return len(rows)


def _owned() -> Iterator[tuple[FirmPlan, Firm, User]]:
    """Every fifth firm that is a member today, with somebody who owns its account."""
    plans = firm_plans()[::EVERY]
    firms = {firm.credit_code: firm for firm in Firm.objects.filter(left_on__isnull=True)}
    for plan in plans:
        firm = firms.get(plan.credit_code)
        owner = _owner(firm) if firm else None
        if firm and owner:
            yield plan, firm, owner


def _owner(firm: Firm) -> User | None:
    rows = Representation.objects.filter(firm=firm, role=FirmRole.OWNER, ended_at__isnull=True).select_related("user")
    return next((row.user for row in rows if representations(row.user, clock.today()).filter(firm=firm)), None)


def _values(plan: FirmPlan) -> dict[str, object]:
    chinese, english = TOLD[plan.categories[0][:5]]
    city = Division.objects.get(code=plan.division)
    return {
        "intro_zh": f"示例企业。{chinese.format(city=city.name_zh.rstrip('市'))}",
        "intro_en": f"An example firm. {english.format(city=city.name_en)}",
        "categories": list(plan.categories), "founded_year": plan.joined_on.year - 3 - plan.ordinal % 9,
        "website": f"https://{plan.key}.example.com/", "email": f"contact@{plan.key}.example.com",
        "phone": f"000-0000{plan.ordinal:04d}",
    }  # fmt: skip
