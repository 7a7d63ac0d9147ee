"""How a rule is set, from a period on."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.period import Period
from portal.filings.models.rule import RuleSetting
from portal.filings.past import settings_in
from portal.filings.rules import BY_CODE
from portal.filings.sheet import Rule, Setting
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User


@transaction.atomic
def set_rule(
    *, code: str, since: Period, is_on: bool, thresholds: Mapping[str, int], reason: str, by: User, at: datetime
) -> RuleSetting:
    """Switch a rule on or off and set its thresholds, for a period and those after it. Earlier periods stay as they
    were judged."""
    # Held, so that the second of two people sees what the first one set.
    since = Period.objects.select_for_update().get(pk=since.pk)
    rule = BY_CODE.get(code)
    if refusal := why_not_set(rule, since, is_on, thresholds, timezone.localdate(at)):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(_("Say why the rule is set so."))
    before = settings_in(since).get(code, Setting())
    setting = RuleSetting.objects.create(
        code=code, since=since, is_on=is_on, thresholds=dict(thresholds), reason=reason.strip(), recorded_at=at,
        recorded_by=by.key,
    )  # fmt: skip
    record(
        actor=by.key, verb="rule.set", kind="rule", key=code, at=at,
        before={"is_on": before.is_on, **_with_defaults(rule, before.thresholds)},
        after={"is_on": is_on, **thresholds, "since": since.code, "reason": reason.strip()},
    )  # fmt: skip
    return setting


def _with_defaults(rule: Rule, thresholds: Mapping[str, int]) -> dict[str, int]:
    return {one.name: thresholds.get(one.name, one.default) for one in rule.thresholds}


def why_not_set(rule: Rule | None, since: Period, is_on: bool, thresholds: Mapping[str, int], on: date) -> str | None:
    if rule is None:
        return _("There is no such rule.")
    if not rule.is_adjustable:
        return _("This rule guards the ledger: it cannot be switched off or moved.")
    if since.locks_on < on:
        return _("%(period)s is locked: what was judged in it stays judged.") % {"period": since.code}
    if set(thresholds) != {one.name for one in rule.thresholds}:
        return _("Give every threshold of the rule.")
    for one in rule.thresholds:
        if not one.least <= thresholds[one.name] <= one.most:
            return _("%(name)s lies between %(least)s and %(most)s.") % {
                "name": _(one.label), "least": one.least, "most": one.most,
            }  # fmt: skip
    current = settings_in(since).get(rule.code, Setting())
    if (current.is_on, _with_defaults(rule, current.thresholds)) == (is_on, dict(thresholds)):
        return _("The rule is set so already in %(period)s.") % {"period": since.code}
    return None
