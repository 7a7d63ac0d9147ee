from django.urls import path

from portal.filings.views import firm, firm_contracts, firm_entries, firm_filing, firm_submission, firm_uploads

app_name = "filings"
urlpatterns = [
    path("", firm.home, name="home"),
    path("firm/", firm.firm_switch, name="firm-switch"),
    path("contracts/", firm_contracts.contract_list, name="contract-list"),
    path("contracts/<int:pk>/", firm_contracts.contract_detail, name="contract-detail"),
    path("uploads/<int:pk>/", firm_uploads.upload_detail, name="upload-detail"),
    path("uploads/<int:pk>/confirm/", firm_uploads.upload_confirm, name="upload-confirm"),
    path("uploads/<int:pk>/file/", firm_uploads.upload_file, name="upload-file"),
    # /filing/2020Q1/: a period is addressed by its code; one that is not there is a 404 of its view.
    path("<str:period>/", firm_filing.filing_detail, name="filing-detail"),
    path("<str:period>/workbook/", firm_filing.workbook_download, name="workbook-download"),
    path("<str:period>/upload/", firm_uploads.upload_add, name="upload-add"),
    path("<str:period>/entries/add/<str:kind>/", firm_entries.entry_add, name="entry-add"),
    path("<str:period>/entries/<str:place>/", firm_entries.entry_edit, name="entry-edit"),
    path("<str:period>/entries/<str:place>/delete/", firm_entries.entry_delete, name="entry-delete"),
    path("<str:period>/nil/", firm_filing.filing_nil, name="filing-nil"),
    path("<str:period>/check/", firm_submission.filing_check, name="filing-check"),
    path("<str:period>/submit/", firm_submission.filing_submit, name="filing-submit"),
    path("<str:period>/receipt/", firm_submission.filing_receipt, name="filing-receipt"),
    path("<str:period>/withdraw/", firm_submission.filing_withdraw, name="filing-withdraw"),
    path("<str:period>/reopen/", firm_submission.filing_reopen, name="filing-reopen"),
    path("<str:period>/history/", firm_filing.filing_history, name="filing-history"),
]
