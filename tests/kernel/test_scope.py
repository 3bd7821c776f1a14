"""The two walls: the manager that refuses to run unscoped, and the policies of PostgreSQL (NFR-06)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from linzhan.casework.models import Resident, ServiceRecord
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.ids import uuid7
from linzhan.kernel.models import StatedFigure
from linzhan.kernel.registers import bulk
from linzhan.kernel.scope import (
    EVERYTHING,
    Actor,
    Scope,
    ScopedModel,
    ScopeMissing,
    ScopeViolation,
    current_scope,
    opened,
    require_place,
    scope,
    unscoped,
    within,
)
from linzhan.linkage.models import VolunteerRecord

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


@pytest.mark.parametrize("model", [ServiceRecord, Resident, VolunteerRecord])
def test_a_county_is_named_by_equality_where_an_index_begins_with_it(model: type[ScopedModel]) -> None:
    """The generated county code and the range of the county name the same rows; the index needs equality."""
    with scope(Scope(regions=(HECHENG,))):
        assert "county_code" in str(model.objects.all().query)
    with scope(Scope(regions=(TOWN,))):
        assert "county_code" not in str(model.objects.all().query.where)
    code = model._meta.get_field("county_code")
    assert str(code.expression) == "Left(F(region_code), Value(6))"
    assert within(StatedFigure, HECHENG) == Q(region_code__gte=HECHENG, region_code__lt="431203")


def test_a_transaction_opens_with_one_statement_for_scope_and_actor() -> None:
    with CaptureQueriesContext(connection) as asked, opened(Scope(regions=(HECHENG,)), Actor(id="a")):
        pass
    sent = [each["sql"] for each in asked.captured_queries if "set_config" in each["sql"]]
    assert len(sent) == 2  # the test's own transaction was open before: it is set back


def test_what_was_open_before_gets_its_scope_and_actor_back(two_counties: object) -> None:
    with opened(Scope(regions=(HONGJIANG,)), Actor(id="outer")):
        with opened(Scope(regions=(HECHENG,)), Actor(id="inner")):
            assert (_setting("linzhan.low"), _setting("linzhan.actor")) == (HECHENG, "inner")
        assert (_setting("linzhan.low"), _setting("linzhan.actor")) == (HONGJIANG, "outer")
        with suppress(ZeroDivisionError), opened(EVERYTHING):
            raise ZeroDivisionError
        assert (_setting("linzhan.low"), _setting("linzhan.everything")) == (HONGJIANG, "")
        assert current_scope().regions == (HONGJIANG,)
    assert _setting("linzhan.low") == ""


@pytest.mark.django_db(transaction=True)
def test_a_scope_ends_with_its_transaction() -> None:
    with opened(Scope(regions=(HECHENG,)), Actor(id="a")):
        assert _setting("linzhan.low") == HECHENG
    assert (_setting("linzhan.low"), _setting("linzhan.actor")) == ("", "")


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchone()[0])
