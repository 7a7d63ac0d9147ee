"""The table builder. The whole question stands in the address, which never changes what it asks."""

from django.urls import path

from portal.statistics.views import tables

urlpatterns = [
    # /statistics/tables/
    path("tables/", tables.table_index, name="table-index"),
    # /statistics/tables/choose/?by=market
    path("tables/choose/", tables.table_choose, name="table-choose"),
    # /statistics/tables/view/?period=newest&measure=execution&show=level&place=@provinces&rows=place&cols=figure
    path("tables/view/", tables.table_detail, name="table-detail"),
    # /statistics/tables/view.csv?…
    path("tables/view.<slug:form>", tables.table_file, name="table-file"),
]
