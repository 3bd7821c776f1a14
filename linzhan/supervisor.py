"""``linzhan up``: one small process that keeps database, web server and background worker together.

It stays small by never importing Django: what needs Django (preparing, serving, working) is a
child. Children are in process groups of their own, so that Ctrl-C reaches only the supervisor,
which then stops them in order; should the supervisor itself be killed, the system ends them
(``PR_SET_PDEATHSIG``), and the worker, last user of the database, stops it.
"""

from __future__ import annotations

import argparse
import ctypes
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from config.env import BASE_DIR, Environment
from linzhan.kernel.postgres import database

GRACE = 6.0  # seconds a child gets to end by itself
BREATH = 1.0  # seconds before a child that died is started again
FLAPPING = 5  # deaths within ``FLAPPING_WITHIN`` seconds after which we give up
FLAPPING_WITHIN = 60.0
THREADS = 4  # blocking threads of each web process
FAILED, IN_USE = 1, 75
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``linzhan up``."""
    parser.add_argument("--demo", action="store_true", help="系统为空时装载演示城市")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="监听端口，默认 8000")
    parser.add_argument("--workers", type=int, default=2, help="网页服务进程数，默认 2")


def main(environment: Environment, rest: Sequence[str]) -> int:
    """Serve until told to stop; returns the exit status."""
    parser = argparse.ArgumentParser(prog="linzhan up", description="启动数据库、网页服务和后台任务。")
    arguments(parser)
    options = parser.parse_args(list(rest))
    if not _is_free(options.host, options.port):
        _say(
            f"{options.host}:{options.port} 已被占用或不能监听。请用 --port 换一个端口，或先停止占用它的程序。"
        )
        return IN_USE
    _hide_from_strangers(environment, options.host)
    with (
        _alarm_clock() as alarm,
        database(environment.data, environment.database_url, environment.app_database_url) as connection,
    ):
        if not _prepare(connection.owner_dsn, alarm, demo=options.demo, collect_static=environment.is_public):
            return FAILED
        return _serve(options, alarm, connection.owner_dsn)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _is_free(host: str, port: int) -> bool:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError):
        return False
    return True


def _hide_from_strangers(environment: Environment, host: str) -> None:
    """Host names a browser may use: the one listened on, or for all of them the ones we know of."""
    names = [host] if host not in ("0.0.0.0", "::") else [socket.gethostname(), *_own_addresses()]  # noqa: S104
    os.environ["LINZHAN_HOSTS"] = ",".join((*environment.hosts, *names))


def _own_addresses() -> list[str]:
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # nothing is sent: the kernel only picks the way out
        return [str(probe.getsockname()[0])]
    return []


def _prepare(owner_dsn: str, alarm: Alarm, *, demo: bool, collect_static: bool) -> bool:
    from linzhan import preparation  # noqa: PLC0415 - psycopg takes its time

    if preparation.is_ready(owner_dsn, demo=demo) and not collect_static:
        return True
    script = f"from linzhan.supervisor import prepare; prepare({demo=})"
    return _run_child([sys.executable, "-c", script], alarm) == 0


def prepare(*, demo: bool) -> None:
    """Prepare the instance; the supervisor does it in a child, which takes Django's memory with it."""
    import django  # noqa: PLC0415 - see above

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - see above
    from django.core.management import call_command  # noqa: PLC0415 - see above

    from linzhan import preparation  # noqa: PLC0415 - see above
    from linzhan.kernel.postgres import addresses  # noqa: PLC0415 - see above

    environment = settings.ENVIRONMENT
    dsn = addresses(environment.data, environment.database_url, environment.app_database_url).owner_dsn
    preparation.prepare(dsn, demo=demo)
    if not settings.WHITENOISE_USE_FINDERS:
        call_command("collectstatic", verbosity=0, interactive=False)


def _run_child(command: list[str], alarm: Alarm) -> int:
    """Run a child to its end, or until we are to stop; its exit status."""
    child = _spawn(command)
    try:
        while child.poll() is None and not alarm.wait(3600.0):
            pass
    finally:
        _end([child])
    return child.returncode


@dataclass(slots=True)
class Child:
    """A process that is to run as long as we do."""

    title: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.process = _spawn(self.command)

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def is_flapping(self) -> bool:
        """Note a death, and say whether it was one too many."""
        now = time.monotonic()
        self.deaths = [then for then in self.deaths if now - then < FLAPPING_WITHIN] + [now]
        return len(self.deaths) >= FLAPPING


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=BASE_DIR,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - we have one thread
    )


_libc = ctypes.CDLL(None)


def _die_with_parent() -> None:
    pr_set_pdeathsig = 1
    _libc.prctl(pr_set_pdeathsig, signal.SIGTERM)


def _children(options: argparse.Namespace) -> tuple[Child, Child]:
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", options.host, "--port", str(options.port)),
        *("--workers", str(options.workers), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "3", "--no-ws", "--log-level", "warning"),
        "config.wsgi:application",
    ]
    worker = [
        sys.executable,
        str(BASE_DIR / "manage.py"),
        "procrastinate",
        "-v",
        "0",
        "worker",
        "--concurrency",
        "2",
        "--fetch-job-polling-interval",
        "1",  # seconds: a refresh ordered ahead is due without a call (``kernel.jobs.tasks``)
    ]
    return Child("网页服务", web), Child("后台任务", worker)


def _serve(options: argparse.Namespace, alarm: Alarm, owner_dsn: str) -> int:
    children = web, worker = _children(options)
    try:
        web.start()
        answers = _await_answer(options, alarm, web)
        if not alarm.stopping:
            worker.start()  # only now: on two cores it would hold up the first page
        if answers:
            _greet(options, owner_dsn)
        return _watch(children, alarm)
    finally:
        _end([child.process for child in children if child.process is not None])


def _await_answer(options: argparse.Namespace, alarm: Alarm, web: Child) -> bool:
    """Wait until the web server answers anything at all; False when it died or we are to stop."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)  # noqa: S104 - compared, not bound
    while not web.has_died() and not alarm.wait(0.05):
        connection = http.client.HTTPConnection(host, options.port, timeout=30)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            connection.getresponse()
            return True
        connection.close()
    return False


def _greet(options: argparse.Namespace, owner_dsn: str) -> None:
    from linzhan import preparation  # noqa: PLC0415 - psycopg takes its time

    host = f"[{options.host}]" if ":" in options.host else options.host
    print(f"邻站已启动：http://{host}:{options.port}", flush=True)
    if preparation.has_demo(owner_dsn):
        from config.settings.base import DEMO_ACCOUNTS, DEMO_PASSWORD  # noqa: PLC0415 - reads the port

        print(f"演示账号（密码均为 {DEMO_PASSWORD}）：")
        for name, title in DEMO_ACCOUNTS:
            print(f"  {name:<12}{title}")
    elif options.demo:
        print(
            "没有装载演示城市：系统中已有别的账号或数据。要看演示，请把环境变量 LINZHAN_DATA 指向一个新目录。"
        )
    print("按 Ctrl-C 停止。", flush=True)


def _watch(children: Sequence[Child], alarm: Alarm) -> int:
    """Restart what dies until we are told to stop; a child that keeps dying ends everything."""
    while not alarm.wait(3600.0):
        for child in children:
            if not child.has_died():
                continue
            if child.is_flapping():
                _say(f"{child.title}反复退出，系统停止。请查看上面的日志。")
                return FAILED
            _say(f"{child.title}意外退出，正在重新启动。")
            _sweep(child)
            if alarm.wait(BREATH) and alarm.stopping:
                return 0
            child.start()
    return 0


def _sweep(child: Child) -> None:
    """End what a dead child left behind in its group, such as a web server's own workers."""
    if child.process is not None:
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _say(f"进程 {process.pid} 没有按时退出，已强制结束。")
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@dataclass(slots=True)
class Alarm:
    """Sleep that a signal ends: a child's death, or the wish that we stop."""

    ear: socket.socket
    stopping: bool = False

    def wait(self, seconds: float) -> bool:
        """Sleep until a signal or for ``seconds``; whether we are to stop."""
        if not self.stopping and select.select([self.ear], [], [], seconds)[0]:
            self.stopping = any(number in STOPPING_SIGNALS for number in self.ear.recv(4096))
        return self.stopping


@contextmanager
def _alarm_clock() -> Iterator[Alarm]:
    """Turn signals into bytes on a socket, so that none is lost between a look and a sleep."""
    ear, mouth = socket.socketpair()
    mouth.setblocking(False)  # noqa: FBT003 - the library's signature
    before = {number: signal.signal(number, _note) for number in (*STOPPING_SIGNALS, signal.SIGCHLD)}
    signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
    try:
        yield Alarm(ear)
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
        ear.close()
        mouth.close()


def _note(number: int, frame: object) -> None:
    """The wake-up descriptor has already told; a handler must exist for it to do so."""
