"""Pages about one way of cutting the figures. They show the newest release, or the one that `?release=` names."""

from django.urls import path

from portal.statistics.views import theme_files, themes

urlpatterns = [
    # /statistics/groups/rcep/?period=2020Q1&place=520100
    path("groups/", themes.group_list, name="group-list"),
    path("groups/<slug:code>/", themes.group_detail, name="group-detail"),
    path("schemes/", themes.scheme_list, name="scheme-list"),
    path("schemes/<slug:code>/", themes.scheme_detail, name="scheme-detail"),
    path("categories/", themes.category_list, name="category-list"),
    path("categories/<slug:code>/", themes.category_detail, name="category-detail"),
    path("sizes/", themes.size_list, name="size-list"),
    path("concentration/", themes.concentration, name="concentration"),
    # /statistics/series/?place=520100&measure=contract&span=to_date
    path("series/", themes.series, name="series"),
    path("service-trade/", themes.service_trade, name="service-trade"),
    path("digital-trade/", themes.digital_trade, name="digital-trade"),
    path("glossary/", themes.glossary, name="glossary"),
    # /statistics/groups/rcep/table.csv?period=2020Q1
    path("<slug:theme>/table.csv", theme_files.theme_table, name="theme-table"),
    path("<slug:theme>/<slug:code>/table.csv", theme_files.theme_member_table, name="theme-member-table"),
    # /statistics/groups/rcep/charts/time.svg?period=2020Q1&theme=dark
    path("<slug:theme>/charts/<slug:chart>.<slug:form>", theme_files.theme_chart, name="theme-chart"),
    path(
        "<slug:theme>/<slug:code>/charts/<slug:chart>.<slug:form>",
        theme_files.theme_member_chart,
        name="theme-member-chart",
    ),
]
