"""What becomes of a firm: another name, another place, a merger, a split. Each has its day, its reason and its history.

No act here touches a filing: what was approved stays with the firm that filed it, and a release, which took its
profiles as they were recorded at its moment, stays as it is.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.members import policies
from portal.members.actions.entries import journal_firm
from portal.members.actions.firms import admit_firm
from portal.members.actions.standing import change_profile, close_terms
from portal.members.actions.team import represent
from portal.members.models import Firm, FirmEvent, Representation, User
from portal.members.queries import current_profile
from portal.members.roles import FirmRole
from portal.reference.models import Division

Kind = FirmEvent.Kind
VERBS = {
    Kind.RENAMED: "firm.renamed",
    Kind.MOVED: "firm.moved",
    Kind.MERGED: "firm.merged",
    Kind.SPLIT: "firm.split",
}


@transaction.atomic
def rename_firm(*, firm: Firm, name_zh: str, name_en: str, on: date, reason: str, by: User, at: datetime) -> FirmEvent:
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    if why := policies.why_not_rename(firm, name_zh, name_en, on, timezone.localdate(at)):
        raise Refused(why)
    before = {"name_zh": firm.name_zh, "name_en": firm.name_en}
    firm.name_zh, firm.name_en = name_zh, name_en
    firm.save(update_fields=["name_zh", "name_en"])
    after = {"name_zh": name_zh, "name_en": name_en}
    return _happened(Kind.RENAMED, firm, on, reason, by, at, before=before, after=after)


@transaction.atomic
def move_firm(*, firm: Firm, division: Division, on: date, reason: str, by: User, at: datetime) -> FirmEvent:
    """Registered somewhere else from a day on; size, grade and controller go along."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    held = current_profile(firm, on=on)
    if why := policies.why_not_happen(firm, on):
        raise Refused(why)
    if held is None or held.division_id == division.pk:
        raise Refused(_("It is registered there already."))
    change_profile(
        firm=firm, effective_on=on, division=division, size_band=held.size_band, grade=held.grade,
        controller=held.controller, by=by, at=at,
    )  # fmt: skip
    before, after = {"division": held.division_id}, {"division": division.pk}
    return _happened(Kind.MOVED, firm, on, reason, by, at, before=before, after=after)


@transaction.atomic
def merge_firm(
    *,
    firm: Firm,
    into: Firm,
    on: date,
    carried: Mapping[int, FirmRole],
    takes_contracts: bool,
    reason: str,
    by: User,
    at: datetime,
) -> FirmEvent:
    """The firm leaves on that day. `carried`: representation → the role that its person gets in the other firm."""
    firms = {row.pk: row for row in Firm.objects.select_for_update().filter(pk__in=[firm.pk, into.pk]).order_by("pk")}
    firm, into = firms[firm.pk], firms[into.pk]
    if why := policies.why_not_merge(firm, into, on):
        raise Refused(why)
    firm.left_on = on
    firm.save(update_fields=["left_on"])
    close_terms(firm, on, by, at)
    people = list(policies.team(firm).filter(pk__in=carried).select_related("user"))
    for row in people:
        _carry(row, into, carried[row.pk], by, at)
    after = {"contracts": "taken" if takes_contracts else "kept", "people": len(people)}
    return _happened(Kind.MERGED, firm, on, reason, by, at, other=into, after=after)


def _carry(row: Representation, into: Firm, role: FirmRole, by: User, at: datetime) -> None:
    """Who acts for the other firm already keeps the role that is there."""
    if policies.team(into).filter(user=row.user).exists():
        return
    represent(user=row.user, firm=into, role=role, since_on=timezone.localdate(at), by=by, at=at)


@transaction.atomic
def split_firm(
    *,
    firm: Firm,
    credit_code: str,
    name_zh: str,
    name_en: str,
    division: Division,
    size_band: str,
    grade: str,
    on: date,
    reason: str,
    by: User,
    at: datetime,
) -> FirmEvent:
    """A part of the firm becomes a member of its own from that day on; the event is the new firm's."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    if why := policies.why_not_happen(firm, on):
        raise Refused(why)
    made = admit_firm(
        credit_code=credit_code, name_zh=name_zh, name_en=name_en, division=division, joined_on=on,
        size_band=size_band, grade=grade, by=by, at=at,
    )  # fmt: skip
    return _happened(Kind.SPLIT, made, on, reason, by, at, other=firm)


def _happened(
    kind: str,
    firm: Firm,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    *,
    other: Firm | None = None,
    before: dict | None = None,
    after: dict | None = None,
) -> FirmEvent:
    if not reason.strip():
        raise Refused(_("Give the reason."))
    before, after = before or {}, after or {}
    event = FirmEvent.objects.create(
        firm=firm, kind=kind, effective_on=on, other=other, before=before, after=after, reason=reason.strip(),
        recorded_at=at, recorded_by=by.key,
    )  # fmt: skip
    said = after | {"effective_on": on.isoformat(), "reason": event.reason}
    if other:
        said["other_firm"] = other.credit_code
    journal_firm(VERBS[kind], firm, by, at, before=before, after=said)
    return event
