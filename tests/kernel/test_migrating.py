"""A table that is added is rendered by itself, and the models around it know of it as with Django's own state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands import migrate
from django.db import models
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    RenameField,
    RenameModel,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from linzhan.kernel.management.commands.migrate import Command
from linzhan.kernel.migrating import Executor, GrowingState

APP = "toys"


def table(name: str, **fields: models.Field[Any, Any]) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


def refers(to: str, **more: Any) -> Any:
    return models.ForeignKey(f"{APP}.{to}", models.PROTECT, **more)


OPERATIONS: list[Operation] = [
    table("Station", code=models.CharField(max_length=9)),
    table("Worker", station=refers("Station", related_name="people")),
    table("Visit", worker=refers("Worker"), station=refers("Station"), others=models.ManyToManyField("toys.Worker", related_name="+")),
    AddIndex("Visit", models.Index(fields=["station"], name="visits_of_a_station")),
    table("Photo", visit=refers("Visit"), first=refers("Photo", null=True)),
    AddConstraint("Worker", models.UniqueConstraint(fields=["station"], name="one_worker_a_station")),
    AddField("Station", "lead", refers("Worker", null=True)),
    AlterField("Station", "code", models.CharField(max_length=12, unique=True)),
    table("Note", visit=refers("Visit", related_name="notes")),
    RenameField("Visit", "worker", "by"),
    DeleteModel("Photo"),
    table("Photo", note=refers("Note")),
    RenameModel("Note", "Remark"),
]  # fmt: skip


def after(state: ProjectState, number: int) -> ProjectState:
    """The state after so many of the operations, rendered from the beginning as in a migration."""
    assert not state.apps.get_models()
    for operation in OPERATIONS[:number]:
        operation.state_forwards(APP, state)
    return state


def relations(state: ProjectState) -> Iterator[tuple[str, Any]]:
    for model in state.apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation:
                yield model._meta.label, field


def known(state: ProjectState) -> set[tuple[str, str, bool, str]]:
    """What refers to what: model, field, whether it is the other's field, and the other."""
    found = set()
    for label, field in relations(state):
        name = field.field.name if field.auto_created else field.name
        found.add((label, name, field.auto_created, field.related_model._meta.label))
    return found


def left_behind(state: ProjectState) -> set[tuple[str, str]]:
    """Fields that refer to a class that the state no longer has: Django lets that be until a migration is over."""
    return {
        (label, field.name)
        for label, field in relations(state)
        if not field.auto_created
        and field.related_model is not state.apps.get_model(field.related_model._meta.label)
    }


def guards(state: ProjectState) -> dict[str, list[str]]:
    return {
        model._meta.label: [each.name for each in (*model._meta.indexes, *model._meta.constraints)]
        for model in state.apps.get_models()
    }


@pytest.mark.parametrize("number", range(1, len(OPERATIONS) + 1))
def test_all_models_know_of_each_other_as_with_djangos_own_state(number: int) -> None:
    ours, djangos = after(GrowingState(), number), after(ProjectState(), number)
    assert ours == djangos
    assert known(ours) == known(djangos)
    assert guards(ours) == guards(djangos)
    assert left_behind(ours) <= left_behind(djangos)


def test_a_new_table_is_the_only_one_that_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    state = after(GrowingState(), 4)
    render, rendered = ModelState.render, []

    def noted(self: ModelState, apps: Any) -> Any:
        rendered.append(self.name)
        return render(self, apps)

    monkeypatch.setattr(ModelState, "render", noted)
    OPERATIONS[4].state_forwards(APP, state)
    assert rendered == ["Photo"]


def test_an_index_leaves_every_class_in_its_place() -> None:
    state = after(GrowingState(), 3)
    before = list(state.apps.get_models())
    OPERATIONS[3].state_forwards(APP, state)
    assert list(state.apps.get_models()) == before
    assert state == after(ProjectState(), 4)


def test_the_house_migrates_so() -> None:
    assert issubclass(Command, migrate.Command)
    assert migrate.MigrationExecutor is Executor
