"""What a phone is sent: the rows that differ from what it confirmed, and which are no longer its business.

The server keeps of each phone which rows it has, as ids with a short digest of the content. However a row
came to differ (an edit, an import, a transfer, another scope), the comparison finds it; nothing has to be
announced, so nothing can be missed. An answer is confirmed by the token that the next request brings: one
that was lost on the way is simply made again.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from linzhan.kernel.sync.declaring import FEEDS, Reader
from linzhan.kernel.sync.models import Device

BUDGET: Final = 800_000  # bytes of rows in one answer, before compression: some 70 KB on the air, 2 s of 2G
DIGEST: Final = 8
_HEAD = struct.Struct(">HI")
Held = dict[str, dict[bytes, bytes]]
"""Feed to row key to digest of the content."""


@dataclass(slots=True)
class Answer:
    """The part of the answer that concerns feeds. ``reset``: what the phone has is to be dropped first."""

    feeds: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    state: str = ""
    more: bool = False
    reset: bool = False


def changes(device: Device, reader: Reader, state: str, *, budget: int = BUDGET) -> Answer:
    """What ``device`` lacks, as far as ``budget`` reaches; sets its columns, which the caller saves."""
    answer = Answer()
    held = _confirmed(device, state, answer)
    sent, left = 0, False
    now: Held = {key: dict(rows) for key, rows in held.items()}
    for entry in FEEDS:
        has = now.setdefault(entry.key, {})
        rows, seen = [], set()
        for row in entry.rows(reader):
            text = spelled(row)
            key, digest = _key(str(row["id"])), hashlib.blake2b(text.encode(), digest_size=DIGEST).digest()
            seen.add(key)
            if has.get(key) == digest:
                continue
            if sent >= budget:
                left = True
                continue
            has[key] = digest
            sent += len(text)
            rows.append(row)
        gone = [key for key in has if key not in seen]
        for key in gone:
            del has[key]
        if rows or gone:
            answer.feeds[entry.key] = {"rows": rows, "gone": [_text(key) for key in gone]}
    answer.more = left
    if answer.feeds or answer.reset or not device.confirmed_token:
        device.pending, device.pending_token = pack(now), secrets.token_urlsafe(12)
        answer.state = device.pending_token
    else:
        answer.state = device.confirmed_token
    return answer


def _confirmed(device: Device, state: str, answer: Answer) -> Held:
    """What the phone has by its own token; nothing where the token is not one of ours."""
    if state and state == device.pending_token:
        device.confirmed, device.confirmed_token = bytes(device.pending), device.pending_token
        device.pending, device.pending_token = b"", ""
    if state and state == device.confirmed_token:
        return unpack(bytes(device.confirmed))
    device.confirmed, device.confirmed_token = b"", ""
    answer.reset = True
    return {}


def pack(held: Mapping[str, Mapping[bytes, bytes]]) -> bytes:
    """As one text of bytes: name, number of rows, then each key with its length and its digest."""
    found = bytearray()
    for key, rows in held.items():
        name = key.encode()
        found += _HEAD.pack(len(name), len(rows)) + name
        for row, digest in rows.items():
            found += bytes((len(row),)) + row + digest
    return bytes(found)


def unpack(packed: bytes) -> Held:
    held: Held = {}
    for key, rows in _feeds(packed):
        held[key] = rows
    return held


def _feeds(packed: bytes) -> Iterator[tuple[str, dict[bytes, bytes]]]:
    at = 0
    while at < len(packed):
        length, number = _HEAD.unpack_from(packed, at)
        at += _HEAD.size
        key, at = packed[at : at + length].decode(), at + length
        rows = {}
        for _ in range(number):
            width = packed[at]
            row = packed[at + 1 : at + 1 + width]
            at += 1 + width
            rows[row] = packed[at : at + DIGEST]
            at += DIGEST
        yield key, rows


def _key(identity: str) -> bytes:
    """The row's id in as few bytes as it takes: 16 for a UUID."""
    try:
        found = UUID(identity)
    except ValueError:
        return b"t" + identity.encode()[:200]
    return b"u" + found.bytes


def _text(key: bytes) -> str:
    return str(UUID(bytes=key[1:])) if key[:1] == b"u" else key[1:].decode()


class _Encoder(DjangoJSONEncoder):
    """Ids, days and amounts as texts, as everywhere in the interface."""

    def default(self, o: Any) -> Any:
        return sorted(o) if isinstance(o, (set, frozenset)) else super().default(o)


def spelled(row: Mapping[str, Any]) -> str:
    """A row in the one spelling by which two of them are compared."""
    return _encoder.encode(row)


_encoder = _Encoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
