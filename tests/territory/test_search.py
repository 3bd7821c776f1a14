"""Finding divisions in pickers, on the command line and on maps."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from pytest_django import Settings

from linzhan.territory import api, loader
from linzhan.territory.drawing import LARGEST


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("坨院", "坨院街道"),
        ("tuoyuan", "坨院街道"),
        ("tyjd", "坨院街道"),
        ("431202005", "坨院街道"),
        ("431202010", "盈口乡"),
        ("院街", "坨院街道"),
        ("怀化", "怀化市"),
        ("TYJD", "坨院街道"),
    ],
)
def test_a_unit_is_found_by_part_of_its_name_code_pinyin_or_initials(
    tree: loader.Loaded, text: str, first: str
) -> None:
    assert api.search(text)[0].name == first


def test_a_search_keeps_to_its_area_level_and_limit(tree: loader.Loaded) -> None:
    assert {unit.code for unit in api.search("城关", within=["431200000000"])} == {"431221101000"}
    assert [unit.name for unit in api.search("东莞", level=api.Level.CITY)] == ["东莞市"]
    assert len(api.search("43", limit=3)) == 3
    assert api.search("  ") == []


@pytest.mark.parametrize(
    ("parent", "names"),
    [
        ("110000000000", {"朝阳区"}),
        ("420000000000", {"仙桃市"}),
        ("620200000000", {"雄关街道"}),
        ("431200000000", {"鹤城区", "中方县", "靖州苗族侗族自治县", "怀化市洪江管理区"}),
    ],
)
def test_children_pass_over_levels_that_are_only_filled(
    tree: loader.Loaded, parent: str, names: set[str]
) -> None:
    assert {unit.name for unit in api.children(parent)} == names


def test_the_command_line_finds_loads_and_renames(tree: loader.Loaded) -> None:
    def said(*arguments: str) -> str:
        out = StringIO()
        call_command("regions", *arguments, stdout=out)
        return out.getvalue()

    assert "431202005000  湖南省/怀化市/鹤城区/坨院街道  民政 431202009000" in said("find", "坨院")
    assert json.loads(said("find", "tyjd", "--json"))[0]["code"] == "431202005000"
    assert "新增 0，更新 0，不变" in said("load")
    assert "新增 7，" in said("load-villages", "43")
    assert "盈口街道（431202201000）" in said(
        "rename", "盈口乡", "盈口街道", "--on", "2023-05-01", "--source", "公告"
    )
    assert "2023-05-01  更名  盈口乡（431202） → 盈口街道（431202）" in said("changes", "--within", "鹤城区")
    with pytest.raises(CommandError, match="未找到行政区划“无此地”"):
        said("find", "无此地")


def test_a_map_is_drawn_once_and_small(tree: loader.Loaded, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    drawn = api.outlines("431200000000")
    assert drawn is not None
    assert len(gzip.compress(drawn)) <= LARGEST
    codes = {
        feature["properties"]["code"]: feature["properties"] for feature in json.loads(drawn)["features"]
    }
    assert codes["431202000000"]["name"] == "鹤城区"
    assert api.outlines("431200000000") == drawn == (tmp_path / "maps" / "431200000000.json").read_bytes()


def test_townships_have_no_outlines_until_an_administrator_brings_them(
    tree: loader.Loaded, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    assert api.outlines("431202000000") is None
    square = {"type": "Polygon", "coordinates": [[[109, 27], [110, 27], [110, 28], [109, 27]]]}
    file = tmp_path / "own.json"

    def bring(*properties: dict[str, str]) -> int:
        features = [{"type": "Feature", "properties": each, "geometry": square} for each in properties]
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return api.replace_outlines("431202000000", file)

    with pytest.raises(ValidationError, match="蓬莱镇"):
        bring({"name": "蓬莱镇"})
    assert bring({"name": "坨院街道"}, {"code": "431202007"}) == 2
    drawn = json.loads(api.outlines("431202000000") or b"{}")
    assert [feature["properties"]["code"] for feature in drawn["features"]] == [
        "431202005000",
        "431202007000",
    ]
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(ValidationError, match="GeoJSON"):
        api.replace_outlines("431202000000", file)
