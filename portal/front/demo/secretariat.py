"""The association and its members: applications, terms, dues, invitations, and what becomes of a firm."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from portal.front.demo import papers
from portal.front.demo.cabinet import Cabinet
from portal.front.demo.people import ADMINISTRATOR
from portal.front.demo.steps import Act, Step
from portal.members import actions
from portal.members.queries import standing_terms
from portal.members.roles import FirmRole


def _apply(cabinet: Cabinet, step: Step) -> None:
    given = step.said
    name, email, phone = given.contact
    licence = papers.document("营业执照副本（示例）", [given.name_zh, given.credit_code, "本页为演示数据，无任何效力"])
    shown = [
        actions.Attached("营业执照副本.pdf", "application/pdf", licence),
        actions.Attached("入会申请表.png", "image/png", papers.scan(given.credit_code)),
    ]
    actions.apply_to_join(
        credit_code=given.credit_code, name_zh=given.name_zh, name_en=given.name_en,
        division=cabinet.divisions[given.division], size_band=given.size_band, business=given.business,
        contact_name=name, contact_email=email, contact_phone=phone, papers=shown, at=step.at,
    )  # fmt: skip


def _elect(cabinet: Cabinet, step: Step) -> None:
    term, firm = step.said, cabinet.firms[step.firm]
    # Who is admitted within the term is elected in place of the term that began with the admission.
    same_day = standing_terms(firm).filter(from_on=term.from_on).first()
    actions.record_term(
        firm=firm, grade=term.grade, from_on=term.from_on, until_on=term.until_on, replaces=same_day,
        by=cabinet.people[ADMINISTRATOR], at=step.at,
    )  # fmt: skip


def _dues(cabinet: Cabinet, step: Step) -> None:
    dues = step.said
    actions.record_dues(
        firm=cabinet.firms[step.firm], from_on=date(dues.year, 1, 1), until_on=date(dues.year, 12, 31),
        amount_cents=dues.amount_cents, paid_on=dues.paid_on, receipt_number=dues.receipt_number,
        by=cabinet.people[ADMINISTRATOR], at=step.at,
    )  # fmt: skip


def _invite(cabinet: Cabinet, step: Step) -> None:
    guest, by = step.said, cabinet.owners[step.firm]
    firm, role = cabinet.firms[step.firm], FirmRole(guest.role)
    actions.invite(firm=firm, email=guest.email, name=guest.name, role=role, by=by, at=step.at)


def _need_two(cabinet: Cabinet, step: Step) -> None:
    actions.set_signers(firm=cabinet.firms[step.firm], needs_certifier=True, by=cabinet.owners[step.firm], at=step.at)


def _rename(cabinet: Cabinet, step: Step) -> None:
    name, by = step.said, cabinet.people[ADMINISTRATOR]
    cabinet.firms[step.firm] = actions.rename_firm(
        firm=cabinet.firms[step.firm], name_zh=name.name_zh, name_en=name.name_en, on=timezone.localdate(step.at),
        reason=name.reason, by=by, at=step.at,
    ).firm  # fmt: skip


def _merge(cabinet: Cabinet, step: Step) -> None:
    merger = step.said
    firm, into = cabinet.firms[step.firm], cabinet.firms[merger.into]
    cabinet.firms[step.firm] = actions.merge_firm(
        firm=firm, into=into, on=merger.on, carried={}, takes_contracts=False, reason=merger.reason,
        by=cabinet.people[ADMINISTRATOR], at=step.at,
    ).firm  # fmt: skip


ACTS: dict[Act, Callable[[Cabinet, Step], None]] = {
    Act.APPLY: _apply,
    Act.ELECT: _elect,
    Act.DUES: _dues,
    Act.INVITE: _invite,
    Act.NEED_TWO: _need_two,
    Act.RENAME: _rename,
    Act.MERGE: _merge,
}
