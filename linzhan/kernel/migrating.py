"""Migrations that run without drawing the whole house anew for every table.

Between two operations Django keeps the models as classes. When a table, an index or a constraint is added it
renders anew every model that is tied to it, in the case of a table however far: all of them, for everything here
hangs together, and twice as many tables take four times as long. But nothing refers to a new table yet, so its
own class is enough; and an index or a constraint changes no relation, so the classes can stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.models import BaseConstraint, Index


class GrowingState(ProjectState):
    """Django's state of the project, in which what is added leaves the other models alone."""

    def add_model(self, model_state: ModelState) -> None:
        self.clear_delayed_apps_cache()  # a change that Django drew in part is drawn whole before more comes
        self.is_delayed = False
        with self._as_rendered() as apps:
            super().add_model(model_state)
            if apps:
                apps.render_multiple([model_state])

    def add_index(self, app_label: str, model_name: str, index: Index) -> None:
        with self._as_rendered() as apps:
            super().add_index(app_label, model_name, index)
            if apps:
                held = apps.get_model(app_label, model_name)._meta
                held.indexes = self.models[app_label, model_name].options["indexes"]

    def add_constraint(self, app_label: str, model_name: str, constraint: BaseConstraint) -> None:
        with self._as_rendered() as apps:
            super().add_constraint(app_label, model_name, constraint)
            if apps:
                held = apps.get_model(app_label, model_name)._meta
                held.constraints = self.models[app_label, model_name].options["constraints"]

    @contextmanager
    def _as_rendered(self) -> Iterator[StateApps | None]:
        """The classes as they are; Django, which looks here for them, has none to render anew."""
        apps = self.__dict__.pop("apps", None)
        yield apps
        if apps is not None:
            self.apps = apps


class Executor(MigrationExecutor):
    """Django's executor, going forwards from a :class:`GrowingState`."""

    def migrate(  # type: ignore[override]  # passes on what it does not look at
        self, targets: Any, plan: Any = None, state: ProjectState | None = None, **how: Any
    ) -> ProjectState:
        """As Django's. The state gets classes of its own: those of a copy would look for their relations elsewhere."""
        if state is not None:
            state = GrowingState(state.models, state.real_apps)
        return super().migrate(targets, plan, state, **how)
