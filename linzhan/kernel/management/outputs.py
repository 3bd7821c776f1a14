"""Files that a command is to write: looked at before the work, so that no work is done for nothing."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.base import CommandError


def require_writable(path: Path) -> None:
    """Raise :class:`CommandError` with what to do where ``path`` cannot be written."""
    folder = path.parent
    if path.is_dir():
        raise CommandError(f"{path} 是一个目录，请写上文件名，如 {path / '数据.xlsx'}")
    if not folder.is_dir():
        raise CommandError(f"目录 {folder} 不存在，请先建立它，或换一个位置")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise CommandError(f"{path} 无法写入，请换一个位置，或检查权限")
