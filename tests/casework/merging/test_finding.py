"""Files that may be of one person are found by number, or by name, birth and home (``domain.md`` §6.2)."""

from __future__ import annotations

from uuid import UUID

import pytest

from linzhan.casework.merging.enums import PairState, Reason
from linzhan.casework.merging.finding import find_in_county
from linzhan.casework.merging.models import DuplicatePair
from linzhan.casework.merging.services import MergeRefused, set_apart
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Scope, scope
from tests.factories.casework import resident, resident_row
from tests.factories.network import station
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG_TOWN
from tests.factories.workforce import identity_number

pytestmark = pytest.mark.usefixtures("hunan")
VILLAGE, OTHER_VILLAGE = "431202001201", "431202001202"


def pairs() -> dict[tuple[UUID, UUID], set[str]]:
    return {(p.first_id, p.second_id): set(p.reasons) for p in DuplicatePair.objects.all()}


def test_the_same_identity_number_makes_a_pair_wherever_in_the_county() -> None:
    number = identity_number()
    first = resident(station(TUOYUAN), name="佘桂莲", identity_number=number, document_type="身份证")
    second = resident(station(CHENGNAN), name="向大有", identity_number=number, document_type="身份证")
    assert pairs() == {(first, second): {Reason.SAME_NUMBER}}
    pair = DuplicatePair.objects.get()
    assert (pair.region_code, pair.station_id) == (HECHENG, None)


def test_the_same_number_in_two_counties_is_no_pair() -> None:
    """ADR 0016: each county has its own row of a person."""
    number = identity_number()
    resident(station(TUOYUAN), identity_number=number, document_type="身份证")
    resident(station(ZHONGFANG_TOWN), identity_number=number, document_type="身份证")
    assert pairs() == {}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("王建国", Reason.SAME_NAME),
        ("汪建国", Reason.SAME_SOUND),
        ("王健国", Reason.SAME_SOUND),
        ("王建华", Reason.ONE_CHARACTER),
        ("王志国", Reason.ONE_CHARACTER),
        ("李建国", Reason.ONE_CHARACTER),
    ],
)
@pytest.mark.parametrize("job", [False, True])
def test_a_similar_name_with_birth_and_village_makes_a_pair(name: str, told: Reason, job: bool) -> None:
    at = station(TUOYUAN)
    both = {"born_on": "1950-02-03", "home_region": VILLAGE}
    first = resident(at, name="王建国", **both)
    second = resident(at, name=name, **both)
    if job:
        DuplicatePair.objects.all().delete()
        find_in_county(HECHENG)
    assert pairs() == {(first, second): {told, Reason.SAME_BIRTH, Reason.SAME_VILLAGE}}
    assert DuplicatePair.objects.get().station_id == at.pk


@pytest.mark.parametrize(
    "other",
    [
        {"name": "王建国", "born_on": "1951-02-03", "home_region": VILLAGE},
        {"name": "王建国", "born_on": "1950-02-03", "home_region": OTHER_VILLAGE},
        {"name": "王爱民", "born_on": "1950-02-03", "home_region": VILLAGE},
        {"name": "王建", "born_on": "1950-02-03", "home_region": VILLAGE},
        {"name": "王建华", "born_on": "1950-02-03", "home_region": VILLAGE, "sex": "女"},
    ],
)
@pytest.mark.parametrize("job", [False, True])
def test_what_differs_too_much_is_no_pair(other: dict[str, str], job: bool) -> None:
    at = station(TUOYUAN)
    resident(at, name="王建国", sex="男", born_on="1950-02-03", home_region=VILLAGE)
    resident(at, **other)
    if job:
        find_in_county(HECHENG)
    assert pairs() == {}


@pytest.mark.parametrize("job", [False, True])
def test_a_missing_birth_and_a_common_household_are_enough(job: bool) -> None:
    at = station(TUOYUAN)
    first = resident(at, name="王建国", born_on="1950-02-03", household="H1")
    second = resident(at, name="王建国", household="H1")
    if job:
        find_in_county(HECHENG)
    assert pairs() == {(first, second): {Reason.SAME_NAME, Reason.BIRTH_MISSING, Reason.SAME_HOUSEHOLD}}


def test_two_identity_numbers_are_two_persons() -> None:
    """Twins: one name apart, one birth, one household."""
    at = station(TUOYUAN)
    both = {"born_on": "1950-02-03", "household": "H1", "document_type": "身份证"}
    resident(at, name="王建国", identity_number=identity_number(), **both)
    resident(at, name="王建军", identity_number=identity_number(), **both)
    find_in_county(HECHENG)
    assert pairs() == {}


def test_a_corrected_name_makes_and_unmakes_a_pair() -> None:
    at = station(TUOYUAN)
    both = {"born_on": "1950-02-03", "home_region": VILLAGE}
    resident(at, name="王建国", **both)
    resident(at, code="D2", name="李爱民", **both)
    assert pairs() == {}
    assert not save_one(REGISTERS["residents"], resident_row(at, code="D2", name="王建国", **both)).faults
    assert len(pairs()) == 1
    assert not save_one(REGISTERS["residents"], resident_row(at, code="D2", name="李爱民", **both)).faults
    assert pairs() == {}


def test_a_decision_is_remembered() -> None:
    at = station(TUOYUAN)
    both = {"born_on": "1950-02-03", "home_region": VILLAGE}
    resident(at, name="王建国", **both)
    resident(at, name="王建国", **both)
    set_apart(DuplicatePair.objects.get().pk, note="父子")
    assert find_in_county(HECHENG) == 0
    pair = DuplicatePair.objects.get()
    assert (pair.state, pair.note, pair.decided_by) == (PairState.DIFFERENT, "父子", "李科员")
    with pytest.raises(MergeRefused):
        set_apart(pair.pk)


def test_a_pair_across_stations_is_the_county_s_and_no_station_sees_it() -> None:
    """Whoever registers a resident does not learn that another station keeps the same person."""
    here, there = station(TUOYUAN), station(CHENGNAN)
    both = {"born_on": "1950-02-03", "home_region": VILLAGE, "name": "王建国"}
    resident(there, **both)
    with scope(Scope(stations=(str(here.pk),))):
        resident(here, **both)
        assert not DuplicatePair.objects.exists()
    with scope(Scope(regions=(HECHENG,))):
        assert DuplicatePair.objects.count() == 1
    with scope(Scope(regions=(ZHONGFANG_TOWN,))):
        assert not DuplicatePair.objects.exists()
