"""What the association explains: terms, the catalogue, service trade, modes of supply. And what helps to decide."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.publishing.catalogue import catalogue, class_page, supply_modes, trade_categories
from portal.publishing.decided import deciding_page
from portal.publishing.explained import class_context, term_context
from portal.publishing.knowing import term_page, term_shelves
from portal.ui.http import public


@public
@require_safe
def knowledge_home(request: HttpRequest) -> HttpResponse:
    """Everything that is explained, as one table of contents."""
    context = {
        "shelves": term_shelves(), "catalogue": catalogue(), "categories": trade_categories(), "modes": supply_modes(),
    }  # fmt: skip
    return render(request, "publishing/knowledge_home.html", context)


@public
@require_safe
def term_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = term_page(slug)
    if page is None:
        raise Http404
    return render(request, "publishing/term_detail.html", term_context(page))


@public
@require_safe
def catalogue_tree(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/catalogue_tree.html", {"catalogue": catalogue()})


@public
@require_safe
def class_detail(request: HttpRequest, code: str) -> HttpResponse:
    page = class_page(code)
    if page is None:
        raise Http404
    return render(request, "publishing/class_detail.html", class_context(page))


@public
@require_safe
def trade_category_list(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/trade_category_list.html", {"categories": trade_categories()})


@public
@require_safe
def supply_mode_list(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/supply_mode_list.html", {"modes": supply_modes()})


@public
@require_safe
def decide(request: HttpRequest) -> HttpResponse:
    """One question after another: the answers so far stand in the address, which can be kept and sent on."""
    page = deciding_page(request.GET.dict())
    template = "publishing/decided.html" if page.question is None else "publishing/decide.html"
    return render(request, template, {"page": page})
