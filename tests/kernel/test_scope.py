"""The two walls: the manager that refuses to run unscoped, and the policies of PostgreSQL (NFR-06)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.ids import uuid7
from linzhan.kernel.models import StatedFigure
from linzhan.kernel.registers import bulk
from linzhan.kernel.scope import (
    EVERYTHING,
    Actor,
    Scope,
    ScopeMissing,
    ScopeViolation,
    current_scope,
    opened,
    require_place,
    scope,
    unscoped,
)

HECHENG, HONGJIANG, TOWN = "431202000000", "431281000000", "431202005000"
pytestmark = pytest.mark.django_db


def stated(region_code: str, name: str = "会议") -> StatedFigure:
    return StatedFigure.objects.create(
        name=name,
        region_code=region_code,
        period="2021",
        as_of=date(2021, 12, 31),
        value=Decimal(1),
        source="年报",
    )


@pytest.fixture
def two_counties() -> tuple[StatedFigure, StatedFigure]:
    with unscoped("test setup"):
        return stated(HECHENG), stated(HONGJIANG)


def test_a_query_outside_a_scope_is_refused() -> None:
    with pytest.raises(ScopeMissing):
        StatedFigure.objects.count()


def test_an_empty_scope_sees_nothing(two_counties: object) -> None:
    with scope(Scope()):
        assert StatedFigure.objects.count() == 0


def test_a_county_sees_its_own_rows_only(two_counties: tuple[StatedFigure, StatedFigure]) -> None:
    with scope(Scope(regions=(HECHENG,))):
        assert list(StatedFigure.objects.all()) == [two_counties[0]]


def test_a_town_does_not_see_its_county(two_counties: object) -> None:
    with scope(Scope(regions=(TOWN,))):
        assert StatedFigure.objects.count() == 0


@pytest.mark.parametrize("regions", [(HECHENG,), (TOWN, HECHENG), (HONGJIANG, HECHENG), ()])
def test_a_forgotten_filter_meets_the_second_wall(two_counties: object, regions: tuple[str, ...]) -> None:
    with scope(Scope(regions=regions)), connection.cursor() as cursor:
        cursor.execute("SELECT region_code FROM kernel_statedfigure ORDER BY 1")
        seen = {code for (code,) in cursor.fetchall()}
    assert seen == {HECHENG, HONGJIANG} & set(regions)


def test_the_second_wall_closes_again_when_the_scope_ends(two_counties: object) -> None:
    with scope(EVERYTHING):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_statedfigure")
        assert cursor.fetchone() == (0,)


def test_an_inner_scope_gives_way_to_the_outer_one_even_after_an_error(two_counties: object) -> None:
    with scope(EVERYTHING):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            scope(Scope(regions=(HECHENG,))),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 / 0")
        assert current_scope() == EVERYTHING
        assert StatedFigure.objects.count() == 2


def test_a_write_outside_the_scope_is_refused_and_undone(two_counties: object) -> None:
    with scope(Scope(regions=(HECHENG,))):
        with pytest.raises(DatabaseError), transaction.atomic():
            stated(HONGJIANG)
        with pytest.raises(DatabaseError), transaction.atomic():
            bulk.insert_rows(
                StatedFigure,
                [
                    "id",
                    "name",
                    "region_code",
                    "period",
                    "value",
                    "source",
                    "figure",
                    "unit",
                    "stated_by",
                    "stated_at",
                ],
                [[uuid7(), "x", HONGJIANG, "2021", 1, "y", "", "", "", "2021-01-01T00:00:00+08:00"]],
            )
    with unscoped("look again"):
        assert StatedFigure.objects.count() == 2


def test_a_bulk_update_does_not_reach_over_the_wall(two_counties: tuple[StatedFigure, StatedFigure]) -> None:
    with scope(Scope(regions=(HECHENG,))):
        changed = bulk.update_rows(StatedFigure, ["id", "name"], [[row.pk, "改"] for row in two_counties])
    assert changed == 1


def test_naming_a_place_outside_the_scope_is_a_violation() -> None:
    with scope(Scope(regions=(HECHENG,))):
        require_place(TOWN)
        with pytest.raises(ScopeViolation):
            require_place(HONGJIANG)


def test_history_says_who_from_where_before_and_after() -> None:
    with opened(EVERYTHING, Actor(id="7", label="李科长", origin="网页 127.0.0.1")):
        row = stated(HECHENG)
        StatedFigure.objects.filter(pk=row.pk).update(name="座谈")
        StatedFigure.objects.filter(pk=row.pk).update(name="座谈")
        StatedFigure.objects.filter(pk=row.pk).delete()
        entries = list(AuditEntry.objects.filter(row_id=str(row.pk)).order_by("id"))
    assert [(e.action, e.actor, e.actor_label, e.origin) for e in entries] == [
        (action, "7", "李科长", "网页 127.0.0.1") for action in ("created", "changed", "removed")
    ]
    assert (entries[1].before, entries[1].after) == ({"name": "会议"}, {"name": "座谈"})
    assert entries[2].before["name"] == "座谈"


def test_raw_sql_cannot_slip_past_the_history() -> None:
    with unscoped("test"):
        row = stated(HECHENG)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE kernel_statedfigure SET value = value + 1")
        assert AuditEntry.objects.filter(row_id=str(row.pk), action="changed").count() == 1


def test_history_is_behind_the_same_wall(two_counties: object) -> None:
    with scope(Scope(regions=(HECHENG,))), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT region_code FROM kernel_auditentry WHERE table_name = 'kernel_statedfigure'"
        )
        assert cursor.fetchall() == [(HECHENG,)]


@pytest.mark.parametrize(
    "verb", ["UPDATE kernel_auditentry SET actor = 'x'", "DELETE FROM kernel_auditentry"]
)
def test_the_application_cannot_rewrite_history(two_counties: object, verb: str) -> None:
    with unscoped("test"), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_unscoped_wants_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"), unscoped(""):
        pass
