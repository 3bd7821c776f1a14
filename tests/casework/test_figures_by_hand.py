"""Small stories whose numbers were worked out by hand from the words of ``contract/figures.md``.

Each figure is asked of the live database and of DuckDB over the same rows (``factories.figures``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhan.casework.models import ServiceRecord
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save, save_one
from linzhan.network.api import Station
from tests.factories.casework import record, resident_row
from tests.factories.figures import fraction, value
from tests.factories.network import station as any_station
from tests.factories.places import HECHENG, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.rows import made
from tests.factories.workforce import worker

pytestmark = pytest.mark.usefixtures("hunan", "more_codes")
_numbers = count(1)
START = date(2020, 1, 1)


@pytest.fixture
def more_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        declare._code_lists, "categories", lambda: {code: code for code in ("B01", "C01", "F01")}
    )


def station(*place: str) -> Station:
    return any_station(*place, opened_on=START.isoformat(), today=START)


@dataclass
class Person:
    """A resident whose file changes day by day."""

    at: Station
    row: dict[str, Any]
    id: UUID

    @classmethod
    def registered(cls, at: Station, on: str, **values: Any) -> Person:
        row = resident_row(at, registered_on=on, **{"categories": ("F01",), **values})
        return cls(at, row, made("residents", today=date.fromisoformat(on), **row))

    def becomes(self, on: str, **values: Any) -> Person:
        self.row |= values
        outcome = save_one(REGISTERS["residents"], self.row, today=date.fromisoformat(on))
        assert not outcome.faults, outcome.faults
        return self

    def visited(self, *days: str, outcome: str = "见到本人") -> Person:
        by = worker(station=self.at.code).pk
        for day in days:
            record(self.at, by, on=day, residents=(self.id,), outcome=outcome)
        return self


def rate(period: str, region: str = HECHENG) -> float | int | None:
    return value("services.visit_rate", region, period)


WEEKS = ("2021-05-01", "2021-05-08", "2021-05-15", "2021-05-22", "2021-05-29")


@pytest.mark.parametrize(
    ("registered", "risk", "visits", "period", "expected"),
    [
        pytest.param(
            "2021-01-01", "重点", ("2021-05-31",), "2021-05", 100, id="the last day of the month is in it"
        ),
        pytest.param(
            "2021-01-01", "重点", ("2021-04-30", "2021-06-01"), "2021-05", 0, id="a day before and after"
        ),
        pytest.param("2021-01-01", "普通", (), "2021-05", None, id="nobody under a duty"),
        pytest.param("2021-05-17", "重点", ("2021-05-20",), "2021-05", 100, id="17 to 31 are fifteen days"),
        pytest.param("2021-05-18", "重点", ("2021-05-20",), "2021-05", None, id="18 to 31 are fourteen"),
        pytest.param("2024-02-15", "重点", ("2024-02-29",), "2024-02", 100, id="a leap day is a day"),
        pytest.param(
            "2023-02-14", "重点", ("2023-02-28",), "2023-02", 100, id="14 to 28 February are fifteen"
        ),
        pytest.param("2023-02-15", "重点", ("2023-02-28",), "2023-02", None, id="15 to 28 are fourteen"),
        pytest.param("2021-05-01", "高风险", WEEKS, "2021-05", 100, id="every seven days"),
        pytest.param(
            "2021-05-01", "高风险", (*WEEKS[:3], "2021-05-23", "2021-05-30"), "2021-05", 0, id="eight days"
        ),
        pytest.param("2021-05-01", "高风险", WEEKS[:4], "2021-05", 0, id="22 to 31 are more than seven"),
        pytest.param(
            "2021-04-01", "高风险", ("2021-04-28", *WEEKS[1:]), "2021-05", 0, id="28 April to 8 May are ten"
        ),
    ],
)
def test_the_rate_of_one_resident(
    registered: str, risk: str, visits: Sequence[str], period: str, expected: int | None
) -> None:
    Person.registered(station(), registered, risk=risk).visited(*visits)
    assert rate(period) == expected


def test_who_was_not_met_was_not_visited() -> None:
    at = station()
    Person.registered(at, "2021-01-01", risk="重点").visited("2021-05-10", outcome="无人")
    Person.registered(at, "2021-01-01", risk="重点").visited("2021-05-10", outcome="见到家属")
    assert rate("2021-05") == 50


def test_only_what_was_accepted_counts() -> None:
    Person.registered(station(), "2021-01-01", risk="重点").visited("2021-05-10")
    for status, expected in (("已退回", 0), ("待审核", 0), ("已作废", 0), ("已通过", 100)):
        ServiceRecord.objects.update(status=status)
        assert rate("2021-05") == expected


def test_a_child_born_in_the_month_owes_from_the_day_of_registration() -> None:
    born = {"categories": ("C01",), "born_on": "2021-05-10"}
    Person.registered(station(), "2021-05-12", **born).visited("2021-05-30")
    assert rate("2021-05") == 100
    assert value("residents.registered", HECHENG, as_of=date(2021, 5, 11)) == 0
    assert value("residents.registered", HECHENG, as_of=date(2021, 5, 12)) == 1


@pytest.mark.parametrize(("died", "expected"), [("2021-05-16", 100), ("2021-05-15", None)])
def test_who_died_after_fifteen_days_is_counted(died: str, expected: int | None) -> None:
    Person.registered(station(), "2021-01-01", risk="重点").visited("2021-05-03").becomes(died, status="死亡")
    assert rate("2021-05") == expected
    eve = date.fromisoformat(died) - timedelta(days=1)
    assert value("residents.registered", HECHENG, as_of=eve) == 1
    assert value("residents.registered", HECHENG, as_of=date.fromisoformat(died)) == 0


def test_days_before_and_after_a_pause_add_up() -> None:
    one = Person.registered(station(), "2021-01-01", risk="重点").visited("2021-05-25")
    one.becomes("2021-05-09", status="暂停")  # eight days
    assert value("residents.registered", HECHENG, as_of=date(2021, 5, 9)) == 0
    one.becomes("2021-05-25", status="在册")  # seven more
    assert rate("2021-05") == 100


def test_a_pause_that_leaves_fourteen_days_takes_the_month_out() -> None:
    one = Person.registered(station(), "2021-01-01", risk="重点").visited("2021-05-26")
    one.becomes("2021-05-09", status="暂停").becomes("2021-05-26", status="在册")
    assert rate("2021-05") is None


def test_who_went_to_another_station_is_one_person_of_the_county() -> None:
    old, new = station(), station()
    one = Person.registered(old, "2021-01-01", risk="重点").visited("2021-05-03")
    one.becomes("2021-05-16", station=new.code)
    assert fraction("services.visit_rate", HECHENG, "2021-05") == (1, 1)
    assert value("residents.registered", HECHENG, as_of=date(2021, 5, 31)) == 1


def test_who_went_to_another_county_is_counted_where_they_were_long_enough() -> None:
    here, there = station(), station(ZHONGFANG_TOWN)
    one = Person.registered(here, "2021-01-01", risk="重点").visited("2021-05-03")
    one.becomes("2021-05-20", status="迁出")
    Person.registered(there, "2021-05-20", risk="重点")
    assert rate("2021-05") == 100
    assert rate("2021-05", ZHONGFANG) is None


def test_a_quarter_is_the_mean_of_its_months() -> None:
    Person.registered(station(), "2021-01-01", risk="重点").visited("2021-04-30", "2021-06-30")
    assert rate("2021Q2") == pytest.approx(200 / 3)


def session(at: Station, code: str, on: str, **values: Any) -> UUID:
    return record(at, worker(station=at.code).pk, on=on, method="个案", case_code=code, **values)


def test_cases_are_opened_by_their_first_session_and_closed_by_the_one_that_says_so() -> None:
    at = station()
    session(at, "GA-1", "2021-04-30")
    session(at, "GA-1", "2021-05-10")
    session(at, "GA-1", "2021-06-30", closes="是")
    session(at, "GA-2", "2021-05-31")
    told = {
        (key, period): value(f"services.cases_{key}", HECHENG, period)
        for key in ("opened", "closed")
        for period in ("2021-04", "2021-05", "2021-06")
    }
    assert told == {
        ("opened", "2021-04"): 1,
        ("opened", "2021-05"): 1,
        ("opened", "2021-06"): 0,
        ("closed", "2021-04"): 0,
        ("closed", "2021-05"): 0,
        ("closed", "2021-06"): 1,
    }
    ongoing = [
        value("services.cases_ongoing", HECHENG, as_of=date(2021, *day))
        for day in ((4, 29), (5, 31), (6, 30))
    ]
    assert ongoing == [0, 2, 1]


def test_a_case_whose_first_session_was_voided_began_with_the_next() -> None:
    at = station()
    first = session(at, "GA-1", "2021-04-30")
    session(at, "GA-1", "2021-05-10")
    ServiceRecord.objects.filter(pk=first).update(status="已作废")
    assert [value("services.cases_opened", HECHENG, period) for period in ("2021-04", "2021-05")] == [0, 1]


def test_the_same_number_in_two_counties_is_two_cases() -> None:
    session(station(), "GA-1", "2021-05-10")
    session(station(ZHONGFANG_TOWN), "GA-1", "2021-05-10")
    assert value("services.cases_opened", "431200000000", "2021-05") == 2


def test_late_is_more_than_seventy_two_hours_after_the_end() -> None:
    at = station()
    by = worker(station=at.code).pk
    for entered in ("2021-05-13 10:00:00", "2021-05-13 10:00:01", "2021-05-10 10:00:00", None):
        record(at, by, **({"entered_at": entered} if entered else {}))
    assert fraction("services.late_share", HECHENG, "2021-05") == (1, 3)


def test_a_month_ends_at_midnight_of_this_country() -> None:
    at = station()
    by = worker(station=at.code).pk
    record(at, by, started_at="2021-05-31 23:59", ended_at="2021-06-01 00:30")
    record(at, by, started_at="2021-06-01 00:00", ended_at="2021-06-01 00:30")
    assert [value("services.visits", HECHENG, period) for period in ("2021-05", "2021-06")] == [1, 1]


def test_consent_counts_from_its_day() -> None:
    at = station()
    Person.registered(at, "2021-01-01", consented_on="2021-05-10")
    Person.registered(at, "2021-01-01")
    Person.registered(at, "2021-01-01", consented_on="2021-01-01", status="暂停")
    told = [value("residents.consented", HECHENG, as_of=date(2021, 5, day)) for day in (9, 10)]
    assert told == [0, 50]


MAY = (date(2021, 5, 1), date(2021, 5, 31))
SPRING = st.integers(0, 91).map(lambda n: date(2021, 4, 1) + timedelta(days=n))
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["高风险", "重点", "普通"]),
        st.integers(0, 60).map(lambda n: date(2021, 3, 25) + timedelta(days=n)),
        st.none() | st.integers(0, 30).map(lambda n: date(2021, 5, 2) + timedelta(days=n)),
        st.lists(st.tuples(SPRING, st.sampled_from(["见到本人", "见到家属", "无人"])), max_size=9),
    ),
    min_size=1,
    max_size=4,
)


def met(risk: str, began: date, last: date, good: list[date]) -> bool:
    """Whether every visit due in May was made, in the words of the contract."""
    made = [day for day in good if MAY[0] <= day <= MAY[1]]
    if risk == "重点":
        return bool(made)
    gaps = [(day - max((d for d in good if d < day), default=began)).days for day in made]
    return bool(made) and max(gaps) <= 7 and (last - max(made)).days <= 7


def told_of(people: list[Any]) -> list[Any]:
    """The stories as they can happen: nobody dies before the register knows them, or is visited afterwards."""
    found = []
    for risk, registered, death, visits in people:
        died = death if death and death > registered else None
        found.append((risk, registered, died, [visit for visit in visits if not died or visit[0] < died]))
    return found


def by_the_contract(people: list[Any]) -> tuple[int, int]:
    owing = kept = 0
    for risk, registered, died, visits in people:
        began = max(registered, MAY[0])
        last = min(died - timedelta(days=1), MAY[1]) if died else MAY[1]
        if risk == "普通" or (last - began).days + 1 < 15:
            continue
        good = sorted({day for day, outcome in visits if outcome != "无人"})
        owing += 1
        kept += met(risk, began, last, good)
    return kept, owing


@settings(max_examples=8, deadline=None)
@given(PEOPLE)
def test_the_rate_is_what_the_contract_says(people: list[Any]) -> None:
    with transaction.atomic():
        at = station()
        by = worker(station=at.code).pk
        for risk, registered, died, visits in told_of(people):
            one = Person.registered(at, registered.isoformat(), risk=risk)
            if died:
                one.becomes(died.isoformat(), status="死亡")
            rows = [_visit(at, by, one.id, day, outcome) for day, outcome in visits]
            assert not save([Incoming.of(REGISTERS["service-records"], rows)])[0].faults
        kept, owing = by_the_contract(told_of(people))
        found = value("services.visit_rate", HECHENG, "2021-05")
        transaction.set_rollback(True)
    assert found == (pytest.approx(float(Fraction(100 * kept, owing))) if owing else None)


def _visit(at: Station, by: UUID, who: UUID, day: date, outcome: str) -> dict[str, Any]:
    return {
        "code": f"H{next(_numbers):06d}",
        "method": "探访",
        "started_at": f"{day} 09:00",
        "ended_at": f"{day} 10:00",
        "station": at.code,
        "workers": (by,),
        "residents": (who,),
        "outcome": outcome,
        "content": "入户探访",
    }
