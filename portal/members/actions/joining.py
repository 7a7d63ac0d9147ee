"""A firm asks to join, and is admitted or declined."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members import policies
from portal.members.actions.firms import admit_firm
from portal.members.actions.inviting import invite
from portal.members.models import Application, Invitation, Paper, User
from portal.members.roles import FirmRole
from portal.reference.models import Division

DECIDED = {
    Application.State.ADMITTED: "application.admitted",
    Application.State.DECLINED: "application.declined",
}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class Attached:
    """A paper as it came; its type is what its content says."""

    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Admitted:
    application: Application
    invitation: Invitation
    token: str


def apply_to_join(
    *,
    credit_code: str,
    name_zh: str,
    name_en: str,
    division: Division,
    size_band: str,
    business: str,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
    papers: Sequence[Attached],
    at: datetime,
) -> Application:
    """One open application for each credit code; of two sent in the same moment one is refused."""
    if reason := policies.why_not_apply(credit_code):
        raise Refused(reason)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                credit_code=credit_code, name_zh=name_zh, name_en=name_en, division=division, size_band=size_band,
                business=business, contact_name=contact_name, contact_email=contact_email.lower(),
                contact_phone=contact_phone, applied_at=at,
            )  # fmt: skip
            for paper in papers:
                _keep(application, paper)
            _journal("application.received", application, None, at, {"papers": len(papers)})
    except IntegrityError as problem:
        raise Refused(policies.why_not_apply(credit_code) or _("Please try again.")) from problem
    return application


def _keep(application: Application, paper: Attached) -> None:
    row = Paper(
        application=application, file_name=paper.file_name[:200], media_type=paper.media_type,
        sha256=sha256(paper.content).hexdigest(), size=len(paper.content),
    )  # fmt: skip
    row.file.save(f"{uuid4().hex}.{ENDINGS[paper.media_type]}", ContentFile(paper.content))


@transaction.atomic
def admit_application(
    *, application: Application, grade: str, from_on: date, until_on: date | None, by: User, at: datetime
) -> Admitted:
    """The firm becomes a member with a term, and the contact person is invited as its first owner."""
    application = _locked(application)
    if reason := policies.why_not_answer(application):
        raise Refused(reason)
    if until_on and until_on < from_on:
        raise Refused(_("A period cannot end before it begins."))
    firm = admit_firm(
        credit_code=application.credit_code, name_zh=application.name_zh, name_en=application.name_en,
        division=application.division, joined_on=from_on, size_band=application.size_band, grade=grade,
        member_until=until_on, by=by, at=at,
    )  # fmt: skip
    invitation, token = invite(
        firm=firm, email=application.contact_email, name=application.contact_name, role=FirmRole.OWNER, by=by, at=at
    )
    application.firm = firm
    _decide(application, Application.State.ADMITTED, "", by, at)
    return Admitted(application, invitation, token)


@transaction.atomic
def decline_application(*, application: Application, letter: str, by: User, at: datetime) -> Application:
    """Say no, with the letter that is sent and kept."""
    application = _locked(application)
    if reason := policies.why_not_answer(application):
        raise Refused(reason)
    if not letter.strip():
        raise Refused(_("Say in the letter why."))
    return _decide(application, Application.State.DECLINED, letter.strip(), by, at)


def _decide(application: Application, state: str, answer: str, by: User, at: datetime) -> Application:
    application.state, application.answer = state, answer
    application.decided_at, application.decided_by = at, by.key
    application.save(update_fields=["state", "answer", "decided_at", "decided_by", "firm"])
    _journal(DECIDED[state], application, by, at, {"letter": answer} if answer else {})
    return application


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("division")
    return rows.get(pk=application.pk)


def _journal(verb: str, application: Application, by: User | None, at: datetime, after: dict) -> None:
    record(
        actor=by.key if by else None, verb=verb, kind="application", key=application.pk, at=at,
        firm_code=application.credit_code, after=after,
    )  # fmt: skip
