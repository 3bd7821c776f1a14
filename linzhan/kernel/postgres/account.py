"""The system account that the server runs as, and what that account can reach.

PostgreSQL refuses to run as root. Root therefore starts it as ``nobody`` (no account is created,
no permission of an existing directory is changed). When the data directory lies where ``nobody``
may not walk, such as below a 0700 home directory, the server is handed an open descriptor and
reaches its files through ``/proc/self/fd``; see ``docs/adr/0001``.
"""

from __future__ import annotations

import grp
import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from linzhan.kernel.postgres.layout import DatabaseUnavailable


class Identity(TypedDict, total=False):
    """The arguments of ``subprocess`` that change the account of a child."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """User and group that own the cluster; ``switch`` is true when we are root and must change to them."""

    uid: int
    gid: int
    switch: bool

    def identity(self) -> Identity:
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.switch:
            os.chown(path, self.uid, self.gid)


def account_for(cluster: Path) -> Account:
    """Our own account; for root the owner of the existing cluster, else ``nobody``."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    if cluster.exists():
        status = cluster.stat()
        if status.st_uid != 0:
            return Account(status.st_uid, status.st_gid, switch=True)
    try:
        nobody = pwd.getpwnam("nobody")
        return Account(nobody.pw_uid, nobody.pw_gid or grp.getgrnam("nogroup").gr_gid, switch=True)
    except KeyError as error:
        raise DatabaseUnavailable(
            "内置数据库不能以 root 身份运行，而本机没有 nobody 账户。请改用普通用户运行，或用 DATABASE_URL 指定数据库。"
        ) from error


def may_walk(path: Path) -> bool:
    """Whether an account without any relation to the owner may enter every directory down to ``path``."""
    resolved = path.resolve()
    return all(directory.stat().st_mode & stat.S_IXOTH for directory in resolved.parents)


@contextmanager
def reachable(path: Path, account: Account) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A name of ``path`` that works for ``account``, and the descriptors its process must inherit."""
    if not account.switch or may_walk(path):
        yield str(path.resolve()), ()
        return
    if not Path("/proc/self/fd").exists():
        raise DatabaseUnavailable(
            f"账户 nobody 无法进入 {path} 的上级目录。请用 LINZHAN_DATA 指定其他目录，或改用普通用户运行。"
        )
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{descriptor}", (descriptor,)
    finally:
        os.close(descriptor)
