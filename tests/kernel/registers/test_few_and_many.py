"""One row costs a handful of statements, many rows go by COPY; both say and keep the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhan.kernel.figures.models import StatedFigure
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import bulk, copying, writing
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from tests.kernel.registers.rows import counts, hours, resource, saved, volunteer

pytestmark = pytest.mark.usefixtures("everywhere")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def test_one_new_row_asks_once_writes_itself_and_then_the_rest_at_once() -> None:
    saved("volunteers", volunteer())
    with CaptureQueriesContext(connection) as asked:
        outcome = save_one(REGISTERS["volunteer-hours"], hours())
    assert counts(outcome) == (1, 0, 0, 0)
    verbs = [query["sql"].split()[0] for query in asked.captured_queries]
    assert verbs == ["SELECT", "INSERT", "WITH"], "no savepoint, no query a reference"


def test_what_few_rows_refer_to_is_found_together_and_what_is_missing_is_told() -> None:
    saved("volunteers", volunteer())
    outcome = saved("volunteer-hours", hours(), hours("H2", volunteer="V9"), hours("H3"))
    assert counts(outcome) == (2, 0, 0, 1)
    assert "V9" in outcome.faults[2][0].message


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_every_text_survives_the_copy_of_many_rows(texts: list[str]) -> None:
    names = [texts[n % len(texts)] for n in range(bulk.FEW + 5)]
    ids = [uuid7() for _ in names]
    same: dict[str, Any] = {
        "region_code": "431202000000",
        "value": Decimal("1.5"),
        "as_of": None,
        "source": "年\\报",
        "stated_at": datetime(2021, 6, 1, tzinfo=UTC),
    } | dict.fromkeys(("figure", "unit", "period", "stated_by"), "")
    columns = {name: [value] * len(ids) for name, value in same.items()}
    assert bulk.insert_columns(StatedFigure, {"id": ids, "name": names, **columns}) is None
    kept = StatedFigure.objects.in_bulk(ids)
    assert [(kept[each].name, kept[each].source) for each in ids] == [(name, "年\\报") for name in names]


def test_a_kind_of_value_that_is_not_known_is_left_to_the_driver() -> None:
    assert copying.blocks([[1, 2], [["a"], ["b"]]]) is None


def test_values_are_written_as_copy_reads_them() -> None:
    moment = datetime(2021, 6, 1, 9, tzinfo=UTC)
    row = ["a\tb\\c\n", UUID(int=255), 7, True, Decimal("1.50"), date(2021, 6, 1), moment, b"\x01", None]
    [block] = copying.blocks([[value] for value in row]) or []
    assert block.decode() == (
        "a\\tb\\\\c\\n\t000000000000000000000000000000ff\t7\tt\t1.50\t2021-06-01"
        "\t2021-06-01T09:00:00+00:00\t\\\\x01\t\\N\n"
    )


def _estimated(table: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return float(cursor.fetchone()[0])


def test_the_planner_is_told_of_many_rows_and_of_those_that_a_dry_run_took_back(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]],
) -> None:
    monkeypatch.setattr(writing, "LARGE", 30)
    rows = [resource(f"R{number}") for number in range(40)]
    with django_capture_on_commit_callbacks(execute=True):
        saved("resources", *rows, dry_run=True)
    assert _estimated("linkage_resource") < 30
    saved("resources", *rows)
    assert _estimated("linkage_resource") >= 40
