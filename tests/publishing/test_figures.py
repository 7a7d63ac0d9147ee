"""A figure in an article says what its release says, in the language and unit chosen, and nothing that is withheld."""

import json
import re

import pytest
from django.utils.translation import override

from portal.lib.acts import Refused
from portal.publishing import choices
from portal.publishing.document import Figure
from portal.publishing.figure_tables import TABLES
from portal.publishing.freezing_figures import figure, why_not_told
from portal.publishing.freezing_files import Files
from portal.statistics.drawings import Chart
from portal.statistics.levels import WITHHELD, Table
from portal.statistics.queries import release_named
from tests.beginnings import beginning
from tests.publishing.conftest import signed_in
from tests.statistics.conftest import GUIYANG, ZUNYI, Deal, file, firms, publish

# As the seed's report prints them.
PRINTED = [
    "21631.47", "4257.50", "15536.93", "2433.03", "2964.95", "521.17", "7941.44", "1289.74", "18666.52", "97626.37",
    "7595.49", "18010.68", "2955.40", "99.68", "7931.89", "99.88", "60家", "越南、赞比亚和印度", "40.6", "83.07",
    "97.05", "99.5",
]  # fmt: skip
PREVIEW = "/editing/figures/preview/"


@beginning
def told(world):
    """Four firms in Guiyang, a year before and now."""
    for firm in firms(4):
        file(world, firm, Deal(executed="300.00"), period="2019Q1")
        file(world, firm, Deal(executed="675.00"))
    publish(world)


@beginning
def withheld(world):
    """The same, and one firm in Zunyi whose figures are withheld."""
    for firm in firms(4):
        file(world, firm, Deal(executed="675.00"))
    file(world, firms(1, ZUNYI, first=300)[0], Deal(executed="123.45"))
    publish(world)


@beginning
def last_year(world):
    """Firms in Zunyi filed a year before, and others now."""
    for firm in firms(4, ZUNYI, first=300):
        file(world, firm, Deal(executed="300.00"), period="2019Q1")
    for firm in firms(4):
        file(world, firm, Deal(executed="675.00"))
    publish(world)


def asked(form: str, files: Files | None = None, **values: str) -> Figure:
    value = {"form": form, "release": "2020Q1-1", "place": GUIYANG, "currency": "usd"} | values
    return next(figure(value, "zh-hans", files or Files()))


@pytest.mark.demo
def test_the_brief_of_guiyang_says_every_figure_of_the_printed_report():
    found = asked("brief")
    text = "".join(found.sentences)
    assert [number for number in PRINTED if number not in text] == []
    assert "接包合同额" in found.grid.rows[1][0]
    assert found.grid.rows[1][1] == "21,631.47"
    assert found.grid.rows[1][3] == "4,257.50%"
    assert found.unit == "万美元"


def test_its_source_names_the_release_the_place_the_version_and_the_digest(told):
    found = asked("brief", language="en")
    release = release_named("2020Q1-1")
    assert found.source == (
        f"Release 2020Q1-1 · Guiyang · first quarter of 2020 · version 1 · digest {release.digest[:12]}"
    )
    assert found.href == "/en/statistics/2020Q1-1/places/520100/"


def test_it_speaks_the_language_and_counts_in_the_currency_that_were_chosen(told):
    dollars, yuan = asked("indicator", indicator="execution.total"), asked(
        "indicator", indicator="execution.total", currency="cny", language="en"
    )  # fmt: skip
    assert "0.27万美元" in dollars.sentences[0]
    assert "同比增长125.00%" in dollars.sentences[0]
    assert yuan.sentences[0].startswith("January to March 2020, Guiyang, Executed value: RMB ")
    assert yuan.unit == "RMB 10,000"
    assert dollars.grid.rows[1][1:] == ("0.27", "0.12", "125.00%")


def test_what_is_withheld_stays_withheld(withheld):
    indicator, modes = asked("indicator", place=ZUNYI, indicator="execution.total"), asked("brief", place=ZUNYI)
    both = json.dumps([indicator.sentences, indicator.grid.rows, modes.sentences, modes.grid.rows])
    assert "123.45" not in both
    assert "0.01" not in both
    assert indicator.grid.rows[1][1] == "c"
    assert indicator.note.startswith("c")


def test_where_nobody_filed_it_says_so_and_never_zero(last_year):
    for indicator in ("execution.total", "firms.total"):
        found = asked("indicator", place=ZUNYI, indicator=indicator)
        assert "0.00" not in found.sentences[0]
        assert "0家" not in found.sentences[0]
        assert found.grid.rows[1][1] == "—"


def test_a_number_of_firms_that_is_withheld_has_its_sign(monkeypatch, told):
    monkeypatch.setattr(Table, "level", lambda *_asked: WITHHELD)
    found = asked("indicator", indicator="firms.total")
    assert found.grid.rows[1][1] == "c"
    assert found.note.startswith("c")


def test_a_chart_is_kept_as_a_drawing_with_its_rows_and_a_description(told):
    files = Files()
    found = asked("chart", files, chart=Chart.MODES)
    assert sorted(files.contents) == [f"{found.drawing}.png", f"{found.drawing}.svg"]
    assert files.contents[f"{found.drawing}.svg"].startswith(b"<svg")
    assert found.title in found.alt
    assert "离岸" in found.alt
    # Its finding, unit and source stand around it, in each medium, and not once more in it.
    assert found.unit.startswith("贵阳市，")
    assert "<text" in (drawn := files.contents[f"{found.drawing}.svg"].decode())
    assert not re.search(r"<text[^>]*>[^<]*" + re.escape(found.title[:6]), drawn)
    assert found.source.rpartition(" ")[2] not in drawn.partition("</desc>")[2]
    assert len(found.grid.rows) == 7


def test_every_table_and_chart_says_something_or_why_it_does_not(told):
    for table in TABLES:
        value = {"form": "table", "release": "2020Q1-1", "place": "CN", "table": table}
        assert why_not_told(value) is None or table == "quarters", table
    assert why_not_told({"form": "table", "release": "2020Q1-1", "place": GUIYANG, "table": "provinces"})[0] == "table"
    assert why_not_told({"form": "chart", "release": "2020Q1-1", "place": GUIYANG, "chart": ""})[0] == "chart"


def test_a_release_that_is_not_public_is_refused(told):
    with pytest.raises(Refused):
        asked("brief", release="2020Q1-9")


def test_choices_are_words_of_the_desk_s_language(told):
    with override("en"):
        assert choices.releases() == [("2020Q1-1", "first quarter of 2020 · version 1 · published 2020-04-20")]
    with override("zh-hans"):
        assert dict(choices.places())[GUIYANG] == "贵阳市"
        assert dict(choices.indicators())["execution.offshore"] == "离岸接包执行额"


def test_an_editor_sees_beneath_the_block_what_it_will_say(told, editor):
    page = signed_in(editor)
    answer = page.get(PREVIEW, {"form": "brief", "release": "2020Q1-1", "place": GUIYANG, "currency": "usd"})
    assert "0.27万美元" in answer.content.decode()
    chart = page.get(PREVIEW, {"form": "chart", "release": "2020Q1-1", "place": GUIYANG, "chart": "modes"})
    assert f"/statistics/2020Q1-1/places/{GUIYANG}/charts/modes.svg?currency=usd" in chart.content.decode()
    assert page.get(PREVIEW, {"form": "brief"}).status_code == 200
    assert page.post(PREVIEW).status_code == 405


def test_only_editors_see_it(told, world):
    assert signed_in(world.erik).get(PREVIEW).status_code == 403
    assert signed_in(world.alice).get(PREVIEW).status_code == 404
