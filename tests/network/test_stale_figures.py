"""What the store of figures learns of a changed rulebook and a changed tree (TGT-02, NET-14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import transaction

from linzhan.kernel.figures import asking, store
from linzhan.kernel.figures.definitions import RULINGS
from linzhan.kernel.figures.models import StaleMark, StoredFigure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.staleness import Marks, sources_of
from linzhan.kernel.periods import parse_period
from linzhan.kernel.scope import Actor
from linzhan.policy import selectors
from linzhan.policy.api import ParameterValue, network, withdraw_value
from linzhan.territory.api import Decree, Unit, create_region, merge_regions, rename_region
from tests.factories.network import station
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, HUANGYAN, HUNAN, TUOYUAN, ZHONGFANG
from tests.network.conftest import State

pytestmark = pytest.mark.usefixtures("hunan")

PLACES = (HUNAN, HUAIHUA, HECHENG, HUANGYAN, ZHONGFANG)
DECREE = Decree(on=date(2021, 7, 1), source="县民政局公告")
CLERK = Actor(id="7", label="李科员", origin="测试")


def keep(figure: str, regions: Iterable[str] = PLACES, *years: str) -> None:
    store.keep(request(figure, region, year) for region in regions for year in years or ("2021",))
    StaleMark.objects.all().delete()


def request(figure: str, region: str, year: str = "2021") -> FigureRequest:
    return FigureRequest(figure=figure, region=region, period=parse_period(year))


def stale() -> set[tuple[str, str]]:
    """The stored figures, as place and period, that the marks of this moment reach."""
    marks = Marks.of(StaleMark.objects.all())
    engine = asking.engine()
    return {
        (row.region_code, row.period)
        for row in StoredFigure.objects.all()
        if marks.reach(row.region_code, row.as_of, sources_of(row.figure, engine))
    }


def differing() -> list[StoredFigure]:
    """The stored figures that are not what a live count gives."""
    rows = StoredFigure.objects.all()
    return [
        row
        for row in rows
        if asking.compute([request(row.figure, row.region_code, row.period)])[0].as_json()["value"]
        != row.value
    ]


def test_a_value_makes_its_place_and_all_above_and_below_stale_until_they_are_counted_again(
    state: State,
) -> None:
    keep("network.townships")
    state(network.COUNT_STATISTICAL_TOWNSHIPS, HECHENG, False)
    assert stale() == {(code, "2021") for code in (HUNAN, HUAIHUA, HECHENG, HUANGYAN)}
    assert {row.region_code for row in differing()} == {HUNAN, HUAIHUA, HECHENG, HUANGYAN}
    store.refresh()
    assert (stale(), differing()) == (set(), [])


def test_a_value_leaves_the_periods_before_its_first_day_alone(state: State) -> None:
    keep("network.townships", [HECHENG], "2018", "2019", "2020", "2021")
    state(network.COUNT_STATISTICAL_TOWNSHIPS, HUNAN, False)  # from 2020 on
    assert stale() == {(HECHENG, "2020"), (HECHENG, "2021")}


def test_a_value_leaves_figures_that_do_not_rest_on_it_alone(state: State) -> None:
    keep("network.townships", [HECHENG])
    state(network.BUILD_CHECKLIST, HECHENG, [{"code": "has_site", "wording": "有场地"}])
    assert stale() == set()


def test_a_value_that_no_figure_knows_leaves_no_mark(state: State) -> None:
    state(network.TOWNSHIP_STATION_NAME, HECHENG, "社会工作服务站")
    assert not StaleMark.objects.exists()


def test_a_withdrawn_value_makes_stale_what_it_decided_from_then_on(state: State) -> None:
    state(network.COUNT_STATISTICAL_TOWNSHIPS, HECHENG, False)
    keep("network.townships", [HECHENG], "2020", "2021")
    value = ParameterValue.objects.get(parameter=network.COUNT_STATISTICAL_TOWNSHIPS.code)
    withdraw_value(value.pk, on=date(2021, 1, 1), reason="文件废止", actor=CLERK)
    assert stale() == {(HECHENG, "2021")}
    store.refresh()
    assert differing() == []


def test_a_value_that_is_rolled_back_leaves_no_mark(state: State) -> None:
    before = transaction.savepoint()
    state(network.COUNT_STATISTICAL_TOWNSHIPS, HECHENG, False)
    assert StaleMark.objects.exists()  # in the transaction itself, not after it
    transaction.savepoint_rollback(before)
    assert not StaleMark.objects.exists()


def test_a_new_division_makes_the_figures_of_its_places_stale() -> None:
    station(TUOYUAN)
    keep("network.coverage")
    create_region(unit=Unit(code="431202008000", name="河西街道"), decree=DECREE)
    assert stale() == {(code, "2021") for code in (HUNAN, HUAIHUA, HECHENG)}
    store.refresh()
    assert differing() == []


def test_a_merger_makes_the_figures_of_both_units_stale() -> None:
    keep("network.coverage", [TUOYUAN, CHENGNAN, HUANGYAN], "2020", "2021")
    merge_regions(codes=[TUOYUAN], into=Unit(code=CHENGNAN, name="城南街道"), decree=DECREE)
    assert stale() == {(TUOYUAN, "2021"), (CHENGNAN, "2021")}
    store.refresh()
    assert differing() == []


def test_a_new_name_changes_no_figure() -> None:
    keep("network.coverage")
    rename_region(code=TUOYUAN, name="坨院新街道", decree=DECREE)
    assert stale() == set()


@pytest.mark.parametrize("key", [each.key for each in RULINGS])
def test_a_ruling_names_the_parameters_that_it_reads(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parameter left out would leave boards stale without a word when its value changes."""
    read: set[str] = set()
    rows = selectors._rows

    def note(param: object, *args: object) -> object:
        read.add(param.code)  # type: ignore[attr-defined]  # a parameter
        return rows(param, *args)  # type: ignore[arg-type]  # as called

    monkeypatch.setattr(selectors, "_rows", note)
    list(RULINGS[key].fill(date(2021, 12, 31)))
    assert read == set(RULINGS[key].rests_on)
