"""Terms, catalogue, categories, modes of supply, and what helps to decide."""

from django.urls import path

from portal.publishing.views import knowledge

urlpatterns = [
    # /knowledge/
    path("knowledge/", knowledge.knowledge_home, name="knowledge-home"),
    # /knowledge/terms/labour-dispatch/
    path("knowledge/terms/<slug:slug>/", knowledge.term_detail, name="term-detail"),
    # /knowledge/catalogue/ITO-1-01/
    path("knowledge/catalogue/", knowledge.catalogue_tree, name="catalogue-tree"),
    path("knowledge/catalogue/<slug:code>/", knowledge.class_detail, name="class-detail"),
    path("knowledge/trade/", knowledge.trade_category_list, name="trade-category-list"),
    path("knowledge/supply/", knowledge.supply_mode_list, name="supply-mode-list"),
    # /knowledge/decide/?core=yes&agreement=services
    path("knowledge/decide/", knowledge.decide, name="decide"),
]
