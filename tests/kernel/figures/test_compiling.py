"""Compiling: once, kept, and refused where a definition is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from linzhan.kernel.figures import Formula, Query, catalogue, fact, figure, ruling
from linzhan.kernel.figures.assembling import bound
from linzhan.kernel.figures.compiling import BadDefinition, Book, compile_figure, fingerprint
from linzhan.kernel.figures.definitions import figure_named
from linzhan.kernel.registry import AlreadyRegistered


def test_what_is_kept_is_what_was_compiled(toy_figures: None, tmp_path: Path) -> None:
    made = Book("postgres", tmp_path)
    assert made.prepare() == next(tmp_path.glob("postgres-*.json"))
    kept = Book("postgres", tmp_path)
    for each in catalogue():
        assert kept.figure(each.key) == made.figure(each.key)


def test_kept_figures_need_no_compiler(
    toy_figures: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Book("postgres", tmp_path).prepare()

    def refuse(self: Query) -> None:
        raise AssertionError("a kept figure was compiled")

    monkeypatch.setattr(Query, "__init__", refuse)
    assert Book("postgres", tmp_path).figure("toys.coverage").parts


def test_a_changed_definition_is_compiled_again(toy_figures: None, tmp_path: Path) -> None:
    Book("postgres", tmp_path).prepare()
    before = fingerprint("postgres")
    fact("more", columns={"id": "string"}, live_sql="SELECT 1")
    assert fingerprint("postgres") != before
    Book("postgres", tmp_path).prepare()
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_importing_definitions_does_not_import_the_compiler() -> None:
    """Web processes load every ``figures.py``; the heavy libraries stay out of them."""
    script = (
        "import sys, linzhan.kernel.figures.running, linzhan.kernel.figures.engines\n"
        "heavy = {'ibis', 'duckdb', 'pyarrow', 'sqlglot'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("dialect", ["postgres", "duckdb", "pyspark"])
def test_every_figure_compiles_in_every_dialect(toy_figures: None, dialect: str) -> None:
    for each in catalogue():
        assert compile_figure(each, dialect).parts  # type: ignore[arg-type]  # the three names


def test_a_state_that_reads_the_period_is_refused(toy_figures: None) -> None:
    @figure("bad.state", "坏", "个", definition="坏。", timing="date")
    def bad(q: Query) -> Formula:
        c = q.fact("calls")
        return q.count(c.filter(q.during(c.day)))

    with pytest.raises(BadDefinition, match="reads the period"):
        compile_figure(figure_named("bad.state"), "postgres")


def test_rows_without_the_columns_promised_are_refused(toy_figures: None) -> None:
    @figure("bad.rows", "坏", "个", definition="坏。", timing="date", dims=("colour",))
    def bad(q: Query) -> Formula:
        return q.count(q.fact("labels"))

    with pytest.raises(BadDefinition, match=r"\['colour', 'id', 'region_code'\]"):
        compile_figure(figure_named("bad.rows"), "postgres")


def test_a_name_is_taken_once(toy_figures: None) -> None:
    with pytest.raises(AlreadyRegistered):
        figure("toys.calls", "又", "个", definition="又。", timing="date")(lambda q: q.count(q.fact("calls")))
    with pytest.raises(AlreadyRegistered):
        ruling("toys.limit", days="int64")(lambda _: [])


def test_a_fact_says_its_types_and_keeps_off_the_parameters(toy_figures: None) -> None:
    with pytest.raises(ValueError, match="unknown column types"):
        fact("odd", columns={"id": "jsonb"}, live_sql="SELECT 1")
    with pytest.raises(ValueError, match="reserved"):
        fact("odd", columns={"id": "string"}, live_sql="SELECT '@@lo@@'")


def test_a_percent_sign_of_the_sql_is_not_a_placeholder() -> None:
    assert bound("a LIKE '4%' AND b = '@@x@@'", "percent") == ("a LIKE '4%%' AND b = %(x)s", frozenset({"x"}))
    assert bound("a LIKE '4%' AND b = '@@x@@'", "dollar") == ("a LIKE '4%' AND b = $x", frozenset({"x"}))
