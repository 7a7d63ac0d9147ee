"""Joining, invitations, and the team of a firm."""

from django.urls import path

from portal.members.views import claiming, joining, team, viewing

app_name = "members"
urlpatterns = [
    # /join/
    path("join/", joining.application_add, name="application-add"),
    path("join/<uuid:key>/", joining.application_state, name="application-state"),
    path("invitations/<str:token>/", claiming.invitation_open, name="invitation-open"),
    path("invitations/<str:token>/accept/", claiming.invitation_accept, name="invitation-accept"),
    # /team/
    path("team/", team.team, name="team"),
    path("team/invite/", team.invitation_add, name="invitation-add"),
    path("team/invitations/<int:pk>/send/", team.invitation_resend, name="invitation-resend"),
    path("team/invitations/<int:pk>/cancel/", team.invitation_cancel, name="invitation-cancel"),
    path("team/people/<int:pk>/role/", team.role_change, name="role-change"),
    path("team/people/<int:pk>/close/", team.role_close, name="role-close"),
    path("team/hand-over/", team.ownership_hand_over, name="ownership-hand-over"),
    path("team/signers/", team.signers_change, name="signers-change"),
    path("viewing/end/", viewing.viewing_end, name="viewing-end"),
]
