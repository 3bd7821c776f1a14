"""Notes are signed once, anew when they change, and what a run that broke off left is gone on with (``domain.md`` §14)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.oversight.models import PlausibilityFlag, TextSignature, UncomparedSignatures
from linzhan.oversight.plausibility import signing
from linzhan.oversight.plausibility.declaring import CHECKS
from linzhan.oversight.plausibility.running import Checked, check, sign_ahead
from tests.factories.casework import record, resident
from tests.factories.network import station
from tests.factories.places import HECHENG
from tests.factories.workforce import identity_number, save_worker
from tests.oversight.conftest import ON

pytestmark = pytest.mark.usefixtures("hunan")
NOTE = "老人近来夜里咳嗽，已陪同到卫生院复查并领回药品，叮嘱家属按时照看，帮助联系村医每周上门测量血压，下次带去防滑垫"
OTHER = "儿童与外婆同住，作业由志愿者辅导，班主任反映上课走神，已约定周末参加阅读小组，并请社区主任协调申请困难补助金"


@pytest.fixture
def town(hunan: None) -> Station:
    return station()


def person(at: Station) -> str:
    number = identity_number()
    assert not save_worker(identity_number=number, station=at.code, hired_on="2020-01-01").faults
    return number


def ran() -> Checked:
    return check(HECHENG, ON, checks=[CHECKS["PC03"]])


def test_only_notes_that_came_or_changed_are_signed(town: Station) -> None:
    number = person(town)
    people = [resident(town, name="对象甲"), resident(town, name="对象乙")]
    rows: list[dict[str, Any]] = [
        {"on": f"2021-03-0{n}", "code": f"T{n}", "residents": (people[n - 1],), "content": NOTE}
        for n in (1, 2)
    ]
    for row in rows:
        record(town, number, **row)
    assert [ran().notes, ran().notes] == [2, 0]
    assert PlausibilityFlag.objects.get().stage == "待说明"
    record(town, number, **{**rows[1], "content": OTHER})
    assert ran().notes == 1
    assert PlausibilityFlag.objects.get().stage == "自动关闭"


@pytest.mark.parametrize("where", ["insert_columns", "compare"])
def test_a_signing_that_breaks_off_loses_nothing_and_is_gone_on_with(
    town: Station, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    number, people = person(town), [resident(town, name=f"对象{word}") for word in "甲乙丙"]
    for n in (1, 2, 3):
        record(town, number, on=f"2021-03-0{n}", code=f"T{n}", residents=(people[n - 1],), content=NOTE)
    everything = partial(opened, EVERYTHING)
    done, whole = list[object](), getattr(signing, where)

    def breaks(*given: object) -> None:
        if done or where == "compare":
            raise InterruptedError
        whole(*given)
        done.append(given)

    with monkeypatch.context() as patched:
        patched.setattr(signing, "BATCH", 2)
        patched.setattr(signing, where, breaks)
        with pytest.raises(InterruptedError):
            sign_ahead(HECHENG, ON, everything, checks=[CHECKS["PC03"]])
    kept = set(TextSignature.objects.values_list("pk", flat=True))
    assert (len(kept), UncomparedSignatures.objects.count()) == (
        {"insert_columns": 2, "compare": 3}[where],
        1,
    )
    assert sign_ahead(HECHENG, ON, everything, checks=[CHECKS["PC03"]]) == 3 - len(kept)
    assert kept <= set(TextSignature.objects.values_list("pk", flat=True))
    assert not UncomparedSignatures.objects.exists()
    [answer] = ran().answers
    assert [len(each.rows) for each in answer.findings] == [3]
