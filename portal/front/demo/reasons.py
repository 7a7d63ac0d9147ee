"""What a filer writes when the check asks for a reason."""

from collections.abc import Iterable
from dataclasses import replace

from portal.filings.sheet import Entry, Finding

# By rule, and by the end of the finding's subject where that makes a difference.
REASONS: dict[tuple[str, str], str] = {
    ("E1", ""): "境外客户委托其境内子公司付款，附委托书",
    ("E2", ""): "同日两笔分属不同验收批次，金额相同，银行回单各一张",
    ("E3", "up"): "项目进入集中交付期，本季度验收结算的工作量多于往季",
    ("E3", "down"): "项目进入收尾阶段，本季度交付量减少",
    ("E4", "up"): "新签合同本年开始执行，去年同期业务刚起步",
    ("E4", "down"): "去年的主要合同已执行完毕，后续合同尚在准备",
    ("E5", ""): "本季度新开拓的市场，由老客户介绍签约",
    ("E5", "CHN"): "首次承接境内客户的业务",
    ("E6", ""): "与另一会员企业分工执行，各自只报自己的部分",
}


def explained(entries: Iterable[Entry], findings: Iterable[Finding]) -> list[Entry]:
    """The entries with a reason in each row that was asked for one."""
    asked = {item.row: reason_for(item) for item in findings}
    return [replace(entry, reason=asked.get(entry.row) or entry.reason) for entry in entries]


def reason_for(finding: Finding) -> str:
    which = finding.subject.rpartition(":")[2]
    return REASONS.get((finding.code, which)) or REASONS[finding.code, ""]
