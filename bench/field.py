"""The phone app in a real browser: first load, start without a signal, first and later syncs on a 2G line.

Bytes of the first load are counted on the wire, by a relay between browser and server (service worker and heads
included). The line is slowed by the browser: 300 ms a request, 250 kbit/s down, 50 kbit/s up, which is EDGE in
a village. What a sync weighs is what the browser says came in for it (``Network.loadingFinished``).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import caseload
from bench.house import CHECKOUT, DATA
from bench.measuring import Results
from bench.starting import free_port, until_answered

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

LATENCY, DOWN, UP = 300, 250_000 / 8, 50_000 / 8  # milliseconds; bytes a second
SLOWER = 4  # times, of this machine's processor: a cheap phone
STARTS = 5
PIN = "274951"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
SEEN = """new MutationObserver((_found, watch) => {
  if (!document.querySelector("input[inputmode=numeric]")) return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.seenAfter = performance.now(); }));
}).observe(document, { childList: true, subtree: true })"""


class Relay:
    """Passes everything on to ``port`` and counts what comes back."""

    def __init__(self, port: int) -> None:
        self.port, self.down, self.counting = port, 0, threading.Lock()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listening.accept()
                far = socket.create_connection(("127.0.0.1", self.port))
                threading.Thread(target=self._forth, args=(near, far), daemon=True).start()
                threading.Thread(target=self._back, args=(far, near), daemon=True).start()

    def _back(self, far: socket.socket, near: socket.socket) -> None:
        for number in self._pass(far, near):
            with self.counting:
                self.down += number

    def _forth(self, near: socket.socket, far: socket.socket) -> None:
        for _ in self._pass(near, far):
            pass

    def _pass(self, source: socket.socket, target: socket.socket) -> Iterator[int]:
        with suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
                yield len(piece)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.listening.close()


class Traffic:
    """What a page exchanges with ``/api/v1/sync``, as its browser tells it."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.down, self.up, self.requests = 0, 0, 0
        self.began = 0.0
        self.open: set[str] = set()
        self.session.on("Network.requestWillBeSent", self._begun)
        self.session.on("Network.loadingFinished", self._ended)
        self.session.send("Network.enable")

    def _begun(self, told: dict[str, Any]) -> None:
        if told["request"]["url"].endswith("/api/v1/sync"):
            self.open.add(told["requestId"])
            self.up += len((told["request"].get("postData") or "").encode())
            self.requests += 1
            self.began = self.began or time.monotonic()

    def _ended(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self.open:
            self.open.remove(told["requestId"])
            self.down += int(told["encodedDataLength"])

    def settled(self, page: Page) -> None:
        """Until everything asked for has come and is on the phone."""
        while not self.requests or self.open:
            page.wait_for_timeout(20)
        page.locator(".strip__words", has_text="在线 · 全部已传").wait_for()

    def again(self) -> None:
        self.down, self.up, self.requests, self.began = 0, 0, 0, 0.0

    def slow(self) -> None:
        self.session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP},
        )


def run(results: Results) -> None:
    from playwright.sync_api import sync_playwright

    full = caseload.made()
    with ExitStack() as stack:
        relay = stack.enter_context(closing(Relay(stack.enter_context(_served()))))
        storage = stack.enter_context(tempfile.TemporaryDirectory())
        playwright = stack.enter_context(sync_playwright())

        def switched_on() -> BrowserContext:
            return playwright.chromium.launch_persistent_context(
                Path(storage), executable_path=next(filter(None, map(shutil.which, BROWSERS))),
                args=list(ARGUMENTS), locale="zh-CN", timezone_id="Asia/Shanghai",
                viewport={"width": 360, "height": 740},
            )  # fmt: skip

        context = switched_on()
        _first_load(results, context.pages[0], relay)
        _syncs(results, context.pages[0], full)
        context.close()
        for slower in (1, SLOWER):
            _starts(results, switched_on, f"{relay.address}/field/", slower)


@contextmanager
def _served() -> Iterator[int]:
    port = free_port()
    up = subprocess.Popen(
        [sys.executable, "-m", "linzhan", "up", "--port", str(port)],
        cwd=CHECKOUT,
        env={**os.environ, "LINZHAN_DATA": str(DATA)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_answered(port, up, times=20, patience=240)
        yield port
    finally:
        up.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            up.wait(30)


def _first_load(results: Results, page: Page, relay: Relay) -> None:
    page.goto(f"{relay.address}/field/")
    page.get_by_label("账号").wait_for()
    shown = relay.down
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(500)
    results.add("field", "first load until one can sign in", shown / 1024, "KB")
    results.add("field", "first load with what is kept for offline", relay.down / 1024, "KB", "≤ 300")


def _syncs(results: Results, page: Page, full: caseload.Full) -> None:
    traffic = Traffic(page)
    page.get_by_label("账号").fill(full.username)
    page.get_by_label("密码").fill(caseload.PASSWORD)
    traffic.slow()
    page.get_by_role("button", name="登录").click()
    page.get_by_label("6 位数字").fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    page.get_by_role("button", name="设好").click()
    page.locator("[data-duty]").first.wait_for()
    usable = time.monotonic() - traffic.began
    traffic.settled(page)
    whole = time.monotonic() - traffic.began
    number = f"{caseload.RESIDENTS} residents"
    results.add("field", f"2G, {number}: until 今日 shows whom to visit", usable, "s", "≤ 10")
    results.add("field", f"2G, {number}: until everything is there", whole, "s", "≤ 10")
    results.add(
        "field", f"first sync of {number}, down, {traffic.requests} requests", traffic.down / 1024, "KB"
    )
    page.evaluate("location.hash = '#/me'")
    page.get_by_text(f"{caseload.RESIDENTS} 位对象").wait_for()
    _later(results, page, traffic, "nothing changed")
    _renumbered(full.resident)
    _later(results, page, traffic, "one telephone number changed at the desk")


def _later(results: Results, page: Page, traffic: Traffic, what: str) -> None:
    traffic.again()
    began = time.monotonic()
    page.get_by_role("button", name="现在同步").click()
    traffic.settled(page)
    results.add("field", f"2G, later sync, {what}", time.monotonic() - began, "s")
    results.add("field", f"later sync, {what}: down", traffic.down, "bytes")
    results.add("field", f"later sync, {what}: up", traffic.up, "bytes")


def _renumbered(resident: str) -> None:
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    with opened(EVERYTHING, Actor(label="测速")):
        REGISTERS["residents"].model._default_manager.filter(pk=resident).update(phone="19900009999")


def _starts(results: Results, switched_on: Any, address: str, slower: int) -> None:
    """The app opened anew without a network, until the PIN can be typed."""
    taken = []
    for _ in range(STARTS):
        context = switched_on()
        context.set_offline(True)
        page = context.pages[0]
        page.add_init_script(SEEN)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(address)
        while (seen := page.evaluate("window.seenAfter ?? 0")) == 0:
            page.wait_for_timeout(20)
        taken.append(seen)
        context.close()
    name = "" if slower == 1 else f", processor {slower} times slower"
    results.add(
        "field", f"start without a network until the PIN{name}", statistics.median(taken), "ms", "≤ 1000"
    )
