"""The rulebook of any place, line by line, with where each value comes from (CFG-01…16, NFR-01)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from linzhan.policy.api import PARAMETERS, Group, RulebookLine, load_reference, rulebook
from tests.policy.conftest import HECHENG

pytestmark = pytest.mark.usefixtures("everywhere")
ON = date(2022, 12, 31)


@pytest.fixture
def loaded(db: None, everywhere: None) -> None:
    load_reference()


def line_of(lines: list[RulebookLine], code: str) -> RulebookLine:
    (found,) = [line for line in lines if line.parameter.code == code]
    return found


def test_every_parameter_stands_in_the_rulebook_in_the_order_of_its_chapter(loaded: None) -> None:
    lines = rulebook(HECHENG, ON)
    assert {line.parameter.code for line in lines} == set(PARAMETERS.names())
    chapters = [line.group for line in lines]
    assert chapters == sorted(chapters, key=list(Group).index)


def test_a_line_says_from_which_place_document_and_clause_its_value_comes(loaded: None) -> None:
    line = line_of(rulebook(HECHENG, ON), "procurement.purchaser")
    assert (line.shown, line.state, line.from_region_code) == ("县级民政部门", "stated", "431200000000")
    assert line.document is not None
    assert (line.document.title, line.clause) == (
        "对市政协六届一次会议第0280号提案的答复",
        "(三)多方筹措资金(第39行)",
    )
    assert not line.start_stated


def test_a_default_an_unset_and_a_lost_value_look_different(loaded: None) -> None:
    here = rulebook(HECHENG, ON)
    assert line_of(here, "workforce.filing_days").state == "default"
    assert line_of(here, "procurement.contract_years").state == "unset"
    lost = line_of(rulebook("330481000000", ON), "casework.visit_rate")
    assert (lost.state, lost.value, lost.shown) == ("lost", None, "原文数字缺失")


@pytest.mark.parametrize("region", [HECHENG, "431202005201"])
def test_the_rulebook_costs_one_query_wherever_it_is_asked(
    loaded: None, region: str, django_assert_num_queries: Callable[..., object]
) -> None:
    rulebook(region, ON)  # the names of categories are asked once and kept
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        rulebook(region, ON)


@pytest.mark.django_db
def test_the_command_loads_and_shows_the_rulebook() -> None:
    messages, shown = StringIO(), StringIO()
    call_command("policy", "load", stderr=messages)
    assert "新增" in messages.getvalue()
    call_command("policy", "show", "--region", "431202", "--on", "2021-12-31", "--json", stdout=shown)
    ratio = [
        line for line in json.loads(shown.getvalue()) if line["parameter"] == "procurement.funding_ratio"
    ]
    assert [(line["variant"], line["value"]["percent"]) for line in ratio] == [("社会救助工作经费", "2")]
    call_command("policy", "show", stdout=shown)
    assert "乡镇(街道)站点对外名称" in shown.getvalue()
