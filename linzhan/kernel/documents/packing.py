"""Many files as one ZIP that is sent while it is made, so that a thick folder needs no room in memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

FORBIDDEN = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')  # what Windows does not take in a name
LONGEST = 80
EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001 -- the first moment a ZIP can name, without a zone


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the pack. ``path`` may name folders by ``/``; ``content`` is whole or comes in pieces."""

    path: str
    content: bytes | Iterable[bytes]
    at: datetime | None = None


class _Sink:
    """What is written and not sent yet; a ZIP needs no way back as long as nothing asks for one."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing lies deeper than the bytes that wait."""

    def taken(self) -> bytes:
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


def packed(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of a ZIP of ``entries``. Names are made safe and, where two are the same, numbered."""
    sink, names = _Sink(), set[str]()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # typeshed asks for seek(), zipfile does not
        for entry in entries:
            info = zipfile.ZipInfo(_unused(entry.path, names), (entry.at or EARLIEST).timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as file:
                pieces = [entry.content] if isinstance(entry.content, bytes) else entry.content
                for piece in pieces:
                    file.write(piece)
                    if found := sink.taken():
                        yield found
            if found := sink.taken():
                yield found
    yield sink.taken()


def safe_name(text: str) -> str:
    """``text`` as the name of a file anywhere: no separators, no leading dots, not too long."""
    return FORBIDDEN.sub("_", text).strip(" .")[:LONGEST] or "_"


def _unused(path: str, names: set[str]) -> str:
    parts = [safe_name(part) for part in path.split("/") if part.strip(" ./")]
    wanted = name = "/".join(parts) or "_"
    stem, dot, ending = wanted.rpartition(".")
    number = 1
    while name in names:
        number += 1
        name = f"{stem}({number}){dot}{ending}" if dot else f"{wanted}({number})"
    names.add(name)
    return name
