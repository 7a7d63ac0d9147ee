"""What the component tags render."""

from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.exceptions import TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from portal.ui import charts, tiles
from tests.ui.markup import Markup


def rendered(source: str, language: str = "en", **values: object) -> str:
    request = RequestFactory().get("/statistics/?q=tea&page=2")
    with translation.override(language):
        return Template("{% load components %}" + source).render(Context({"request": request, **values}))


def test_a_rise_is_cinnabar_signed_and_worded():
    html = rendered(
        '{% key_figure "Value" value rate=rate base=base %}',
        value=Decimal("7941.44"),
        rate=Decimal("1289.74"),
        base=Decimal("571.43"),
    )
    assert '7,941<span class="dec">.44</span>' in html
    assert '<span class="up">up ↑1,289.74%</span>' in html
    assert "571.43" in html


def test_a_fall_is_ink_signed_and_worded():
    html = rendered('{% key_figure "Firms" 4218 rate=rate %}', rate=Decimal("-1.26"))
    assert '<span class="down">down ↓1.26%</span>' in html
    assert 'class="up"' not in html


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("zero_base", "Zero a year before: no growth rate"),
        ("negative_base", "Below zero a year before: no growth rate"),
        ("no_base", "No figure a year before"),
    ],
)
def test_a_figure_without_a_rate_says_why(state, sentence):
    html = rendered('{% key_figure "Value" value state=state %}', value=Decimal("36.2"), state=state)
    assert sentence in html
    assert "%" not in html


def test_a_withheld_figure_shows_no_number_at_all():
    html = rendered(
        '{% key_figure "Value" value state="withheld" rate=rate base=base spark=spark why="Fewer than 3 firms" %}',
        value=Decimal("36.2"), rate=Decimal("5"), base=Decimal("34.1"), spark=[1, 2, 3],
    )  # fmt: skip
    assert "not published" in html
    assert "Fewer than 3 firms" in html
    assert not any(shown in html for shown in ("36", "34", "5.00", "polyline"))


def test_a_low_base_is_marked_and_linked_to_its_note():
    assert '<a class="low" href="#n1"' in rendered('{% change rate low=True low_href="#n1" %}', rate=Decimal("2433.03"))


def test_growth_in_a_table_is_spoken():
    assert '<span class="vh">down</span> 3.40' in rendered("{% growth rate %}", rate=Decimal("-3.4"))


@pytest.mark.parametrize(
    ("value", "state", "shown"),
    [(Decimal("1.005"), "", "1.01"), (None, "", "—"), (Decimal("9"), "withheld", "not published"), (12, "", "12")],
)
def test_a_table_cell_shows_a_number_a_dash_or_that_it_is_withheld(value, state, shown):
    html = rendered("{% figure value state=state %}", value=value, state=state)
    assert shown in html
    assert ("9.00" in html) is False


def test_bars_are_rows_of_a_table_with_heads():
    rows = charts.bars([charts.Item("Vietnam", Decimal(3)), charts.Item("India", None)])
    html = rendered('{% bars rows "By market" head="Market" value_head="Value" %}', rows=rows)
    assert html.count('scope="row"') == 2
    assert 'width="100.00%"' in html
    assert "not published" in html
    assert Markup(html).refused == []


def test_the_grid_speaks_of_places_without_filings_and_of_withheld_ones():
    rows = [tiles.Tile("520000", "1.6", "q2", "/52/"), tiles.Tile("540000", level="q0", href="/54/")]
    html = rendered('{% province_tiles rows unit="billion" here="520100" %}', rows=rows)
    assert 'aria-label="Guizhou 1.6 billion"' in html
    assert 'class="here" aria-current="true" href="/52/"' in html
    assert 'aria-label="Xizang, not published"' in html
    assert html.count("no member files there") == 32


def test_a_seal_is_spoken_once():
    assert '<span class="vh">Must be mended</span>' in rendered('{% seal "mend" %}')
    assert "Must be mended" not in rendered('{% seal "mend" quiet=True %}')
    assert "Must be mended" not in rendered('{% seal "mend" word="To mend" %}')


def test_a_seal_speaks_the_page_language():
    assert ">改</span>" in rendered('{% seal "mend" %}', "zh-hans")
    assert ">!</span>" in rendered('{% seal "mend" %}', "en")


def test_an_unknown_seal_is_an_error():
    with pytest.raises(KeyError):
        rendered('{% seal "dragon" %}')


def test_chapters_count_in_the_page_language():
    assert '<span class="no">五</span>' in rendered('{% chapter "Title" number=5 %}', "zh-hans")
    assert '<span class="no">5</span>' in rendered('{% chapter "Title" number=5 %}', "en")


def test_what_a_page_hands_over_is_escaped():
    html = rendered(
        "{% say title %}{{ text }}{% endsay %}{% finding message=text %}{% chapter text %}", title="<b>", text="<i>"
    )
    assert "<i>" not in html.replace("<i></i>", "")
    assert "&lt;b&gt;" in html


def test_a_finding_says_found_expected_and_how_to_mend():
    html = rendered(
        '{% finding severity="error" message="Too much" found="5" expected="at most 3" mend="Lower it" '
        'where="F12" href="#f12" code="E07" %}'
    )
    for part in ("Too much", "at most 3", "Lower it", '<a href="#f12">F12</a>', "E07", "finding--error"):
        assert part in html


def test_a_closed_button_says_why_and_cannot_be_sent():
    html = rendered('{% button "Submit" why="Four things are open" %}{% button "Approve" why="One is open" %}')
    markup = Markup(html)
    assert html.count('type="button" aria-disabled="true"') == 2
    assert "submit" not in html.replace("Submit", "")
    assert markup.repeated_ids == markup.dangling == set()


def test_pages_of_a_list_keep_the_search():
    html = rendered("{% pager page %}", page=Paginator(range(100), 10).page(2))
    assert 'href="?q=tea&amp;page=3" rel="next"' in html
    assert '<span aria-current="page">2</span>' in html


def test_one_page_needs_no_pages():
    assert rendered("{% pager page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


class Sample(forms.Form):
    name = forms.CharField(help_text="As printed")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False)
    book = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_field_ties_help_and_errors_to_its_control():
    html = rendered("{% fields form %}", form=Sample({}))
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in html
    assert '<div class="help" id="id_name_helptext">As printed</div>' in html
    markup = Markup(html)
    assert markup.dangling == set()
    assert markup.unclosed == []


def test_the_errors_above_a_form_lead_to_the_fields():
    html = rendered("{% form_errors form %}", form=Sample({}))
    assert '<a class="tap" href="#id_name">Name</a>' in html
    assert "secret" not in html.lower().replace("this field is required", "")


def test_a_control_takes_further_attributes():
    html = rendered('{% field form.name inputmode="decimal" data_cell="F12" %}', form=Sample())
    assert 'inputmode="decimal"' in html
    assert 'data-cell="F12"' in html
    assert 'class="in"' in html


def test_steps_mark_the_current_one():
    rows = [{"label": "Lines", "state": "current", "href": "/a/"}, {"label": "Check", "state": "todo"}]
    html = rendered("{% steps rows %}", "zh-hans", rows=rows)
    assert 'aria-current="step"><b>一</b>Lines' in html
    assert '<span class="todo"><b>二</b>Check' in html


def test_a_tag_with_a_wrong_argument_is_an_error():
    with pytest.raises(TemplateSyntaxError):
        rendered('{% key_figure "Value" colour="green" %}')
