"""One person kept by two counties: two workbooks, two rows, one person in the city (ADR 0016, NFR-06)."""

from __future__ import annotations

from pathlib import Path

import pytest

from linzhan.kernel.registers.exporting import export_workbook
from linzhan.kernel.registers.workbook import Imported, import_workbook
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.network.api import STATIONS
from linzhan.workforce.api import WORKERS, SocialWorker
from tests.factories.figures import value
from tests.factories.workforce import identity_number, worker_row

HERE, THERE, CITY = "431202000000", "431224000000", "431200000000"
PLACES = {HERE: "431202101000", THERE: "431224101000"}
PERSON = identity_number(901)

pytestmark = pytest.mark.django_db


def workbook(folder: Path, county: str, **values: str) -> Path:
    """A county's own workbook: one station, one worker; both counties call their station Z1."""
    code = values.pop("code", "Z1")
    station = {"code": code, "name": "社工站", "tier": "乡镇街道社工站", "status": "运营"}
    row = worker_row(identity_number=PERSON, station=code, name=f"宋{county[4:6]}", **values)
    path = folder / f"{county}.xlsx"
    write_sheets(path, [(STATIONS.sheet, [station | {"region": PLACES[county]}]), (WORKERS.sheet, [row])])
    return path


def imported(path: Path, county: str = "") -> Imported:
    with opened(Scope(regions=(county,)) if county else EVERYTHING, Actor(label="测试")):
        return import_workbook(path)


def counts(done: Imported) -> list[tuple[int, int, int, int]]:
    return [(each.created, each.updated, each.unchanged, each.rejected) for each in done.outcomes]


def test_the_second_county_is_answered_as_if_nobody_knew_the_person(tmp_path: Path) -> None:
    first = imported(workbook(tmp_path, HERE), HERE)
    second = imported(workbook(tmp_path, THERE), THERE)
    assert counts(first) == counts(second) == [(1, 0, 0, 0)] * 2
    for county in (HERE, THERE):
        with opened(Scope(regions=(county,))):
            assert SocialWorker.objects.get().name == f"宋{county[4:6]}"


def test_neither_county_changes_the_others_row(tmp_path: Path) -> None:
    for county in (HERE, THERE, HERE):
        imported(workbook(tmp_path, county), county)
    changed = imported(workbook(tmp_path, THERE, left_on="2021-03-01"), THERE)
    assert counts(changed) == [(0, 0, 1, 0), (0, 1, 0, 0)]
    with opened(EVERYTHING):
        assert SocialWorker.objects.get(region_code=PLACES[HERE]).left_on is None


def test_figures_count_the_person_in_each_county_and_once_in_the_city(tmp_path: Path) -> None:
    for county in (HERE, THERE):
        imported(workbook(tmp_path, county), county)
    with opened(EVERYTHING):
        assert [value("workforce.on_post", place) for place in (HERE, THERE, CITY)] == [1, 1, 1]


def test_an_export_of_both_counties_comes_back_unchanged(tmp_path: Path) -> None:
    """So the same person twice in one file, in two counties, is no repeated key."""
    for county in (HERE, THERE):
        imported(workbook(tmp_path, county, code=f"Z{county}"), county)
    path = tmp_path / "city.xlsx"
    with opened(EVERYTHING):
        export_workbook(path, region=CITY)
    done = imported(path)
    assert done.rejected == 0
    assert sum(each.unchanged for each in done.outcomes) == sum(each.rows for each in done.outcomes) == 4
