"""Two files of one person become one and can be taken apart again: rows, figures, what came in between."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhan.casework.enums import ResidentStatus
from linzhan.casework.merging.models import Merging
from linzhan.casework.merging.services import MergeRefused, merge, undo
from linzhan.casework.models import RecordResident, Resident, ResidentState
from linzhan.kernel.registers import naming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Scope, scope
from linzhan.network.api import Station
from tests.factories.casework import record, resident, resident_row
from tests.factories.figures import value
from tests.factories.network import station
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG_TOWN
from tests.factories.workforce import identity_number, save_worker

pytestmark = pytest.mark.usefixtures("hunan")
RESIDENTS = REGISTERS["residents"]
START, NOW = date(2020, 1, 1), date(2021, 6, 30)


def at(region: str = TUOYUAN) -> Station:
    return station(region, opened_on=START.isoformat(), today=START)


def somebody(where: Station, **values: Any) -> UUID:
    return resident(where, today=START, **values)


def worker_of(where: Station) -> str:
    number = identity_number()
    assert not save_worker(identity_number=number, station=where.code, hired_on="2020-01-01").faults
    return number


def everything(*residents: UUID) -> list[Any]:
    """Every row that is, or names, one of these residents, as the tables hold it."""
    found = []
    tables = [(Resident, "id"), (ResidentState, "subject_id")]
    tables += [(way.model, way.column) for way in naming.ways(RESIDENTS)]
    with connection.cursor() as cursor:
        for model, column in tables:
            cursor.execute(
                f'SELECT to_jsonb(t) FROM {model._meta.db_table} t WHERE "{column}" = ANY(%s) ORDER BY id',
                [list(residents)],
            )
            rows = [json.loads(row) for (row,) in cursor.fetchall()]
            found.append((model._meta.db_table, column, rows))
    return found


def figures(region: str = HECHENG) -> tuple[Any, ...]:
    return (
        value("services.persons", region, "2021-05"),
        value("residents.registered", region, as_of=NOW),
        value("services.person_times", region, "2021-05"),
        value("services.visit_rate", region, "2021-05"),
    )


def test_every_declared_reference_and_foreign_key_is_a_way() -> None:
    """From the registry: a register that is added tomorrow is among them without a word here."""
    known = {(way.table, way.attribute) for way in naming.ways(RESIDENTS)}
    assert ("casework_recordresident", "resident_id") in known
    assert ("linkage_need", "resident_id") in known
    assert ("casework_resident", "merged_into_id") in known
    assert ("casework_residentstate", "subject_id") not in known
    assert ("casework_duplicatepair", "first_id") not in known


def test_a_merged_person_is_counted_once_and_again_twice_after_undoing() -> None:
    here = at()
    number = worker_of(here)
    somebody(here, code="D1", risk="高风险")
    somebody(here, code="D2", risk="高风险")
    for code in ("D1", "D2"):
        record(here, number, on="2021-05-10", residents=(code,))
    kept, gone = (Resident.objects.get(code=code).pk for code in ("D1", "D2"))
    before = figures()
    assert before[:3] == (2, 2, 2)
    merging = merge(kept=kept, gone=gone)
    assert figures()[:3] == (1, 1, 2)
    assert value("services.visit_rate", HECHENG, "2021-05") in (0, None, before[3])
    undo(merging.pk)
    assert figures() == before


def test_the_one_that_goes_points_to_the_other_and_leaves_the_register() -> None:
    here = at()
    kept, gone = somebody(here), somebody(here)
    merge(kept=kept, gone=gone, note="两次建档")
    file = Resident.objects.get(pk=gone)
    assert (file.merged_into_id, file.status) == (kept, ResidentStatus.ENDED)
    assert not ResidentState.objects.filter(subject=gone).exists()
    merging = Merging.objects.get()
    assert (merging.merged_by, merging.note, merging.station_id) == ("李科员", "两次建档", here.pk)


def test_the_chosen_values_of_the_other_file_stay() -> None:
    here, number = at(), identity_number()
    kept = somebody(here, name="王建国", phone="13800138000", risk="一般")
    gone = somebody(
        here,
        name="王健国",
        identity_number=number,
        document_type="身份证",
        risk="高风险",
        registered_on="2020-02-01",
    )
    index = Resident.objects.get(pk=gone).identity_number_index
    merge(kept=kept, gone=gone, taken=("name", "identity_number", "document_type", "risk"))
    file = Resident.objects.get(pk=kept)
    assert (file.name, file.phone, file.risk, file.identity_number_index) == (
        "王健国",
        "13800138000",
        "高风险",
        index,
    )
    assert file.registered_on == date(2020, 2, 1)


def test_before_the_first_day_of_the_one_that_stays_the_other_one_counts() -> None:
    here = at()
    kept, gone = somebody(here, registered_on="2021-03-01"), somebody(here, registered_on="2020-03-01")
    days = (date(2020, 2, 1), date(2020, 6, 1), date(2021, 5, 1))
    assert [value("residents.registered", HECHENG, as_of=day) for day in days] == [0, 1, 2]
    merging = merge(kept=kept, gone=gone)
    assert [value("residents.registered", HECHENG, as_of=day) for day in days] == [0, 1, 1]
    undo(merging.pk)
    assert [value("residents.registered", HECHENG, as_of=day) for day in days] == [0, 1, 2]


def test_a_record_that_names_both_names_one_afterwards() -> None:
    here = at()
    number = worker_of(here)
    kept, gone = somebody(here, code="D1"), somebody(here, code="D2")
    both = record(here, number, residents=("D1", "D2"))
    before = everything(kept, gone)
    merging = merge(kept=kept, gone=gone)
    assert list(RecordResident.objects.filter(record=both).values_list("resident_id", flat=True)) == [kept]
    assert value("services.person_times", HECHENG, "2021-05") == 1
    undo(merging.pk)
    assert everything(kept, gone) == before


def test_who_names_the_one_that_went_means_the_one_that_stays() -> None:
    """A station's own list, or a phone that was offline, goes on naming the old number."""
    here = at()
    number = worker_of(here)
    kept, gone = somebody(here, code="D1"), somebody(here, code="D2")
    merge(kept=kept, gone=gone)
    by_code = record(here, number, residents=("D2",))
    by_id = record(here, number, residents=(gone,))
    rows = RecordResident.objects.filter(record__in=(by_code, by_id)).values_list("resident_id", flat=True)
    assert list(rows) == [kept, kept]


def test_the_file_that_went_takes_no_more_changes_and_reading_it_again_is_nothing_new() -> None:
    here = at()
    row = resident_row(here, code="D2")
    somebody(here, code="D1")
    assert not save_one(RESIDENTS, row, today=START).faults
    kept, gone = (Resident.objects.get(code=code).pk for code in ("D1", "D2"))
    merge(kept=kept, gone=gone)
    assert save_one(RESIDENTS, row).unchanged == 1
    refused = save_one(RESIDENTS, {**row, "name": "向大有"})
    assert "已并入另一份" in refused.faults[1][0].message
    assert Resident.objects.get(pk=gone).name == "佘桂莲"


def test_what_was_written_after_the_merging_stays_with_the_one_that_stays() -> None:
    here = at()
    number = worker_of(here)
    kept, gone = somebody(here, code="D1"), somebody(here, code="D2", phone="13800138001")
    earlier = record(here, number, residents=("D2",))
    merging = merge(kept=kept, gone=gone, taken=("phone",))
    later = record(here, number, residents=("D2",))
    row = resident_row(here, code="D1", phone="13800138000", risk="重点")
    assert not save_one(RESIDENTS, row).faults
    assert undo(merging.pk) == 1
    named = dict(RecordResident.objects.values_list("record_id", "resident_id"))
    assert named == {earlier: gone, later: kept}
    file = Resident.objects.get(pk=kept)
    assert (file.phone, file.risk) == ("13800138000", "重点")
    assert ResidentState.objects.filter(subject=kept, valid_to__isnull=True).get().risk == "重点"
    assert ResidentState.objects.filter(subject=gone).count() == 1


def test_a_merger_is_not_undone_beneath_a_later_one() -> None:
    here = at()
    first, second, third = (somebody(here) for _ in range(3))
    before = everything(first, second, third)
    inner = merge(kept=second, gone=first)
    outer = merge(kept=third, gone=second)
    assert Resident.objects.get(pk=first).merged_into_id == third
    with pytest.raises(MergeRefused, match="先撤销"):
        undo(inner.pk)
    undo(outer.pk)
    undo(inner.pk)
    assert everything(first, second, third) == before


def test_what_stands_where_the_person_stands_goes_along_to_another_station() -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    number = worker_of(there)
    kept, gone = somebody(here, code="D1"), somebody(there, code="D2")
    given_there = record(there, number, residents=("D2",))
    before = everything(kept, gone)
    merging = merge(kept=kept, gone=gone)
    assert RecordResident.objects.get(record=given_there).region_code == CHENGNAN, "what happened stays"
    assert [value("residents.registered", code, as_of=NOW) for code in (TUOYUAN, CHENGNAN)] == [1, 0]
    assert value("services.persons", CHENGNAN, "2021-05") == 1
    undo(merging.pk)
    assert everything(kept, gone) == before


def test_files_of_two_counties_are_not_merged() -> None:
    kept, gone = somebody(at()), somebody(at(ZHONGFANG_TOWN))
    with pytest.raises(MergeRefused, match="不同的县"):
        merge(kept=kept, gone=gone)
    assert not Merging.objects.exists()


@pytest.mark.parametrize("whose", ["station", "county", "other county"])
def test_both_files_must_be_in_scope(whose: str) -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    kept, gone = somebody(here), somebody(there)
    scopes = {
        "station": Scope(stations=(str(here.pk),)),
        "county": Scope(regions=(HECHENG,)),
        "other county": Scope(regions=(ZHONGFANG_TOWN,)),
    }
    with scope(scopes[whose]):
        if whose == "county":
            merging = merge(kept=kept, gone=gone)
        else:
            with pytest.raises(MergeRefused, match="管辖范围"):
                merge(kept=kept, gone=gone)
    if whose == "county":
        with scope(scopes["station"]), pytest.raises(MergeRefused):
            undo(merging.pk)
        with scope(scopes["county"]):
            undo(merging.pk)


def test_a_refused_value_leaves_everything_as_it_was() -> None:
    here = at()
    kept, gone = somebody(here, code="D1"), somebody(here, code="D2")
    before = everything(kept, gone)
    with pytest.raises(MergeRefused):
        merge(kept=kept, gone=gone, taken=("code",))
    with pytest.raises(MergeRefused):
        merge(kept=kept, gone=kept)
    assert everything(kept, gone) == before


NAMED = st.lists(st.sampled_from([("D1",), ("D2",), ("D1", "D2"), ("D1", "D3"), ("D2", "D3")]), max_size=6)
TAKEN = st.sets(st.sampled_from(["name", "risk", "phone", "household", "categories", "born_on", "worker"]))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    named=NAMED,
    taken=TAKEN,
    starts=st.tuples(
        st.dates(date(2019, 1, 1), date(2021, 1, 1)), st.dates(date(2019, 1, 1), date(2021, 1, 1))
    ),
    risks=st.tuples(st.sampled_from(["", "一般", "高风险"]), st.sampled_from(["", "一般", "高风险"])),
)
def test_merging_and_undoing_is_nothing_at_all(
    named: list[tuple[str, ...]], taken: set[str], starts: tuple[date, date], risks: tuple[str, str]
) -> None:
    """For every row that is or names one of the two, whatever was chosen (property)."""
    with transaction.atomic(), scope(EVERYTHING):
        here = at()
        number = worker_of(here)
        codes = ("D1", "D2")
        for code, begins, risk in zip(codes, starts, risks, strict=True):
            somebody(here, code=code, registered_on=begins.isoformat(), name=f"王{code}", risk=risk or None)
        somebody(here, code="D3")
        for each in named:
            record(here, number, residents=each)
        kept, gone, third = (Resident.objects.get(code=code).pk for code in (*codes, "D3"))
        before = everything(kept, gone, third)
        merging = merge(kept=kept, gone=gone, taken=taken)
        assert everything(kept, gone, third) != before
        undo(merging.pk)
        assert everything(kept, gone, third) == before
        transaction.set_rollback(True)
