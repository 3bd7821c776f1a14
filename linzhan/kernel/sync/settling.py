"""A person settles what two phones (or a phone and the desk) left open: one value stands, the other is kept on record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.sync.amending import Refused, stored, writable, write
from linzhan.kernel.sync.declaring import SYNCABLES
from linzhan.kernel.sync.merging import normal
from linzhan.kernel.sync.models import SyncConflict

MINE, THEIRS = "mine", "theirs"
SETTLED_ALREADY = "这一处已经核定过了，请刷新页面"
CHANGED = "打开之后又有人改过这一处，现有内容已更新，请重新核对"
NOT_YOURS = "您的任职不能核定这类更改"


def waiting() -> Any:
    """The conflicts within the reader's scope that nobody has settled, oldest first."""
    return SyncConflict.objects.filter(settled_at__isnull=True).order_by("arrived_at", "pk")


def settle(conflict_id: UUID, choice: str, *, rights: Collection[str], by: UUID | None) -> SyncConflict:
    """Let ``mine`` (what was sent) or ``theirs`` (what stands) be the value.

    Raises :class:`~linzhan.kernel.sync.amending.Refused` in words. Where the row was changed again
    meanwhile, the conflict is brought up to date instead, for the choice was made on another sight.
    That ``theirs`` stands can be said of a row that is gone or out of reach as well.
    """
    with transaction.atomic():
        found = SyncConflict.objects.select_for_update().filter(pk=conflict_id).first()
        if found is None or found.settled_at is not None:
            raise Refused(SETTLED_ALREADY)
        if choice not in (MINE, THEIRS) or SYNCABLES[found.register].right not in rights:
            raise Refused(NOT_YOURS)
        register = REGISTERS[found.register]
        row = _row_of(register, found.row_id, needed=choice == MINE)
        now = found.theirs if row is None else _as_kept(normal(row[found.column]))
        if now not in (found.theirs, found.mine):
            found.theirs = now
            found.save(update_fields=["theirs"])
            changed = True
        else:
            changed = False
            if row is not None and choice == MINE and now != found.mine:
                column = register.column(found.column)
                value = tuple(found.mine) if isinstance(found.mine, list) else found.mine
                write(register, row, {found.column: writable(column, value)})
            found.settled_at, found.settled_by, found.choice = timezone.now(), by, choice
            found.save(update_fields=["settled_at", "settled_by", "choice"])
    if changed:
        raise Refused(CHANGED)
    return found


def _row_of(register: Register, identity: UUID, *, needed: bool) -> dict[str, Any] | None:
    """The row as it stands, locked; None where it is gone or out of reach and is not ``needed``."""
    try:
        return stored(register, identity)
    except Refused:
        if needed:
            raise
        return None


def _as_kept(value: Any) -> Any:
    """A normal form as the table keeps it: JSON has no tuples."""
    return list(value) if isinstance(value, tuple) else value
