"""What holds of every operation that the description names, whatever registers there will be."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.cache import cache as knocks
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhan.accounts.api import Role
from linzhan.interface.application import whole
from linzhan.interface.problems import KINDS
from linzhan.kernel.access import OWN_CHECK, RIGHTS
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.sheets.columns import Origin
from tests.each import of_each
from tests.factories.places import HECHENG, TUOYUAN
from tests.interface.conftest import Calling, need_body, resource_body, volunteer_body

pytestmark = pytest.mark.django_db
OPEN = {"createToken"}
CONTRACT = (
    "regions stations providers workers projects residents service-records cases groups activities visits needs"
    " resources volunteers volunteer-hours supervisions trainings evaluations funds disclosures figures imports"
)


@cache
def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(whole().get_openapi_schema()))
    return found


def operations() -> list[tuple[str, str, str]]:
    return [
        (method.upper(), path.replace("{identity}", str(uuid4())), operation["operationId"])
        for path, found in description()["paths"].items()
        for method, operation in found.items()
    ]


def call(method: str, path: str, **more: Any) -> Any:
    return Client(raise_request_exception=False).generic(
        method, path, "{}" if method in ("POST", "PATCH") else "", content_type="application/json", **more
    )


@of_each("method path name", operations)
def test_without_a_token_it_refuses(method: str, path: str, name: str) -> None:
    if name in OPEN:
        return
    knocks.clear()  # nobody has knocked before
    answer = call(method, path)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/not-signed-in"
    assert call(method, path, HTTP_AUTHORIZATION="Bearer made-up").status_code == 401


def test_without_the_right_it_refuses(calling: Calling) -> None:
    nobody = calling("resident", person_id=uuid4())
    seen = {"listRegion", "getRegion", "createToken", "listResident", "getResident"}
    own = [r.model.__name__ for r in REGISTERS if Role.RESIDENT in RIGHTS[r.view].roles]  # their own file
    seen |= {f"{verb}{name}{part}" for name in own for verb in ("list", "get") for part in ("", "Steps")}
    seen |= {"getAttachmentContent"}  # the right is that of the row it belongs to, which is looked for first
    for method, path, name in operations():
        if name in seen:
            continue
        body = _body(name)
        answer = nobody.send(method, path.removeprefix("/api/v1"), body)
        assert answer.status_code in (403, 422), (name, answer.status_code, answer.content.decode()[:200])
        if answer.status_code == 422:
            # a form without a file, a piece of no file: refused before anything else
            assert name in ("createImport", "putAttachment")


def _body(name: str) -> dict[str, Any] | None:
    """A body that the description allows, so that nothing but the right is in the way."""
    if name.startswith("change"):
        return {}
    if name.startswith("take"):
        return {}
    if name == "sync":
        return {"device": str(uuid4()), "clock": "2026-11-22T10:00:00+08:00"}
    if not name.startswith("create") or name == "createImport":
        return None
    schema = description()["components"]["schemas"].get(f"{name.removeprefix('create')}New", {})
    return dict.fromkeys(schema.get("required", ()), "1")


def test_the_contract_is_kept_and_every_register_has_its_operations() -> None:
    paths = description()["paths"]
    missing = [name for name in CONTRACT.split() if f"/api/v1/{name}" not in paths]
    assert missing == []
    for register in REGISTERS:
        assert set(paths[f"/api/v1/{register.key}"]) == {"get", "post"}
        assert set(paths[f"/api/v1/{register.key}/{{identity}}"]) == {"get", "patch"}


def test_every_field_of_every_register_is_typed() -> None:
    schemas = description()["components"]["schemas"]
    for register in REGISTERS:
        for suffix in ("New", "Change"):
            properties = schemas[f"{register.model.__name__}{suffix}"]["properties"]
            for column in register.sheet.columns:
                if column.origin in (Origin.PLATFORM, Origin.DERIVED):
                    assert column.name not in properties
                    continue
                found = properties[column.name]
                assert found.get("type") or found.get("anyOf"), (register.key, column.name)


def test_every_view_checks_for_itself() -> None:
    resolver = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/")
    views = list(below(resolver))
    assert len(views) > len(operations())
    for pattern in views:
        assert getattr(pattern.callback, "needs", None) == OWN_CHECK, pattern


def below(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from below(pattern)
        else:
            yield pattern


def test_a_register_that_nobody_asks_for_is_not_built() -> None:
    """A phone that only sends its records does not wait for the types of all registers."""
    program = (
        "import django; django.setup()\n"
        "from django.urls import resolve, get_resolver\n"
        "resolve('/api/v1/sync'); resolve('/api/v1/stations')\n"
        "from linzhan.interface.urls import urlpatterns\n"
        "print([c.word for c in urlpatterns if hasattr(c, '_built')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['stations']", done.stderr


def test_an_unknown_address_is_a_problem_document() -> None:
    answer = Client().get("/api/v1/nothing/here")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_the_types_of_problems_are_stable() -> None:
    assert set(KINDS) >= {
        "not-signed-in",
        "sign-in-failed",
        "locked-out",
        "not-allowed",
        "not-found",
        "conflict",
        "invalid",
        "kept-elsewhere",
    }


def test_the_page_about_it_names_every_operation_and_loads_nothing_from_elsewhere() -> None:
    answer = Client().get("/api/v1/docs")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert all(path in text for path in description()["paths"])
    assert "//" not in text.replace("</", "")
    assert "<script" not in text
    assert "style=" not in text
    assert (Path(__file__).parents[2] / "linzhan/interface/static/interface/docs.css").exists()


def test_a_session_writes_only_with_its_csrf_token(calling: Calling) -> None:
    calling("county_official")
    client = Client(enforce_csrf_checks=True)
    from linzhan.accounts.api import User
    from linzhan.kernel.scope import EVERYTHING, opened

    with opened(EVERYTHING):
        user = User.objects.get()
        client.force_login(user, backend="linzhan.accounts.backends.AccountBackend")
    assert client.get("/api/v1/stations").status_code == 200
    refused = client.post("/api/v1/resources", "{}", content_type="application/json")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/csrf")
    assert client.get("/api/v1/stations", HTTP_AUTHORIZATION="Bearer made-up").status_code == 401


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2021-01-01", "1", "清空", "***"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


GOOD: dict[str, dict[str, Any]] = {
    "resources": resource_body(),
    "needs": need_body(),
    "volunteers": volunteer_body(),
    "stations": {"code": "Z1", "name": "站", "tier": "乡镇街道社工站", "region": TUOYUAN, "status": "运营"},
    "fund-bases": {"region": HECHENG, "year": 2021, "name": "社会救助专项经费", "amount": "1.5"},
    "funds": {
        "code": "F1",
        "moved_on": "2021-01-01",
        "region": HECHENG,
        "kind": "支出",
        "source": "财政预算",
        "amount": 1,
    },
}
"""A body of each register that goes in as it is."""


@pytest.mark.parametrize("key", sorted(GOOD))
def test_no_value_whatever_makes_it_fail(key: str, calling: Calling, real_places: None) -> None:
    """Any JSON value in any field is taken, refused with a reason, or a conflict: never a failure."""
    caller = calling("system_admin", "000000000000")
    names = [column.name for column in REGISTERS[key].sheet.columns]
    made = caller.post(f"/{key}", GOOD[key])
    assert made.status_code == 201, made.content.decode()

    @FEW
    @given(st.dictionaries(st.sampled_from(names), JSON, min_size=1, max_size=3))
    def check(odd: dict[str, Any]) -> None:
        for answer in (
            caller.post(f"/{key}", {**GOOD[key], **odd}),
            caller.patch(f"/{key}/{made.json()['id']}", odd),
        ):
            assert answer.status_code in (200, 201, 409, 422), (odd, answer.content.decode())

    check()


@pytest.mark.parametrize("raw", ["", "[]", "1", "{", '"x"', "null", '{"code": NaN}', "\x00"])
def test_no_text_whatever_makes_it_fail(raw: str, calling: Calling) -> None:
    caller = calling()
    answer: Any = caller.client.generic(
        "POST",
        "/api/v1/resources",
        raw,
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {caller.token}",
    )
    assert answer.status_code in (400, 422), answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"


PATHS = (
    "/resources?name=",
    "/resources?within=",
    "/resources?cursor=",
    "/resources?quantity=",
    "/needs?raised_on_from=",
    "/needs?station=",
    "/regions?name=",
    "/regions?within=",
    "/figures?period=",
    "/figures?region=",
    "/figures?figure=network.stations&split=",
)


def test_no_query_whatever_makes_it_fail(calling: Calling, real_places: None) -> None:
    caller = calling()

    @FEW
    @given(st.sampled_from(PATHS), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
    def check(path: str, text: str) -> None:
        answer = caller.get(path + quote(text))
        expected = (400,) if "\x00" in text else (200, 403, 404, 422)
        assert answer.status_code in expected, (path, text, answer.content.decode()[:300])
        assert answer.status_code == 200 or answer["Content-Type"] == "application/problem+json"

    check()
