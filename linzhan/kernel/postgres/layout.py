"""Where an embedded server keeps its things below one data directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class DatabaseUnavailable(RuntimeError):
    """The database could not be started or reached; the message (Chinese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files and directories of the server that belongs to the data directory ``data``."""

    data: Path

    @property
    def cluster(self) -> Path:
        return self.data / "postgres"

    @property
    def draft(self) -> Path:
        """Where ``initdb`` works; it becomes ``cluster`` by a rename, so that a cluster is always whole."""
        return self.data / "postgres.new"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def run(self) -> Path:
        """Locks, the port and stamps: may be deleted while nothing runs."""
        return self.data / "run"

    @property
    def log(self) -> Path:
        return self.data / "logs" / "postgres.log"

    @property
    def port_file(self) -> Path:
        return self.run / "postgres.port"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    def create(self) -> None:
        """Make the directories; only ``keys`` is closed to others, the rest protects itself."""
        try:
            for directory in (self.run, self.log.parent):
                directory.mkdir(parents=True, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise DatabaseUnavailable(
                f"数据目录 {self.data} 无法写入（{error.strerror}）。请检查该目录的权限，或用 LINZHAN_DATA 指定别的目录。"
            ) from error
