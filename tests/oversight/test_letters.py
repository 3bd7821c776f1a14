"""Every letter of a rectification, printed and in Word: the same words in both (DOC-06, RSK-07)."""

from __future__ import annotations

from pathlib import Path

import pytest

from linzhan.kernel.documents import Document
from linzhan.kernel.scope import Scope, opened
from linzhan.oversight.api import means_letter, order_letter
from linzhan.oversight.rectification.enums import Means
from linzhan.oversight.rectification.letters import TITLES
from tests.factories.providers import provider
from tests.factories.rectifications import made, order
from tests.papers import converted, same_words, with_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]
FINDING = "三月的探访记录\x0b四成在\x07次月补录"
SAID = "核查未通过，现予办理。\n请核对\x0c<附件>&{{ 清单 }}"


def letter(kind: str) -> Document:
    firm = provider(name="白露社会工作服务中心")
    held = order(
        provider=firm.uscc, issued_on="2026-02-12", finding=FINDING, document_number="鹤民责〔2026〕1号"
    )
    made(
        "rectification-items",
        order=held.pk,
        finding="没有当面核对",
        basis="同上",
        severity="黄",
        owner="站长",
    )
    if kind == "整改通知书":
        return order_letter(held.pk)
    record = {"held_on": "2026-03-01", "place": "区民政局", "attendees": "双方负责人"}
    return means_letter(made("rectification-means", order=held.pk, kind=kind, content=SAID, **record))


@pytest.mark.parametrize("kind", ["整改通知书", *Means.values])
def test_every_letter_says_the_same_on_paper_and_in_word(kind: str) -> None:
    held = letter(kind)
    words = same_words(held.pdf(), held.docx())
    assert words.startswith(TITLES.get(kind, kind))
    assert "鹤城区民政局" in words
    assert "一、三月的探访记录四成在次月补录" in words
    assert "二、没有当面核对" in words
    assert "；责任人：站长" in words
    assert ("各有关单位：" if kind == "通报" else "白露社会工作服务中心：") in words
    if kind == "整改通知书":
        assert "请于2026年2月26日前报送整改计划" in words
    else:
        assert "请核对<附件>&{{清单}}" in words
    assert ("主持人：" in words) == (kind in ("约谈", "实地督查"))


@with_office
@pytest.mark.parametrize("kind", ["整改通知书", "约谈"])
def test_an_office_program_opens_a_letter(kind: str, tmp_path: Path) -> None:
    held = letter(kind)
    assert same_words(converted(held.docx(), tmp_path), held.docx())


def test_who_sees_no_order_gets_no_letter_of_either_kind() -> None:
    held = order(provider=provider().uscc)
    talk = made("rectification-means", order=held.pk, kind="约谈", content="约谈负责人")
    with opened(Scope(regions=("431221000000",))):
        for make, row in ((order_letter, held.pk), (means_letter, talk)):
            with pytest.raises(LookupError):
                make(row)
