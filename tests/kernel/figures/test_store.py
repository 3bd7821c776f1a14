"""Asking within a scope, the store of results, stale marks, stated figures and the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from linzhan.kernel.figures import asking, store
from linzhan.kernel.figures.compiling import Book
from linzhan.kernel.figures.engines import LiveEngine
from linzhan.kernel.figures.models import StaleMark, StatedFigure, StoredFigure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.periods import parse_period
from linzhan.kernel.scope import Scope, ScopeViolation, scope
from tests.factories.places import Codes
from tests.kernel.figures.toys import CITY, COUNTY, OTHER, TOWN_A, TOWN_B

YEAR = parse_period("2021")
COUNTY_ONLY = Scope(regions=(COUNTY,))


@pytest.fixture
def asked_live(live: LiveEngine, monkeypatch: pytest.MonkeyPatch) -> LiveEngine:
    monkeypatch.setattr(asking, "engine", lambda _="live": live)
    return live


@pytest.fixture
def in_city(asked_live: LiveEngine) -> Iterator[None]:
    with scope(Scope(regions=(CITY,))):
        yield


def request(key: str, region: str = COUNTY, **more: object) -> FigureRequest:
    return FigureRequest(**{"figure": key, "region": region, "period": YEAR, **more})  # type: ignore[arg-type]  # test data


def test_a_place_seen_only_in_part_is_refused_not_undercounted(asked_live: LiveEngine) -> None:
    """A figure computed under row-level security of half a place would be wrong without a word."""
    with scope(Scope(regions=(TOWN_A,))):
        with pytest.raises(ScopeViolation, match="管辖范围"):
            asking.compute([request("toys.calls", COUNTY)])
        assert asking.compute([request("toys.calls", TOWN_A)])[0].value == 3


def test_a_station_sees_the_figures_of_its_own_rows(asked_live: LiveEngine) -> None:
    own = request("toys.calls", COUNTY, only={"station_id": "s"})
    with scope(Scope(stations=("s",))):
        asking.require_scope(own)
        with pytest.raises(ScopeViolation):
            asking.require_scope(request("toys.calls", COUNTY, only={"station_id": "another"}))
        with pytest.raises(ScopeViolation):
            asking.require_scope(request("toys.calls", COUNTY, only={"post_id": "s"}))


def test_what_is_kept_is_read_back(in_city: None) -> None:
    kept = store.keep(
        [request("toys.calls"), request("toys.calls", split=("kind",)), request("toys.coverage")]
    )
    assert [each.value for each in store.stored(COUNTY, period="2021", figures=["toys.calls"])] == [5]
    parts = store.stored(COUNTY, period="2021", split="kind")
    assert {each.dims["kind"]: each.value for each in parts} == {"call": 3, "visit": 2}
    assert [each.denominator for each in store.stored(COUNTY, period="2021", figures=["toys.coverage"])] == [
        2
    ]
    assert len(kept) == StoredFigure.objects.count() == 4


def test_keeping_again_replaces(in_city: None) -> None:
    store.keep([request("toys.calls", split=("kind",))])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM toy_calls WHERE kind = 'visit'")
    store.keep([request("toys.calls", split=("kind",))])
    assert [each.dims for each in store.stored(COUNTY, period="2021", split="kind")] == [{"kind": "call"}]


def test_only_whole_figures_and_single_splits_are_kept(in_city: None) -> None:
    with pytest.raises(ValueError, match="single splits"):
        store.keep([request("toys.calls", by="region")])


def test_a_mark_recomputes_its_place_and_those_above_and_no_other(in_city: None) -> None:
    store.keep([request("toys.calls", region) for region in (CITY, COUNTY, TOWN_A, TOWN_B, OTHER)])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM toy_calls")
    StaleMark.objects.create(region_code=TOWN_A, month=date(2021, 3, 1), register="calls")
    assert store.refresh() == 1
    values = {row.region_code: row.value for row in StoredFigure.objects.all()}
    assert values == {CITY: 0, COUNTY: 0, TOWN_A: 0, TOWN_B: 2, OTHER: None}
    assert not StaleMark.objects.exists()


@pytest.mark.parametrize(
    ("month", "register", "value"),
    [
        (date(2021, 12, 1), "calls", 0),
        (date(2019, 1, 1), "calls", 0),
        (date(2022, 1, 1), "calls", 5),
        (date(2021, 1, 1), "staff", 5),
    ],
)
def test_a_mark_touches_figures_of_its_register_that_do_not_end_before_its_month(
    in_city: None, month: date, register: str, value: int
) -> None:
    store.keep([request("toys.calls")])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM toy_calls")
    StaleMark.objects.create(region_code=TOWN_A, month=month, register=register)
    store.refresh()
    assert StoredFigure.objects.get().value == value


def test_stored_figures_of_another_place_are_not_seen(in_city: None) -> None:
    store.keep([request("toys.calls", OTHER), request("toys.calls", COUNTY)])
    with scope(COUNTY_ONLY):
        assert store.stored(OTHER, period="2021") == []
        assert len(store.stored(COUNTY, period="2021")) == 1


def test_new_definitions_throw_away_what_older_ones_left(asked_live: LiveEngine, tmp_path: Path) -> None:
    """No mark says that the code changed; the same definitions prepared again leave the store alone."""
    with scope(Scope(regions=(CITY,))):
        store.keep([request("toys.calls")])
    asked_live.book = Book("postgres", tmp_path)
    call_command("figures", "--prepare")
    with scope(Scope(regions=(CITY,))):
        assert not StoredFigure.objects.exists()
        store.keep([request("toys.calls")])
    call_command("figures", "--prepare")
    with scope(Scope(regions=(CITY,))):
        assert StoredFigure.objects.count() == 1


def test_a_stated_figure_is_marked_and_never_mixed(in_city: None) -> None:
    store.state(
        name="通话数", figure="toys.calls", region=COUNTY, value=Decimal(99), source="县局年报", period="2021"
    )
    [typed] = store.stated(COUNTY, period="2021")
    assert (typed.as_json()["stated"], typed.value) == (True, 99)
    assert [each.value for each in asking.compute([request("toys.calls")])] == [5]
    assert store.stored(COUNTY, period="2021") == []


def test_a_stated_figure_needs_a_source_and_a_place_of_the_reader(in_city: None) -> None:
    with pytest.raises(ValueError, match="来源"):
        store.state(name="数", region=COUNTY, value=Decimal(1), source=" ", period="2021")
    with scope(COUNTY_ONLY), pytest.raises(ScopeViolation):
        store.state(name="数", region=OTHER, value=Decimal(1), source="年报", period="2021")
    with pytest.raises(IntegrityError, match="names_its_source"), transaction.atomic():
        StatedFigure.objects.create(
            region_code=COUNTY, name="数", value=1, source="", stated_by="x", period="2021"
        )


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("figures", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def command(asked_live: LiveEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])


def test_the_command_prints_one_json_document(command: None) -> None:
    rows = json.loads(
        printed("--region", "431202", "--period", "2021", "--figure", "toys.coverage", "--json")
    )
    assert [{key: value for key, value in row.items() if key != "computed_at"} for row in rows] == [
        {
            "figure": "toys.coverage", "name": "覆盖率", "region": COUNTY, "period": "2021", "as_of": "2021-12-31",
            "dims": {}, "value": 50, "unit": "%", "numerator": 1, "denominator": 2, "stated": False,
        }
    ]  # fmt: skip


def test_the_command_groups_and_splits(command: None) -> None:
    rows = json.loads(
        printed("--region", "431202", "--period", "2021", "--by", "station", "--split", "kind", "--json")
    )
    assert {(row["figure"], row["station"], row["dims"]["kind"]): row["value"] for row in rows}[
        "toys.calls", "Z1", "call"
    ] == 2


def test_a_date_alone_leaves_out_what_needs_a_period_unless_it_is_named(command: None) -> None:
    rows = json.loads(printed("--region", "431202", "--as-of", "2021-05-20", "--json"))
    assert {row["figure"] for row in rows} == {"toys.divisions", "toys.coverage", "toys.leavers"}
    assert {row["period"] for row in rows} == {None}
    named = json.loads(
        printed("--region", "431202", "--as-of", "2021-05-20", "--figure", "toys.calls", "--json")
    )
    assert [row["value"] for row in named] == [None]


def test_the_command_prints_a_table_for_people(command: None) -> None:
    text = printed(
        "--region", "431202", "--period", "2021", "--figure", "toys.met_share", "--figure", "toys.hours"
    )
    assert "toys.met_share  见面率：60 %（3 ÷ 5）" in text
    assert "toys.hours  时数：7.50 小时" in text


def test_the_command_lists_the_catalogue(command: None) -> None:
    assert "toys.coverage  覆盖率（%）\n    有岗亭的镇 ÷ 镇。" in printed("--list")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--figure", "toys.none", "--period", "2021"], "没有“toys.none”"),
        (["--period", "2021X"], "看不懂时段"),
        (["--as-of", "20/5"], "看不懂日期"),
        (["--period", "2021", "--by", "moon"], "不能按“moon”分组"),
        (["--period", "2021", "--figure", "toys.calls", "--split", "colour"], "没有维度"),
    ],
)
def test_the_command_says_what_is_wrong(command: None, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        printed("--region", "431202", *arguments)


def test_compiled_figures_are_kept_under_the_data_directory(
    toy_figures: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "cache_directory", lambda: tmp_path)
    call_command("figures", "--prepare")
    assert list(tmp_path.glob("postgres-*.json"))
