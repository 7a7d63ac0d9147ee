"""Subscribing, confirming, leaving."""

from django.urls import path

from portal.publishing.views import letters

urlpatterns = [
    path("subscribe/", letters.subscription_add, name="subscription-add"),
    path("subscribe/asked/", letters.subscription_asked, name="subscription-asked"),
    path("subscribe/confirm/<str:token>/", letters.subscription_confirm, name="subscription-confirm"),
    # subscribe/leave/TOKEN/?list=newsletter
    path("subscribe/leave/<str:token>/", letters.subscription_leave, name="subscription-leave"),
    path("subscribe/leave/<str:token>/lists/", letters.subscription_change, name="subscription-change"),
    path("subscribe/leave/<str:token>/erase/", letters.subscription_erase, name="subscription-erase"),
]
