"""What a station or a division places goes with it, and the past stays where it was (NET-14, NFR-02; ADR 0013)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhan.casework.models import RecordResident, Resident, ResidentState, ServiceRecord
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.figures import store
from linzhan.kernel.figures.models import RegisterUse, StaleMark
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened, scope
from linzhan.kernel.sheets.cells import MISSING
from linzhan.linkage.models import Need, Volunteer, VolunteerState
from linzhan.network.api import Station, StationRefused, StationState, move_stations
from linzhan.policy.api import (
    DocumentFacts,
    ParameterValue,
    Statement,
    network,
    register_document,
    state_value,
)
from linzhan.providers.api import ProviderPresence
from linzhan.territory.api import Decree, Unit, merge_regions, move_region, split_region
from linzhan.workforce.api import Certificate, Filing, Posting, SocialWorker, SupervisedStation
from tests.factories.casework import need, record, resident, resident_row, volunteer
from tests.factories.figures import value
from tests.factories.network import made as made_in_network
from tests.factories.network import station as any_station
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.providers import provider
from tests.factories.workforce import identity_number, save_session, save_worker, worker

pytestmark = pytest.mark.usefixtures("hunan")

START, EVE, DAY = date(2020, 1, 1), date(2021, 6, 30), date(2021, 7, 1)
DECREE = Decree(on=DAY, source="湖南省民政厅公告")


def station(region: str = TUOYUAN, **values: Any) -> Station:
    return any_station(region, opened_on=START.isoformat(), today=START, **values)


def move(moved: Station, to: str = CHENGNAN) -> None:
    move_stations(regions={moved.pk: to}, on=DAY)


def stretches(model: Any, subject: UUID) -> list[tuple[Any, ...]]:
    rows = model.objects.filter(subject=subject).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to", "region_code"))


def test_residents_go_with_their_station_and_their_past_stays() -> None:
    moved = station()
    here = resident(moved, today=START)
    elsewhere = resident(station(), today=START)
    move(moved)
    assert Resident.objects.get(pk=here).region_code == CHENGNAN
    assert Resident.objects.get(pk=elsewhere).region_code == TUOYUAN
    since = date(2020, 3, 1)
    assert stretches(ResidentState, here) == [(since, DAY, TUOYUAN), (DAY, None, CHENGNAN)]
    assert stretches(ResidentState, elsewhere) == [(since, None, TUOYUAN)]
    assert [value("residents.registered", code, as_of=EVE) for code in (TUOYUAN, CHENGNAN)] == [2, 0]
    assert [value("residents.registered", code, as_of=DAY) for code in (TUOYUAN, CHENGNAN)] == [1, 1]


def test_a_change_after_the_day_of_the_move_is_placed_anew_and_stays_dated() -> None:
    moved = station()
    here = resident(moved, today=START, code="D1")
    later = date(2021, 8, 1)
    assert not save_one(
        REGISTERS["residents"], resident_row(moved, code="D1", risk="高风险"), today=later
    ).faults
    move(moved)
    since = date(2020, 3, 1)
    assert stretches(ResidentState, here) == [
        (since, DAY, TUOYUAN),
        (DAY, later, CHENGNAN),
        (later, None, CHENGNAN),
    ]


def test_postings_certificates_and_open_filings_go_with_the_station() -> None:
    moved = station()
    here = worker(station=moved.code, certificate="社会工作师", passed_on="2020-10-01")
    left = worker(station=moved.code, left_on="2021-01-10", certificate="社会工作师")
    move(moved)
    assert SocialWorker.objects.get(pk=here.pk).region_code == CHENGNAN
    assert stretches(Posting, here.pk)[-1] == (DAY, None, CHENGNAN)
    assert Certificate.objects.get(worker=here).region_code == CHENGNAN
    assert Filing.objects.get(worker=here).region_code == CHENGNAN
    assert SocialWorker.objects.get(pk=left.pk).region_code == TUOYUAN
    assert [row[2] for row in stretches(Posting, left.pk)] == [TUOYUAN]
    assert Certificate.objects.get(worker=left).region_code == TUOYUAN
    assert [value("workforce.on_post", code, as_of=EVE) for code in (TUOYUAN, CHENGNAN)] == [1, 0]
    assert [value("workforce.on_post", code, as_of=DAY) for code in (TUOYUAN, CHENGNAN)] == [0, 1]
    assert value("workforce.certified", TUOYUAN, as_of=EVE) == 2


def test_services_stay_where_they_were_given_and_later_ones_go_along() -> None:
    """A record entered before the move was known carries the old place although it happened after it."""
    moved, number = station(), identity_number()
    assert not save_worker(identity_number=number, station=moved.code).faults
    resident(moved, code="D1")
    before = record(moved, number, on="2021-06-30", residents=("D1",))
    after = record(moved, number, on="2021-07-01", residents=("D1",))
    save_session(moved, held_on="2021-06-30")
    save_session(moved, held_on="2021-07-02")
    move(moved)
    assert ServiceRecord.objects.get(pk=before).region_code == TUOYUAN
    assert ServiceRecord.objects.get(pk=after).region_code == CHENGNAN
    assert RecordResident.objects.get(record=before).region_code == TUOYUAN
    assert RecordResident.objects.get(record=after).region_code == CHENGNAN
    held = SupervisedStation.objects.order_by("held_on").values_list("region_code", flat=True)
    assert list(held) == [TUOYUAN, CHENGNAN]
    assert [value("services.records", code, "2021") for code in (TUOYUAN, CHENGNAN)] == [1, 1]


def test_an_open_need_goes_along_and_still_counts_where_it_was_raised() -> None:
    moved = station()
    open_one = need(moved, today=date(2021, 2, 1))
    move(moved)
    assert Need.objects.get(pk=open_one).region_code == CHENGNAN
    assert [value("lists.needs", code, "2021") for code in (TUOYUAN, CHENGNAN)] == [1, 0]


def test_volunteers_of_the_station_go_along_and_those_of_the_place_stay() -> None:
    moved = station()
    attached, free = volunteer(moved, today=START), volunteer(home_region=TUOYUAN, today=START)
    move(moved)
    places = dict(Volunteer.objects.values_list("pk", "region_code"))
    assert (places[attached], places[free]) == (CHENGNAN, TUOYUAN)
    assert [row[2] for row in stretches(VolunteerState, free)] == [TUOYUAN]


def test_a_station_edited_in_its_register_takes_its_rows_along_too() -> None:
    moved = station(code="Z1")
    here = resident(moved, today=START)
    row = {"code": "Z1", "name": moved.name, "tier": moved.tier, "region": CHENGNAN, "status": moved.status}
    assert not save_one(REGISTERS["stations"], row, today=DAY).faults
    assert Resident.objects.get(pk=here).region_code == CHENGNAN


def test_residents_are_seen_by_the_institution_that_takes_the_station_over() -> None:
    old, new = provider(), provider()
    moved = station(code="Z1", provider=old.uscc)
    here = resident(moved, today=START)
    number = identity_number()
    assert not save_worker(identity_number=number, station="Z1", provider=old.uscc).faults
    row = {"code": "Z1", "name": moved.name, "tier": moved.tier, "region": TUOYUAN, "status": moved.status}
    assert not save_one(REGISTERS["stations"], {**row, "provider": new.uscc}, today=DAY).faults
    assert Resident.objects.get(pk=here).provider_id == new.pk
    assert SocialWorker.objects.get().provider_id == old.pk  # who employs somebody is stated, not copied


def test_an_institution_is_seen_where_its_station_moved_to() -> None:
    runs = provider()
    moved = station(provider=runs.uscc)
    move(moved, ZHONGFANG_TOWN)
    with scope(Scope(regions=(ZHONGFANG,))):
        assert ProviderPresence.objects.filter(provider=runs).exists()


def test_the_move_of_a_station_is_in_the_history_of_what_went_along() -> None:
    moved = station()
    here = resident(moved, today=START)
    move(moved)
    entry = AuditEntry.objects.filter(table_name="casework_resident", row_id=str(here)).latest("id")
    assert (entry.before, entry.after) == ({"region_code": TUOYUAN}, {"region_code": CHENGNAN})
    assert entry.actor_label == "李科员"


def test_boards_of_both_places_are_stale_and_then_right() -> None:
    moved = station()
    resident(moved, today=START)
    asked = [
        FigureRequest(figure="residents.registered", region=code, period=parse_period("2021"))
        for code in (TUOYUAN, CHENGNAN)
    ]
    store.keep(asked)
    StaleMark.objects.all().delete()
    move(moved)
    store.refresh()
    found = [store.stored(each.region, period="2021")[0].value for each in asked]
    assert found == [0, 1]


def test_a_register_that_arrives_in_a_county_is_in_use_there() -> None:
    moved = station()
    resident(moved, today=START)
    move(moved, ZHONGFANG_TOWN)
    assert RegisterUse.objects.filter(register="residents", region_code=ZHONGFANG).exists()


def test_a_number_that_the_other_county_uses_keeps_the_station_where_it_is() -> None:
    moved = station()
    resident(moved, today=START, code="D1")
    resident(station(ZHONGFANG_TOWN), today=START, code="D1")
    with pytest.raises(StationRefused, match="服务对象”里有记录的编号"):
        move(moved, ZHONGFANG_TOWN)
    assert Station.objects.get(pk=moved.pk).region_code == TUOYUAN
    assert StationState.objects.filter(subject=moved).count() == 1


def test_whoever_may_move_a_station_moves_rows_that_they_do_not_see() -> None:
    """A volunteer registered for the station before it came to this county must not stay behind."""
    moved = station()
    strayed = volunteer(moved, today=START)
    Volunteer.objects.filter(pk=strayed).update(region_code=ZHONGFANG_TOWN)
    with opened(Scope(regions=(HECHENG,)), Actor(label="县民政局")):
        move(moved)
    with opened(EVERYTHING):
        assert Volunteer.objects.get(pk=strayed).region_code == CHENGNAN


@pytest.mark.parametrize("count", [1, 3])
def test_a_move_takes_as_many_statements_for_three_residents_as_for_one(count: int) -> None:
    moved = station()
    for _ in range(count):
        resident(moved, today=START)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        move(moved)
    named = re.compile(r"casework_resident(state)?\b")
    written = [each for each in captured if named.search(each["sql"])]
    assert len(written) == 5


def test_rows_of_a_merged_township_go_on_at_its_successor() -> None:
    ended = station()
    here = resident(ended, today=START, home_region=TUOYUAN)
    free = volunteer(home_region=TUOYUAN, today=START)
    merge_regions(codes=[TUOYUAN], into=Unit(code=CHENGNAN, name="城南街道"), decree=DECREE)
    assert Station.objects.get(pk=ended.pk).region_code == CHENGNAN
    found = Resident.objects.get(pk=here)
    assert (found.region_code, found.home_region_code) == (CHENGNAN, CHENGNAN)
    volunteering = Volunteer.objects.get(pk=free)
    assert (volunteering.region_code, volunteering.home_region_code) == (CHENGNAN, CHENGNAN)
    assert [row[2] for row in stretches(ResidentState, here)] == [TUOYUAN, CHENGNAN]
    for figure in ("residents.registered", "network.stations", "volunteers.registered"):
        assert [value(figure, code, as_of=EVE) for code in (TUOYUAN, CHENGNAN)] == [1, 0]
        assert [value(figure, code, as_of=DAY) for code in (TUOYUAN, CHENGNAN)] == [0, 1]


def test_what_happened_in_a_merged_township_stays_countable_there() -> None:
    ended, number = station(), identity_number()
    assert not save_worker(identity_number=number, station=ended.code).faults
    given = record(ended, number, on="2021-05-10")
    merge_regions(codes=[TUOYUAN], into=Unit(code=CHENGNAN, name="城南街道"), decree=DECREE)
    assert ServiceRecord.objects.get(pk=given).region_code == TUOYUAN
    assert value("services.records", TUOYUAN, "2021-05") == 1
    assert value("services.records", HECHENG, "2021-05") == 1


def test_a_township_under_a_new_code_takes_rows_lists_and_rules_along() -> None:
    """划转: the same unit, so nothing of it is lost."""
    moved = station()
    here = resident(moved, today=START)
    paper = register_document(DocumentFacts(title="意见", region_code=TUOYUAN), actor=Actor(label="李科员"))
    statement = Statement(
        parameter=network.TOWNSHIP_STATION_NAME.code,
        region_code=TUOYUAN,
        value="社工服务站",
        valid_from=START,
        document=paper,
        clause="第一条",
        reference_key="example",
    )
    state_value(statement, actor=Actor(label="李科员"))
    to = Unit(code="431221105000", name="坨院街道")
    move_region(code=TUOYUAN, to=to, decree=DECREE)
    assert Resident.objects.get(pk=here).region_code == to.code
    ruled = ParameterValue.objects.filter(parameter=statement.parameter).order_by("valid_from")
    told = [(row.region_code, row.valid_from, row.valid_to, row.value) for row in ruled]
    assert told == [(TUOYUAN, START, DAY, "社工服务站"), (to.code, DAY, None, "社工服务站")]


def test_a_split_asks_who_takes_over_what_stood_at_the_unit() -> None:
    station()
    into = [Unit(code="431202011000", name="坨东街道"), Unit(code="431202012000", name="坨西街道")]
    below = {"431202005200": into[0].code}
    with pytest.raises(ValidationError, match="社工站 1"):
        split_region(code=TUOYUAN, into=into, below=below, decree=DECREE)


def test_a_split_moves_what_stood_at_the_unit_to_its_seat() -> None:
    ended = station()
    here = resident(ended, today=START)
    into = [Unit(code="431202011000", name="坨东街道"), Unit(code="431202012000", name="坨西街道")]
    below = {"431202005200": into[0].code}
    split_region(code=TUOYUAN, into=into, below=below, seat=into[1].code, decree=DECREE)
    assert Resident.objects.get(pk=here).region_code == into[1].code
    assert value("residents.registered", HUAIHUA, as_of=DAY) == 1


def test_a_file_and_an_adoption_in_force_go_along_and_an_ended_one_stays() -> None:
    moved = station()
    for code, ended in (("GF1", None), ("GF2", "2021-03-01")):
        made_in_network(REGISTERS["norms"], code=code)
        made_in_network(REGISTERS["norm-adoptions"], station=moved.code, norm=code, ended_on=ended or MISSING)
    move(moved)
    rows = REGISTERS["norm-adoptions"].model._default_manager.order_by("norm__code")
    assert list(rows.values_list("region_code", flat=True)) == [CHENGNAN, TUOYUAN]
