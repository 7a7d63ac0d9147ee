"""The public pages of the code lists."""

from django.urls import path

from portal.reference import views

app_name = "reference"
urlpatterns = [
    # /lists/
    path("", views.list_index, name="list-index"),
    # /lists/divisions/
    path("divisions/", views.division_list, name="division-list"),
    path("regions/", views.region_list, name="region-list"),
    path("markets/", views.market_list, name="market-list"),
    path("market-groups/", views.market_group_list, name="market-group-list"),
    # /lists/market-groups/bri65/?on=2020-03-31
    path("market-groups/<slug:code>/", views.market_group_detail, name="market-group-detail"),
    path("categories/", views.category_list, name="category-list"),
    # /lists/currencies/?month=2020-03
    path("currencies/", views.currency_list, name="currency-list"),
    # /lists/divisions.csv
    path("<slug:table>.csv", views.list_download, name="list-download"),
]
