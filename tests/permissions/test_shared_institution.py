"""Who learns what about an institution that several counties share (NFR-06, ADR 0012).

In words: what an institution is may be read wherever it works. What a county does with it is read by
that county, by those above it, and by the institution; by no other county, and by no station.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection, connections, transaction

from linzhan.accounts.models import Appointment, User
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import records
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import scope, unscoped
from tests.permissions.rule import undone
from tests.permissions.world import COUNTIES, Person, World, cast

DONE_WITH_IT: dict[str, dict[str, Any]] = {
    "inspections": {
        "code": "JC-9",
        "kind": "日常检查",
        "year": "2021",
        "conclusion": "发现问题",
        "inspected_on": "2021-06-01",
        "findings": "票据不全",
    },
    "evaluations": {
        "code": "PG-9",
        "kind": "年度",
        "period": "2021年度",
        "evaluator": "评估组",
        "subject_kind": "机构",
        "grade": "不合格",
        "evaluated_on": "2021-06-01",
    },
    "disclosures": {"code": "GK-9", "month": "2021-05", "published_on": "2021-06-10"},
}
"""A row that names the shared institution and no station; the column that names it is added."""
NAMED_BY = {"inspections": "provider", "evaluations": "subject", "disclosures": "provider"}
ABOVE_AND_BESIDE = ["李科长(甲县)", "怀化市", "湖南省", "机构P(两县)"]
OTHERS = [
    "张科长(乙县)",
    "机构Q(甲县)",
    "乡镇(甲1)",
    "站长(甲1)",
    "社工(甲1)",
    "社工(乙1)",
    "督导(甲1甲2)",
    "居民(甲1)",
]


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Person]:
    return {each.name: each for each in cast(world)}


def note(world: World, key: str, **values: Any) -> Outcome:
    """Write what somebody did with the shared institution."""
    row = DONE_WITH_IT[key] | {NAMED_BY[key]: world.keys["providers"]["A1"]} | values
    return save([Incoming.of(REGISTERS[key], [row])])[0]


def sees(person: Person, key: str, identity: object) -> bool:
    """Through both walls, which must agree."""
    model = REGISTERS[key].model
    with scope(person.scope), connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" WHERE id = %s', [identity])
        found = cursor.fetchone()[0] == 1
        assert model._default_manager.filter(pk=identity).exists() == found
        return bool(found)


@pytest.mark.parametrize("key", list(DONE_WITH_IT))
def test_what_a_county_does_with_a_shared_institution_is_its_own(
    people: dict[str, Person], world: World, key: str
) -> None:
    with undone(people["李科长(甲县)"]):
        outcome = note(world, key)
        assert outcome.faults == {}
        (identity,) = outcome.ids
        assert [name for name in ABOVE_AND_BESIDE if not sees(people[name], key, identity)] == []
        assert [name for name in OTHERS if sees(people[name], key, identity)] == []


@pytest.mark.parametrize("key", list(DONE_WITH_IT))
def test_a_county_that_did_not_register_the_institution_does_so_too(
    people: dict[str, Person], world: World, key: str
) -> None:
    """The institution is registered with the one or the other; both may inspect and evaluate it."""
    with undone(people["张科长(乙县)"]):
        outcome = note(world, key)
        assert outcome.faults == {}
        (identity,) = outcome.ids
        assert sees(people["张科长(乙县)"], key, identity)
        assert sees(people["机构P(两县)"], key, identity)
        assert not sees(people["李科长(甲县)"], key, identity)


@pytest.mark.parametrize("key", list(DONE_WITH_IT))
def test_the_same_number_in_another_county_is_another_row(
    people: dict[str, Person], world: World, key: str
) -> None:
    with undone(people["李科长(甲县)"]):
        assert note(world, key).created == 1
        with scope(people["张科长(乙县)"].scope):
            assert note(world, key).created == 1
            assert note(world, key).unchanged == 1


def test_the_history_of_an_inspection_goes_no_further_than_the_inspection(
    people: dict[str, Person], world: World
) -> None:
    with undone(people["张科长(乙县)"]):
        (identity,) = note(world, "inspections").ids
        for name, told in (("张科长(乙县)", 1), ("李科长(甲县)", 0), ("社工(甲1)", 0)):
            with scope(people[name].scope), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM kernel_auditentry WHERE row_id = %s", [str(identity)])
                assert cursor.fetchone() == (told,), name


def test_the_institution_itself_is_read_by_both_counties(people: dict[str, Person], world: World) -> None:
    for name in ("李科长(甲县)", "张科长(乙县)", "社工(甲1)", "社工(乙1)"):
        with undone(people[name]):
            assert sees(people[name], "providers", world.id("providers", "A1"))


def test_an_institution_sees_the_money_booked_on_its_projects_and_no_other(
    people: dict[str, Person], world: World
) -> None:
    person = people["机构P(两县)"]
    with undone(person):
        assert [
            name for name in ("A1", "A2", "B1", "B2") if sees(person, "funds", world.id("funds", name))
        ] == [
            "A1",
            "B1",
        ]
        assert not any(sees(person, "fund-bases", world.id("fund-bases", name)) for name in ("A1", "B1"))


def test_money_follows_its_project_to_another_institution(people: dict[str, Person], world: World) -> None:
    projects, funds = REGISTERS["projects"], world.id("funds", "A1")
    with undone(people["李科长(甲县)"]):
        row = world.cells["projects"]["A1"] | {"provider": world.keys["providers"]["A2"]}
        assert save([Incoming.of(projects, [row])])[0].updated == 1
        assert sees(people["机构Q(甲县)"], "funds", funds)
        assert not sees(people["机构P(两县)"], "funds", funds)


def test_money_taken_off_its_project_is_the_countys_alone_again(
    people: dict[str, Person], world: World
) -> None:
    from linzhan.kernel.sheets.cells import CLEAR

    with undone(people["李科长(甲县)"]):
        row = world.cells["funds"]["A1"] | {"project": CLEAR}
        assert save([Incoming.of(REGISTERS["funds"], [row])])[0].updated == 1
        assert not sees(people["机构P(两县)"], "funds", world.id("funds", "A1"))


def test_a_station_lead_reads_the_project_that_covers_the_station(
    people: dict[str, Person], world: World
) -> None:
    lead = people["站长(甲1)"]
    with undone(lead):
        found = list(records(REGISTERS["projects"], REGISTERS["projects"].model._default_manager.all()))
        assert [str(row["id"]) for row in found] == [world.id("projects", "A1")]
        assert found[0]["name"] == world.cells["projects"]["A1"]["name"]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procurement_serviceproject SET name = '改动'")
            assert cursor.rowcount == 0


def resource(code: str, region: str) -> dict[str, str]:
    return {
        "code": code,
        "name": "轮椅",
        "owner": "慈善总会",
        "kind": "物资",
        "region": region,
        "quantity": "3",
        "unit": "台",
        "valid_from": "2021-06-01",
    }


def test_a_station_keeps_the_resources_it_found_on_its_own_ground(
    people: dict[str, Person], world: World
) -> None:
    resources = REGISTERS["resources"]
    with undone(people["社工(甲1)"]):
        outcome = save([Incoming.of(resources, [resource("ZY-9", world.towns["A1"])])])[0]
        assert outcome.faults == {}
        (identity,) = outcome.ids
        again = {**resource("ZY-9", world.towns["A1"]), "quantity": "2"}
        assert save([Incoming.of(resources, [again])])[0].updated == 1
        for name in ("站长(甲1)", "机构P(两县)", "乡镇(甲1)", "李科长(甲县)"):
            assert sees(people[name], "resources", identity), name
        for name in ("张科长(乙县)", "社工(乙1)", "机构Q(甲县)", "居民(甲1)"):
            assert not sees(people[name], "resources", identity), name
        with scope(people["李科长(甲县)"].scope):  # whoever corrects it, it stays the station's
            assert save([Incoming.of(resources, [{**again, "quantity": "1"}])])[0].updated == 1
        assert save([Incoming.of(resources, [again])])[0].updated == 1


@pytest.mark.parametrize("elsewhere", ["431202000000", "431202002000", "431281101000", "000000000000"])
def test_a_station_does_not_speak_for_other_ground(
    people: dict[str, Person], world: World, elsewhere: str
) -> None:
    with undone(people["社工(甲1)"]):
        outcome = save([Incoming.of(REGISTERS["resources"], [resource("ZY-9", elsewhere)])])[0]
        assert [fault.column for fault in outcome.faults[1]] == ["覆盖行政区划"]


def test_what_can_be_used_at_a_station_is_read_there_and_changed_by_its_keeper(
    people: dict[str, Person], world: World
) -> None:
    resources = REGISTERS["resources"]
    with undone(people["李科长(甲县)"]):
        whole_county = [resource("ZY-9", COUNTIES["A"]), resource("ZY-8", world.towns["A1"])]
        ids = save([Incoming.of(resources, whole_county)])[0].ids
        assert all(sees(people["社工(甲1)"], "resources", each) for each in ids)
        assert not any(sees(people["社工(乙1)"], "resources", each) for each in ids)
        with scope(people["社工(甲1)"].scope):
            changed = {**whole_county[1], "quantity": "2"}
            outcome = save([Incoming.of(resources, [changed])])[0]
            assert [fault.message for fault in outcome.faults[1]] == [
                "这一行由登记它的地方维护，您可以查看，不能更改"
            ]
            assert save([Incoming.of(resources, [whole_county[1]])])[0].unchanged == 1


def test_the_migration_moves_an_inspection_to_the_county_whose_official_entered_it(world: World) -> None:
    """As rows were: placed with the institution, entered by an official of the county that shares it."""
    move = import_module("linzhan.providers.migrations.0003_inspections_stand_where_they_were_made").MOVE
    identity, official = world.id("inspections", "B1"), User(id=uuid7(), username="old", display_name="旧")
    official.region_code = COUNTIES["B"]
    held = Appointment(user=official, role="county_official", region_code=COUNTIES["B"])
    with unscoped("a test of a migration"), transaction.atomic(using="owner"):
        official.save(using="owner", force_insert=True)
        held.save(using="owner", force_insert=True)
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "UPDATE providers_inspection SET code = 'JC-7', region_code = %s WHERE id = %s",
                [COUNTIES["A"], identity],
            )
            cursor.execute(
                "UPDATE kernel_auditentry SET region_code = %s, actor = %s WHERE row_id = %s",
                [COUNTIES["A"], str(official.pk), identity],
            )
            before = counted(
                cursor,
                "SELECT region_code, count(*) FROM providers_inspection WHERE id <> %s GROUP BY 1",
                identity,
            )
            cursor.execute(move)
            assert counted(
                cursor, "SELECT region_code FROM providers_inspection WHERE id = %s", identity
            ) == [(COUNTIES["B"],)]
            assert counted(
                cursor, "SELECT DISTINCT region_code FROM kernel_auditentry WHERE row_id = %s", identity
            ) == [(COUNTIES["B"],)]
            assert (
                counted(
                    cursor,
                    "SELECT region_code, count(*) FROM providers_inspection WHERE id <> %s GROUP BY 1",
                    identity,
                )
                == before
            )
            marked = counted(
                cursor, "SELECT DISTINCT region_code FROM kernel_stalemark WHERE register = %s", "inspections"
            )
            assert {(COUNTIES["A"],), (COUNTIES["B"],)} <= set(marked)
        transaction.set_rollback(True, using="owner")


def counted(cursor: Any, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
    cursor.execute(statement, arguments)
    return sorted(cursor.fetchall())


def test_a_resident_reads_the_plate_of_their_station_and_nothing_else_of_it(
    people: dict[str, Person], world: World
) -> None:
    residents = REGISTERS["residents"]
    with undone(people["居民(甲1)"]):
        (row,) = records(residents, residents.model._default_manager.all())
        assert row["station"].title == world.cells["stations"]["A1"]["name"]
        assert row["worker"] is None
        assert not sees(people["居民(甲1)"], "stations", world.id("stations", "A1"))
