"""Taking a file in pieces, so that a connection which breaks costs one piece (NFR-08).

A piece is written at its offset; one that came before is harmless. When the last byte is there the
picture is cleaned and sealed, and the pieces are thrown away.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from linzhan.kernel import places, secrecy
from linzhan.kernel.files.models import Attachment, AttachmentKind
from linzhan.kernel.files.pictures import PictureRefused, cleaned
from linzhan.kernel.registers.bulk import insert_one
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.owning import why_not_joined
from linzhan.kernel.sync.declaring import Reader

PIECE: Final = 65_536  # bytes of one request
LARGEST: Final = 2_000_000  # bytes of a file as it is sent
HEAD: Final = 4_096  # bytes by which a file is told from another: past the tables that all pictures share
OTHER_FILE: Final = "这个附件编号已用于另一个文件，请重新拍摄或选择"


class FileRefused(ValueError):
    """A piece that cannot be taken; the message is Chinese and says what to do."""


class OtherContent(FileRefused):
    """The id belongs to another file already."""


def take_piece(
    identity: UUID,
    piece: bytes,
    *,
    offset: int,
    total: int,
    kind: str,
    register: str,
    row_id: UUID,
    name: str,
    purpose: str,
    reader: Reader,
) -> Attachment:
    """Take one piece; the attachment says how much of it has arrived (``received``).

    A piece that does not join what is there is not taken: the caller goes on from ``received``. A picture
    that is refused leaves nothing behind.
    """
    _check(piece, offset, total, kind, register)
    if refusal := why_not_joined(REGISTERS[register], row_id):
        raise FileRefused(refusal)
    found = Attachment.objects.select_for_update().filter(pk=identity).first()
    if found is None:
        found = _begun(identity, total, kind, register, row_id, name, purpose, reader)
    elif (found.size, found.register, found.row_id, found.kind) != (total, register, row_id, kind):
        raise OtherContent(OTHER_FILE)
    if found.completed_at is not None:
        if offset == 0 and len(piece) >= min(HEAD, total) and found.head not in ("", _head(piece)):
            raise OtherContent(OTHER_FILE)
        return found
    _write(found, piece, offset)
    if found.received == found.size:
        try:
            _complete(found, reader.now)
        except FileRefused:
            found.delete()
            raise
    found.save()
    return found


def _head(sent: bytes) -> str:
    """A repeat is known by its first piece, before the others have come again."""
    return hashlib.sha256(sent[:HEAD]).hexdigest()


def _check(piece: bytes, offset: int, total: int, kind: str, register: str) -> None:
    if register not in REGISTERS or kind not in AttachmentKind.values:
        raise FileRefused("没有说明附件属于哪一条记录")
    if not 0 < total <= LARGEST:
        raise FileRefused(f"附件不能超过 {LARGEST // 1_000_000} MB，请重新拍摄")
    if not piece or len(piece) > PIECE or offset < 0 or offset + len(piece) > total:
        raise FileRefused("附件的这一段大小不对，请从已收到的地方继续")


def _begun(
    identity: UUID,
    total: int,
    kind: str,
    register: str,
    row_id: UUID,
    name: str,
    purpose: str,
    reader: Reader,
) -> Attachment:
    """At the place of its row if that is there already, else of its maker; the row may still be on its way."""
    model = REGISTERS[register].model
    if REGISTERS[register].in_circle:
        reader = replace(reader, region_code=places.NATION, provider_id=None, station_id=None, stations=())
    present = {each.attname for each in model._meta.concrete_fields}
    lines = [each for each in ("region_code", "provider_id", "station_id") if each in present]
    place = (
        None
        if REGISTERS[register].in_circle
        else model._default_manager.filter(pk=row_id).values(*lines).first()
    )
    place = place or {
        "region_code": reader.region_code,
        "provider_id": reader.provider_id,
        "station_id": reader.station_id,
    }
    begun = Attachment(
        pk=identity,
        register=register,
        row_id=row_id,
        kind=kind,
        name=name,
        purpose=purpose,
        size=total,
        made_by=reader.user_id,
        **place,
    )
    if not insert_one(begun):  # a file out of the sender's sight
        raise OtherContent(OTHER_FILE)
    return begun


def _write(found: Attachment, piece: bytes, offset: int) -> None:
    there = found.part_path.stat().st_size if found.part_path.exists() else 0
    found.received = min(found.received, there)  # a piece whose file was lost with a crash is sent again
    if offset > found.received:
        return  # a piece in between is missing: the answer says from where to go on
    with os.fdopen(os.open(found.part_path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as part:
        part.seek(offset)
        if not piece.startswith(part.read(min(len(piece), found.received - offset))):
            raise OtherContent(OTHER_FILE)
        new = piece[found.received - offset :]
        if not new:
            return
        part.seek(found.received)
        part.write(new)
        part.truncate()
    found.received += len(new)


def _complete(found: Attachment, now: datetime) -> None:
    sent = found.part_path.read_bytes()
    try:
        picture, _media_type = cleaned(sent)
    except PictureRefused as refused:
        found.part_path.unlink(missing_ok=True)
        raise FileRefused(str(refused)) from refused
    beside = found.path.with_suffix(".new")
    beside.write_bytes(secrecy.seal(base64.b64encode(picture).decode()))
    beside.chmod(0o600)
    beside.replace(found.path)
    transaction.on_commit(partial(found.part_path.unlink, missing_ok=True))
    found.digest, found.head = hashlib.sha256(sent).hexdigest(), _head(sent)
    found.completed_at = now


def picture_of(found: Attachment) -> tuple[bytes, str]:
    """The bytes of a complete attachment and their media type."""
    picture = base64.b64decode(secrecy.open_sealed(found.path.read_bytes()))
    return picture, "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


def visible(identity: UUID) -> Attachment | None:
    """A complete attachment whose row the reader may see."""
    found = Attachment.objects.filter(pk=identity, completed_at__isnull=False).first()
    if found is None:
        return None
    rows = REGISTERS[found.register].model._default_manager.filter(pk=found.row_id)
    return found if rows.exists() else None


def of_row(register: str, row_id: UUID) -> list[Attachment]:
    """The complete attachments of a row that the caller has shown already."""
    rows = Attachment.objects.filter(register=register, row_id=row_id, completed_at__isnull=False)
    return list(rows.order_by("pk"))
