"""The public pages of figures. A release's own addresses never change; those without one show the newest."""

from django.urls import path

from portal.statistics.views import downloads, public

app_name = "statistics"
urlpatterns = [
    # /statistics/
    path("", public.release_list, name="release-list"),
    # /statistics/places/?q=贵阳
    path("places/", public.place_list, name="place-list"),
    # /statistics/places/520100/?period=2020Q1&span=to_date
    path("places/<slug:code>/", public.place_detail, name="place-detail"),
    # /statistics/2020Q1-1/
    path("<slug:release>/", public.release_detail, name="release-detail"),
    # /statistics/2020Q1-1/tables.csv
    path("<slug:release>/tables.<slug:form>", downloads.release_tables, name="release-tables"),
    # /statistics/2020Q1-1/places/520100/
    path("<slug:release>/places/<slug:code>/", public.place_release, name="place-release"),
    path("<slug:release>/places/<slug:code>/tables.<slug:form>", downloads.place_tables, name="place-tables"),
    # /statistics/2020Q1-1/places/520100/brief.txt
    path("<slug:release>/places/<slug:code>/brief.txt", downloads.place_brief, name="place-brief"),
]
