"""`{% load filings %}`: the words of a filing in templates."""

from django import template

from portal.filings import telling

register = template.Library()
for words in (
    telling.quarter_in_words,
    telling.kind_in_words,
    telling.mode_in_words,
    telling.measure_in_words,
    telling.reason_in_words,
    telling.name_of,
    telling.finding_in_words,
    telling.first_sentence,
    telling.seal_of_status,
):
    register.filter(words.__name__, words)
