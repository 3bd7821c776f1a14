"""The secrets of one instance: random text in files that only their owner may read.

They lie beside the data (``$LINZHAN_DATA/keys``) and never in it, so that a copy of the database
alone opens nothing. A secret is made once; whoever comes second reads what the first one wrote.
No Django here: the embedded database needs its passwords before settings exist.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SESSIONS = "django.key"  # signs sessions and tokens; a new one only signs everybody out
FIELDS = "fields.key"  # encrypts sensitive fields and feeds the blind index; data depends on it


class KeyMissing(RuntimeError):
    """A key that existing data depends on is not where it was; making a new one would lose the data."""


def secret(directory: Path, name: str, *, length: int = 48, may_create: bool = True) -> str:
    """The text of the secret ``name``, made of ``length`` random bytes (URL-safe base64) if absent.

    Two processes that ask at once get the same answer. Raises ``KeyMissing`` when the secret is
    absent and ``may_create`` is false.
    """
    path = directory / name
    if not path.exists():
        if not may_create:
            raise KeyMissing(f"找不到密钥文件 {path}。已有数据要靠它才能读取，请从备份中恢复该文件后再试。")
        _write_once(path, secrets.token_urlsafe(length))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike a rename, a link never replaces what another process wrote first
    except FileExistsError:
        pass
    finally:
        draft.unlink()
