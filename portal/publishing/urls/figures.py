"""Figures and files on the editing desk."""

from django.urls import path

from portal.publishing.views import figures, importing

urlpatterns = [
    # /editing/figures/
    path("figures/", figures.figure_list, name="desk-figure-list"),
    # /editing/figures/preview/?form=brief&release=2020Q1-1&place=520100
    path("figures/preview/", figures.figure_preview, name="desk-figure-preview"),
    # /editing/figures/article/12/, /editing/figures/issue/3/
    path("figures/<slug:kind>/<int:pk>/", figures.figure_detail, name="desk-figure-detail"),
    # /editing/articles/import/
    path("articles/import/", importing.article_import, name="desk-article-import"),
    path("articles/imported/<int:pk>/", importing.article_imported, name="desk-article-imported"),
]
