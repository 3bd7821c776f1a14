"""The three addresses of the phone app: open to anybody, the same for everybody, new whenever a byte is new."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from linzhan.field import bundle

pytestmark = pytest.mark.django_db


def kept() -> dict[str, object]:
    told = re.match(r"self\.SHELL = (\{.*\});\n", Client().get("/field/sw.js").content.decode())
    assert told
    found: dict[str, object] = json.loads(told[1])
    return found


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/field/", "text/html"),
        ("/field/manifest.webmanifest", "application/manifest+json"),
        ("/field/sw.js", "text/javascript"),
    ],
)
def test_the_shell_is_open_and_asked_for_anew(address: str, kind: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies
    assert Client().post(address).status_code == 405


def test_the_phone_keeps_every_file_that_the_page_asks_for() -> None:
    page = Client().get("/field/").content.decode()
    asked = set(re.findall(r'(?:href|src)="([^"]+)"', page))
    assert asked == set(kept()["files"])  # type: ignore[call-overload]  # a list of addresses
    for address in asked - {"/field/manifest.webmanifest"}:
        assert finders.find(address.removeprefix("/static/").partition("?")[0])


def test_a_new_bundle_is_a_new_service_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    was = kept()["version"]
    old = bundle.source
    monkeypatch.setattr(bundle, "source", lambda name: old(name) + (b"\n" if name == "field.js" else b""))
    for each in (bundle.page, bundle.version, bundle.worker):
        each.cache_clear()
    try:
        assert kept()["version"] != was
    finally:
        for each in (bundle.page, bundle.version, bundle.worker):
            each.cache_clear()


def test_the_page_holds_nothing_about_anybody() -> None:
    manifest = json.loads(Client().get("/field/manifest.webmanifest").content)
    assert manifest["scope"] == manifest["start_url"] == "/field/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert Client().get("/field/").content == Client().get("/field/").content
