"""Search pieces: any part of a name, its pinyin or its initials is the beginning of some piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.names import COMPOUND_SURNAMES, fold, pinyin, search_pieces, search_range, sort_key

HAN = st.text(st.sampled_from("王建国李小龙单雄信曾𠮷长乐欧阳娜㙍龘"), min_size=1, max_size=6)


def found(query: str, name: str, *, person: bool = True) -> bool:
    """Whether a search for ``query`` in a side table of pieces would find ``name``."""
    bounds = search_range(query)
    return bounds is not None and any(
        bounds[0] <= piece < bounds[1] for piece in search_pieces(name, person=person)
    )


@pytest.mark.parametrize(
    "query", ["王", "建", "国", "王建", "建国", "王建国", "wang", "wangjian", "jiang", "guo", "wjg", "jg"]
)
def test_a_name_is_found_by_any_part_of_it(query: str) -> None:
    assert found(query, "王建国")


@pytest.mark.parametrize("query", ["国建", "王国", "ang", "wg", "李", "wangguo"])
def test_a_name_is_not_found_by_what_it_does_not_contain(query: str) -> None:
    assert not found(query, "王建国")


@given(HAN, st.data())
def test_every_part_finds_its_name(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    stop = data.draw(st.integers(start + 1, len(name)))
    assert found(name[start:stop], name)
    assert found("".join(pinyin(name)[start:stop]), name)


@given(HAN, HAN)
def test_characters_find_exactly_the_names_that_contain_them(query: str, name: str) -> None:
    assert found(query, name) is (query in name)


@given(st.text(max_size=40))
def test_any_text_has_pieces_and_a_sort_key(text: str) -> None:
    pieces = search_pieces(text)
    assert all(piece and len(piece) <= 64 for piece in pieces)
    assert bool(pieces) is bool(fold(text))
    assert len(pinyin(text)) == len(fold(text))
    assert sort_key(text) == sort_key(f" {text} ")


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("单雄信", "shan xiong xin"),
        ("解珍", "xie zhen"),
        ("仇英", "qiu ying"),
        ("曾巩", "zeng gong"),
        ("查良", "zha liang"),
        ("区大相", "ou da xiang"),
        ("盖叫天", "ge jiao tian"),
        ("朴树", "piao shu"),
        ("万俟卨", "mo qi xie"),
        ("单于丹", "chan yu dan"),
        ("尉迟恭", "yu chi gong"),
        ("吕布", "lv bu"),
        ("王单", "wang dan"),
        ("欧阳修", "ou yang xiu"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, syllables: str) -> None:
    assert " ".join(pinyin(name)) == syllables


def test_a_surname_is_found_by_its_common_reading_too() -> None:
    assert found("shanx", "单雄信")
    assert found("danx", "单雄信")


def test_titles_are_read_by_words() -> None:
    assert pinyin("长沙重庆路", person=False) == ("chang", "sha", "chong", "qing", "lu")
    assert found("changsha", "长沙市社工站", person=False)
    assert len(pinyin("第3站A区", person=False)) == 5


@pytest.mark.parametrize("query", ["买买提吐", "买买提·吐", "ＭＡＩ", "mai mai", "吐尔逊"])
def test_dots_spaces_and_full_width_letters_do_not_matter(query: str) -> None:
    assert found(query, "买买提·吐尔逊")


@pytest.mark.parametrize("query", ["", " ", "·", "—"])
def test_a_query_without_letters_looks_for_nothing(query: str) -> None:
    assert search_range(query) is None


def test_a_rare_character_without_a_reading_is_found_by_itself() -> None:
    assert found("𠮷", "李𠮷华")
    assert found("lihua", "李华")


def test_names_sort_by_pinyin_then_characters() -> None:
    names = ["赵一", "单三", "张五", "王四", "曾二", "张武", "陈六"]
    assert sorted(names, key=sort_key) == ["陈六", "单三", "王四", "曾二", "张五", "张武", "赵一"]


def test_the_last_character_before_the_surrogates_has_a_successor() -> None:
    assert search_range("\ud7fb") == ("\ud7fb", "\ud7fc")
    assert all(len(surname) == 2 for surname in COMPOUND_SURNAMES)
