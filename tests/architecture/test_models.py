"""Every table of the house stands behind both walls, or is open for a reason (NFR-06); every field is marked."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from linzhan.kernel.scope import ScopedManager, ScopedModel
from linzhan.kernel.sheets.columns import Level
from linzhan.kernel.wall import own_models
from tests.each import of_each

OPEN = {
    "kernel.RegisterUse": "says only that a county keeps a list; a township's 0 is known by its county",
    "kernel.StaleMark": "whoever may write a row may mark its place; the worker reads them all",
    "territory.Region": "the division codes are public",
    "territory.RegionName": "the division codes are public",
    "territory.RegionChange": "the division codes are public",
    "policy.PolicyDocument": "the rulebook is no secret",
    "policy.ParameterValue": "the rulebook is no secret",
    "casework.ScaleDefinition": "what a scale asks is no secret; it is about nobody",
    "policy.MenuItem": "the rulebook is no secret",
    "policy.ResidentCategory": "the rulebook is no secret",
}
"""Tables without a place, each with its reason. A table of people or of a place's business never is."""

ALL = own_models()
SCOPED = [model for model in ALL if issubclass(model, ScopedModel)]
NOT_SCOPED = [model for model in ALL if not issubclass(model, ScopedModel)]


def label(model: type[models.Model]) -> str:
    return model._meta.label


def marked(model: type[models.Model]) -> Mapping[str, Level]:
    return getattr(model, "levels", {})


def test_the_house_has_tables() -> None:
    assert len(SCOPED) > 20


@of_each("model", NOT_SCOPED)
def test_a_table_without_scope_is_open_for_a_reason(model: type[models.Model]) -> None:
    assert label(model) in OPEN, (
        f"{label(model)}: inherit ScopedModel (PlacedRow), or name it in OPEN with a reason"
    )


def test_the_open_list_names_tables_that_are_there() -> None:
    assert set(OPEN) == {label(model) for model in NOT_SCOPED}


@of_each("model", NOT_SCOPED)
def test_an_open_table_holds_nothing_personal(model: type[models.Model]) -> None:
    assert {Level.L3, Level.L4}.isdisjoint(marked(model).values())


@of_each("model", ALL)
def test_every_field_is_marked_with_its_level_once(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields() if field.concrete}
    assert set(marked(model)) == names


@of_each("model", SCOPED)
def test_every_way_to_a_scoped_table_asks_for_the_scope(model: type[ScopedModel]) -> None:
    """The base manager serves joins and refreshes: it must be as careful as the default one."""
    managers = {model._default_manager, model._base_manager, *model._meta.managers}
    assert all(isinstance(manager, ScopedManager) for manager in managers)


@of_each("model", SCOPED)
def test_a_scoped_table_carries_its_place(model: type[ScopedModel]) -> None:
    field = next(each for each in model._meta.concrete_fields if each.attname == "region_code")
    assert field.db_collation == "C", "a range over another collation uses no index under a policy"
    assert field.max_length == 12


@of_each("model", SCOPED)
def test_a_widened_view_is_widened_in_the_database_too(model: type[ScopedModel]) -> None:
    own = [name for name in ("visible_besides", "policy_besides") if _redefines(model, name)]
    assert len(own) in (0, 2), f"{label(model)} redefines only {own}: the two walls would disagree"


def _redefines(model: type[ScopedModel], name: str) -> bool:
    return getattr(model, name).__func__ is not getattr(ScopedModel, name).__func__


@of_each("model", ALL)
def test_no_table_opens_a_way_up_into_scoped_rows(model: type[models.Model]) -> None:
    """A reverse accessor (``station.residents``) is a query that nobody sees being asked."""
    named = [
        relation.get_accessor_name()
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and issubclass(relation.related_model, ScopedModel)
        and not relation.hidden
    ]
    assert not named, f'{label(model)}: give the foreign key related_name="+" ({named})'


@of_each("model", ALL)
def test_a_table_of_the_house_has_chinese_names(model: type[models.Model]) -> None:
    def chinese(text: object) -> bool:
        return any("一" <= character <= "鿿" for character in str(text))

    assert chinese(model._meta.verbose_name)
    english = [field.name for field in model._meta.concrete_fields if not chinese(field.verbose_name)]
    assert set(english) <= {"id", "last_login"}
