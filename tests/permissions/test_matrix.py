"""Who may see what: every role × place × register × operation, generated from the registries (NFR-06).

``matrix.txt`` beside this file is the result in a form that people can read and judge; it changes only
on purpose.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from linzhan.accounts.api import LINE_OF_ROLE, Line
from linzhan.kernel.access import RIGHTS, rights_of
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.figures.asking import FigureRequest, compute, rows_behind
from linzhan.kernel.figures.definitions import catalogue
from linzhan.kernel.figures.models import StoredFigure
from linzhan.kernel.ids import uuid7
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import EVERYTHING, Actor, ScopedModel, ScopeViolation, opened
from linzhan.kernel.wall import own_models
from tests.each import of_each
from tests.permissions import rule
from tests.permissions.rule import Rows, seen, undone
from tests.permissions.world import COUNTIES, NAMES, Person, World, cast, entries

PINNED = Path(__file__).with_name("matrix.txt")
KEYS = [register.key for register in REGISTERS]
CAST = [
    "管理员",
    "湖南省",
    "广东省",
    "怀化市",
    "李科长(甲县)",
    "张科长(乙县)",
    "购买主体(甲县)",
    "财务(甲县)",
    "评估(甲县)",
    "未保专员(甲县)",
    "乡镇(甲1)",
    "乡镇(乙2)",
    "机构P(两县)",
    "机构Q(甲县)",
    "站长(甲1)",
    "社工(甲1)",
    "社工(乙1)",
    "督导(甲1甲2)",
    "志愿者(甲1)",
    "居民(甲1)",
]
PUBLISHED = {register.key for register in REGISTERS if register.model._meta.db_table in rule.PUBLISHED}
"""Registers whose rows hold for the places below and are read by all."""


AT_THE_DOOR = {"stations"}
"""Registers whose rows show a name to the street."""


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Person]:
    return {each.name: each for each in cast(world)}


@pytest.fixture(scope="module")
def places(world: World) -> dict[str, Rows]:
    """The place of every stored row of every register."""
    return {key: rule.places(REGISTERS[key]) for key in KEYS}


def test_the_cast_and_the_registers_are_all_there(people: dict[str, Person], world: World) -> None:
    assert list(people) == CAST
    assert {person.role for person in people.values()} == {role for right in RIGHTS for role in right.roles}
    assert set(world.ids) == set(KEYS)


def raw(statement: str, *arguments: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall() if cursor.description else []


def changed_by(statement: str, *arguments: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return int(cursor.rowcount)


def names_seen(world: World, register: Register, ids: set[str]) -> str:
    return " ".join(name for name in NAMES if world.id(register.key, name) in ids)


def line(world: World, person: Person, register: Register) -> str:
    held = rights_of(person.role)
    verbs = "".join(
        letter if right in held else "-" for letter, right in (("v", register.view), ("e", register.edit))
    )
    ids = {str(pk) for pk in register.model._default_manager.values_list("pk", flat=True)}
    return f"{register.key:<17}{verbs}  {names_seen(world, register, ids) or '—'}"


def test_the_matrix_is_as_pinned(world: World, people: dict[str, Person]) -> None:
    """v: holds the right to view, e: to edit; then the rows within sight. A right without rows shows nothing."""
    parts = []
    for person in people.values():
        with undone(person):
            rows = "\n".join(line(world, person, register) for register in entries())
        parts.append(f"{person.name}  {person.role.label}\n{rows}\n")
    found = "\n".join(parts)
    if not PINNED.exists():  # whoever removed it wants it anew, to read it and to judge it
        PINNED.write_text(found, encoding="utf-8")
        pytest.fail("matrix.txt was written anew: read it, then run again")
    assert found == PINNED.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CAST)
@of_each("key", KEYS)
def test_both_walls_show_just_the_rows_of_the_rule(
    people: dict[str, Person], places: dict[str, Rows], name: str, key: str
) -> None:
    """The manager's filter, and raw SQL that forgot it, give the same rows: those of the declared rule."""
    person, register = people[name], REGISTERS[key]
    want = seen(person, register, places[key])
    with undone(person):
        listed = {str(pk) for pk in register.model._default_manager.values_list("pk", flat=True)}
        unfiltered = {str(pk) for (pk,) in raw(f'SELECT id FROM "{register.model._meta.db_table}"')}
    assert listed == want
    assert unfiltered == want


@pytest.mark.parametrize("name", CAST)
@of_each("model", [m for m in own_models() if issubclass(m, ScopedModel)])
def test_every_table_shows_the_same_through_both_walls(
    people: dict[str, Person], world: World, name: str, model: type[ScopedModel]
) -> None:
    """Histories, links, figures and logs too; only what the database says counts for nothing else."""
    names = [field.attname for field in model._meta.pk_fields]
    columns = ", ".join(f'"{field.column}"' for field in model._meta.pk_fields)
    with undone(people[name]):
        listed = set(model._default_manager.values_list(*names))
        unfiltered = set(raw(f'SELECT {columns} FROM "{model._meta.db_table}"'))
    assert listed == unfiltered


@pytest.mark.parametrize("name", CAST)
def test_a_row_out_of_sight_is_a_row_that_does_not_exist(
    people: dict[str, Person], places: dict[str, Rows], world: World, name: str
) -> None:
    person = people[name]
    for register in entries():
        hidden = set(map(str, world.ids[register.key].values())) - seen(
            person, register, places[register.key]
        )
        with undone(person):
            manager = register.model._default_manager
            assert not manager.filter(pk__in=hidden).exists()
            assert all(manager.filter(pk=pk).first() is None for pk in (*hidden, uuid.uuid4()))


@pytest.mark.parametrize("name", CAST)
@of_each("key", KEYS)
def test_an_export_names_nothing_out_of_sight(
    people: dict[str, Person], places: dict[str, Rows], name: str, key: str
) -> None:
    """References of a visible row to hidden ones stay blank; people with a row of their own read its station's plate."""
    person, register = people[name], REGISTERS[key]
    alone = LINE_OF_ROLE[person.role] is Line.PERSON
    visible = {each.key: seen(person, each, places[each.key]) for each in REGISTERS}
    with undone(person):
        rows = list(records(register, register.model._default_manager.order_by("-pk")[:60], whole=True))
    for row in rows:
        assert str(row["id"]) in visible[key]
        for value in row.values():
            for referred in value if isinstance(value, list) else (value,):
                if isinstance(referred, Referred):
                    shown = str(referred.id) in visible[referred.register]
                    assert shown or (alone and referred.register in AT_THE_DOOR), (row["id"], referred)


def foreign_keys(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, ScopedModel)
    ]


@pytest.mark.parametrize("name", CAST)
def test_a_join_brings_no_hidden_row(people: dict[str, Person], world: World, name: str) -> None:
    """A join skips a manager's filter: PostgreSQL itself must keep the other side away."""
    with undone(people[name]):
        for model in own_models():
            if not issubclass(model, ScopedModel):
                continue
            for field in foreign_keys(model):
                other = field.related_model
                visible = set(other._default_manager.values_list("pk", flat=True))
                found = raw(
                    f'SELECT o.id FROM "{model._meta.db_table}" t'
                    f' JOIN "{other._meta.db_table}" o ON o.id = t."{field.column}"'
                )
                assert {pk for (pk,) in found} <= visible


def attempt(register: Register, values: dict[str, Any]) -> tuple[Any, ...]:
    """What one gets told: counts and faults of saving one row."""
    outcome = save([Incoming.of(register, [values])])[0]
    faults = tuple((fault.column, fault.message) for fault in outcome.faults.get(1, ()))
    return (outcome.created, outcome.updated, outcome.unchanged, outcome.rejected, faults)


def pretended(register: Register, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The row with every key of a row out of sight replaced by one of the same shape that nobody bears."""
    swaps: dict[str, str] = {}

    def swap(text: Any) -> Any:
        return swaps.setdefault(str(text), f"WU-{len(swaps)}") if text == HIDDEN_KEY else text

    made_up = {}
    for name, value in values.items():
        column = register.column(name)
        open_to_all = any(REGISTERS[key].sheet.name == column.refers_to for key in PUBLISHED)
        swapped = tuple(map(swap, value)) if isinstance(value, tuple) else swap(value)
        made_up[name] = value if open_to_all else swapped
    return made_up, swaps


HIDDEN_KEY = "CUN-B2"


@pytest.mark.parametrize(
    "name", ["李科长(甲县)", "乡镇(甲1)", "机构Q(甲县)", "站长(甲1)", "督导(甲1甲2)", "广东省"]
)
@of_each("key", KEYS)
def test_a_key_out_of_sight_gets_the_answer_of_an_unknown_one(
    people: dict[str, Person], places: dict[str, Rows], world: World, name: str, key: str
) -> None:
    """Saving a row full of another county's keys says the same as one full of keys that nobody bears."""
    person, register = people[name], REGISTERS[key]
    if key in PUBLISHED or world.id(key, "B2") in seen(person, register, places[key]):
        return
    real = world.cells[key]["B2"]
    made_up, swaps = pretended(register, real)
    with undone(person):
        found = attempt(register, real)
    with undone(person):
        unknown = attempt(register, made_up)
    told_back = repr(unknown)
    for original, invented in swaps.items():
        told_back = told_back.replace(invented, original)
    assert repr(found) == told_back


def content(register: Register, pk: str) -> dict[str, Any]:
    with opened(EVERYTHING):
        return dict(register.model._default_manager.filter(pk=pk).values().get())


@pytest.mark.parametrize("name", [each for each in CAST if each != "管理员"])
@of_each("key", KEYS)
def test_a_write_never_reaches_a_row_out_of_sight(
    people: dict[str, Person], places: dict[str, Rows], world: World, name: str, key: str
) -> None:
    """The engine's save with another's key, then looking at what is stored (inside the same transaction)."""
    person, register = people[name], REGISTERS[key]
    with undone(person):
        hidden = [n for n in NAMES if world.id(key, n) not in seen(person, register, places[key])]
        for each in hidden:
            values = dict(world.cells[key][each])
            for column in register.sheet.columns:
                if column.name in values and column.kind == "text" and not column.key:
                    values[column.name] = "改动"
            before = content_here(register, world.id(key, each))
            with transaction.atomic():
                attempt(register, values)
            assert content_here(register, world.id(key, each)) == before


def content_here(register: Register, pk: str) -> Any:
    from linzhan.kernel.scope import scope

    with scope(EVERYTHING):
        return raw(f'SELECT t.* FROM "{register.model._meta.db_table}" t WHERE id = %s', pk)


@pytest.mark.parametrize("name", [each for each in CAST if each != "管理员"])
@of_each("key", KEYS)
def test_raw_changes_stop_at_what_the_reader_sees(
    people: dict[str, Person], places: dict[str, Rows], world: World, name: str, key: str
) -> None:
    """UPDATE and DELETE without any filter, through the application's role."""
    person, register = people[name], REGISTERS[key]
    table = register.model._meta.db_table
    want = seen(person, register, places[key])
    if register.written_once:
        with undone(person):
            assert refused(f'UPDATE "{table}" SET region_code = region_code')
            assert refused(f'DELETE FROM "{table}"')
        return
    with undone(person):
        with transaction.atomic():
            assert changed_by(f'UPDATE "{table}" SET region_code = region_code') <= len(want)
        hidden = [str(pk) for pk in world.ids[key].values() if str(pk) not in want]
        for pk in hidden:
            assert changed_by(f'UPDATE "{table}" SET region_code = region_code WHERE id = %s', pk) == 0
            assert changed_by(f'DELETE FROM "{table}" WHERE id = %s', pk) == 0


@pytest.mark.parametrize(
    "name", ["李科长(甲县)", "张科长(乙县)", "乡镇(甲1)", "怀化市", "广东省", "机构Q(甲县)", "站长(甲1)"]
)
@of_each("key", KEYS)
def test_what_is_only_read_from_here_is_neither_changed_nor_removed(
    people: dict[str, Person], places: dict[str, Rows], world: World, name: str, key: str
) -> None:
    """A row seen although it belongs elsewhere (an institution, a rule of the province) is for reading."""
    person, register = people[name], REGISTERS[key]
    table = register.model._meta.db_table
    own = rule.stored(register.model)
    if register.model.changed_where_seen:  # type: ignore[attr-defined]  # scoped, see the architecture tests
        return
    if register.written_once:  # not even where it is seen: the test above
        return
    foreign = [pk for pk in map(str, world.ids[key].values()) if not rule.sees(person, own[pk])]
    with undone(person):
        for pk in foreign:
            assert changed_by(f'UPDATE "{table}" SET region_code = region_code WHERE id = %s', pk) == 0
            assert changed_by(f'DELETE FROM "{table}" WHERE id = %s', pk) == 0


def refused(statement: str, *arguments: Any) -> bool:
    """Whether PostgreSQL refuses the statement, or it comes to nothing."""
    try:
        with transaction.atomic():
            return changed_by(statement, *arguments) == 0
    except DatabaseError as fault:
        told = ("row-level security", "violates", "permission denied for table")
        assert any(words in str(fault) for words in told), fault
        return True


MAY_ENTER_ELSEWHERE = {
    "incidents": "whoever sees a danger reports it, in their own name, wherever it is",
    "providers": "whoever registers institutions may register one of another place; it stays its registrar's",
}


@of_each("key", KEYS)
def test_no_row_is_moved_or_put_into_another_county(
    people: dict[str, Person], world: World, key: str
) -> None:
    """UPDATE of the place, and COPY into a temporary table with INSERT … SELECT from there."""
    person, register = people["李科长(甲县)"], REGISTERS[key]
    if key in MAY_ENTER_ELSEWHERE:
        return
    table = register.model._meta.db_table
    names = [f.attname for f in register.model._meta.concrete_fields if not getattr(f, "generated", False)]
    with opened(EVERYTHING):
        foreign = register.model._default_manager.filter(pk=world.id(key, "B2")).values(*names).get()
    lines = {n: None for n in ("provider_id", "station_id") if n in names and n != "provider_id"}
    with undone(person):
        mine = world.id(key, "A1")
        assert refused(f'UPDATE "{table}" SET region_code = %s WHERE id = %s', COUNTIES["B"], mine)
        fresh = {**foreign, **lines, "id": uuid7()}
        try:
            with transaction.atomic():
                went_in = bulk.insert_rows(register.model, names, [[fresh[n] for n in names]])
            assert went_in == set()
        except DatabaseError as fault:
            assert "row-level security" in str(fault) or "violates" in str(fault), fault


@pytest.mark.parametrize("name", CAST)
def test_the_history_shows_the_changes_of_ones_own_place(
    people: dict[str, Person], world: World, name: str
) -> None:
    """Everybody changes something once, as administrator; the history of it follows the row's place."""
    person = people[name]
    own = rule.stored(AuditEntry)
    want = {pk for pk, place in own.items() if rule.sees(person, place)}
    with undone(person):
        assert {str(pk) for pk in AuditEntry.objects.values_list("pk", flat=True)} == want


PERIOD = parse_period("2021")
PER_COUNTY = [figure.key for figure in catalogue()]


@pytest.mark.parametrize(
    ("name", "own", "others"),
    [
        ("李科长(甲县)", "431202000000", ("431281000000", "431200000000", "430000000000", "000000000000")),
        ("张科长(乙县)", "431281000000", ("431202000000", "431202001000", "431200000000")),
        ("怀化市", "431200000000", ("430000000000", "430100000000", "440000000000")),
        ("广东省", "440000000000", ("431202000000", "430000000000")),
        ("社工(甲1)", "", ("431202000000", "431202001000", "431281000000")),
        ("机构P(两县)", "", ("431202000000", "431281000000", "431200000000")),
        ("志愿者(甲1)", "", ("431202000000", "431202001000")),
        ("居民(甲1)", "", ("431202000000", "431202001000")),
    ],
)
def test_a_figure_is_told_only_of_a_place_that_is_ones_own(
    people: dict[str, Person], world: World, name: str, own: str, others: tuple[str, ...]
) -> None:
    """Of any other place the answer is one sentence, the same whether there is anything or not."""
    with undone(people[name]):
        if own:
            assert compute([FigureRequest(figure="network.stations", region=own, period=PERIOD)])
        told = set()
        for region in (*others, "650100000000"):
            for ask in (lambda r: compute([r]), rows_behind):
                with pytest.raises(ScopeViolation) as refusal:
                    ask(FigureRequest(figure="network.stations", region=region, period=PERIOD))
                told.add(str(refusal.value))
        assert len(told) == 1


def test_a_figure_of_a_county_counts_nothing_of_another(people: dict[str, Person], world: World) -> None:
    """What the county counts for itself is what the administrator counts for it: no more, no less."""
    for name, region in (("张科长(乙县)", COUNTIES["B"]), ("李科长(甲县)", COUNTIES["A"])):
        asked = [FigureRequest(figure=key, region=region, period=PERIOD) for key in PER_COUNTY]
        with undone(people[name]):
            own = [(each.figure, each.value, each.numerator, each.denominator) for each in compute(asked)]
        with undone(people["管理员"]):
            all_seeing = [
                (each.figure, each.value, each.numerator, each.denominator) for each in compute(asked)
            ]
        assert own == all_seeing


def test_stored_figures_of_another_county_are_not_there(people: dict[str, Person], world: World) -> None:
    from datetime import date

    from django.utils import timezone

    with opened(EVERYTHING, Actor(label="生成")):
        for region in (*COUNTIES.values(), "431200000000", "430000000000"):
            StoredFigure.objects.create(
                figure="network.stations",
                region_code=region,
                period="2021",
                start=date(2021, 1, 1),
                as_of=date(2021, 12, 31),
                value=1,
                computed_at=timezone.now(),
            )
    want = {
        "张科长(乙县)": {COUNTIES["B"]},
        "怀化市": {*COUNTIES.values(), "431200000000"},
        "社工(甲1)": set(),
        "机构P(两县)": set(),
        "居民(甲1)": set(),
    }
    for name, regions in want.items():
        with undone(people[name]):
            assert {code for (code,) in raw("SELECT region_code FROM kernel_storedfigure")} == regions
