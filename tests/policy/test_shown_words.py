"""The rulebook speaks Chinese: no name of the code stands in a value that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from linzhan.kernel.scope import unscoped
from linzhan.office.parts import Choice
from linzhan.office.rulebook.inputs import groups
from linzhan.policy.api import PARAMETERS
from linzhan.policy.loading import entries, load_reference
from linzhan.policy.shapes import CHECKS, FigureKey, figure_name

CODE_NAME = re.compile(
    r"[a-z]+[_.][a-z]+|\b(?:cap|share|earmark|permission|guide|arrangement)\b|\b[A-F]\d\d\b"
)


def shown_values() -> Iterator[str]:
    for parameter in PARAMETERS:
        yield from (parameter.kind.show(each.value) for each in parameter.defaults.values())
    for entry in entries("value"):
        if "value" in entry:
            kind = PARAMETERS.get(entry["parameter"]).kind
            yield kind.show(kind.read(entry["value"]))


@pytest.fixture(autouse=True)
def reference(db: None) -> Iterator[None]:
    """The names of the categories of residents are reference data."""
    cache.clear()
    with unscoped("reference data of a test"):
        load_reference()
        yield
    cache.clear()


@pytest.mark.django_db
def test_no_value_shows_a_name_of_the_code() -> None:
    values = list(shown_values())
    assert len(values) > 100
    assert [each for each in values if CODE_NAME.search(each)] == []


@pytest.mark.django_db
def test_no_choice_of_a_form_shows_a_name_of_the_code() -> None:
    words = [
        choice.label if isinstance(choice, Choice) else choice[1]
        for parameter in PARAMETERS
        for default in parameter.defaults.values() or [None]
        for group in groups(parameter.kind, default.value if default else None, parameter.unit, None)
        for field in group.fields
        for choice in field.choices
    ]
    assert words
    assert [word for word in words if CODE_NAME.search(str(word))] == []


def test_a_figure_that_the_catalogue_does_not_know_keeps_its_key() -> None:
    assert figure_name("nobody.knows") == FigureKey(called=figure_name).show("nobody.knows") == "nobody.knows"


def test_an_item_of_the_checklist_is_shown_in_words_and_kept_as_its_code() -> None:
    assert (CHECKS.read("has_site"), CHECKS.show("has_site")) == ("has_site", "有场地")
