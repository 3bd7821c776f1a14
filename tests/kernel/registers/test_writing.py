"""The one door in: what becomes of rows, one or many (``contract/workbook.md``, "Rules for every sheet")."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.figures.models import RegisterUse, StaleMark
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import Scope, scope
from linzhan.linkage.models import Resource, Volunteer, VolunteerRecord
from linzhan.network.api import Station
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG
from tests.kernel.registers.rows import counts, faults, hours, resource, saved, station, volunteer

pytestmark = pytest.mark.usefixtures("everywhere")


def test_a_row_is_new_then_unchanged_then_an_update() -> None:
    assert counts(saved("resources", resource())) == (1, 0, 0, 0)
    assert counts(saved("resources", resource())) == (0, 0, 1, 0)
    assert counts(saved("resources", resource(quantity="4"))) == (0, 1, 0, 0)
    assert Resource.objects.get().quantity == 4


def test_spelling_alone_is_no_change() -> None:
    saved("resources", resource(value="125000"))
    again = resource(
        name="　轮椅 ", quantity="３.00", valid_from="2021年1月1日", value="12.5万", kind=" 物资"
    )
    assert counts(saved("resources", again)) == (0, 0, 1, 0)


def test_what_is_not_stated_stays_and_the_word_for_clearing_clears() -> None:
    saved("resources", resource(contact="李四", value="10"))
    assert counts(saved("resources", resource())) == (0, 0, 1, 0)
    assert Resource.objects.get().contact == "李四"
    assert counts(saved("resources", resource(contact="清空", value="清空"))) == (0, 1, 0, 0)
    found = Resource.objects.get()
    assert (found.contact, found.value) == ("", None)


def test_a_required_cell_is_neither_missing_nor_cleared() -> None:
    missing = resource()
    del missing["name"]
    assert faults(saved("resources", missing)) == {"资源名称"}
    assert faults(saved("resources", resource(name="清空"))) == {"资源名称"}
    assert not Resource.objects.exists()


def test_a_bad_row_stays_out_and_the_good_ones_go_in() -> None:
    outcome = saved("resources", resource(), resource("R2", kind="无此类"), resource("R3"))
    assert counts(outcome) == (2, 0, 0, 1)
    assert faults(outcome, 2) == {"资源类型"}
    assert set(Resource.objects.values_list("code", flat=True)) == {"R1", "R3"}


def test_the_same_key_twice_is_nothing_new_or_an_error_of_the_later() -> None:
    outcome = saved("resources", resource(), resource(), resource(name="拐杖"))
    assert counts(outcome) == (1, 0, 1, 1)
    assert faults(outcome, 3) == {"资源编号"}
    assert Resource.objects.get().name == "轮椅"


def test_a_rejected_earlier_row_does_not_stand_in_the_way_of_a_good_later_one() -> None:
    assert counts(saved("resources", resource(kind="无此类"), resource())) == (1, 0, 0, 1)


def test_the_same_key_in_two_counties_is_two_rows() -> None:
    assert counts(saved("resources", resource(), resource(region=ZHONGFANG))) == (2, 0, 0, 0)
    assert counts(saved("resources", resource(region=TUOYUAN))) == (0, 1, 0, 0)
    assert set(Resource.objects.values_list("region_code", flat=True)) == {TUOYUAN, ZHONGFANG}


def test_an_end_before_its_start_is_an_error_of_the_end() -> None:
    assert faults(saved("resources", resource(valid_until="2020-12-31"))) == {"有效期止"}


def test_a_dry_run_answers_the_same_and_writes_nothing() -> None:
    rows = (resource(), resource("R2", kind="无此类"))
    assert counts(saved("resources", *rows, dry_run=True)) == counts(saved("resources", *rows))
    assert Resource.objects.count() == 1


def test_a_dry_run_leaves_neither_marks_nor_history() -> None:
    saved("resources", resource(), dry_run=True)
    assert [model for model in (StaleMark, RegisterUse, AuditEntry) if model.objects.exists()] == []


def test_a_sheet_without_rows_puts_the_register_in_use_where_its_reader_works() -> None:
    with scope(Scope(regions=(HECHENG,))):
        saved("resources")
        assert RegisterUse.objects.get().region_code == HECHENG


@pytest.mark.parametrize("order", [("volunteers", "volunteer-hours"), ("volunteer-hours", "volunteers")])
def test_references_hold_whatever_the_order_of_the_sheets(order: Sequence[str]) -> None:
    rows = {"volunteers": [volunteer()], "volunteer-hours": [hours(), hours("H2", volunteer="V9")]}
    outcomes = save([Incoming.of(REGISTERS[key], rows[key]) for key in order])
    by_key = dict(zip(order, outcomes, strict=True))
    assert counts(by_key["volunteer-hours"]) == (1, 0, 0, 1)
    assert faults(by_key["volunteer-hours"], 2) == {"志愿者编号"}
    assert VolunteerRecord.objects.get().volunteer.code == "V1"


def test_a_row_that_refers_to_a_rejected_row_is_rejected_too() -> None:
    registers = (REGISTERS["volunteer-hours"], REGISTERS["volunteers"])
    outcome, _ = save(
        [Incoming.of(registers[0], [hours()]), Incoming.of(registers[1], [volunteer(registered_on="昨天")])]
    )
    assert faults(outcome) == {"志愿者编号"}


def test_a_subject_that_depends_on_another_column_is_found_in_the_same_file() -> None:
    """The sheet that is referred to comes later in the file and is unknown until then."""
    body = {
        "code": "P1",
        "kind": "年度",
        "period": "2021年度",
        "evaluator": "评估中心",
        "subject_kind": "站点",
        "subject": "Z1",
        "grade": "优秀",
        "evaluated_on": "2021-12-31",
    }
    outcome, _ = save(
        [Incoming.of(REGISTERS["evaluations"], [body]), Incoming.of(REGISTERS["stations"], [station()])]
    )
    assert counts(outcome) == (1, 0, 0, 0)


def test_stations_refer_to_each_other_in_any_order_and_stay_unchanged() -> None:
    rows = (station("Z1", parent="Z2"), station("Z2", parent="Z3"), station("Z3"))
    assert counts(saved("stations", *rows)) == (3, 0, 0, 0)
    assert counts(saved("stations", *rows)) == (0, 0, 3, 0)
    assert Station.objects.get(code="Z1").parent.code == "Z2"  # type: ignore[union-attr]  # it has one


def test_what_hangs_on_a_rejected_station_falls_with_it() -> None:
    outcome = saved(
        "stations", station("Z1", parent="Z2"), station("Z2", parent="Z3"), station("Z3", status="营业")
    )
    assert counts(outcome) == (0, 0, 0, 3)
    assert faults(outcome, 1) == {"上级站点编号"}


def test_a_station_that_leads_itself_is_taken_as_it_is_told() -> None:
    """Who leads whom is not the engine's to judge; the row refers to one that goes in."""
    assert counts(saved("stations", station("Z1", parent="Z1"))) == (1, 0, 0, 0)


def test_a_key_out_of_the_readers_scope_gets_the_answer_of_one_that_does_not_exist() -> None:
    saved("stations", station("Z9", region=ZHONGFANG))
    with scope(Scope(regions=(HECHENG,))):
        outcome = saved("volunteers", volunteer(station="Z9"), volunteer("V2", station="Z8"))
    told = [outcome.faults[row][0].message.replace(key, "") for row, key in ((1, "Z9"), (2, "Z8"))]
    assert told[0] == told[1]


def test_nobody_writes_out_of_their_scope() -> None:
    with scope(Scope(regions=(HECHENG,))):
        assert faults(saved("resources", resource(region=ZHONGFANG))) == {"覆盖行政区划"}


def test_a_key_that_a_hidden_row_of_the_county_has_is_refused_and_the_rest_goes_in() -> None:
    saved("resources", resource("R1"), resource("R2", region=CHENGNAN))
    with scope(Scope(regions=(TUOYUAN,))):
        outcome = saved(
            "resources",
            resource("R1", region=TUOYUAN),
            resource("R2", region=TUOYUAN),
            resource("R3", region=TUOYUAN),
        )
    assert counts(outcome) == (1, 0, 0, 2)
    assert faults(outcome, 2) == {"资源编号"}


def test_a_row_that_moves_takes_the_institution_of_its_new_place() -> None:
    from tests.factories.providers import provider

    ours, theirs = provider(), provider()
    saved("stations", station("Z1", provider=ours.uscc), station("Z2", provider=theirs.uscc, region=CHENGNAN))
    saved("volunteers", volunteer(station="Z1"))
    saved("volunteers", volunteer(station="Z2"))
    found = Volunteer.objects.get()
    assert (found.provider_id, found.region_code) == (theirs.pk, CHENGNAN)


def test_a_row_that_does_not_say_where_it_belongs_stays_there() -> None:
    saved("stations", station("Z1"))
    saved("volunteers", volunteer(station="Z1", home_region=ZHONGFANG))
    assert counts(saved("volunteers", volunteer(home_region=ZHONGFANG, skills="理发"))) == (0, 1, 0, 0)
    assert Volunteer.objects.get().region_code == TUOYUAN


def test_every_value_that_the_table_cannot_hold_is_a_fault_of_its_cell() -> None:
    outcome = saved(
        "stations", station(area="99999999.99"), station("Z2", area="100000000"), station("Z3", area="1e5")
    )
    assert counts(outcome)[0] == 1
    assert faults(outcome, 2) == {"专用面积"}


def test_a_change_keeps_who_when_before_and_after() -> None:
    saved("resources", resource())
    saved("resources", resource(quantity="4"))
    created, changed = AuditEntry.objects.filter(table_name=Resource._meta.db_table).order_by("id")
    assert (created.action, changed.action) == ("created", "changed")
    assert (changed.before, changed.after) == ({"quantity": 3.0}, {"quantity": 4.0})


def test_a_write_marks_the_place_and_month_it_touches() -> None:
    saved("stations", station())
    saved("volunteers", volunteer(station="Z1"))
    StaleMark.objects.all().delete()
    saved("volunteer-hours", hours(station="Z1"))
    mark = StaleMark.objects.get(register="volunteer-hours")
    assert (mark.region_code, f"{mark.month:%Y-%m}") == (TUOYUAN, "2021-06")


def test_a_bulk_of_many_says_the_same_as_many_of_one() -> None:
    rows = [resource(f"R{number}", quantity=number) for number in range(60)]
    assert counts(saved("resources", *rows)) == (60, 0, 0, 0)
    changed = [row | {"quantity": int(row["quantity"]) + number % 2} for number, row in enumerate(rows)]
    assert counts(saved("resources", *changed)) == (0, 30, 30, 0)
    assert sum(Resource.objects.values_list("quantity", flat=True)) == sum(range(60)) + 30


CODES = st.sampled_from(["A", "B", "C"])
REGIONS = st.sampled_from([TUOYUAN, CHENGNAN, ZHONGFANG])
GOOD = st.fixed_dictionaries(
    {"code": CODES, "region": REGIONS, "quantity": st.integers(0, 3), "owner": st.sampled_from(["甲", "乙"])},
    optional={"contact": st.sampled_from(["丙", "清空", ""]), "value": st.decimals(0, 9, places=2)},
)
BAD = GOOD.map(lambda row: row | {"kind": "无此类"})
CALLS = st.lists(st.lists(GOOD | BAD, max_size=6), max_size=4)


class Ledger:
    """What the rules of the contract make of rows, written down plainly."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}

    def take(self, call: Sequence[dict[str, Any]]) -> tuple[int, int, int, int]:
        told = [0, 0, 0, 0]
        seen: dict[tuple[str, str], dict[str, Any]] = {}
        for row in call:
            key = (row["region"][:6], row["code"])
            stated = {name: value for name, value in row.items() if value != ""}
            if "kind" in row:
                told[3] += 1
            elif key in seen:
                told[2 if seen[key] == stated else 3] += 1
            else:
                seen[key] = stated
                told[self._written(key, stated)] += 1
        return tuple(told)  # type: ignore[return-value]  # four of them

    def _written(self, key: tuple[str, str], stated: dict[str, Any]) -> int:
        cleared = {
            name: "" if name == "contact" else None for name, value in stated.items() if value == "清空"
        }
        new = {"contact": "", "value": None} | self.rows.get(key, {}) | stated | cleared
        if key not in self.rows:
            self.rows[key] = new
            return 0
        changed = new != self.rows[key]
        self.rows[key] = new
        return 1 if changed else 2


@given(calls=CALLS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_sequence_of_calls_comes_to_what_the_rules_say(calls: list[list[dict[str, Any]]]) -> None:
    with _Undone():
        ledger = Ledger()
        for call in calls:
            rows = [resource(**row) for row in call]
            assert counts(saved("resources", *rows)) == ledger.take(call)
        stored = {
            (row.region_code[:6], row.code): (
                row.region_code,
                row.quantity,
                row.owner,
                row.contact,
                row.value,
            )
            for row in Resource.objects.all()
        }
        wanted = {
            key: (row["region"], row["quantity"], row["owner"], row["contact"], _money(row["value"]))
            for key, row in ledger.rows.items()
        }
        assert stored == wanted


def _money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


class _Undone:
    """A savepoint that is always rolled back: every example starts from the same database."""

    def __enter__(self) -> None:
        self._point = transaction.savepoint()

    def __exit__(self, *failed: object) -> None:
        transaction.savepoint_rollback(self._point)
