"""The public pages of figures. A release's own addresses never change; those without one show the newest."""

from django.urls import path

from portal.statistics.urls import tables, themes
from portal.statistics.views import axes, calendars, downloads, drawings, figures, previews, public

app_name = "statistics"
urlpatterns = [
    # /statistics/
    path("", public.release_list, name="release-list"),
    path("changes.atom", figures.changes_feed, name="changes-feed"),
    # /statistics/places/?q=贵阳
    path("places/", public.place_list, name="place-list"),
    # /statistics/places/520100/?period=2020Q1&span=to_date
    path("places/<slug:code>/", public.place_detail, name="place-detail"),
    # /statistics/places/520100/axes/?measure=contract&mode=offshore
    path("places/<slug:code>/axes/", axes.place_axes, name="place-axes"),
    # /statistics/calendar/
    path("calendar/", calendars.calendar_list, name="calendar-list"),
    path("calendar.ics", calendars.calendar_file, name="calendar-file"),
    # /statistics/preview/<token>/: a build, for the named person whose link it is
    path("preview/<str:token>/", previews.preview_open, name="preview-open"),
    # /statistics/groups/, /statistics/series/ and the like
    *themes.urlpatterns,
    # /statistics/tables/: the table builder
    *tables.urlpatterns,
    # /statistics/2020Q1-1/
    path("<slug:release>/", public.release_detail, name="release-detail"),
    # /statistics/2020Q1-1/changes/?place=520100
    path("<slug:release>/changes/", figures.release_changes, name="release-changes"),
    # /statistics/2020Q1-1/about/?place=520100&measure=execution&mode=offshore
    path("<slug:release>/about/", figures.figure_about, name="figure-about"),
    # /statistics/2020Q1-1/tables.csv
    path("<slug:release>/tables.<slug:form>", downloads.release_tables, name="release-tables"),
    # /statistics/2020Q1-1/places/520100/
    path("<slug:release>/places/<slug:code>/", public.place_release, name="place-release"),
    path("<slug:release>/places/<slug:code>/tables.<slug:form>", downloads.place_tables, name="place-tables"),
    # /statistics/2020Q1-1/places/520100/charts/markets.svg?theme=dark
    path("<slug:release>/places/<slug:code>/charts/<slug:chart>.<slug:form>", drawings.place_chart, name="place-chart"),
    # /statistics/2020Q1-1/places/520100/brief.txt
    path("<slug:release>/places/<slug:code>/brief.txt", downloads.place_brief, name="place-brief"),
]
