"""The association's desk: review, periods, members, the journal."""

from django.urls import path

from portal.filings.views import desk_firms, desk_journal, desk_periods, desk_review

app_name = "desk"
urlpatterns = [
    # /desk/
    path("", desk_review.queue, name="queue"),
    # /desk/filings/17/
    path("filings/<int:pk>/", desk_review.filing_detail, name="filing-detail"),
    path("filings/<int:pk>/approve/", desk_review.filing_approve, name="filing-approve"),
    path("filings/<int:pk>/return/", desk_review.filing_return, name="filing-return"),
    path("uploads/<int:pk>/", desk_review.upload_file, name="upload-file"),
    # /desk/periods/2020Q1/
    path("periods/", desk_periods.period_list, name="period-list"),
    path("periods/add/", desk_periods.period_add, name="period-add"),
    path("periods/<slug:code>/", desk_periods.period_edit, name="period-edit"),
    path("extensions/", desk_periods.extension_list, name="extension-list"),
    path("extensions/add/", desk_periods.extension_add, name="extension-add"),
    # /desk/firms/91520100MA0000001K/
    path("firms/", desk_firms.firm_list, name="firm-list"),
    path("firms/add/", desk_firms.firm_add, name="firm-add"),
    path("firms/<slug:code>/", desk_firms.firm_detail, name="firm-detail"),
    path("firms/<slug:code>/change/", desk_firms.firm_change, name="firm-change"),
    path("firms/<slug:code>/profile/", desk_firms.profile_change, name="profile-change"),
    path("firms/<slug:code>/people/add/", desk_firms.representation_add, name="representation-add"),
    path("firms/<slug:code>/consents/add/", desk_firms.consent_add, name="consent-add"),
    path("firms/<slug:code>/consents/<int:pk>/withdraw/", desk_firms.consent_withdraw, name="consent-withdraw"),
    path("representations/<int:pk>/end/", desk_firms.representation_end, name="representation-end"),
    path("representations/<int:pk>/invitation/", desk_firms.invitation_send, name="invitation-send"),
    path("journal/", desk_journal.journal, name="journal"),
]
