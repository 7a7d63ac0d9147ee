"""Terms of what is counted and of time; glossary.py has the others."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Term:
    """A term in both languages; `formula` is the anchor of its formula on the methodology page."""

    ident: str
    zh: str
    en: str
    definition: str
    formula: str = ""


BUSINESS = (
    Term(
        "outsourcing",
        "服务外包",
        "service outsourcing",
        gettext_lazy(
            "Work that an organisation hands to an outside provider by contract, where the result is a service "
            "and rests on information technology."
        ),
    ),
    Term(
        "ito",
        "信息技术外包",
        "information technology outsourcing (ITO)",
        gettext_lazy("Building, running and keeping information systems for a client, newer technologies included."),
    ),
    Term(
        "bpo",
        "业务流程外包",
        "business process outsourcing (BPO)",
        gettext_lazy("Running a client's own processes: its administration, its operations, its maintenance."),
    ),
    Term(
        "kpo",
        "知识流程外包",
        "knowledge process outsourcing (KPO)",
        gettext_lazy("Work that rests on expert knowledge: business services, design, research and development."),
    ),
    Term(
        "contract-value",
        "接包合同额",
        "contract value",
        gettext_lazy("What was signed in the period: new contracts, and changes to earlier ones with their sign."),
    ),
    Term(
        "executed-value",
        "执行额",
        "executed value",
        gettext_lazy("What was performed and evidenced in the period, of contracts of any age."),
    ),
    Term(
        "offshore",
        "离岸",
        "offshore",
        gettext_lazy("The client is outside the mainland. Hong Kong, Macao and Taiwan count as offshore."),
    ),
    Term(
        "onshore",
        "在岸",
        "onshore",
        gettext_lazy("The client is in the mainland."),
    ),
    Term(
        "overseas",
        "境外",
        "overseas",
        gettext_lazy(
            "Performed for a foreign client by a foreign branch held above half that contracts nothing back. In "
            "no total."
        ),
    ),
    Term(
        "subcontracted",
        "转接包",
        "work taken over from another member",
        gettext_lazy(
            "A contract taken over from another member whose own contract is approved too. Left out of every "
            "total, so that nothing counts twice."
        ),
    ),
    Term(
        "nil-return",
        "零申报",
        "nil return",
        gettext_lazy("A firm's statement that it had no business in the period. It counts as filed."),
    ),
)
TIME = (
    Term(
        "reporting-period",
        "报告期",
        "reporting period",
        gettext_lazy("The quarter for which firms file."),
    ),
    Term(
        "back-filing",
        "补报",
        "back-filing",
        gettext_lazy(
            "A line whose event lies before the period of its filing. It counts in the period in which it was filed."
        ),
        "occurrence",
    ),
    Term(
        "reporting-basis",
        "按申报期",
        "by reporting period",
        gettext_lazy(
            "A line counts in the period of its filing. All figures are counted so unless they say otherwise."
        ),
        "occurrence",
    ),
    Term(
        "occurrence-basis",
        "按发生期",
        "by occurrence",
        gettext_lazy("A line counts in the quarter in which its event happened, whenever it was filed."),
        "occurrence",
    ),
    Term(
        "year-to-date",
        "本年累计",
        "year to date",
        gettext_lazy("From January to the end of the period, compared with the same months a year before."),
    ),
    Term(
        "release",
        "数据发布",
        "release",
        gettext_lazy(
            "Everything approved at a named moment, counted and published; it never changes. A correction is the "
            "next number."
        ),
    ),
    Term(
        "vintage",
        "数据版本",
        "vintage",
        gettext_lazy("What was known at a moment, and the release that was made of it."),
    ),
    Term(
        "provisional",
        "初步数",
        "provisional",
        gettext_lazy("A figure published while filings are still coming in."),
    ),
    Term(
        "final",
        "最终数",
        "final",
        gettext_lazy("A figure published after the period was closed to late filings."),
    ),
    Term(
        "embargo",
        "禁发期",
        "embargo",
        gettext_lazy("The time until a built release becomes public, to the minute."),
    ),
)
