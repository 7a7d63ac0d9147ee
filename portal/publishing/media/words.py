"""The words that paper puts around a text, in the text's own language. No Django.

They stand here and not in the catalogue of the site's translations: the paper of an edition is the same for ever.
"""

from collections.abc import Mapping
from datetime import date

from portal.publishing.document import Card, Cover, Credit, Document, Download

WORDS: dict[str, dict[str, str]] = {
    "zh-hans": {
        "number": "第{}期", "running": "总第{}期", "legal": "内部资料，免费交流", "draft": "样稿",
        "proof": "校样，尚未发布", "missing": "缺少{}，不得付印", "contents": "目录", "comma": "、", "colon": "：",
        "chapter": "第{}章", "continued": "（续）", "question": "问", "answer": "答", "source": "来源",
        "data_source": "数据来源", "download": "附件", "links": "文中链接", "firm": "企业", "city": "城市",
        "policy": "政策", "picture": "图片暂缺",
    },
    "en": {
        "number": "No. {}", "running": "Whole No. {}", "legal": "Internal material · Not for sale",
        "draft": "Draft copy", "proof": "Proof, not published yet", "missing": "Not to be printed: {} missing",
        "contents": "Contents", "comma": ", ", "colon": ": ", "chapter": "Chapter {}", "continued": " (continued)",
        "question": "Q", "answer": "A", "source": "Source", "data_source": "Data source", "download": "Attachment",
        "links": "Links in this text", "firm": "Firm", "city": "City", "policy": "Policy",
        "picture": "Picture not at hand",
    },
}  # fmt: skip

# The labels of cover and distribution as they are frozen, for texts in English.
IN_ENGLISH = {
    "准印证号": "Printing permit", "编印单位": "Compiled by", "编辑": "Editor", "签发": "Approved by",
    "发送对象": "For", "印刷单位": "Printed by", "印刷日期": "Printed on", "印数": "Copies", "期号": "Number",
    "报": "To", "送": "Copy", "发": "Issued to",
}  # fmt: skip
# What the cover of an internal publication has to say; a serial says its number besides.
REQUIRED = ("准印证号", "编印单位", "发送对象", "印刷单位", "印刷日期", "印数")
PERMIT, PUBLISHER, SERIAL_NUMBER = "准印证号", "编印单位", "期号"
OF_A_DATE = {"印刷日期"}
WEEKDAYS = "一二三四五六日"
SAYS_SOURCE = ("来源", "源于", "摘自", "转自", "资料来源", "数据来源", "Source", "From")


def words_of(language: str) -> dict[str, str]:
    return WORDS["zh-hans" if language.startswith("zh") else "en"]


def label(name: str, language: str) -> str:
    """A label of cover or distribution, in a language."""
    return name if language.startswith("zh") else IN_ENGLISH.get(name, name)


def day(iso: str, language: str) -> str:
    """A date in words; what is no date stays as it is."""
    try:
        on = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{on.year}年{on.month}月{on.day}日" if language.startswith("zh") else f"{on.day} {on:%B %Y}"


def weekday(iso: str, language: str) -> str:
    try:
        on = date.fromisoformat(iso)
    except ValueError:
        return ""
    return f"星期{WEEKDAYS[on.weekday()]}" if language.startswith("zh") else f"{on:%A}"


def ear_of(cover: Cover, language: str) -> list[str]:
    """What stands beside the masthead: number, running number, date, day of the week."""
    words = words_of(language)
    found = [
        words["number"].format(cover.number) if cover.number else "",
        words["running"].format(cover.running_number) if cover.running_number else "",
        day(cover.issued_on, language), weekday(cover.issued_on, language),
    ]  # fmt: skip
    return [line for line in found if line]


def imprint_of(cover: Cover, language: str) -> list[tuple[str, str]]:
    """The lines of the cover with their labels and dates in a language."""
    return [
        (label(name, language), day(value, language) if name in OF_A_DATE else value) for name, value in cover.lines
    ]


def missing_of(document: Document) -> list[str]:
    """What the cover of a printed internal publication has to say and does not, as labels in the text's language."""
    cover = document.cover
    if cover is None:
        return []
    said = {name for name, value in cover.lines if value.strip()}
    wanted = [name for name in REQUIRED if name not in said]
    if document.kind != "handbook" and not cover.number:
        wanted.append(SERIAL_NUMBER)
    return [label(name, document.language) for name in wanted]


def name_of_file(document: Document) -> str:
    """`服务外包行业动态-第8期`: what a file of the publication is called, without its ending."""
    number = document.cover.number if document.cover else None
    name = f"{document.title}-{words_of(document.language)['number'].format(number)}" if number else document.title
    return "".join("_" if one in '\\/:*?"<>|' or not one.isprintable() else one for one in name).strip(". ")


def source_of(credit: Credit, language: str) -> str:
    """A credit as it is printed: with a word before it, unless it says one itself."""
    if credit.text.startswith(SAYS_SOURCE):
        return credit.text
    words = words_of(language)
    return f"{words['source']}{words['colon']}{credit.text}"


def kind_of(card: Card, words: Mapping[str, str]) -> str:
    return words.get(card.of, "")


def download_told(block: Download) -> str:
    """`PDF，1.2 MB`"""
    ending = block.file.rpartition(".")[2].upper()
    size = f"{block.size / 1048576:.1f} MB" if block.size >= 1048576 else f"{max(1, round(block.size / 1024))} KB"
    return f"{ending}, {size}"
