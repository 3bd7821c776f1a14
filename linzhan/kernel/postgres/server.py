"""One embedded server: made, started, found again, stopped.

The server is a process of its own (own session, no terminal), so that it outlives the command that
started it when another command still uses it. What is true about it is read from its
``postmaster.pid`` and from the process itself, never from a file of ours: after a ``kill -9`` or a
power cut both are checked before they are believed.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from linzhan.kernel.postgres.account import Account, account_for, reachable
from linzhan.kernel.postgres.connection import SUPERUSER, password, port
from linzhan.kernel.postgres.layout import DatabaseUnavailable, Layout
from linzhan.kernel.postgres.programs import major_version, programs

STARTING_TRIES = 40  # after kill -9, orphaned backends hold the shared memory for one to two seconds
PAUSE = 0.25  # seconds between two tries
RECOVERY = 600.0  # seconds that a server may take to replay its log
STOPPING = 60.0  # seconds for a fast shutdown, which writes a checkpoint
LOG_LIMIT = 10_000_000  # bytes; beyond it the log is put aside at the next start

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_locks_per_transaction": "256",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_min_duration_statement": "2s",
    "log_parameter_max_length": "0",  # a value may be personal data
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",  # DETAIL and the statement quote values
    "log_min_error_statement": "panic",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_children: dict[Path, subprocess.Popen[bytes]] = {}


def make(layout: Layout) -> None:
    """Create the cluster if there is none; an interrupted attempt is thrown away and made anew."""
    if layout.cluster.exists():
        _check_version(layout)
        return
    shutil.rmtree(layout.draft, ignore_errors=True)
    account = account_for(layout.cluster)
    layout.draft.mkdir(mode=0o700)
    account.own(layout.draft)
    _initdb(layout, account)
    layout.draft.rename(layout.cluster)


def _check_version(layout: Layout) -> None:
    found = (layout.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    expected = major_version()
    if found != expected:
        raise DatabaseUnavailable(
            f"{layout.cluster} 由 PostgreSQL {found} 建立，当前程序是 {expected}。"
            "请用原来的版本 linzhan backup 备份，再在新的数据目录中 linzhan restore 恢复。"
        )


def _initdb(layout: Layout, account: Account) -> None:
    with tempfile.NamedTemporaryFile("w", dir=layout.run, suffix=".pw") as word:
        word.write(password(layout, SUPERUSER))
        word.flush()
        account.own(Path(word.name))
        with (
            reachable(layout.draft, account) as (target, target_fds),
            reachable(Path(word.name), account) as (pwfile, word_fds),
        ):
            done = subprocess.run(
                [
                    str(programs(account) / "initdb"),
                    f"--pgdata={target}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={pwfile}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--data-checksums",
                    "--no-instructions",
                ],
                capture_output=True,
                cwd="/",
                env=_environment(),
                pass_fds=target_fds + word_fds,
                check=False,
                **account.identity(),
            )
    if done.returncode:
        raise DatabaseUnavailable(
            f"内置数据库初始化失败：{done.stderr.decode(errors='replace').strip()[-600:]}"
        )


def _environment() -> dict[str, str]:
    """Nothing of ours: locale and PG* variables of the caller must not shape the cluster."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def running_pid(layout: Layout) -> int | None:
    """The process of the server on this cluster, or None; a stale file or a recycled id does not count."""
    pid = _stated_pid(layout)
    return pid if pid is not None and _is_server(pid, layout) else None


def is_ready(layout: Layout) -> bool:
    """Whether the server says that it accepts connections (the eighth line of ``postmaster.pid``)."""
    lines = _pid_lines(layout)
    return len(lines) >= 8 and lines[7].strip() == "ready"


def _pid_lines(layout: Layout) -> list[str]:
    try:
        return layout.pid_file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _stated_pid(layout: Layout) -> int | None:
    lines = _pid_lines(layout)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def _is_server(pid: int, layout: Layout) -> bool:
    """A server works inside its cluster; a zombie and a stranger with the same id do not."""
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == layout.cluster.resolve()
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def start(layout: Layout, *, durable: bool = True) -> None:
    """Start the server unless it runs, and wait until it answers.

    ``durable=False`` trades safety for speed (tests). Raises ``DatabaseUnavailable`` with the last
    lines of the log when it does not start.
    """
    for _ in range(STARTING_TRIES):
        if running_pid(layout) is None:
            _launch(layout, durable=durable)
        if _answers(layout):
            return
        time.sleep(PAUSE)
    raise DatabaseUnavailable(f"内置数据库无法启动。日志 {layout.log} 的最后几行：\n{_last_lines(layout)}")


def _answers(layout: Layout) -> bool:
    """Wait until the server is ready; False when it gave up. Recovery may take long: a live server gets its time."""
    _wait(lambda: is_ready(layout) or not _lives(layout), RECOVERY)
    return is_ready(layout) and running_pid(layout) is not None


def _lives(layout: Layout) -> bool:
    child = _children.get(layout.cluster)
    return (child is not None and child.poll() is None) or running_pid(layout) is not None


def _launch(layout: Layout, *, durable: bool) -> None:
    _reap(layout)
    account = account_for(layout.cluster)
    layout.pid_file.unlink(missing_ok=True)  # running_pid() said that nobody stands behind it
    number = _free_port(port(layout))
    layout.port_file.write_text(f"{number}\n", encoding="ascii")
    settings = SETTINGS | ({} if durable else FORGETFUL) | {"port": str(number)} | _shared_memory()
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    _set_log_aside(layout)
    with reachable(layout.cluster, account) as (cluster, descriptors), layout.log.open("ab") as log:
        child = subprocess.Popen(
            [str(programs(account) / "postgres"), "-D", cluster, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_environment(),
            pass_fds=descriptors,
            start_new_session=True,
            **account.identity(),
        )
    _children[layout.cluster] = child


def _reap(layout: Layout) -> None:
    """Take leave of a server that we launched earlier and that somebody else stopped or killed."""
    child = _children.pop(layout.cluster, None)
    if child is not None:
        child.wait(STOPPING)


def _free_port(wanted: int) -> int:
    """The port of last time if it is still free, else any free one."""
    for candidate in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DatabaseUnavailable("本机 127.0.0.1 上没有可用的端口。")


def _shared_memory() -> dict[str, str]:
    """Containers give /dev/shm 64 MB, less than a parallel query may ask for."""
    try:
        space = os.statvfs("/dev/shm")  # noqa: S108 - asked for its size
    except OSError:
        return {}
    return {"dynamic_shared_memory_type": "sysv"} if space.f_frsize * space.f_blocks < 512 << 20 else {}


def _set_log_aside(layout: Layout) -> None:
    if layout.log.exists() and layout.log.stat().st_size > LOG_LIMIT:
        layout.log.replace(layout.log.with_suffix(".log.1"))


def _last_lines(layout: Layout) -> str:
    return "\n".join(layout.log.read_text(encoding="utf-8", errors="replace").splitlines()[-6:])


def stop(layout: Layout) -> None:
    """Stop the server in order: open transactions are rolled back, a checkpoint is written."""
    pid = running_pid(layout)
    if pid is None:
        return
    os.kill(pid, signal.SIGINT)
    if not _wait(lambda: _is_gone(pid, layout), STOPPING):
        os.kill(pid, signal.SIGQUIT)
        _wait(lambda: _is_gone(pid, layout), STOPPING)


def _is_gone(pid: int, layout: Layout) -> bool:
    child = _children.get(layout.cluster)
    if child is not None and child.poll() is not None:  # our own child would stay a zombie
        del _children[layout.cluster]
    return not _is_server(pid, layout)


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
