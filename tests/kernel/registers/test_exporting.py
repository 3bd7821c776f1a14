"""The workbook of one place stands by itself: what its rows refer to elsewhere comes with them (IMP-01)."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.exporting import Exported, export_workbook
from linzhan.kernel.registers.workbook import Imported, import_workbook
from linzhan.kernel.registers.writing import save
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.providers import credit_code
from tests.factories.workforce import identity_number
from tests.kernel.registers.rows import resource, station, volunteer

pytestmark = pytest.mark.usefixtures("everywhere")
OURS, THEIRS, GUEST = credit_code(1), credit_code(2), credit_code(3)
LI, WANG, GUO = identity_number(1), identity_number(2), identity_number(3)
TRAINING = {"kind": "业务培训", "organiser": "民政局", "starts_on": "2021-05-01", "hours": "8"}
SESSION = {"held_on": "2021-06-05", "supervisor": "郭督导", "mode": "线下", "hours": "2"}
RECORD = {
    "method": "探访",
    "started_at": "2021-06-05 09:00",
    "ended_at": "2021-06-05 10:00",
    "content": "上门探访",
}


def institution(uscc: str, region: str) -> dict[str, Any]:
    return {
        "uscc": uscc,
        "name": f"{uscc[-4:]}社工服务中心",
        "kind": "社会工作服务机构",
        "region": region,
        "registered_on": "2018-01-01",
    }


def worker(number: str, at: str, provider: str) -> dict[str, Any]:
    return {
        "identity_number": number,
        "name": "欧阳小娜",
        "station": at,
        "provider": provider,
        "post": "一线社工",
        "employment": "全职",
        "hired_on": "2020-03-01",
    }


def project(code: str, region: str, provider: str, stations: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"{code}项目",
        "kind": "社工站运营",
        "purchaser": "民政局",
        "region": region,
        "provider": provider,
        "method": "公开招标",
        "stations": stations,
        "contract_amount": "200000",
        "starts_on": "2021-01-01",
        "ends_on": "2021-12-31",
        "status": "执行",
    }


def judged(code: str, kind: str, subject: str) -> dict[str, Any]:
    told = {"code": code, "kind": "末期", "period": "2021", "evaluator": "评估中心", "grade": "良好"}
    return told | {"subject_kind": kind, "subject": subject, "evaluated_on": "2021-12-20"}


TWO_COUNTIES: Mapping[str, list[dict[str, Any]]] = {
    "providers": [institution(OURS, HECHENG), institution(THEIRS, ZHONGFANG), institution(GUEST, ZHONGFANG)],
    "stations": [
        station("C", tier="市级指导中心", region=HUAIHUA),
        station("A", provider=OURS, parent="C"),
        station("A2", region=CHENGNAN, parent="C"),
        station("B", region=ZHONGFANG_TOWN, provider=THEIRS, parent="B0"),
        station("B0", tier="县级社工总站", region=ZHONGFANG, parent="C"),
        station("B2", region=ZHONGFANG_TOWN),
    ],
    "workers": [worker(LI, "A", GUEST), worker(WANG, "B", THEIRS), worker(GUO, "B2", THEIRS)],
    "projects": [project("P1", HECHENG, GUEST, "A;B"), project("P2", ZHONGFANG, THEIRS, "B2")],
    "trainings": [
        {"code": "T1", "name": "合训", "region": HECHENG, "workers": f"{LI};{WANG}", **TRAINING},
        {"code": "T2", "name": "自训", "region": ZHONGFANG, "workers": GUO, **TRAINING},
    ],
    "supervisions": [
        {"code": "S1", "stations": "A;B", "workers": LI, **SESSION},
        {"code": "S2", "stations": "B2", "workers": GUO, **SESSION},
    ],
    "service-records": [
        {"code": "F1", "station": "A", "workers": f"{LI};{WANG}", "project": "P1", **RECORD},
        {"code": "F2", "station": "B2", "workers": GUO, "project": "P2", **RECORD},
    ],
    "volunteers": [volunteer("V1", station="B"), volunteer("V2", home_region=ZHONGFANG_TOWN, station="B2")],
    "evaluations": [judged("E1", "项目", "P1"), judged("E2", "站点", "B2")],
    "resources": [resource("R1"), resource("R2", region=ZHONGFANG)],
}


@pytest.fixture(autouse=True)
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rulebook is not loaded here."""
    known: dict[str, Any] = {"categories": dict, "service-items": dict}
    monkeypatch.setattr("linzhan.kernel.registers.declare._code_lists", known)


@contextmanager
def instance() -> Iterator[None]:
    """An instance with two counties, gone after the block."""
    with transaction.atomic():
        outcomes = save([Incoming.of(REGISTERS[key], rows) for key, rows in TWO_COUNTIES.items()])
        assert {o.register.key: o.faults for o in outcomes if o.faults} == {}
        yield
        transaction.set_rollback(True)


def told(imported: Imported) -> dict[str, tuple[int, int, int, int]]:
    counts = {o.register.key: (o.created, o.updated, o.unchanged, o.rejected) for o in imported.outcomes}
    return {key: found for key, found in counts.items() if any(found)}


def test_the_workbook_of_one_county_fills_an_empty_instance(tmp_path: Path) -> None:
    """Nothing is rejected: centre, institutions, project, workers and stations elsewhere are in the file."""
    path, heard = tmp_path / "a.xlsx", dict[str, Exported]()
    with instance():
        exported = export_workbook(path, region=HECHENG, report=heard.__setitem__)
    assert heard["社工站"] == Exported(5, 3)  # A, A2; B, its county centre and the city's
    assert heard["社工"] == Exported(2, 1)  # 李; 王, who came to the training
    assert heard["培训"] == Exported(1, 0)
    assert exported.rows == sum(each.rows for each in heard.values())
    imported = import_workbook(path)
    assert imported.rejected == 0, imported.as_json()
    assert {key: counts[0] for key, counts in told(imported).items()} == {
        REGISTERS_BY_NAME[name]: each.rows for name, each in heard.items() if each.rows
    }


REGISTERS_BY_NAME = {REGISTERS[key].name: key for key in TWO_COUNTIES}


def test_nothing_of_the_other_county_that_nobody_refers_to_is_written(tmp_path: Path) -> None:
    path, heard = tmp_path / "a.xlsx", dict[str, Exported]()
    with instance():
        export_workbook(path, region=HECHENG, report=heard.__setitem__)
        imported = import_workbook(path)
    keys = {outcome.register.key: outcome.rows for outcome in imported.outcomes}
    assert (keys["resources"], keys["service-records"], keys["evaluations"], keys["projects"]) == (1, 1, 1, 1)
    assert heard["社工"].elsewhere == 1  # not 郭, whom only 中方 names


@pytest.mark.parametrize("region", [HECHENG, ZHONGFANG, HUAIHUA, TUOYUAN, ""])
def test_the_workbook_of_a_place_changes_nothing_where_it_comes_from(tmp_path: Path, region: str) -> None:
    """Above all it takes nobody off a list that names people of two counties."""
    path = tmp_path / "a.xlsx"
    with instance():
        exported = export_workbook(path, region=region)
        imported = import_workbook(path)
    unchanged = sum(outcome.unchanged for outcome in imported.outcomes)
    assert (unchanged, imported.rejected) == (exported.rows, 0), imported.as_json()


def test_only_the_owner_of_an_export_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    path.chmod(0o644)
    export_workbook(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
