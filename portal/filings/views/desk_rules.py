"""The rules at the desk: how each fares, how it is set, what it would have said; and reasons taken one by one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions.hits import accept_reason, reject_reason
from portal.filings.actions.rules import set_rule
from portal.filings.desk.history import people_named, who
from portal.filings.desk.rules import Rate, editions, filings_in, rates, standings
from portal.filings.desk.trials import Tried, tried
from portal.filings.forms_rules import SettingForm, TrialForm, as_set
from portal.filings.models.period import Period
from portal.filings.models.rule import Hit, RuleSetting
from portal.filings.past import settings_in
from portal.filings.progress import current_period
from portal.filings.rules import BY_CODE
from portal.filings.sheet import Level, Rule, Setting
from portal.lib import clock
from portal.lib.acts import Refused
from portal.lib.words import gettext_noop
from portal.members.access import firms_in_scope, requires_staff, staff_permissions
from portal.members.models import Firm, User
from portal.members.roles import Permission
from portal.reference.queries import code_lists

READERS = (Permission.QUEUE_VIEW, Permission.RULE_EDIT)
PERIODS_SHOWN = 8
FINDINGS_SHOWN = 30
DEFAULT_QUARTERS = 4
LEVEL_WORDS = {
    Level.ERROR: gettext_noop("Errors: nothing is saved"),
    Level.EXPLAIN: gettext_noop("A reason is asked for"),
    Level.NOTE: gettext_noop("Only worth knowing"),
}


# ── Every rule ───────────────────────────────────────────────────────────────────────────────────


@require_GET
@requires_staff(*READERS)
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule with its state and its rates in a period, within the person's divisions."""
    code = request.GET.get("period")
    period = get_object_or_404(Period, code=code) if code else current_period(clock.today())
    if period is None:
        return render(request, "desk/rule_list.html", {"period": None})
    rows = standings(period, firms_in_scope(request.user, *READERS))
    context = {
        "period": period,
        "periods": Period.objects.opened(clock.today()).newest_first(),
        "asking": rows[Level.EXPLAIN],
        "others": [(_(LEVEL_WORDS[level]), rows[level]) for level in (Level.NOTE, Level.ERROR)],
        "filings": next(row.rate.filings for row in rows[Level.EXPLAIN]),
    }
    return render(request, "desk/rule_list.html", context)


# ── One rule ─────────────────────────────────────────────────────────────────────────────────────


def rule_named(code: str) -> Rule:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


@require_GET
@requires_staff(*READERS)
def rule_detail(request: HttpRequest, code: str) -> HttpResponse:
    """How a rule was set and how it fared; for whoever sets it, what other thresholds would have said."""
    return _page(request, rule_named(code))


@require_POST
@requires_staff(Permission.RULE_EDIT)
def rule_set(request: HttpRequest, code: str) -> HttpResponse:
    rule = rule_named(code)
    if not rule.is_adjustable:
        raise Http404
    form = SettingForm(request.POST, rule=rule, on=clock.today())
    if form.is_valid():
        try:
            setting = set_rule(
                code=code, since=form.cleaned_data["since"], is_on=form.cleaned_data["state"] == "on",
                thresholds=form.thresholds(), reason=form.cleaned_data["reason"], by=request.user, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(code)s is set from %(period)s on.") % _named(setting))
            return redirect("desk:rule-detail", code)
    return _page(request, rule, form)


def _named(setting: RuleSetting) -> dict[str, str]:
    return {"code": setting.code, "period": setting.since_id}


def _page(request: HttpRequest, rule: Rule, form: SettingForm | None = None) -> HttpResponse:
    """The rule's page; a form that was not accepted stands there as it was typed."""
    current = current_period(clock.today())
    setting = settings_in(current).get(rule.code, Setting()) if current else Setting()
    rows = editions(rule)
    people = people_named(row.recorded_by for row in rows)
    context = {
        "code": rule.code,
        "is_adjustable": rule.is_adjustable,
        "statement": _(rule.statement),
        "level": _(LEVEL_WORDS[rule.level]),
        "asks": rule.level == Level.EXPLAIN,
        "period": current,
        "setting": setting,
        "thresholds": _thresholds(rule, setting),
        "editions": [(row, _thresholds(rule, Setting(row.is_on, row.thresholds)), who(row.recorded_by, people))
                     for row in rows],
        "rates": _by_period(rule, request.user) if rule.level == Level.EXPLAIN else [],
        "edits": rule.is_adjustable and Permission.RULE_EDIT in staff_permissions(request.user),
    }  # fmt: skip
    if context["edits"]:
        context |= _forms(request, rule, setting, form)
    return render(request, "desk/rule_detail.html", context)


def _thresholds(rule: Rule, setting: Setting) -> list[tuple[str, str]]:
    return [
        (_(one.label), f"{setting.thresholds.get(one.name, one.default)} {_(one.unit) if one.unit else ''}".strip())
        for one in rule.thresholds
    ]


def _by_period(rule: Rule, user: User) -> list[tuple[Period, Rate]]:
    """The newest periods in which something was handed in."""
    firms = firms_in_scope(user, *READERS)
    periods = list(Period.objects.opened(clock.today()).newest_first()[:PERIODS_SHOWN])
    found, filings = rates(periods, firms, rule.code), filings_in(periods, firms)
    return [
        (period, found.get((rule.code, period.code), Rate(filings=filings[period.code])))
        for period in periods
        if period.code in filings
    ]


def _forms(request: HttpRequest, rule: Rule, setting: Setting, form: SettingForm | None) -> dict[str, object]:
    """The two forms: what is tried stands in the address, and in the form that sets it."""
    today, usual = clock.today(), as_set(rule, setting)
    asked = "quarters" in request.GET
    trial = TrialForm(request.GET if asked else None, rule=rule, initial=usual | {"quarters": DEFAULT_QUARTERS})
    context: dict[str, object] = {"trial": trial}
    if asked and trial.is_valid():
        usual |= trial.thresholds() | {"state": "on"}
        context |= _tried(rule, trial, request.user)
    context["form"] = form or SettingForm(rule=rule, on=today, initial=usual)
    return context


def _tried(rule: Rule, trial: TrialForm, user: User) -> dict[str, object]:
    """What the trial says, and where: names only for whoever may open the filings."""
    ended = Period.objects.filter(last_on__lt=clock.today()).newest_first().prefetch_related("windows")
    periods = list(ended[: trial.cleaned_data["quarters"]])
    results = tried(rule, trial.thresholds(), periods, firms_in_scope(user, *READERS), code_lists())
    rows = _listed(results, firms_in_scope(user, Permission.FILING_VIEW))
    return {"results": results, "found": rows[:FINDINGS_SHOWN], "more": max(len(rows) - FINDINGS_SHOWN, 0)}


def _listed(results: list[Tried], firms) -> list[dict[str, object]]:
    hit = [row for result in results for row in result.rows]
    names: dict[int, Firm] = firms.in_bulk({row.firm for row in hit})
    return [
        {
            "firm": names[row.firm], "filing": row.filing, "period": row.period, "number": row.finding.number,
            "message": row.finding.message.in_words(_), "expected": row.finding.expected.in_words(_),
            "reason": row.finding.answer,
        }
        for row in hit
        if row.firm in names
    ]  # fmt: skip


# ── Reasons, one by one ──────────────────────────────────────────────────────────────────────────


@require_POST
@requires_staff(Permission.FILING_APPROVE)
def hit_accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, accept_reason, _("The reason is accepted: the same finding is quiet from now on."))


@require_POST
@requires_staff(Permission.FILING_APPROVE)
def hit_reject(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, reject_reason, _("The reason is rejected: the same finding will ask anew."))


def _decided(request: HttpRequest, pk: int, act: Callable[..., Hit], done: str) -> HttpResponse:
    firms = firms_in_scope(request.user, Permission.FILING_APPROVE)
    hit = get_object_or_404(Hit, pk=pk, firm__in=firms)
    try:
        act(hit=hit, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(f"{reverse('desk:filing-detail', args=[hit.filing_id])}?version={hit.version_number}")
