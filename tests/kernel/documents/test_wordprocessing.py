"""Word files, opened again by other programs: what was given is what stands there, in the house's style."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx as opener
import pytest
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.documents import Document, Manuscript, chinese_day, chinese_number, docx
from linzhan.kernel.documents.characters import FORBIDDEN, legal
from linzhan.kernel.documents.house import LOOKS
from tests.papers import converted, pages_of, read_docx, same_words, with_office

AT = datetime(2022, 1, 1, 4, tzinfo=UTC)
TEMPLATE = "#show: official.with()\n#title(data.title)\n#for each in data.lines { par(each) }"


def plain(paper: Manuscript, data: Mapping[str, Any]) -> None:
    paper.title(data["title"])
    for line in data["lines"]:
        paper.par(line)


def every_part(paper: Manuscript, data: Mapping[str, Any]) -> None:
    paper.title(data["title"])
    paper.number("鹤民函〔2026〕3号")
    paper.addressee("白露社会工作服务中心：")
    paper.heading("一、账目不清")
    paper.par("第一行\n第二行")
    paper.facts([("地点", "区民政局"), ("电话", ""), ("参加人员", ["甲", "乙"])])
    paper.sheet(["名次", "单位"], [["1", "坨院站"], ["2", "泸阳站"]], [1, 3])
    paper.signed("鹤城区民政局", "2026年12月5日")
    paper.signatures(["主持人", "记录人"])
    paper.pair("承诺人：", "日期：")
    paper.note("依据：某办法第三条")


def made(**more: Any) -> bytes:
    data = {"title": "关于督促整改的函", "lines": [], **more}
    return docx(every_part, data, kind="official", title=data["title"], made_at=AT)


def test_every_part_stands_in_its_order() -> None:
    assert read_docx(made()).split("\n") == [
        "关于督促整改的函", "鹤民函〔2026〕3号", "白露社会工作服务中心：", "一、账目不清", "第一行", "第二行",
        "地点\t区民政局", "电话\t—", "参加人员\t甲、乙", "名次\t单位", "1\t坨院站", "2\t泸阳站",
        "", "鹤城区民政局", "2026年12月5日",
        "", f"主持人：{'　' * 10}记录人：{'　' * 10}", "承诺人：\t日期：", "依据：某办法第三条",
    ]  # fmt: skip


def test_an_official_page_is_that_of_the_standard() -> None:
    """GB/T 9704-2012: 37 mm above, 28 mm left of 156 x 225 mm; 22 lines of 28 characters; 3 hao; numbers outside."""
    opened = opener.Document(io.BytesIO(made()))
    [section] = opened.sections
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(each.mm, 1) for each in sizes if each is not None] == [210, 297, 37, 28]
    assert opened.styles["Normal"].font.size == Pt(16)
    assert opened.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)
    assert 22 * Pt(28.95) <= Mm(225) < 23 * Pt(28.95)
    assert opened.settings.odd_and_even_pages_header_footer
    sides = [each.paragraphs[0].alignment for each in (section.footer, section.even_page_footer)]
    assert [str(side) for side in sides] == ["RIGHT (2)", "LEFT (0)"]
    assert all("PAGE" in each._element.xml for each in (section.footer, section.even_page_footer))


def test_headings_are_headings_and_a_table_repeats_its_head() -> None:
    opened = opener.Document(io.BytesIO(made()))
    assert [each.text for each in opened.paragraphs if each.style.name == "Heading 1"] == ["一、账目不清"]
    facts, sheet = opened.tables
    assert "w:tblHeader" in sheet.rows[0]._tr.xml
    assert "w:tblHeader" not in sheet.rows[1]._tr.xml + facts.rows[0]._tr.xml
    widths = [cell.width.mm for cell in sheet.rows[1].cells]
    assert [round(each) for each in widths] == [39, 117]


@pytest.mark.parametrize("kind", list(LOOKS))
def test_a_document_brings_the_styles_of_the_house_and_no_others(kind: Any) -> None:
    opened = opener.Document(io.BytesIO(docx(plain, {"title": "甲", "lines": []}, kind=kind, title="甲")))
    own = {each.name for each in opened.styles if each.type is not None and each.type.name == "PARAGRAPH"}
    assert own == {look.name for look in LOOKS[kind]}
    assert opened.styles["Title"].element.rPr.rFonts.get(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
    )


def test_its_properties_name_the_document_and_nobody() -> None:
    about = opener.Document(io.BytesIO(made())).core_properties
    assert (about.title, about.author, about.comments, about.last_modified_by) == (
        "关于督促整改的函",
        "",
        "",
        "",
    )
    assert about.created == AT


def test_what_somebody_wrote_is_never_markup() -> None:
    wrote = "<w:p/> & {{ data }} {% for %} ]]> &amp; 第三条"
    assert wrote in read_docx(docx(plain, {"title": "记录", "lines": [wrote]}, kind="form", title=wrote))


def test_what_such_a_file_cannot_hold_is_left_out_and_every_break_is_a_line() -> None:
    wrote = "甲\x00\x08乙\x1f丙\ufffe\ud800丁\r\n戊\x0b己\u2028庚"
    assert legal(wrote) == "甲乙丙丁\n戊\n己\n庚"
    data = {"title": wrote, "lines": [wrote]}
    assert read_docx(docx(plain, data, kind="official", title=wrote)) == "\n".join([legal(wrote)] * 2)


@given(st.text(st.characters() | st.sampled_from("\x00\x0b\x0c\ud800\uffff\t\n<&]"), max_size=40))
def test_no_text_breaks_the_file(text: str) -> None:
    found = read_docx(docx(plain, {"title": "甲", "lines": [text]}, kind="form", title=text))
    assert found == f"甲\n{legal(text)}"
    assert not FORBIDDEN.search(found)


def test_rare_characters_stay_what_they_are() -> None:
    """The reader's machine draws them; only what is printed here is spelled out."""
    text = "䶮龘靐㙍\U00020bb7\U000f0123"
    assert text in read_docx(docx(plain, {"title": "姓名", "lines": [text]}, kind="official", title="姓名"))


def test_both_faces_are_made_of_the_same_words(tmp_path: Path) -> None:
    template = tmp_path / "letter.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    data = {"title": "关于督促整改的函", "lines": ["你单位存在以下问题。", "请于2026年12月5日前报送。"]}
    held = Document(name="函", data=data, template=template, face=plain, made_at=AT)
    assert "你单位存在以下问题。" in same_words(held.pdf(), held.docx())


def test_the_file_is_a_sound_archive_and_small() -> None:
    document = made()
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "thumbnail" in name or "Effects" in name]
    assert len(document) < 20_000


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "100")],
)
def test_parts_are_counted_as_official_documents_count(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_a_day_is_written_without_leading_zeros_and_none_is_nothing() -> None:
    assert chinese_day(date(2026, 2, 5)) == "2026年2月5日"
    assert not chinese_day(None)


def test_the_library_is_loaded_by_who_takes_a_word_file_only() -> None:
    code = (
        "import sys, linzhan.kernel.documents as d; assert 'docx' not in sys.modules;"
        "d.docx(lambda paper, data: None, {}, kind='form', title=''); assert 'docx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@with_office
def test_an_office_program_sets_22_lines_of_28_characters(tmp_path: Path) -> None:
    def text(paper: Manuscript, data: Mapping[str, Any]) -> None:
        paper.addressee(data["text"])  # without the indent of a paragraph

    document = docx(text, {"text": "字" * 28 * 24}, kind="official", title="字")
    first, second, *_rest = pages_of(converted(document, tmp_path))
    lines = [line.strip() for line in first.splitlines() if line.startswith("字")]
    assert [len(line) for line in lines] == [28] * 22
    assert second.count("字") == 28 * 2


@with_office
def test_an_office_program_opens_every_part(tmp_path: Path) -> None:
    printed = converted(made(), tmp_path)
    assert "白露社会工作服务中心" in same_words(printed, made())
