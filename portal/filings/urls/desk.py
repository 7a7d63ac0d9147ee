"""The association's desk: review, periods, members, the journal."""

from django.urls import path

from portal.filings.urls import desk_members
from portal.filings.views import (
    desk_bulk,
    desk_completeness,
    desk_filing,
    desk_firms,
    desk_journal,
    desk_periods,
    desk_queries,
    desk_queue,
    desk_reminders,
    desk_rules,
    desk_working_days,
)

app_name = "desk"
urlpatterns = [
    # /desk/
    path("", desk_queue.queue, name="queue"),
    path("bulk/", desk_bulk.bulk_approve, name="bulk-approve"),
    path("bulk/<uuid:batch>/", desk_bulk.bulk_result, name="bulk-result"),
    path("completeness/", desk_completeness.completeness, name="completeness"),
    path("completeness.<str:form>", desk_completeness.completeness_download, name="completeness-download"),
    path("reminders/", desk_reminders.reminder_list, name="reminder-list"),
    path("reminders/add/", desk_reminders.reminder_add, name="reminder-add"),
    path("reminders/stop/", desk_reminders.reminder_stop, name="reminder-stop"),
    path("reminders/<int:pk>/resume/", desk_reminders.reminder_resume, name="reminder-resume"),
    path("reminders/working-days/", desk_working_days.working_day_list, name="working-day-list"),
    path("reminders/working-days/add/", desk_working_days.working_day_add, name="working-day-add"),
    # /desk/filings/17/
    path("filings/<int:pk>/", desk_filing.filing_detail, name="filing-detail"),
    path("filings/<int:pk>/look/", desk_queue.filing_look, name="filing-look"),
    path("filings/<int:pk>/approve/", desk_filing.filing_approve, name="filing-approve"),
    path("filings/<int:pk>/return/", desk_filing.filing_return, name="filing-return"),
    path("filings/<int:pk>/recall/", desk_filing.filing_recall, name="filing-recall"),
    path("filings/<int:pk>/questions/ask/", desk_queries.query_ask, name="query-ask"),
    path("questions/<int:pk>/ask-further/", desk_queries.query_ask_further, name="query-ask-further"),
    path("questions/<int:pk>/settle/", desk_queries.query_settle, name="query-settle"),
    path("questions/<int:pk>/withdraw/", desk_queries.query_withdraw, name="query-withdraw"),
    path("evidence/<int:pk>/", desk_filing.evidence_file, name="evidence-file"),
    path("uploads/<int:pk>/", desk_filing.upload_file, name="upload-file"),
    # /desk/periods/2020Q1/
    path("periods/", desk_periods.period_list, name="period-list"),
    path("periods/add/", desk_periods.period_add, name="period-add"),
    path("periods/<slug:code>/", desk_periods.period_edit, name="period-edit"),
    path("extensions/", desk_periods.extension_list, name="extension-list"),
    path("extensions/add/", desk_periods.extension_add, name="extension-add"),
    path("extensions/<int:pk>/end/", desk_periods.extension_end, name="extension-end"),
    # /desk/firms/91520100MA0000001K/
    path("firms/", desk_firms.firm_list, name="firm-list"),
    path("firms/add/", desk_firms.firm_add, name="firm-add"),
    *desk_members.patterns,
    path("firms/<slug:code>/", desk_firms.firm_detail, name="firm-detail"),
    path("firms/<slug:code>/change/", desk_firms.firm_change, name="firm-change"),
    path("firms/<slug:code>/profile/", desk_firms.profile_change, name="profile-change"),
    path("firms/<slug:code>/people/add/", desk_firms.representation_add, name="representation-add"),
    path("firms/<slug:code>/consents/add/", desk_firms.consent_add, name="consent-add"),
    path("firms/<slug:code>/consents/<int:pk>/withdraw/", desk_firms.consent_withdraw, name="consent-withdraw"),
    path("representations/<int:pk>/end/", desk_firms.representation_end, name="representation-end"),
    path("representations/<int:pk>/invitation/", desk_firms.invitation_send, name="invitation-send"),
    # /desk/rules/E3/
    path("rules/", desk_rules.rule_list, name="rule-list"),
    path("rules/<slug:code>/", desk_rules.rule_detail, name="rule-detail"),
    path("rules/<slug:code>/set/", desk_rules.rule_set, name="rule-set"),
    path("hits/<int:pk>/accept/", desk_rules.hit_accept, name="hit-accept"),
    path("hits/<int:pk>/reject/", desk_rules.hit_reject, name="hit-reject"),
    path("journal/", desk_journal.journal, name="journal"),
]
