"""Releases at the association's desk."""

from django.urls import path

from portal.statistics.views import announcements, commentaries, desk, disclosures, previews, publication, traces

app_name = "releases"
urlpatterns = [
    # /desk/releases/
    path("releases/", desk.release_list, name="release-list"),
    # /desk/releases/periods/2020Q1/build/
    path("releases/periods/<slug:code>/build/", desk.release_build, name="release-build"),
    # /desk/releases/calendar/
    path("releases/calendar/", announcements.announcement_list, name="announcement-list"),
    path("releases/calendar/add/", announcements.announcement_add, name="announcement-add"),
    # /desk/releases/calendar/2020Q1/final/postpone/
    path(
        "releases/calendar/<slug:code>/<slug:standing>/confirm/",
        announcements.announcement_confirm,
        name="announcement-confirm",
    ),
    path(
        "releases/calendar/<slug:code>/<slug:standing>/postpone/",
        announcements.announcement_postpone,
        name="announcement-postpone",
    ),
    # /desk/figures/2020Q1-1/520100/?cut=market
    path("figures/<slug:name>/<slug:code>/", traces.internal, name="internal"),
    # /desk/trace/2020Q1-1/?place=520100&measure=execution&mode=offshore
    path("trace/<slug:name>/", traces.figure_trace, name="figure-trace"),
    path("releases/<slug:name>/recount/", traces.release_recount, name="release-recount"),
    path("releases/<slug:name>/disclosure/", disclosures.release_disclosure, name="release-disclosure"),
    # /desk/releases/2020Q1-1/
    path("releases/<slug:name>/", desk.release_check, name="release-check"),
    path("releases/<slug:name>/publish/", desk.release_publish, name="release-publish"),
    # /desk/releases/2020Q1-1/commentary/520100/
    path("releases/<slug:name>/commentary/<slug:place>/", commentaries.release_commentary, name="release-commentary"),
    path("releases/<slug:name>/take-back/", publication.release_take_back, name="release-take-back"),
    # /desk/releases/2020Q1-1/early/add/
    path("releases/<slug:name>/early/add/", previews.preview_add, name="preview-add"),
    path("releases/<slug:name>/early/<int:pk>/end/", previews.preview_end, name="preview-end"),
]
