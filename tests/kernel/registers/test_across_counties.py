"""One file of several counties: who means whom where keys repeat, and stations above one's county (IMP-01)."""

from __future__ import annotations

import pytest

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import Scope, scope
from linzhan.linkage.models import Volunteer
from linzhan.network.api import Station
from linzhan.workforce.models import SocialWorker, TrainingCredit
from tests.factories.places import HECHENG, HUAIHUA, HUNAN, TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.workforce import identity_number
from tests.kernel.registers.rows import counts, faults, saved, station, volunteer

pytestmark = pytest.mark.usefixtures("everywhere")
PERSON = identity_number(3)


def centre(code: str = "C1", region: str = HUAIHUA, **values: str) -> dict[str, str]:
    return station(code, tier="市级指导中心", region=region, **values)


def parent_of(code: str, region: str) -> Station:
    found = Station.objects.get(code=code, region_code=region).parent
    assert found is not None
    return found


def worker(station_code: str, **values: str) -> dict[str, str]:
    return {
        "identity_number": PERSON,
        "name": "欧阳小娜",
        "station": station_code,
        "post": "一线社工",
        "employment": "全职",
        "hired_on": "2020-03-01",
        **values,
    }


def test_the_centre_of_the_city_is_found_in_the_same_call() -> None:
    outcome = saved("stations", station("Z1", parent="C1"), station("Z2", parent="Z1"), centre())
    assert counts(outcome) == (3, 0, 0, 0), outcome.faults
    assert parent_of("Z1", TUOYUAN).region_code == HUAIHUA


def test_the_second_reading_of_stations_with_parents_changes_nothing() -> None:
    rows = (station("Z1", parent="C1"), centre(), station("Z2", region=ZHONGFANG_TOWN, parent="Z1"))
    saved("stations", *rows)
    assert counts(saved("stations", *rows)) == (0, 0, 3, 0)


def test_a_parent_of_another_county_is_found_where_the_file_holds_both() -> None:
    outcome = saved("stations", station("Z1", parent="Z9"), station("Z9", region=ZHONGFANG_TOWN))
    assert counts(outcome) == (2, 0, 0, 0), outcome.faults


def test_ones_own_county_comes_before_the_city_and_the_city_before_others() -> None:
    saved(
        "stations", centre("P", HUNAN), centre("P"), station("P", region=ZHONGFANG), station("Z1", parent="P")
    )
    assert parent_of("Z1", TUOYUAN).region_code == HUAIHUA
    saved("stations", station("P", region=HECHENG), station("Z2", parent="P"))
    assert parent_of("Z2", TUOYUAN).region_code == HECHENG


def test_a_parent_that_several_other_counties_have_is_not_guessed() -> None:
    others = (station("P", region=ZHONGFANG), station("P", region="431222000000"))
    outcome = saved("stations", *others, station("Z1", parent="P"))
    assert counts(outcome) == (2, 0, 0, 1)
    assert "多个县" in outcome.faults[3][0].message


def test_a_centre_out_of_the_writers_scope_is_answered_like_none() -> None:
    saved("stations", centre())
    with scope(Scope(regions=(HECHENG,))):
        hidden = saved("stations", station("Z1", parent="C1"))
        unknown = saved("stations", station("Z1", parent="C7"))
    assert hidden.faults[1][0].message.replace("C1", "C7") == unknown.faults[1][0].message


def test_a_rejected_row_is_not_replaced_by_another_countys_of_the_same_key() -> None:
    """The volunteer of 鹤城 names a station that was rejected; 中方's station of that key is not meant."""
    stations = [station("Z1", status="营业"), station("Z1", region=ZHONGFANG_TOWN)]
    rows = [volunteer(station="Z1"), volunteer("V2", home_region=ZHONGFANG_TOWN, station="Z1")]
    first, second = save(
        [Incoming.of(REGISTERS["stations"], stations), Incoming.of(REGISTERS["volunteers"], rows)]
    )
    assert counts(first) == (1, 0, 0, 1)
    assert counts(second) == (1, 0, 0, 1)
    assert faults(second, 1) == {"站点编号"}
    assert Volunteer.objects.get().region_code == ZHONGFANG_TOWN


def test_who_has_no_county_of_their_own_is_not_placed_by_a_guess() -> None:
    """A worker's county is the station's: with one of two stations of that key rejected nobody knows which."""
    stations = [station("Z1", status="营业"), station("Z1", region=ZHONGFANG_TOWN)]
    _, outcome = save(
        [Incoming.of(REGISTERS["stations"], stations), Incoming.of(REGISTERS["workers"], [worker("Z1")])]
    )
    assert faults(outcome) == {"站点编号"}


def test_a_parent_that_was_rejected_is_not_replaced_by_another_countys() -> None:
    outcome = saved(
        "stations",
        station("P", status="营业"),
        station("P", region=ZHONGFANG),
        station("Z1", parent="P"),
    )
    assert faults(outcome, 3) == {"上级站点编号"}


def test_a_person_kept_in_two_counties_may_be_named_by_the_city() -> None:
    """The row registered first stands for the person, today and after a third county has joined (ADR 0016)."""
    saved("stations", station("Z1"), station("Z9", region=ZHONGFANG_TOWN))
    saved("workers", worker("Z9"), worker("Z1"))
    training = {
        "code": "T1",
        "name": "考前培训",
        "kind": "考前培训",
        "organiser": "市民政局",
        "region": HUAIHUA,
        "starts_on": "2021-05-01",
        "hours": "24",
        "workers": PERSON,
    }
    assert counts(saved("trainings", training)) == (1, 0, 0, 0)
    assert TrainingCredit.objects.get().worker == SocialWorker.objects.order_by("id")[0]
    assert counts(saved("trainings", training)) == (0, 0, 1, 0)
