"""The desk's pages about members; `desk.py` has them in its list, before the firms' own addresses."""

from django.urls import path

from portal.filings.views import desk_applications, desk_dues, desk_events, desk_people

patterns = [
    # /desk/firms/applications/7/
    path("firms/applications/", desk_applications.application_list, name="application-list"),
    path("firms/applications/<int:pk>/", desk_applications.application_detail, name="application-detail"),
    path("firms/applications/<int:pk>/admit/", desk_applications.application_admit, name="application-admit"),
    path("firms/applications/<int:pk>/decline/", desk_applications.application_decline, name="application-decline"),
    path("firms/applications/<int:pk>/papers/<int:paper>/", desk_applications.paper_file, name="paper-file"),
    path("firms/dues/", desk_dues.dues_list, name="dues-list"),
    path("firms/people/", desk_people.person_list, name="person-list"),
    path("firms/people/<uuid:key>/", desk_people.person_detail, name="person-detail"),
    path("firms/people/<uuid:key>/erase/", desk_people.person_erase, name="person-erase"),
    # /desk/firms/91520100MA0000001K/rename/
    path("firms/<slug:code>/rename/", desk_events.firm_rename, name="firm-rename"),
    path("firms/<slug:code>/move/", desk_events.firm_move, name="firm-move"),
    path("firms/<slug:code>/merge/", desk_events.firm_merge, name="firm-merge"),
    path("firms/<slug:code>/split/", desk_events.firm_split, name="firm-split"),
    path("firms/<slug:code>/terms/add/", desk_dues.term_add, name="term-add"),
    path("firms/<slug:code>/dues/add/", desk_dues.dues_add, name="dues-add"),
    path("firms/<slug:code>/people/invite/", desk_people.invitation_add, name="invitation-add"),
    path("firms/<slug:code>/view/", desk_people.viewing_start, name="viewing-start"),
    path("invitations/<int:pk>/send/", desk_people.invitation_resend, name="invitation-resend"),
    path("invitations/<int:pk>/cancel/", desk_people.invitation_cancel, name="invitation-cancel"),
    path("representations/<int:pk>/role/", desk_people.representation_change, name="representation-change"),
    path("representations/<int:pk>/close/", desk_people.representation_close, name="representation-close"),
]
