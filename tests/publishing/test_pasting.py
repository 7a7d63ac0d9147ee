"""What is pasted from Word, WPS or Excel comes out as words: no styles, no tags, separators as typed."""

from portal.publishing.document import Heading, Listing, Paragraph, Table, text_of
from portal.publishing.freezing import Freezing, blocks_of
from portal.publishing.models import Article
from portal.publishing.richtext import blocks_of as read
from tests.publishing.conftest import block

WORD = """<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal, li.MsoNormal {mso-style-name:正文; font-size:10.5pt; font-family:等线;}</style>
<p class=MsoNormal style='text-indent:24.0pt;mso-char-indent-count:2.0'><span style='font-family:宋体;
mso-ascii-font-family:"Times New Roman"'>一季度，<b style='mso-bidi-font-weight:normal'>离岸<span
lang=EN-US>ITO</span></b>增长<span lang=EN-US>12.3%</span>，<br>合同额上升<o:p></o:p></span></p>
<p class=MsoListParagraph><span style='color:red'><a name="_Toc1"></a><a href="file:///C:/x.docx">附件</a></span></p>"""
WPS = """<p class="MsoNormal"><b><span style="mso-spacerun:'yes';font-family:宋体;
mso-bidi-font-family:'Times New Roman';font-size:12.0pt;"><font face="宋体">第二段</font></span></b>
<span style="mso-spacerun:'yes';"><font face="Calibri">
&nbsp;</font></span><i><u><font color="#ff0000">有字</font></u></i>
<span><o:p></o:p></span></p><script>alert(1)</script>"""


def test_word_s_paragraphs_keep_their_words_and_what_is_bold():
    first, second = read(WORD)
    assert isinstance(first, Paragraph)
    assert text_of(first.runs) == "一季度，离岸ITO增长12.3%，\n合同额上升"
    assert [run.text for run in first.runs if run.is_strong] == ["离岸ITO"]
    assert text_of(second.runs) == "附件"
    assert {run.href for run in (*first.runs, *second.runs)} == {""}


def test_wps_s_nested_spans_and_fonts_are_gone():
    (only,) = read(WPS)
    assert text_of(only.runs) == "第二段 有字"
    assert only.runs[0].is_strong
    assert only.runs[-1].is_emphasised


def test_a_list_within_a_list_loses_no_item():
    (only,) = read("<ul><li>一<ol><li>二</li><li>三</li></ol></li><li>四</li></ul>")
    assert isinstance(only, Listing)
    assert [text_of(item) for item in only.items] == ["一", "二", "三", "四"]


def frozen_table(*rows: list[object], **values: object) -> Table:
    text = Article(title="表")
    table = {"data": list(rows), "first_row_is_table_header": True, "table_header_choice": "row"} | values
    text.body = [block("table", {"caption": "", "note": "", "table": table})]
    (found,) = blocks_of(text.body, Freezing("zh-hans"))
    return found


def test_cells_keep_their_separators_and_lose_their_mark_up():
    found = frozen_table(
        ["<b>指标</b>", "<td style='mso-x:1'>金额</td>", "同比", "备注"],
        ["合同额<br>（万美元）", "<span lang=EN-US>21,631.47</span>", "4257.50％", "R&amp;D<o:p></o:p>"],
        ["执行额", 0, "-3.2%", "降幅<5%"],
        ["离岸", "c", "—", None],
    )
    assert found.grid.rows[0] == ("指标", "金额", "同比", "备注")
    assert found.grid.rows[1] == ("合同额 （万美元）", "21,631.47", "4257.50％", "R&D")
    assert found.grid.rows[2] == ("执行额", "0", "-3.2%", "降幅<5%")
    assert found.grid.rows[3] == ("离岸", "c", "—", "")


def test_columns_of_numbers_are_set_to_the_right_and_years_of_words_are_not():
    found = frozen_table(["a", "b", "c", "d"], ["1,234", "12 345.6", "2020年", "—"], ["5", "", "3", "—"])
    assert found.grid.numeric == (0, 1)


def test_a_heading_keeps_its_level():
    assert read("<h2>一</h2><h3>二</h3>") == (Heading("一", 2), Heading("二", 3))
