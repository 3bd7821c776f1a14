"""RW04–RW06: what they raise, to whom it is told at both walls, and that nothing else tells of it (ADR 0025)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from linzhan.accounts.api import Role
from linzhan.kernel.access import RIGHTS, circles_of
from linzhan.kernel.models import AuditEntry
from linzhan.kernel.scope import Actor, Scope, opened
from linzhan.network.api import Station
from linzhan.oversight.audiences import AUDIENCES, OF_MONEY
from linzhan.oversight.models import Alert, AlertRun
from linzhan.oversight.rights import HANDLE_ALERTS
from linzhan.oversight.warning.declaring import RULES
from linzhan.oversight.warning.health import healths
from linzhan.oversight.warning.keeping import raise_unnoted
from linzhan.oversight.warning.running import run
from tests.factories.casework import resident
from tests.factories.network import station
from tests.factories.places import HECHENG
from tests.factories.rows import made
from tests.oversight.conftest import ON, found

pytestmark = pytest.mark.usefixtures("hunan")


@pytest.fixture
def town(hunan: None) -> Station:
    return station(name="坨院街道社工站")


def incident(at: Station, when: str, **values: Any) -> UUID:
    return made(
        "incidents", code=f"BG-{uuid4().hex[:8]}", signals=("M4",), seen_at=when, station=at.code, **values
    )


def fact(of: UUID, kind: str, at: str, **values: Any) -> None:
    made("incident-facts", code=f"JG-{uuid4().hex[:8]}", incident=of, kind=kind, at=at, **values)


def test_rw04_a_signal_without_report_or_a_report_without_reply(town: Station) -> None:
    unreported = incident(town, "2021-12-31 20:00")
    incident(town, "2021-12-31 22:30")  # within its two hours at midnight
    incident(town, "2021-12-31 20:00", practice="是")
    unanswered = incident(town, "2021-12-30 09:00", facts="左臂有烫伤")
    fact(unanswered, "已上报", "2021-12-30 09:30", body="派出所")
    answered = incident(town, "2021-12-29 09:00")
    fact(answered, "已上报", "2021-12-29 09:30", body="派出所")
    fact(answered, "已回复", "2021-12-29 15:00", body="派出所", text="已立案")
    raised = {each.key: each for each in found("RW04")}
    assert set(raised) == {str(unreported), str(unanswered)}
    assert raised[str(unreported)].subject_id == town.pk
    assert not any(
        "烫伤" in json.dumps([each.message, *map(str, each.facts.values())]) for each in raised.values()
    )


ANSWERS: Mapping[str, dict[str, int]] = {
    "PHQ-9": {str(n): 0 for n in range(1, 10)},
    "C-SSRS": {str(n): 0 for n in range(1, 7)},
}


def result(who: UUID, at: Station, scale: str, on: str, **said: int) -> UUID:
    answers = {**ANSWERS[scale], **{key[1:]: value for key, value in said.items()}}
    return made(
        "scale-results", code=f"CP-{uuid4().hex[:8]}", station=at.code, resident=who, scale=scale, version="1",
        taken_on=on, answers=json.dumps(answers),
    )  # fmt: skip


def test_rw05_a_signal_without_a_plan_and_answers_that_are_none(town: Station) -> None:
    one, two, three, planned = (resident(town) for _ in range(4))
    result(one, town, "PHQ-9", "2021-12-30", q9=1)
    result(two, town, "C-SSRS", "2021-12-30", q3=2)
    result(three, town, "PHQ-9", "2021-12-30", q1=3, q2=3)  # low spirits, no signal
    result(three, town, "C-SSRS", "2021-12-30", q1=1)
    result(three, town, "PHQ-9", "2021-09-01", q9=2)  # long ago
    result(planned, town, "PHQ-9", "2021-12-20", q9=1)
    report = incident(town, "2021-12-20 10:00", resident=planned)
    fact(report, "保护计划", "2021-12-20 18:00", text="家人陪伴，次日就医")
    raised = found("RW05")
    assert len(raised) == 2
    assert {each.subject_id for each in raised} == {town.pk}  # of a station: it is not said who
    assert all(each.severity == 4 and "自杀" not in each.message for each in raised)


def test_rw06_children_whom_nobody_looks_after_and_children_whom_somebody_does(town: Station) -> None:
    children = {}
    for name, born, values in (
        ("alone", "2007-03-01", {"living": "独居"}),
        ("grown", "2005-03-01", {"living": "独居"}),
        ("small", "2016-03-01", {"guardianship": "无能力或缺位"}),
        ("cared for", "2016-03-01", {"guardianship": "无能力或缺位", "carer": "姑姑"}),
        ("forgotten", "2010-03-01", {"living": "隔代", "guardianship": "能力不足", "parents_contacted_on": "2021-06-01"}),
        ("called", "2010-03-01", {"living": "隔代", "guardianship": "能力不足", "parents_contacted_on": "2021-09-01"}),
    ):  # fmt: skip
        children[name] = resident(town, born_on=born)
        made("resident-details", resident=children[name], **values)
    left = resident(town, born_on="2010-03-01")
    lately = resident(town, born_on="2010-03-01")
    for number, (who, when) in enumerate(((left, "2021-05-01 09:00"), (lately, "2021-11-01 09:00"))):
        made(
            "major-changes", code=f"BG{number}", resident=who, kind="监护人失联或不履责", happened_at=when, found_at=when,
        )  # fmt: skip
    raised = found("RW06")
    assert {each.subject_id for each in raised} == {
        children["alone"],
        children["small"],
        children["forgotten"],
        left,
    }
    assert len({each.message for each in raised}) == 1  # it does not say which of the reasons it is


def _scope(role: Role, **place: Any) -> Scope:
    return Scope(people=(str(uuid4()),), circles=circles_of(role), **place)


def _sees(scope: Scope) -> list[str]:
    """The rules whose alerts are seen: the same at both walls."""
    with opened(scope, Actor(id=scope.people[0], label="甲")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rule FROM oversight_alert ORDER BY rule")
            raw = [row[0] for row in cursor.fetchall()]
        assert raw == sorted(Alert.objects.values_list("rule", flat=True))
    return raw


def _alert(at: Station, rule: str, **values: Any) -> Alert:
    return Alert.objects.create(
        region_code=at.region_code, station_id=at.pk, about="站点", code=f"{rule}-1", rule=rule, severity="红", level=4,
        key=rule, message="有一件", opened_on=ON, checked_on=ON, tier="站点", due_at="2022-01-01T10:00:00+08:00", **values,
    )  # fmt: skip


EVERY = ("RW04", "RW05", "RW06", "RW17", "RW19", "RW24", "RW31")


def test_who_sees_which_alert_at_both_walls(town: Station) -> None:
    for rule in EVERY:
        _alert(town, rule)
    area, here = {"regions": (HECHENG,)}, {"stations": (str(town.pk),)}
    money = ["RW19", "RW24", "RW31"]
    rest = ["RW06", "RW17", *money]
    wanted: dict[Role, tuple[Any, list[str]]] = {
        Role.COUNTY_OFFICIAL: (area, rest),
        Role.CITY_OFFICIAL: (area, rest),
        Role.TOWNSHIP_OFFICIAL: (area, rest),
        Role.CHILD_PROTECTION: (area, ["RW04", "RW06"]),
        Role.PURCHASER: (area, money),
        Role.FINANCE: (area, money),
        Role.EVALUATOR: (area, []),
        Role.STATION_LEAD: (here, list(EVERY)),
        Role.SUPERVISOR: (here, ["RW05", *rest]),
        Role.STATION_WORKER: (here, ["RW05"]),
    }
    assert {role: _sees(_scope(role, **place)) for role, (place, _) in wanted.items()} == {
        role: rules for role, (_, rules) in wanted.items()
    }
    administrator = _scope(Role.SYSTEM_ADMIN, everything=True)
    assert _sees(administrator) == rest
    assert _sees(_scope(Role.PURCHASER, regions=("431281000000",))) == []


def test_the_audiences_are_rights_that_open_rows() -> None:
    opening = {right.key for right in RIGHTS if right.opens}
    assert {circle for circles in AUDIENCES.values() for circle in circles} <= opening
    assert set(AUDIENCES) <= set(RULES.names())
    assert {rule.code for rule in RULES if rule.about == "项目"} - {"RW11"} <= set(OF_MONEY)
    assert HANDLE_ALERTS not in opening


def test_nothing_else_tells_of_a_narrow_alert(town: Station) -> None:
    resident(town)
    incident(town, "2021-12-30 20:00")
    done = run(HECHENG, ON, why="测试")
    alert = Alert.objects.get(rule="RW04")
    assert done.kept is not None
    assert done.kept["RW04"].opened == 1
    [told] = [each for each in AlertRun.objects.get().results if each["rule"] == "RW04"]
    assert told["found"] is None
    assert "opened" not in told
    assert healths()[town.pk].weight == 0
    run(HECHENG, ON + timedelta(days=1), rules=[RULES["RW04"]], why="即时")
    assert AlertRun.objects.count() == 1
    Alert.objects.filter(pk=alert.pk).update(message="别的", facts={"what": "reply"}, stage="已知悉")
    kept = AuditEntry.objects.filter(table_name="oversight_alert", row_id=str(alert.pk))
    assert {name for each in kept for name in each.after or {}} == {"stage", "checked_on"}


def test_a_narrow_alert_goes_up_no_further_than_who_may_see_it(town: Station) -> None:
    report, answers = _alert(town, "RW04"), _alert(town, "RW05")
    while raise_unnoted(Alert.objects.latest("due_at").due_at):
        pass
    report.refresh_from_db()
    answers.refresh_from_db()
    assert (report.tier, answers.tier) == ("县级", "站点")
