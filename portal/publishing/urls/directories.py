"""Members, demonstration cities, contacts of authorities, entrances to systems."""

from django.urls import path

from portal.publishing.views import directories

urlpatterns = [
    # /members/?q=云岭&city=520100&category=BPO-2
    path("members/", directories.member_list, name="member-list"),
    path("members/<row:pk>/", directories.member_detail, name="member-detail"),
    # /cities/520100/
    path("cities/", directories.city_list, name="city-list"),
    path("cities/<slug:code>/", directories.city_detail, name="city-detail"),
]
