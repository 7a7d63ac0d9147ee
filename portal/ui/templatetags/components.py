"""`{% load components %}`: everything a page is built from.

Arguments and examples stand in docs/components.md; the gallery page shows every state.
"""

from django import template

from portal.ui import figures
from portal.ui.templatetags import figure_parts, form_parts, page_parts

register = template.Library()
for part in (page_parts, figure_parts, form_parts):
    register.tags.update(part.register.tags)

for number_filter in (figures.wan, figures.yi, figures.amount, figures.percent, figures.grouped, figures.signed):
    register.filter(number_filter.__name__, number_filter)
