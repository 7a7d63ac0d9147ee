"""A firm's own benchmark, in its workspace."""

from django.urls import path

from portal.statistics.views import firm

app_name = "benchmark"
urlpatterns = [
    # /filing/benchmark/2020Q1/
    path("<str:period>/", firm.benchmark_detail, name="benchmark-detail"),
    path("<str:period>/tables.<slug:form>", firm.benchmark_tables, name="benchmark-tables"),
]
