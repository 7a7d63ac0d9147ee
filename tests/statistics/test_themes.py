"""Pages of dated lists, categories, sizes, concentration, time series, service trade and digital trade."""

import re
from datetime import timedelta
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.statistics.themes.glossary import glossary_terms
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, Deal, file, firms, publish, text_of
from tests.ui.markup import Markup

SHANGHAI = "310000"
LISTS = (
    "groups/", "schemes/", "categories/", "sizes/", "concentration/", "series/", "service-trade/", "digital-trade/",
)  # fmt: skip
DETAILS = ("groups/eu/", "schemes/nbs4/", "categories/ITO/", "categories/ITO-1-01/")


def page(path: str, language: str = "/en") -> str:
    response = Client().get(f"{language}/statistics/{path}")
    assert response.status_code == 200, path
    return text_of(response)


def table(path: str) -> str:
    response = Client().get(f"/en/statistics/{path}")
    assert response["Content-Type"].startswith("text/csv")
    return response.content.decode("utf-8-sig")


@beginning
def europe(world):
    """Three firms work for Germany in both years, and for the United Kingdom in the first: it left the list between."""
    for firm in firms(3):
        file(world, firm, Deal("DEU", executed="100.00"), Deal("GBR", executed="100.00"), period="2019Q1")
        file(world, firm, Deal("DEU", executed="150.00"))
    publish(world)


@beginning
def mixed(world):
    """Three firms: two thirds of execution digitally deliverable, all for Vietnam; one firm works for Thailand."""
    for firm in firms(3):
        file(world, firm, Deal(executed="100.00"), Deal(executed="50.00", category="BPO-3-01"))
    for firm in firms(1, SHANGHAI, first=300):
        file(world, firm, Deal("THA", executed="777.77", category="KPO-1-01"))
    # What the three have together may be told, what one or two of them have may not.
    for firm in firms(1, "110000", first=350):
        file(world, firm, Deal("PHL", executed="766.66", category="BPO-1-01"))
    for firm in firms(1, "210300", first=370):
        file(world, firm, Deal("MYS", executed="755.55", category="KPO-1-01"))
    publish(world)


# ── Before anything is published, and in general ─────────────────────────────────────────────────


def test_before_any_release_every_page_says_so(db):
    for path in (*LISTS, *DETAILS):
        assert "Nothing is published yet" in page(path), path


def test_their_markup_is_in_order_in_both_languages(mixed):
    for path in (*LISTS, *DETAILS, "glossary/", f"groups/asean/?place={GUIYANG}&currency=cny"):
        for language in ("/en", ""):
            response = Client().get(f"{language}/statistics/{path}")
            markup = Markup(response.content.decode())
            assert response["Cache-Control"].startswith("public, max-age="), path
            assert not response.cookies
            assert not markup.refused, path
            assert not markup.unclosed, path
            assert not markup.repeated_ids, path
            assert not markup.dangling, path


def test_they_are_only_read(db):
    for path in (*LISTS, *DETAILS, "glossary/", "groups/table.csv", "groups/eu/table.csv"):
        assert Client().post(f"/en/statistics/{path}").status_code == 405, path


def test_a_withheld_figure_stands_on_no_page_and_in_no_file(mixed):
    paths = [*LISTS, "groups/asean/", "schemes/nbs4/", "categories/KPO/", f"sizes/?place={SHANGHAI}"]
    paths += [f"{path}table.csv" for path in LISTS] + ["groups/asean/table.csv", "schemes/nbs4/table.csv"]
    for path in paths:
        content = Client().get(f"/en/statistics/{path}").content.decode()
        assert "0.08" not in content, path
        assert "777.77" not in content, path
        assert "77777" not in content, path


def test_each_chart_can_be_kept_as_a_picture_that_says_what_the_page_says(europe):
    pages = ("groups/", "groups/eu/", "schemes/nbs4/", "categories/", "categories/ITO/", "sizes/", "digital-trade/",
             "service-trade/")  # fmt: skip
    for path in pages:
        html = Client().get(f"/en/statistics/{path}").content.decode()
        links = re.findall(r'href="([^"]*/charts/parts[.](?:svg|png)[^"]*)"', html)
        assert len(links) == 2, path
        # A PNG is painted from the SVG, whatever it shows: two of them stand for all, since painting takes long.
        for link in links if path in pages[:2] else links[:1]:
            response = Client().get(link)
            assert response.status_code == 200, link
            assert response.content[:5] in (b"<svg ", b"\x89PNG\r"), link
    told = Client().get("/en/statistics/groups/eu/charts/parts.svg").content.decode()
    assert "Germany" in told
    assert "2020Q1-1" in told
    assert Client().get("/en/statistics/groups/eu/charts/parts.svg?theme=dark").content.decode() != told


def test_lines_over_time_can_be_kept_too(world):
    for period, at in (("2019Q1", BUILT - timedelta(days=1)), ("2020Q1", BUILT)):
        for firm in firms(3, first=100 if period == "2019Q1" else 200):
            file(world, firm, Deal("DEU"), period=period)
        publish(world, period, at=at)
    for path in ("series/", "groups/eu/", "schemes/nbs4/", "categories/ITO/", "sizes/", "digital-trade/"):
        html = Client().get(f"/en/statistics/{path}").content.decode()
        (link,) = re.findall(r'href="([^"]*/charts/time[.]svg[^"]*)"', html)
        assert "2020Q1-1" in Client().get(link).content.decode(), path
    total = Client().get("/en/statistics/series/charts/time.svg").content
    assert Client().get("/en/statistics/series/charts/time.svg?measure=contract").content != total


def test_a_page_without_a_chart_has_no_picture(europe):
    for path in ("concentration/charts/parts.svg", "schemes/charts/parts.svg", "groups/charts/none.svg",
                 "groups/charts/parts.gif", "sizes/large/charts/parts.svg", "groups/charts/time.svg"):  # fmt: skip
        assert Client().get(f"/en/statistics/{path}").status_code == 404, path


def test_no_picture_has_a_withheld_figure(mixed):
    for path in ("groups/asean/", "schemes/nbs4/", "categories/", "sizes/"):
        content = Client().get(f"/en/statistics/{path}charts/parts.svg").content.decode()
        assert "0.08" not in content, path
        assert "777.77" not in content, path


def test_an_address_that_names_nothing_is_not_found_and_an_unknown_period_is_said(mixed):
    for path in (
        "groups/none/", "schemes/none/", "categories/ZZ/", "groups/?place=999999", "groups/?release=2019Q1-9",
        "none/table.csv", "sizes/large/table.csv", "groups/none/table.csv",
    ):  # fmt: skip
        assert Client().get(f"/en/statistics/{path}").status_code == 404, path
    for asked in ("2018Q1", "nonsense", "<b>", "9" * 500):
        found = page(f"groups/?period={quote(asked)}")
        assert "There is no release of “" in found, asked
        assert "First quarter of 2020" in found


def test_each_page_shows_what_is_its_own(mixed):
    found = page("groups/asean/")
    assert "Vietnam 1995-07-28 0.60 0.05" in found
    assert "Thailand 1967-08-08 c not published: confidential c not published: confidential not published" in found
    assert "6 members without business here" in found
    found = page("schemes/nbs4/?period=2020Q1")
    assert "West 0.60 no base 0.05" in found
    assert "East c not published: confidential not published c not published: confidential" in found
    found = page("categories/ITO/")
    assert "Work on information technology given to an outside specialist" in found
    assert "IT research and development services 0.30 no base 0.03" in found
    assert "SI Telecommunications, computer and information services" in page("categories/ITO-1-01/")
    found = page("sizes/")
    assert found.index("Large firms 0.00") < found.index("Medium firms 0.00") < found.index("Micro firms 0.00")
    found = page(f"concentration/?place={SHANGHAI}")
    assert "Executed value Total c not published: confidential c not published: confidential" in found
    assert "Why so little is shown" in found
    found = page("service-trade/")
    assert "not how large service trade is" in found
    assert "own judgement, fairly sure" in found
    assert found.split("From our catalogue")[-1].count("own judgement") == 45
    assert "SI Telecommunications, computer and information services yes 0.30 0.03" in found


# ── Dated lists ──────────────────────────────────────────────────────────────────────────────────


def test_a_group_grows_by_the_list_as_now_and_as_then(europe):
    found = page("groups/eu/")
    executed = found.split("Executed value", 2)[1]
    assert executed.startswith(" 0.05 0.03 ↑ up 50.00 0.06 ↓ down 25.00")
    assert "Left after March 31, 2019: United Kingdom" in found
    assert "list of edition 1 as it stood on 2020-03-31" in found
    assert "The list was another a year before" in found
    # And where it did not change, both are said to be the same.
    assert "growth by the list as now and as then is the same" in page("groups/asean/")
    assert "On March 31, 2020 no market stood in this list: it had not begun, or had ended." in page("groups/rcep/")
    assert "same list" in page("groups/")


def test_a_scheme_whose_list_began_between_has_no_base_as_then(world):
    for firm in firms(3, SHANGHAI):
        file(world, firm, Deal(executed="100.00"), period="2019Q1")
        file(world, firm, Deal(executed="150.00"))
    publish(world)
    found = page("schemes/yrd/")
    assert "Its places were others a year before" in found
    assert "0.03 ↑ up 50.00 low base no base 100.00" in found
    assert "Shanghai" in found.split("Places in")[1]


# ── Over time ────────────────────────────────────────────────────────────────────────────────────


def test_a_series_marks_what_was_revised_and_keeps_every_vintage_in_its_file(world):
    for firm in firms(3):
        file(world, firm, Deal(executed="100.00"), period="2019Q1")
        file(world, firm, Deal(executed="200.00"))
    publish(world, "2019Q1")
    publish(world)
    frozen = table("groups/table.csv?release=2020Q1-1")
    for late in firms(3, first=400):
        file(world, late, Deal(executed="100.00"), at=BUILT)
    publish(world, at=BUILT + timedelta(days=2))
    found = page("series/")
    assert "the highest of 2 published periods" in found
    assert "revised; first published in 2020Q1-1: 0.06" in found
    rows = table("series/table.csv").splitlines()
    assert [row.split(",")[5:8] for row in rows[1:]] == [
        ["2019Q1-1", "2019Q1", "1"], ["2020Q1-1", "2020Q1", "0"], ["2020Q1-2", "2020Q1", "1"],
    ]  # fmt: skip
    assert "revised" not in page("series/?release=2020Q1-1")
    assert "0.06" in page("series/?release=2020Q1-1")
    # And a page that names its release keeps its figures.
    assert table("groups/table.csv?release=2020Q1-1") == frozen
    assert table("groups/table.csv") != frozen
    assert "A newer number of this period exists" in page("groups/?release=2020Q1-1")


def test_shares_are_of_offshore_execution_by_list_and_by_what_can_be_delivered(world):
    for firm in firms(3):
        file(
            world, firm,
            Deal("VNM", executed="100.00"),
            Deal("ZMB", executed="200.00"),
            Deal("ZMB", executed="100.00", category="BPO-3-01"),
        )  # fmt: skip
    publish(world)
    assert "Belt-and-Road markets make up 25.00% to 100.00% of offshore execution, depending on the list" in page(
        "groups/"
    )
    found = page("digital-trade/")
    assert "75.00% of offshore execution can be delivered digitally" in found
    assert "Offshore 0.09 75.00 75.00" in found


# ── Asking the database ──────────────────────────────────────────────────────────────────────────


def test_no_page_asks_more_questions_for_more_releases_and_members(world):
    def counted() -> list[int]:
        found = []
        for path in ("groups/", "schemes/nbs4/", "categories/", "series/", "concentration/"):
            with CaptureQueriesContext(connection) as queries:
                page(path)
            found.append(len(queries))
        return found

    for firm in firms(3):
        file(world, firm, Deal())
    publish(world)
    before = counted()
    for firm in firms(3, SHANGHAI, first=300):
        file(world, firm, Deal("DEU"), Deal("USA", category="KPO-1-01"), at=BUILT)
    publish(world, at=BUILT + timedelta(days=2))
    # Names of markets are asked for once there are any to name.
    assert all(after <= earlier + 1 for earlier, after in zip(before, counted(), strict=True))


# ── The glossary ─────────────────────────────────────────────────────────────────────────────────


def test_every_term_has_an_address_and_its_formula_exists(db):
    glossary = Markup(Client().get("/en/statistics/glossary/").content.decode())
    methodology = Markup(Client().get("/en/methodology/").content.decode())
    terms = [term for chapter in glossary_terms() for term in chapter.terms]
    assert {term.ident for term in terms} <= set(glossary.ids)
    assert {term.formula for term in terms if term.formula} <= set(methodology.ids)
    found = page("glossary/")
    assert "补报 back-filing" in found
    assert "A line whose event lies before the period of its filing." in found
