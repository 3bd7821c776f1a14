"""Phones for tests: a server that may lose what it is sent, and browsers that are closed and killed like phones.

The server takes what the phone app says as the real one does (``POST /api/v1/sync``), in memory and in a
few lines, so that a test can look at what arrived, drop connections and answer what is rare. Everything
that is not the API comes from the application as it is.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.serving import Careless, answering

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Xiang-2021-cun"
PIN = "274951"
BARE = "<!doctype html><html lang='zh'><title>核心</title><script src='/field/bare.js'></script></html>"
Started = Callable[..., Any]


Application = Callable[[dict[str, Any], Started], Any]


def unheard(waiting: str) -> re.Pattern[str]:
    """The strip while nothing reaches the server; a page loaded meanwhile is told by some browsers that there is a network."""
    return re.compile(rf"^\s*(离线|连不上服务器) · {waiting}\s*$")


def hear_again(page: Page) -> None:
    """The network is back. A page loaded without one is not told so by every browser: the phone says it here."""
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def measured(**numbers: float) -> None:
    """Told with ``-s``, or when the test fails."""
    sys.stdout.write(f"{ {name: round(number, 2) for name, number in numbers.items()} }\n")


@dataclass
class Line:
    """What lies between phones and a server: it loses of every ``drop`` requests to the API one, by turns
    before it was taken and after."""

    application: Application
    bare: bytes = b""  # a page with the core of the app and no screens, at ``/field/bare/``
    drop: int = 0
    requests: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: dict[str, Any], start: Started) -> Any:
        path = environ["PATH_INFO"]
        if path == "/field/bare/":
            return _said(start, "200 OK", BARE.encode(), "text/html; charset=utf-8")
        if path == "/field/bare.js":
            return _said(start, "200 OK", self.bare, "text/javascript; charset=utf-8")
        if path == "/favicon.ico":
            return _said(start, "404 Not Found", b"", "text/plain")
        if not path.startswith("/api/v1/") or path == "/api/v1/tokens":
            return self.application(environ, start)
        with self.lock:
            self.requests += 1
            turn = self.requests // self.drop if self.drop and self.requests % self.drop == 0 else 0
        if turn % 2:
            raise ConnectionAbortedError
        answer = self.application(environ, start)
        if turn:
            raise ConnectionAbortedError
        return answer


@dataclass
class Desk:
    """What the server knows. ``commands`` is in the order of arrival, each once."""

    commands: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytearray] = field(default_factory=dict)
    feeds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)  # by subject: other than done
    passwords: dict[str, str] = field(default_factory=dict)
    order: str = ""
    busy: list[int] = field(
        default_factory=list
    )  # seconds after which to come again, told to the next requests
    crowded: list[int] = field(default_factory=list)  # the same, told to whoever signs in next
    asked_at: list[float] = field(
        default_factory=list
    )  # by the clock: every exchange, a busy answer included
    between: str = ""  # addresses from here on are answered by somebody in between, in words of their own
    instead: dict[str, Any] = field(default_factory=dict)  # told of every command, and nothing is taken
    unreadable: str = ""  # an exchange with this in it cannot be read as a whole
    forbidden: set[int] = field(default_factory=set)  # files whose first byte is one of these
    signed: list[tuple[str, str, str]] = field(
        default_factory=list
    )  # what was asked, by whom, for which device
    hold: threading.Event | None = None  # answers to exchanges wait until it is set
    repeats: int = 0
    largest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: dict[str, Any], start: Started) -> list[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith("/api/v1/"):
            answer: list[bytes] = get_wsgi_application()(environ, start)
            return answer
        if self.between and path.startswith(self.between):
            return _said(start, "404 Not Found", "<p>请先登录本网络</p>".encode(), "text/html; charset=utf-8")
        with self.lock:
            status, content = self.take(environ, path)
            hold = self.hold if path == "/api/v1/sync" else None
        if hold:
            hold.wait(30)
        more = [("X-Linzhan-Order", self.order)] if status.startswith("401") and self.order else []
        if status.startswith("503"):
            more = [("Retry-After", str(content["again"]))]
        return _said(start, status, json.dumps(content).encode(), "application/json", *more)

    def take(self, environ: dict[str, Any], path: str) -> tuple[str, Any]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if path == "/api/v1/tokens":
            if self.crowded:
                return "503 Service Unavailable", _problem("busy", "平台正忙") | {
                    "again": self.crowded.pop(0)
                }
            return self.sign_in(json.loads(body))
        if not environ.get("HTTP_AUTHORIZATION", "").startswith("Bearer "):
            return "401 Unauthorized", _problem("not-signed-in", "没有登录")
        if path == "/api/v1/sync":
            if self.unreadable and self.unreadable.encode() in body:
                return "400 Bad Request", _problem("malformed", "请求无法读取")
            self.asked_at.append(time.monotonic())
            if self.busy:
                return "503 Service Unavailable", _problem("busy", "平台正忙") | {"again": self.busy.pop(0)}
            self.largest = max(self.largest, len(body))
            asked = json.loads(body)
            self.signed.append(("sync", environ["HTTP_AUTHORIZATION"], asked["device"]))
            return "200 OK", self.exchange(asked)
        self.signed.append(("file", environ["HTTP_AUTHORIZATION"], ""))
        if body[:1] and body[0] in self.forbidden:
            return "403 Forbidden", _problem("not-allowed", "没有权限")
        return self.keep(environ, path.rpartition("/")[2], body)

    def sign_in(self, asked: dict[str, str]) -> tuple[str, Any]:
        if self.passwords.setdefault(asked["username"], asked["password"]) != asked["password"]:
            return "401 Unauthorized", _problem("sign-in-failed", "账号或密码不正确，请核对后重试")
        held = {"id": "a", "role": "station_worker", "label": "驻站社工", "region_code": "431202000000"}
        token = f"token of {asked['username']}"
        return "201 Created", {"token": token, "expires_at": "", "appointment": held, "appointments": [held]}

    def exchange(self, asked: dict[str, Any]) -> dict[str, Any]:
        results = [self.result(command) for command in asked["commands"]]
        feeds = {}
        if asked["want"] and asked["state"] != "1":
            feeds = {key: {"rows": rows, "gone": []} for key, rows in self.feeds.items()}
        state = "1" if asked["want"] else asked["state"]
        return {
            "server_time": asked["clock"], "offset": 0, "clock_ok": True, "results": results,
            "feeds": feeds, "state": state, "more": False, "reset": False, "order": self.order,
        }  # fmt: skip

    def result(self, command: dict[str, Any]) -> dict[str, Any]:
        said = {
            "id": command["id"],
            "state": "done",
            "title": "",
            "detail": "",
            "faults": [],
            "conflicts": [],
        }
        if self.instead:
            return said | self.instead
        if command["after"] and command["after"] not in self.commands:
            return said | {"state": "waiting"}
        if known := self.commands.get(command["id"]):
            assert {**known, "after": None} == {**command, "after": None}, "the same id with other content"
            self.repeats += 1
        else:
            self.commands[command["id"]] = command
        return said | self.answers.get(command["subject"], {})

    def keep(self, environ: dict[str, Any], name: str, piece: bytes) -> tuple[str, Any]:
        kept = self.files.setdefault(name, bytearray())
        if environ["REQUEST_METHOD"] == "PUT":
            asked = parse_qs(environ["QUERY_STRING"])
            offset = int(asked["offset"][0])
            assert asked["row"], "a file belongs to a row"
            assert offset <= len(kept), "a piece is missing"
            kept[offset:] = piece
        return "200 OK", {"received": len(kept)}

    @property
    def subjects(self) -> list[str]:
        """What arrived, in order."""
        return [command["subject"] for command in self.commands.values()]


def _problem(kind: str, detail: str) -> dict[str, Any]:
    """A problem document, as the platform makes them."""
    return {"type": f"/problems/{kind}", "detail": detail}


def _said(start: Started, status: str, content: bytes, kind: str, *more: tuple[str, str]) -> list[bytes]:
    start(status, [("Content-Type", kind), ("Content-Length", str(len(content))), *more])
    return [content]


@contextmanager
def reached(line: Line) -> Iterator[str]:
    """The address at which phones reach what is at the other end of ``line``."""
    with answering(line, Careless) as address:
        yield address


def bare_core(directory: Path) -> bytes:
    """The app's core as one script that puts it into ``window.core``."""
    front = ROOT / "frontend"
    subprocess.run(
        [
            front / "node_modules/.bin/esbuild", ROOT / "tests/journeys/phone_core.ts",
            "--bundle", "--format=iife", "--target=chrome87", f"--outfile={directory / 'bare.js'}",
            "--define:process.env.NODE_ENV='production'", "--log-level=error",
        ],
        check=True, env=os.environ | {"NODE_PATH": str(front / "node_modules")},
    )  # fmt: skip
    return (directory / "bare.js").read_bytes()


class Phone:
    """A browser whose storage outlives it. ``troubles`` must stay empty."""

    def __init__(self, browser: Browser, storage: Path, address: str, arguments: tuple[str, ...]) -> None:
        self.kind, self.storage, self.address, self.arguments = (
            browser.browser_type,
            storage,
            address,
            arguments,
        )
        self.path = "/field/"
        self.troubles: list[str] = []
        self.context: BrowserContext
        self.page: Page

    def switch_on(self, *, offline: bool = False) -> Page:
        self.context = self.kind.launch_persistent_context(
            self.storage, executable_path="/usr/bin/chromium", args=list(self.arguments), locale="zh-CN",
            timezone_id="Asia/Shanghai", viewport={"width": 320, "height": 640}, offline=offline,
            reduced_motion="reduce",
        )  # fmt: skip
        return self.look(self.context.pages[0])

    def look(self, page: Page) -> Page:
        self.page = page
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.heard(said.text))
        page.goto(self.address + self.path)
        return page

    def heard(self, text: str) -> None:
        if "Failed to load resource" not in text:
            self.troubles.append(text)

    def switch_off(self) -> None:
        self.context.close()
