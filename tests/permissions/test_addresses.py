"""The same matrix through the faces: every list, file, form and export of the office, every resource of the API.

A row out of sight is answered exactly as one that does not exist; a right that is missing is 403 (NFR-06).
"""

from __future__ import annotations

import re
import uuid
from itertools import product
from typing import Any

import pytest
from django.test import Client

from linzhan.accounts.models import Appointment, User
from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from tests.each import of_each
from tests.permissions.rule import Rows, places, seen
from tests.permissions.test_matrix import CAST
from tests.permissions.world import NAMES, Person, World, cast

LINES = ["李科长(甲县)", "评估(甲县)", "机构P(两县)", "社工(甲1)", "督导(甲1甲2)", "志愿者(甲1)"]
"""One of each line of authority: pages that read a row by one and the same code are asked by these, the matrix by all."""
KEYS = [register.key for register in REGISTERS]
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|nonce="|"X-CSRFToken": ?")[^"]+')


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Person]:
    """The cast with accounts of their own."""
    found = {each.name: each for each in cast(world)}
    with opened(EVERYTHING, Actor(label="生成")):
        for person in found.values():
            User.objects.bulk_create([person.appointment.user])
            Appointment.objects.bulk_create([person.appointment])
    return found


@pytest.fixture(scope="module")
def rows(world: World) -> dict[str, Rows]:
    return {key: places(REGISTERS[key]) for key in KEYS}


@pytest.fixture(scope="module")
def clients(people: dict[str, Person]) -> dict[str, Client]:
    found = {}
    for name, person in people.items():
        found[name] = Client(HTTP_ACCEPT="text/html")
        with opened(EVERYTHING, Actor(label="生成")):  # signing in notes the time in the account
            found[name].force_login(
                person.appointment.user, backend="linzhan.accounts.backends.AccountBackend"
            )
    return found


def body(response: Any, *ids: object) -> str:
    """The answer without what is new in every request, and without the id that was asked for."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = TOKEN.sub(r"\1", content.decode("utf-8", "replace"))
    for each in ids:
        text = text.replace(str(each), "ID")
    return text


def hidden(world: World, key: str, visible: set[str]) -> list[str]:
    """The row farthest from sight: of another county where one is hidden there."""
    return [pk for pk in (world.id(key, each) for each in NAMES) if pk not in visible][-1:]


@pytest.mark.parametrize("name", CAST)
@of_each("key", KEYS)
def test_a_list_shows_the_rows_in_sight_to_whoever_holds_the_right(
    people: dict[str, Person],
    clients: dict[str, Client],
    world: World,
    rows: dict[str, Rows],
    name: str,
    key: str,
) -> None:
    person, register = people[name], REGISTERS[key]
    response = clients[name].get(f"/r/{key}/")
    if register.view not in rights_of(person.role):
        assert response.status_code == 403
        return
    assert response.status_code == 200
    visible, text = seen(person, register, rows[key]), body(response)
    for each in NAMES:
        pk = world.id(key, each)
        assert (pk in text) == (pk in visible), each
    assert not re.search(r"\b[A-Z][A-Za-z]+\([a-z]+=|UUID\(", text), (
        "a value is shown as the program spells it"
    )


@pytest.mark.parametrize(
    ("name", "page"), [*((name, "") for name in CAST), *product(LINES, ("edit/", "history/"))]
)
def test_a_file_out_of_sight_is_answered_like_one_that_does_not_exist(
    people: dict[str, Person],
    clients: dict[str, Client],
    world: World,
    rows: dict[str, Rows],
    name: str,
    page: str,
) -> None:
    person, client = people[name], clients[name]
    for register in REGISTERS:
        visible = seen(person, register, rows[register.key])
        unknown = uuid.uuid4()
        nothing = client.get(f"/r/{register.key}/{unknown}/{page}")
        assert nothing.status_code in (403, 404)
        for pk in hidden(world, register.key, visible):
            answer = client.get(f"/r/{register.key}/{pk}/{page}")
            assert answer.status_code == nothing.status_code
            assert body(answer, pk) == body(nothing, unknown)


@pytest.mark.parametrize("name", CAST)
def test_a_form_of_a_row_out_of_sight_takes_nothing(
    people: dict[str, Person], clients: dict[str, Client], world: World, rows: dict[str, Rows], name: str
) -> None:
    person, client = people[name], clients[name]
    for register in REGISTERS:
        visible = seen(person, register, rows[register.key])
        for pk in hidden(world, register.key, visible):
            answer = client.post(f"/r/{register.key}/{pk}/edit/", {"name": "改动", "content": "改动"})
            assert answer.status_code in (403, 404)


@of_each("key", KEYS)
def test_nobody_without_an_account_sees_a_list(world: World, key: str) -> None:
    for accept, status in (("application/json", 403), ("text/html", 302)):
        response = Client(HTTP_ACCEPT=accept).get(f"/r/{key}/")
        assert response.status_code == status
        assert not any(world.id(key, each) in body(response) for each in NAMES)


@pytest.fixture(scope="module")
def resources(clients: dict[str, Client]) -> set[str]:
    """The resources that the API itself describes, by the register's key; it takes a second to say so."""
    described = clients["管理员"].get("/api/v1/openapi.json").json()["paths"]
    named = {match[1] for path in described if (match := re.match(r"^/api/v1/([\w-]+)/?$", path))}
    return named & set(KEYS)


def test_the_interface_speaks_of_registers(resources: set[str]) -> None:
    assert len(resources) > 10


@pytest.mark.parametrize("name", CAST)
def test_the_interface_lists_the_rows_in_sight_and_no_other(
    people: dict[str, Person],
    clients: dict[str, Client],
    resources: set[str],
    world: World,
    rows: dict[str, Rows],
    name: str,
) -> None:
    person, client = people[name], clients[name]
    for key in sorted(resources):
        register = REGISTERS[key]
        response = client.get(f"/api/v1/{key}?limit=100", HTTP_ACCEPT="application/json")
        if register.view not in rights_of(person.role):
            assert response.status_code == 403, key
            continue
        assert response.status_code == 200, key
        visible, text = seen(person, register, rows[key]), body(response)
        assert {each for each in NAMES if world.id(key, each) in text} == {
            each for each in NAMES if world.id(key, each) in visible
        }, key


@pytest.mark.parametrize("name", LINES)
def test_the_interface_answers_a_hidden_row_like_no_row(
    people: dict[str, Person],
    clients: dict[str, Client],
    resources: set[str],
    world: World,
    rows: dict[str, Rows],
    name: str,
) -> None:
    person, client = people[name], clients[name]
    for key in sorted(resources):
        register, unknown = REGISTERS[key], uuid.uuid4()
        visible = seen(person, register, rows[key])
        nothing = client.get(f"/api/v1/{key}/{unknown}", HTTP_ACCEPT="application/json")
        assert nothing.status_code in (403, 404)
        for pk in hidden(world, key, visible):
            answer = client.get(f"/api/v1/{key}/{pk}", HTTP_ACCEPT="application/json")
            assert (answer.status_code, body(answer, pk)) == (nothing.status_code, body(nothing, unknown)), (
                key
            )
