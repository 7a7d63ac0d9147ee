"""Performs the steps, each through the action that a page or a command would call."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from portal.filings.actions import NotSaved, uploads
from portal.filings.actions.certifying import file_for_certification
from portal.filings.actions.drafts import open_filing, reopen, save_draft
from portal.filings.actions.periods import grant_extension, open_period
from portal.filings.actions.review import approve, return_to_firm
from portal.filings.actions.submission import declare_nil, submit, withdraw
from portal.filings.differences import numbered
from portal.filings.queries import stored_entries
from portal.filings.sheet import Finding, Level
from portal.front.demo import correspondence, firms, secretariat
from portal.front.demo.cabinet import Cabinet
from portal.front.demo.people import ADMINISTRATOR, STATISTICIAN
from portal.front.demo.reasons import explained
from portal.front.demo.rows import entries_of
from portal.front.demo.steps import Act, Step
from portal.front.demo.workbooks import filled_workbook
from portal.lib.acts import Refused
from portal.members.actions import record_consent, represent
from portal.members.roles import FirmRole
from portal.statistics.actions import build_release, publish_release
from portal.statistics.announcing import announce, postpone
from portal.statistics.commenting import sign_commentary


class Office(Cabinet):
    """Everybody at work."""

    def __init__(self, *kept: Any):
        super().__init__(*kept)
        self.acts: dict[Act, Callable[[Step], None]] = {
            Act.OPEN_PERIOD: self._open_period,
            Act.ADMIT: self._admit,
            Act.CONSENT: self._consent,
            Act.SAVE: self._save,
            Act.UPLOAD: self._upload,
            Act.UPLOAD_CHECKED: self._upload_checked,
            Act.UPLOAD_REFUSED: self._upload_refused,
            Act.NIL: self._nil,
            Act.FILE: self._file,
            Act.SUBMIT: self._submit,
            Act.WITHDRAW: self._withdraw,
            Act.RETURN: self._return,
            Act.REOPEN: self._reopen,
            Act.APPROVE: self._approve,
            Act.EXTEND: self._extend,
            **{act: partial(do, self) for act, do in (correspondence.ACTS | secretariat.ACTS).items()},
            Act.BUILD: self._build,
            Act.PUBLISH: self._publish,
            Act.ANNOUNCE: self._announce,
            Act.POSTPONE: self._postpone,
            Act.COMMENT: self._comment,
        }

    def perform(self, step: Step) -> None:
        """Do it; a rule that the demo's rows break is named, so that whoever adds a rule sees where."""
        try:
            self.acts[step.act](step)
        except NotSaved as refusal:
            broken = ", ".join(f"{finding.code} ({finding.field}: {finding.found})" for finding in refusal.findings)
            raise Refused(f"{step.firm} {step.quarter} {step.act}: {refusal} {broken}") from refusal

    # ── Periods, members, consents ───────────────────────────────────────────────────────────────

    def _open_period(self, step: Step) -> None:
        self.periods[step.quarter] = open_period(quarter=step.quarter, by=self.people[ADMINISTRATOR], at=step.at)

    def _admit(self, step: Step) -> None:
        plan, by = self.plans[step.firm], self.people[ADMINISTRATOR]
        firm = self.firms[plan.key] = firms.admit(plan, divisions=self.divisions, by=by, at=step.at)
        people = self.people.team_of(plan, at=step.at)
        self.filers[plan.key] = people[0][0]
        self.owners[plan.key] = next(user for user, role in people if role == FirmRole.OWNER)
        for user, role in people:
            represent(user=user, firm=firm, role=role, since_on=step.at.date(), by=by, at=step.at)

    def _consent(self, step: Step) -> None:
        evidence = f"数据公布同意书，{step.at:%Y-%m-%d}签署，存会员服务部"
        record_consent(firm=self.firms[step.firm], evidence=evidence, by=self.people[ADMINISTRATOR], at=step.at)

    def _extend(self, step: Step) -> None:
        given = step.said
        grant_extension(
            firm=self.firms[step.firm], period=self.periods[step.quarter], until_on=given.until_on,
            accepts_from_on=given.accepts_from_on, reason=given.reason, by=self.people[ADMINISTRATOR], at=step.at,
        )  # fmt: skip

    # ── The firm's side ──────────────────────────────────────────────────────────────────────────

    def _draft(self, step: Step) -> Any:
        """The filing's open version; opened now where there is none."""
        key = (step.firm, step.quarter)
        if key not in self.versions:
            firm, period = self.firms[step.firm], self.periods[step.quarter]
            self.versions[key] = open_filing(firm=firm, period=period, by=self.filers[step.firm], at=step.at)
        return self.versions[key]

    def _save(self, step: Step) -> None:
        entries = entries_of(step.rows, self.lists)
        version, by = self._draft(step), self.filers[step.firm]
        save_draft(version=version, entries=entries, lists=self.lists, by=by, at=step.at)

    def _nil(self, step: Step) -> None:
        declare_nil(version=self._draft(step), by=self.filers[step.firm], at=step.at)

    def _receive(self, step: Step) -> Any:
        self._draft(step)
        # Asked for again, because an upload is compared with the draft as it was last saved.
        firm, period, by = self.firms[step.firm], self.periods[step.quarter], self.filers[step.firm]
        version = open_filing(firm=firm, period=period, by=by, at=step.at)
        content = filled_workbook(step.rows, credit_code=firm.credit_code, period=period.code)
        name = f"{period.code}季度填报.xlsx"
        return uploads.receive(version=version, content=content, file_name=name, lists=self.lists, by=by, at=step.at)

    def _upload(self, step: Step) -> None:
        upload = self._receive(step)
        uploads.confirm(upload=upload, lists=self.lists, by=self.filers[step.firm], at=step.at)

    def _upload_checked(self, step: Step) -> None:
        self._expect(step, "checked")

    def _upload_refused(self, step: Step) -> None:
        self._expect(step, "refused")

    def _expect(self, step: Step, outcome: str) -> None:
        upload = self._receive(step)
        if upload.outcome != outcome:
            raise ValueError(f"The workbook of {step.firm} is {upload.outcome}, not {outcome}: {upload.findings}")

    def _file(self, step: Step) -> None:
        self._hand_in(step, file_for_certification)

    def _submit(self, step: Step) -> None:
        self._hand_in(step, submit)

    def _hand_in(self, step: Step, sign: Callable[..., Any]) -> None:
        version, by = self.versions[step.firm, step.quarter], self.filers[step.firm]
        try:
            version = sign(version=version, lists=self.lists, by=by, at=step.at)
        except NotSaved as refusal:
            if any(item.level != Level.EXPLAIN for item in refusal.findings):
                raise
            self._explain(step, refusal.findings)
            version = sign(version=version, lists=self.lists, by=by, at=step.at)
        self.versions[step.firm, step.quarter] = version

    def _explain(self, step: Step, findings: list[Finding]) -> None:
        """Give the reasons that the check asked for, as a filer would before trying again."""
        version, by = self.versions[step.firm, step.quarter], self.filers[step.firm]
        entries = [item.entry for item in numbered(stored_entries(version))]
        save_draft(
            version=version, entries=explained(entries, findings), lists=self.lists, by=by,
            at=step.at - timedelta(minutes=1),
        )  # fmt: skip

    def _withdraw(self, step: Step) -> None:
        version, by = self.versions[step.firm, step.quarter], self.filers[step.firm]
        self.versions[step.firm, step.quarter] = withdraw(version=version, by=by, at=step.at)

    def _reopen(self, step: Step) -> None:
        filing, by = self.versions[step.firm, step.quarter].filing, self.filers[step.firm]
        self.versions[step.firm, step.quarter] = reopen(filing=filing, by=by, at=step.at)

    # ── The association's side ───────────────────────────────────────────────────────────────────

    def _approve(self, step: Step) -> None:
        approve(version=self.versions[step.firm, step.quarter], by=self.reviewer(step), at=step.at)

    def _return(self, step: Step) -> None:
        version, letter = self.versions[step.firm, step.quarter], step.said
        by = self.reviewer(step)
        return_to_firm(version=version, reason=letter.reason, letter=letter.text, by=by, at=step.at)

    def _build(self, step: Step) -> None:
        by = self.people[STATISTICIAN]
        self.releases[step.quarter] = build_release(period=str(step.quarter), by=by, at=step.at)

    def _publish(self, step: Step) -> None:
        release, by = self.releases[step.quarter], self.people[STATISTICIAN]
        publish_release(release=release, by=by, at=step.at, reason="未报企业已逐家联系，不影响主要指标")

    def _announce(self, step: Step) -> None:
        said = step.said
        announce(
            period=self.periods[step.quarter], standing=said.standing, release_at=said.release_at,
            is_confirmed=said.is_confirmed, by=self.people[STATISTICIAN], at=step.at,
        )  # fmt: skip

    def _postpone(self, step: Step) -> None:
        said = step.said
        postpone(
            period=self.periods[step.quarter], standing=said.standing, release_at=said.release_at,
            reason_zh=said.reasons[0], reason_en=said.reasons[1], by=self.people[STATISTICIAN], at=step.at,
        )  # fmt: skip

    def _comment(self, step: Step) -> None:
        by = self.people[STATISTICIAN]
        sign_commentary(
            release=self.releases[step.quarter], place=step.said.place, text_zh=step.said.text_zh,
            text_en=step.said.text_en, signed_as=by.name, by=by, at=step.at,
        )  # fmt: skip
