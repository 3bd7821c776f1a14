"""PDF and ZIP, opened again by other programs: what was given is what stands there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylopdf_fonts_zh_cn import serif_path

from linzhan.kernel.documents import Entry, NotSet, legible, packed, pdf, safe_name
from linzhan.kernel.documents.fonts import covered
from tests.papers import pages_of

PLAIN = "#show: form\n#title(data.title)\n#said(data.text)"


def test_chinese_stands_in_the_document_and_can_be_searched() -> None:
    [text] = pages_of(pdf(PLAIN, {"title": "个案卷宗", "text": "第一行\n第二行"}))
    assert "个案卷宗" in text
    assert text.index("第一行") < text.index("第二行")


def test_what_somebody_wrote_is_never_markup() -> None:
    wrote = '#panic("x") *粗* $1+1$ = 标题 `a` <b> \\ #read("/etc/passwd")'
    [text] = pages_of(pdf(PLAIN, {"title": "记录", "text": wrote}))
    assert wrote in text


def test_rare_characters_of_names_are_drawn_or_spelled() -> None:
    [text] = pages_of(pdf(PLAIN, {"title": "姓名", "text": "䶮龘靐㙍\U00020bb7\U000f0123"}))
    assert "䶮龘靐㙍" in text
    assert "\U00020bb7" in text or "〔U+20BB7〕" in text
    assert "〔U+F0123〕" in text


def test_every_page_bears_its_number_and_the_mark() -> None:
    template = "#show: form.with(watermark: data.mark)\n#data.lines.map(l => par(l)).join()"
    made = pdf(template, {"mark": "内部 李科员", "lines": [f"第{n}段" for n in range(120)]})
    pages = pages_of(made)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"—{number}—" in page.replace(" ", "")
        assert "内部 李科员" in page.splitlines()[0]


def test_an_official_page_has_22_lines_of_28_characters() -> None:
    made = pdf("#show: official\n#set par(first-line-indent: 0em)\n#data.text", {"text": "字" * 28 * 24})
    first, second, *_rest = pages_of(made)
    lines = [line for line in first.splitlines() if line.startswith("字")]
    assert [len(line) for line in lines] == [28] * 22
    assert second.count("字") == 28 * 2


def test_the_same_data_at_the_same_time_gives_the_same_bytes() -> None:
    at = datetime(2022, 1, 1, tzinfo=UTC)
    made = {pdf(PLAIN, {"title": "甲", "text": "乙"}, made_at=at) for _each in range(2)}
    assert len(made) == 1
    assert next(iter(made)).startswith(b"%PDF-")


def test_a_template_that_asks_for_what_is_not_given_is_refused() -> None:
    with pytest.raises(NotSet, match="dictionary does not contain"):
        pdf("#data.nobody", {})


def test_a_template_reads_no_file_of_the_machine() -> None:
    with pytest.raises(NotSet):
        pdf('#read("../../../../../../../../etc/hostname")', {})


def test_a_fonts_own_table_says_what_it_draws() -> None:
    ranges = covered(serif_path())
    assert any(first <= ord("邻") <= last for first, last in ranges)
    assert not any(first <= 0xF0123 <= last for first, last in ranges)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30))
def test_legible_text_stays_and_stays_so(text: str) -> None:
    once = legible(text)
    assert legible(once) == once
    assert len(once) >= len(text)


names = st.text(alphabet=st.sampled_from("甲乙a./\\:*\n "), max_size=8)


@given(st.lists(st.tuples(names, st.binary(max_size=50)), max_size=6))
def test_a_pack_gives_back_every_file(files: list[tuple[str, bytes]]) -> None:
    stream = b"".join(packed(Entry(name, content) for name, content in files))
    with zipfile.ZipFile(io.BytesIO(stream)) as archive:
        assert archive.testzip() is None
        assert [archive.read(each) for each in archive.infolist()] == [content for _name, content in files]
        assert len(set(archive.namelist())) == len(files)
        assert not any(each.startswith(("/", "..")) or "\\" in each for each in archive.namelist())


def test_a_pack_is_sent_while_it_is_made() -> None:
    asked: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(3):
            asked.append(number)
            yield b"x" * 200_000

    stream = packed([Entry("一/大.bin", pieces())])
    next(stream)
    assert asked != [0, 1, 2]
    assert safe_name("a/b") == "a_b"
