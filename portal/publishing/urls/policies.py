"""Policies, the entrances to systems, and contacts of authorities."""

from django.urls import path

from portal.publishing.views import policies, turning

urlpatterns = [
    # /policies/?topic=tax&validity=valid&q=贴息
    path("policies/", policies.policy_list, name="policy-list"),
    path("policies/<slug:slug>/", policies.policy_detail, name="policy-detail"),
    path("policies/<slug:slug>/copy/", policies.policy_copy, name="policy-copy"),
    path("services/", turning.entrance_list, name="entrance-list"),
    path("services/<slug:slug>/manual/", turning.entrance_manual, name="entrance-manual"),
    path("contacts/", turning.authority_list, name="authority-list"),
]
